package matching

import (
	"reflect"
	"slices"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/ident"
	"palermo/linkage"
	"palermo/record"
)

// EntryID names an entry of the register.
type EntryID = record.ID[Entry]

// Entry is somebody in this State's register of those who agreed to matching.
// It is a record of its own, so that it is erased at once, with its key, when
// the person agrees no more. Only the node itself opens it.
type Entry struct {
	record.Base
	Case    casework.CaseID
	Owner   ident.ID // the organisation responsible
	Agreed  []Agreed
	Closed  []string // States to whose authorities nothing may go
	Person  linkage.Person
	Changed time.Time
	Epoch   uint32 // of Tokens; 0 while there are none
	Tokens  []linkage.KeyToken
	Met     []MatchID // what questions met
}

// Agreed is a State with which the person agreed to be matched, by the organisation that stands for it.
type Agreed struct {
	Consent   ident.ID
	Recipient ident.ID
	Until     time.Time
}

// States of an entry.
const (
	wanting  = "wanting" // not prepared since it changed
	prepared = "prepared"
)

func newEntryKind() *record.Kind[Entry, Entry] {
	return &record.Kind[Entry, Entry]{
		Name: "matching_entry", Schema: 1,
		Index: func(e *Entry) record.Index {
			x := record.Index{State: prepared, Sort: e.Changed, Relations: nodeAlone()}
			if e.Epoch == 0 {
				x.State = wanting
			}
			return x
		},
		Redact: func(e *Entry, d access.Decision) Entry {
			if !d.May(doExchange) {
				return Entry{}
			}
			return *e
		},
	}
}

// nodeAlone is the relation of what nobody but the node opens.
func nodeAlone() []access.Relation {
	return []access.Relation{{Party: access.Everyone, Role: access.Exchange}}
}

// wanted is the entry that the case should have now; nil for none.
func wanted(c *casework.Case, now time.Time) *Entry {
	agreed := c.AgreedToMatching(now)
	closed, all := c.ClosedStates()
	if len(agreed) == 0 || all {
		return nil
	}
	e := &Entry{Case: casework.CaseID(c.RecordID()), Owner: c.Owner, Closed: closed, Changed: now}
	family := !slices.ContainsFunc(agreed, func(g consent.Consent) bool { return !g.Data.Has(access.Family) })
	for _, g := range agreed {
		e.Agreed = append(e.Agreed, Agreed{g.ID, g.Recipient, g.Until})
	}
	e.Person = personOf(c, family)
	if len(linkage.Texts(e.Person)) == 0 {
		return nil
	}
	return e
}

// same reports that nothing is to be changed.
func (e *Entry) same(w *Entry) bool {
	return e.Owner == w.Owner && slices.Equal(e.Closed, w.Closed) && reflect.DeepEqual(e.Person, w.Person) &&
		slices.EqualFunc(e.Agreed, w.Agreed, func(a, b Agreed) bool { return a.Consent == b.Consent && a.Until.Equal(b.Until) })
}

// open reports that the person may be matched with the State for which the organisation stands.
func (e *Entry) open(recipient ident.ID, state string, now time.Time) bool {
	return now.Before(e.until(recipient)) && !slices.Contains(e.Closed, state)
}

// until is the end of the consent that names the organisation; the zero time where none does.
func (e *Entry) until(recipient ident.ID) time.Time {
	var until time.Time
	for _, a := range e.Agreed {
		if a.Recipient == recipient && a.Until.After(until) {
			until = a.Until
		}
	}
	return until
}

// recipients are the organisations that the consents name, each once.
func (e *Entry) recipients() []ident.ID {
	var list []ident.ID
	for _, a := range e.Agreed {
		if !slices.Contains(list, a.Recipient) {
			list = append(list, a.Recipient)
		}
	}
	return list
}

// ended reports that no consent stands any more.
func (e *Entry) ended(now time.Time) bool {
	return !slices.ContainsFunc(e.Agreed, func(a Agreed) bool { return now.Before(a.Until) })
}

// CaseChanged holds the register true to the case, in the commit of the change:
// who agrees comes in, who agrees no more is erased, and a question that may
// stand no longer is withdrawn.
func (k *Desk) CaseChanged(tx *record.Tx, c *casework.Case) error {
	want := wanted(c, tx.Now())
	if want == nil && c.Matching.Entry.IsZero() && len(c.Matching.Asked) == 0 {
		return nil
	}
	return tx.Follow(access.Exchange, doExchange, func() error {
		if err := k.withdrawAsked(tx, c); err != nil {
			return err
		}
		if want == nil {
			return k.takeOut(tx, c)
		}
		return k.register(tx, c, want)
	})
}

func (k *Desk) register(tx *record.Tx, c *casework.Case, want *Entry) error {
	var e *Entry
	err := error(nil)
	if !c.Matching.Entry.IsZero() {
		e, err = record.Open(tx, k.Entries, EntryID(c.Matching.Entry))
	}
	if err != nil && !none(err) {
		return err
	}
	if e == nil {
		want.Note(happened{What: "matching_registered"})
		id, err := record.Create(tx, k.Entries, want)
		c.Matching.Entry = ident.ID(id)
		return err
	}
	if e.same(want) {
		return nil
	}
	if !reflect.DeepEqual(e.Person, want.Person) {
		e.Person, e.Epoch, e.Tokens = want.Person, 0, nil
	}
	e.Owner, e.Agreed, e.Closed, e.Changed = want.Owner, want.Agreed, want.Closed, want.Changed
	e.Note(happened{What: "matching_register_changed"})
	return k.endMatches(tx, e)
}

// endMatches erases what met a State with which the person may not be matched any more.
func (k *Desk) endMatches(tx *record.Tx, e *Entry) error {
	var kept []MatchID
	for _, id := range e.Met {
		m, err := record.Open(tx, k.Matches, id)
		if none(err) {
			continue
		}
		if err != nil {
			return err
		}
		if e.open(m.Recipient, m.State, tx.Now()) {
			kept = append(kept, id)
		} else if err := record.Erase(tx, k.Matches, id, purpose); err != nil {
			return err
		}
	}
	e.Met = kept
	return nil
}

// takeOut erases the entry of a case with all that it met.
func (k *Desk) takeOut(tx *record.Tx, c *casework.Case) error {
	if c.Matching.Entry.IsZero() {
		return nil
	}
	id := EntryID(c.Matching.Entry)
	c.Matching.Entry = ident.ID{}
	return k.eraseEntry(tx, id)
}

func (k *Desk) eraseEntry(tx *record.Tx, id EntryID) error {
	e, err := record.Open(tx, k.Entries, id)
	if none(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, m := range e.Met {
		if err := record.EraseToo(tx, k.Matches, m); err != nil {
			return err
		}
	}
	return record.Erase(tx, k.Entries, id, purpose)
}

// CaseErased takes out all that is here of a case that is erased.
func (k *Desk) CaseErased(tx *record.Tx, c *casework.Case) error {
	return tx.Follow(access.Exchange, doExchange, func() error {
		for i := range c.Matching.Asked {
			if err := k.withdrawQuestion(tx, &c.Matching.Asked[i]); err != nil {
				return err
			}
			if err := record.Erase(tx, k.Questions, QuestionID(c.Matching.Asked[i].Question), purpose); err != nil {
				return err
			}
		}
		return k.takeOut(tx, c)
	})
}
