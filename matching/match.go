package matching

import (
	"context"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/duty"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/linkage"
	"palermo/record"
)

// MatchID names a match.
type MatchID = record.ID[Match]

// Match is a case of this State that may be the person whom another State asks
// about. It says that somebody should look, and never that it is so.
type Match struct {
	record.Base
	Heard     HeardID
	From      string   // the node that asks
	State     string   // its State
	Recipient ident.ID // the organisation that stands for it here
	Entry     EntryID
	Case      casework.CaseID
	Owner     ident.ID // the organisation responsible for the case
	Focal     ident.ID // the focal point's, whose duty officer decides
	Score     int
	Keys      []linkage.Key
	OneName   bool // it may be a brother or a sister born on the same day
	Found     time.Time
	Until     time.Time // of the question
	Decided   time.Time
	By        ident.ID
	Speak     bool // it was said that both States should talk
}

// MatchView is what the duty officer sees.
type MatchView struct {
	Match
	Reference string // of the own case
	Undecided bool
}

func newMatchKind() *record.Kind[Match, MatchView] {
	return &record.Kind[Match, MatchView]{
		Name: "match", Schema: 1,
		Index: func(m *Match) record.Index {
			x := record.Index{State: open, Sort: m.Found}
			if !m.Decided.IsZero() {
				x.State = settled
			}
			x.Relations = append(nodeAlone(), access.Relation{Party: m.Focal, Role: access.FocalPoint}, access.Relation{Party: access.Everyone, Role: access.Auditor})
			return x
		},
		Redact: func(m *Match, d access.Decision) MatchView {
			if !d.Sees(access.Summary) {
				return MatchView{}
			}
			return MatchView{Match: *m, Reference: m.Case.Reference(), Undecided: m.Decided.IsZero() && d.At.Before(m.Until)}
		},
		Duties: matchDuties,
	}
}

// matchDuties asks the duty officer to look; a question that has ended is answered with nothing by itself.
func matchDuties(m *Match) []duty.Duty {
	if !m.Decided.IsZero() {
		return nil
	}
	due := m.Found.Add(day)
	if m.Until.Before(due) {
		due = m.Until
	}
	return []duty.Duty{{Name: dutyLook, Since: m.Found, Due: due, Steps: []duty.Step{{Party: m.Focal, Role: access.FocalPoint, From: m.Found}}}}
}

// Found gives a page of what met, newest first.
func (k *Desk) Found(ctx context.Context, d *record.Door, before record.Cursor, limit int) ([]record.Redacted[MatchView], error) {
	return record.Collect(record.List(ctx, d, k.Matches, record.Query[Match]{Why: record.Reason{Action: access.Look}, Before: before, Limit: limit}))
}

// Answer is the duty officer's decision. "Talk to us" leaves now, if consent
// and door still allow it; anything else leaves nothing, and what the other
// State hears at the question's end is what it hears where nobody is known.
// Faults: denied, not found, conflict.
func (k *Desk) Answer(ctx context.Context, d *record.Door, id MatchID, speak bool) error {
	err := record.Do(ctx, d, record.Reason{Action: ActAnswer}, func(tx *record.Tx) error {
		m, err := record.Open(tx, k.Matches, id)
		if err != nil {
			return err
		}
		switch {
		case !m.Decided.IsZero():
			return fault.Conflict("This was decided already.")
		case !tx.Now().Before(m.Until):
			return fault.Conflict("The question has ended.")
		}
		m.Decided, m.By, m.Speak = tx.Now(), tx.Viewer().Member, speak
		m.Note(happened{What: "match_decided", Peer: m.From})
		if !speak {
			return nil
		}
		return tx.Follow(access.Exchange, doExchange, func() error { return k.speak(tx, m) })
	})
	if err == nil {
		k.abroad.Nudge()
	}
	return err
}

// speak looks again at consent and door, and says "talk to us" once.
func (k *Desk) speak(tx *record.Tx, m *Match) error {
	e, err := record.Open(tx, k.Entries, m.Entry)
	if err != nil && !none(err) {
		return err
	}
	if err != nil || !e.open(m.Recipient, m.State, tx.Now()) {
		return fault.Conflict("The person does not allow this any more.")
	}
	h, err := record.Open(tx, k.Heards, m.Heard)
	if err != nil {
		return err
	}
	if !h.over().IsZero() {
		return nil // it was said for another case that met the same question
	}
	return k.reply(tx, h, true, exchange.Handling{NeverTo: exchange.Words(e.Closed...)})
}
