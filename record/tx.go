package record

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/vault"
)

// Tx is one run of a Do.
type Tx struct {
	ctx   context.Context
	door  *Door
	why   Reason
	now   time.Time
	work  []work
	blobs []Blob

	files   []File // that go with a part of a record
	gone    []Gone
	erasing []ident.ID // records whose keys go once the change is durable
}

// work is a record that the run opened or created.
type work interface {
	subject() (kind string, id ident.ID)
	grant(tx *Tx) error
	finish(tx *Tx, b *Batch) error
	settle(tx *Tx)
}

// Now is the instant of the change.
func (tx *Tx) Now() time.Time { return tx.now }

// Viewer is who makes the change.
func (tx *Tx) Viewer() access.Viewer { return tx.door.viewer }

// Random gives randomness.
func (tx *Tx) Random() io.Reader { return tx.door.node.Random }

// NewID makes an id for something inside a record.
func (tx *Tx) NewID() (ident.ID, error) {
	id, err := ident.New(tx.now, tx.door.node.Random)
	if err != nil {
		return id, fault.Internal(err)
	}
	return id, nil
}

type opened[T, R any] struct {
	kind     *Kind[T, R]
	value    *T
	row      Row // as loaded; Version 0 for a new one
	key      vault.Key
	standing []access.Role
	index    Index             // as it is after the change
	node     bool              // the node opened it for itself
	erased   bool              // the change takes it out of the database
	changed  bool              // it is in the batch
	after    []access.Relation // as they are then
}

// Open loads a record for the change that the Reason names. A record that the
// viewer may not come to is not found; one that the viewer may see but not
// change this way is denied; one that has moved on since Reason.Version is a conflict.
func Open[T, R any](tx *Tx, k *Kind[T, R], id ID[T]) (*T, error) {
	for _, w := range tx.work {
		if kind, known := w.subject(); kind == k.Name && known == ident.ID(id) {
			return w.(*opened[T, R]).value, nil
		}
	}
	d := tx.door
	row, err := d.load(tx.ctx, k.Name, ident.ID(id))
	if err != nil {
		return nil, err
	}
	decision := d.decide(k.Name, row, tx.now)
	if !decision.May(tx.why.Action) {
		if decision.May(access.Look) {
			return nil, fault.Denied("Your role on this record does not allow this step.")
		}
		return nil, errUnseen
	}
	if tx.why.Version != 0 && tx.why.Version != row.Version {
		return nil, &Changed{Version: row.Version}
	}
	v, key, err := open(tx.ctx, d, k, row, tx.now)
	if err != nil {
		return nil, err
	}
	tx.work = append(tx.work, &opened[T, R]{kind: k, value: v, row: row, key: key, standing: decision.Standing, node: d.viewer.Member.IsZero()})
	return v, nil
}

// Changed is the conflict of somebody who worked on an older version.
type Changed struct{ Version int64 } // as it is now

func (c *Changed) Error() string { return fmt.Sprintf("the record is at version %d now", c.Version) }

// Unwrap makes it a conflict for whoever does not know it.
func (c *Changed) Unwrap() error {
	return fault.Conflict("Somebody changed this record since you opened it. Nothing was saved yet.")
}

// Create takes a new record into the change.
func Create[T, R any](tx *Tx, k *Kind[T, R], v *T) (ID[T], error) {
	id, err := tx.NewID()
	if err != nil {
		return ID[T]{}, err
	}
	return ID[T](id), CreateAs(tx, k, ID[T](id), v)
}

// CreateAs is Create under an id that follows from what the record is about,
// so that there can be only one: where another was first, the change runs
// again, and finds it with Open.
func CreateAs[T, R any](tx *Tx, k *Kind[T, R], id ID[T], v *T) error {
	d := tx.door
	if !d.node.Policy.Decide(d.viewer, k.Name, nil, tx.now).May("create") {
		return fault.Denied("Your role does not allow you to open this kind of record.")
	}
	any(v).(based).base().id = ident.ID(id)
	tx.work = append(tx.work, &opened[T, R]{kind: k, value: v, row: Row{Kind: k.Name, ID: ident.ID(id)}})
	return nil
}

// Follow runs fn as the node itself in a role, for what must follow from what
// the viewer was allowed to do, whether or not the viewer may do it alone: the
// recall of what was sent, when a consent is withdrawn. The journal names the viewer.
func (tx *Tx) Follow(role access.Role, action access.Action, fn func() error) error {
	door, why := tx.door, tx.why
	tx.door, tx.why = door.node.For(access.Node(role)), Reason{Action: action}
	defer func() { tx.door, tx.why = door, why }()
	return fn()
}

func (tx *Tx) batch() (Batch, error) {
	b := Batch{Now: tx.now, Blobs: tx.blobs, Files: tx.files, Gone: tx.gone}
	if err := tx.grant(); err != nil {
		return b, err
	}
	for _, w := range tx.work {
		if err := w.finish(tx, &b); err != nil {
			return b, err
		}
	}
	return b, nil
}

// grant makes and wraps the keys of all that was changed, at the same time, so
// that the keys' database commits them together.
func (tx *Tx) grant() error {
	errs := make([]error, len(tx.work))
	var all sync.WaitGroup
	for i, w := range tx.work {
		all.Go(func() { errs[i] = w.grant(tx) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (o *opened[T, R]) subject() (string, ident.ID) { return o.kind.Name, o.row.ID }

// finish turns the record into what is to be committed.
func (o *opened[T, R]) finish(tx *Tx, b *Batch) error {
	if o.erased {
		return o.erase(tx, b)
	}
	base := any(o.value).(based).base()
	after, err := json.Marshal(o.value)
	if err != nil {
		return fault.Internal(err)
	}
	if len(base.notes) == 0 {
		same, err := o.unchanged(after)
		if err != nil {
			return err
		}
		if !same {
			return fault.Internal(fmt.Errorf("%s changed without a note", o.kind.Name))
		}
		b.Checks = append(b.Checks, Check{Kind: o.kind.Name, ID: o.row.ID, Version: o.row.Version})
		return o.looked(tx, b)
	}
	put, err := o.put(tx, after)
	if err != nil {
		return err
	}
	b.Puts = append(b.Puts, put)
	for _, n := range base.notes {
		entry, err := o.entry(tx, n, put)
		if err != nil {
			return err
		}
		b.Entries = append(b.Entries, entry)
	}
	return nil
}

// looked journals that somebody's change read a record and left it as it was:
// no content comes to a person without an entry. What the node reads for itself shows nothing to anybody.
func (o *opened[T, R]) looked(tx *Tx, b *Batch) error {
	if o.node {
		return nil
	}
	entry, err := tx.door.entry(o.kind.Name, []ident.ID{o.row.ID}, tx.now)
	if err != nil {
		return err
	}
	header := tx.door.header(Reason{Action: access.Look, Code: tx.why.Code}, o.standing)
	if err := entry.Seal(tx.door.node.Random, tx.door.node.JournalKey(entry.At), header); err != nil {
		return fault.Internal(err)
	}
	b.Entries = append(b.Entries, entry)
	return nil
}

func (o *opened[T, R]) put(tx *Tx, document []byte) (Put, error) {
	node := tx.door.node
	index := o.index
	o.changed, o.after = true, index.Relations
	version := o.row.Version + 1
	ad := vault.AD{Kind: o.kind.Name, ID: o.row.ID, Version: version, Schema: o.kind.Schema}
	sealed, err := vault.Seal(node.Random, o.key, ad, document)
	if err != nil {
		return Put{}, fault.Internal(err)
	}
	put := Put{
		Row: Row{Kind: o.kind.Name, ID: o.row.ID, Version: version, Schema: o.kind.Schema, Sort: index.Sort,
			Sealed: sealed, Relations: index.Relations},
		Was: o.row.Version, Digest: sha256.Sum256(sealed), State: index.State,
		Tokens: node.tokens(o.kind.Name, index.Words),
	}
	if o.kind.Duties != nil {
		put.Duties = o.kind.Duties(o.value)
	}
	return put, nil
}

// grant makes the data key of a new record, and wraps it for parties that came to stand on it.
func (o *opened[T, R]) grant(tx *Tx) error {
	if o.erased || len(any(o.value).(based).base().notes) == 0 {
		return nil
	}
	node := tx.door.node
	o.index = o.kind.Index(o.value)
	came := fresh(o.row.Relations, o.index.Relations, tx.now)
	var err error
	if o.row.Version == 0 {
		o.key, err = node.Vault.Create(tx.ctx, o.row.ID, came)
		if errors.Is(err, vault.ErrExists) { // an earlier try made it, and its document was not written
			o.key, err = node.Vault.Key(tx.ctx, o.row.ID, vault.Recovery)
		}
	} else if len(came) > 0 {
		err = node.Vault.Grant(tx.ctx, o.row.ID, came...)
	}
	if err != nil {
		return fault.Unavailable(err, "The record's key cannot be written now. Nothing was changed; try again.")
	}
	return nil
}

// settle takes the key from those whom the change took off the record, once it is durable.
func (o *opened[T, R]) settle(tx *Tx) {
	if o.changed && len(fresh(o.after, o.row.Relations, tx.now))+gone(o.after, tx.now) > 0 {
		tx.door.node.settle(tx.ctx, o.row.ID, o.after, tx.now)
	}
}

func (tx *Tx) settle() {
	for _, w := range tx.work {
		w.settle(tx)
	}
}

func (o *opened[T, R]) entry(tx *Tx, n Note, put Put) (journal.Entry, error) {
	node := tx.door.node
	entry, err := tx.door.entry(o.kind.Name, []ident.ID{o.row.ID}, tx.now)
	if err != nil {
		return entry, err
	}
	entry.Version, entry.Digest = put.Version, put.Digest
	particulars, err := json.Marshal(n)
	if err != nil {
		return entry, fault.Internal(err)
	}
	if entry.Particulars, err = vault.Seal(node.Random, o.key, entry.ParticularsAD(), particulars); err != nil {
		return entry, fault.Internal(err)
	}
	header := tx.door.header(tx.why, o.standing)
	header.Action = n.Event()
	if err := entry.Seal(node.Random, node.JournalKey(entry.At), header); err != nil {
		return entry, fault.Internal(err)
	}
	return entry, nil
}

func (n *Node) tokens(kind string, words []string) []Token {
	tokens := make([]Token, 0, len(words))
	known := map[Token]bool{}
	for _, w := range words {
		t := Token(n.Vault.Token(kind, w))
		if !known[t] {
			known[t] = true
			tokens = append(tokens, t)
		}
	}
	return tokens
}
