// Package record is the one way in and out of the database.
//
// All that lasts is a record: a plain struct of its domain package that embeds
// Base. Do is the primitive: it authorises, loads and opens, runs a function,
// and then, for every record that was opened, checks the version, seals the
// document, writes its index, drains its notes into the journal and replaces
// its duties. All of it commits or none. View and List redact by policy and
// consent and commit a journal entry of the look before they answer.
//
// What may never happen here: a change without a note; a look without an
// entry; a document that leaves unredacted; a second door.
package record

import (
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
)

// ID names a record of T.
type ID[T any] ident.ID

func (id ID[T]) String() string               { return ident.ID(id).String() }
func (id ID[T]) Reference() string            { return ident.ID(id).Reference() }
func (id ID[T]) MarshalText() ([]byte, error) { return ident.ID(id).MarshalText() }
func (id *ID[T]) UnmarshalText(b []byte) error {
	return (*ident.ID)(id).UnmarshalText(b)
}

// ParseID reads what String wrote. A text that is no id names no record.
func ParseID[T any](s string) (ID[T], error) {
	id, err := ident.Parse(s)
	if err != nil {
		return ID[T]{}, fault.NotFound("There is no such record, or you may not see it.")
	}
	return ID[T](id), nil
}

// Note is what happened to a record: a plain struct that becomes the
// particulars of a journal entry. Event names it: "rights_briefed".
type Note interface{ Event() string }

// Base is embedded in every record.
type Base struct {
	id      ident.ID
	version int64
	notes   []Note
}

// Note adds what happened. Without one a change is refused.
func (b *Base) Note(n Note) { b.notes = append(b.notes, n) }

// RecordID and Version are the record's own, zero before it is created.
func (b *Base) RecordID() ident.ID { return b.id }
func (b *Base) Version() int64     { return b.version }
func (b *Base) base() *Base        { return b }

type based interface{ base() *Base }

// Kind describes how records of T are kept and R, what may be shown of them.
// Index, Redact, Released and Duties are pure functions of their arguments.
type Kind[T, R any] struct {
	Name   string
	Schema int // number of the document's present form
	// Upgrade turns a document of an older schema into JSON of the next one; nil while there is one schema.
	Upgrade func(schema int, document []byte) ([]byte, error)
	Index   func(*T) Index
	Redact  func(*T, access.Decision) R
	// Released says what consent or duty lets the viewer's side see; nil releases everything that policy allows.
	Released func(v *T, viewer access.Viewer, standing []access.Role, now time.Time) access.Set
	// Listed is what a line of a list shows at most, and all that the journal says was seen of it; zero for everything.
	Listed access.Set
	// Duties says what is due on the record; nil for none.
	Duties func(*T) []duty.Duty
	// Reason gives the written reason in the particulars of an event, for those who may see history; nil or "" for none.
	Reason func(event string, particulars []byte) string
}

// Index is what stands in clear columns, and the words that become blind tokens.
type Index struct {
	State     string    // a code from a short list that says nothing of the person
	Sort      time.Time // lists show the newest first
	Relations []access.Relation
	Words     []string // terms to search for; only their keyed hashes are stored
}

// Reason says why somebody comes through the door.
type Reason struct {
	Action  access.Action // what is to be done: access.Look, "do:decide"
	Code    string        // a short code: "search". Never free text: the journal's headers outlive the record
	Version int64         // the version that the person had before them; 0 where it does not matter
}

// Redacted is what may be shown of a record. Only this package makes it, so
// only what went through the door can reach a page.
type Redacted[R any] struct {
	value    R
	id       ident.ID
	version  int64
	sort     time.Time
	decision access.Decision
}

func (r Redacted[R]) Value() R                  { return r.value }
func (r Redacted[R]) ID() ident.ID              { return r.id }
func (r Redacted[R]) Version() int64            { return r.version }
func (r Redacted[R]) Cursor() Cursor            { return Cursor{Sort: r.sort, ID: r.id} }
func (r Redacted[R]) May(a access.Action) bool  { return r.decision.May(a) }
func (r Redacted[R]) Decision() access.Decision { return r.decision }
