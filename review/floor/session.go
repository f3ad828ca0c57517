package floor

import (
	"cmp"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
	"palermo/review/meeting"
)

// ID names a session.
type ID = record.ID[Session]

// Session is a session that is held at this node.
type Session struct {
	record.Base
	Facts   meeting.Session
	Began   time.Time
	Meeting int // that is open; 0 for none
	Item    int // of the agenda that is considered; 0 for none
	Minutes int // that a statement should take; 0 for no limit
	Present []Present
	Floor   []Request
}

// Present is a delegation on the list of participants.
type Present struct {
	Delegation ident.ID
	Name       string
	Group      Group
}

// Group is one of the five in which the report lists who was represented.
type Group string

// Options lists the groups.
func (Group) Options() []input.Option {
	return []input.Option{{Value: "party", Label: "Party"}, {Value: "not_party", Label: "State that is neither party nor signatory"}, {Value: "office", Label: "Office of the United Nations"},
		{Value: "entity", Label: "Entity with a permanent observer office"}, {Value: "organization", Label: "Intergovernmental organization"}}
}

// Label names it to a person, in English.
func (g Group) Label() string { return input.Label(g) }

// Request asks for the floor.
type Request struct {
	ID         ident.ID
	Delegation ident.ID
	Name       string
	Item       int
	Order      bool // a point of order
	Asked      time.Time
	Began      time.Time     // zero while it waits
	Spoken     time.Duration // before it was interrupted, or in all
	Ended      time.Time     // zero until then
	Left       bool          // taken off the list before it was its turn
}

// Speaks reports that it has the floor.
func (q *Request) Speaks() bool { return !q.Began.IsZero() && q.Ended.IsZero() }

// Waits reports that it has not had the floor yet, or was interrupted.
func (q *Request) Waits() bool { return q.Began.IsZero() && q.Ended.IsZero() && !q.Left }

// Took is how long it has spoken by now.
func (q *Request) Took(now time.Time) time.Duration {
	if q.Speaks() {
		return q.Spoken + now.Sub(q.Began)
	}
	return q.Spoken
}

// Waiting is the list of speakers: points of order first, then who was
// interrupted, then the others as they asked.
func (s *Session) Waiting() []Request {
	list := slices.DeleteFunc(slices.Clone(s.Floor), func(q Request) bool { return !q.Waits() })
	rank := func(q Request) int {
		switch {
		case q.Order:
			return 0
		case q.Spoken > 0:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b Request) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Asked.Compare(b.Asked)) })
	return list
}

// Speaker has the floor; nil for nobody.
func (s *Session) Speaker() *Request {
	if i := slices.IndexFunc(s.Floor, func(q Request) bool { return q.Speaks() }); i >= 0 {
		return &s.Floor[i]
	}
	return nil
}

func (s *Session) request(id ident.ID) (*Request, error) {
	if i := slices.IndexFunc(s.Floor, func(q Request) bool { return q.ID == id && q.Waits() }); i >= 0 {
		return &s.Floor[i], nil
	}
	return nil, fault.NotFound("There is no such request on the list of speakers.")
}

func (s *Session) present(delegation ident.ID) *Present {
	if i := slices.IndexFunc(s.Present, func(p Present) bool { return p.Delegation == delegation }); i >= 0 {
		return &s.Present[i]
	}
	return nil
}

// What one may do; policies.cedar says who.
const (
	ActKeep   access.Action = "do:keep_session" // begin it, note who is present and what was said
	ActSpeak  access.Action = "do:ask_floor"
	ActChair  access.Action = "do:chair"
	actCreate access.Action = "create"
)

// View is what may be shown.
type View struct{ Session }

func newKind() *record.Kind[Session, View] {
	return &record.Kind[Session, View]{Name: "session", Schema: 1,
		Index: func(s *Session) record.Index {
			x := record.Index{State: "open", Sort: s.Began}
			x.Relations = access.ForEveryone(access.Member, access.Secretariat, access.Chair, access.Delegate, access.Observer, access.Auditor)
			return x
		},
		Redact: func(s *Session, d access.Decision) View {
			if !d.Sees(access.Summary) {
				return View{}
			}
			return View{*s}
		},
	}
}

// happened is a note for the journal; what was said stays in the record.
type happened struct{ What string }

// Event names it.
func (n happened) Event() string { return n.What }
