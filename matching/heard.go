package matching

import (
	"context"
	"time"

	"palermo/access"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/ident"
	"palermo/linkage"
	"palermo/record"
)

// HeardID names a question that another State asked.
type HeardID = record.ID[Heard]

// Heard is a question of another State. Its tokens are destroyed once it was compared.
type Heard struct {
	record.Base
	Number    ident.ID
	From      string
	State     string // of the asker
	Question  []byte // a linkage.Question, until it was compared
	Until     time.Time
	Came      time.Time
	Compared  time.Time
	Spoke     time.Time // when this State said "talk to us"
	Replied   time.Time // when the reply that says nothing was queued
	Withdrawn time.Time
	Message   cooperation.MessageID
	Met       []MatchID
}

func newHeardKind() *record.Kind[Heard, Heard] {
	return &record.Kind[Heard, Heard]{
		Name: "match_heard", Schema: 1,
		Index: func(h *Heard) record.Index {
			x := record.Index{State: open, Sort: h.Came, Relations: append(nodeAlone(), access.Relation{Party: access.Everyone, Role: access.Auditor})}
			switch {
			case !h.over().IsZero():
				x.State = settled
			case h.Compared.IsZero():
				x.State = fresh
			}
			return x
		},
		Redact: func(h *Heard, d access.Decision) Heard {
			if !d.May(doExchange) {
				return Heard{}
			}
			return *h
		},
	}
}

// over is when nothing more was to be said.
func (h *Heard) over() time.Time {
	for _, at := range []time.Time{h.Spoke, h.Replied, h.Withdrawn} {
		if !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

// heardOf is the only place of a question that a node asked under a number.
func heardOf(from string, number []byte) HeardID {
	return HeardID(derived("heard", from+"\x00"+string(number)))
}

// hear keeps a question. What it refuses it refuses whatever it knows, and it
// compares nothing: the receipt goes out before, and is the same for all.
func (k *Desk) hear(tx *record.Tx, o exchange.Opened) error {
	q, err := linkage.Decode[linkage.Question](o.Body)
	if err != nil {
		return &exchange.Malformed{Where: "match.question", Cause: err}
	}
	m, _, err := k.terms()
	if err != nil {
		return exchange.ErrNotAnswered
	}
	from, err := k.entryOf(o.From)
	if err != nil {
		return err
	}
	id := heardOf(o.From, q.ID)
	h, err := record.Open(tx, k.Heards, id)
	switch {
	case err == nil && !h.Withdrawn.IsZero():
		return nil // its withdrawal came first
	case err == nil:
		return &exchange.Malformed{Where: "match.question.id", Cause: exchange.ErrAlteredCopy}
	case !none(err):
		return err
	case q.Epoch > m.Epoch:
		return exchange.ErrBehindTrustList
	case !takesPart(from), q.Register != k.abroad.Keys.Name(), q.Epoch != m.Epoch:
		return exchange.ErrNotAnswered
	case !tx.Now().Before(q.End()):
		return exchange.ErrDeadlinePassed
	case q.End().After(tx.Now().Add(openFor + day)):
		return &exchange.Malformed{Where: "match.question.until", Cause: exchange.ErrMalformed}
	}
	if err := k.count(tx, answers, bodyOf(from), m, 0, question); err != nil {
		return err
	}
	h = &Heard{Number: ident.ID(q.ID), From: o.From, State: from.State, Question: o.Body, Until: q.End(), Came: tx.Now(), Message: k.abroad.Brought(o)}
	h.Note(happened{What: "match_heard", Peer: o.From})
	return record.CreateAs(tx, k.Heards, id, h)
}

// withdrawn ends a question that the other State asks no more.
func (k *Desk) withdrawn(tx *record.Tx, o exchange.Opened) error {
	var n numbered
	if err := exchange.Decode(o.Body, &n); err != nil {
		return err
	}
	id := heardOf(o.From, n.Question[:])
	h, err := record.Open(tx, k.Heards, id)
	if none(err) { // it has not come yet, and is not taken when it comes
		h = &Heard{Number: n.Question, From: o.From, Came: tx.Now()}
		err = record.CreateAs(tx, k.Heards, id, h)
	}
	if err != nil {
		return err
	}
	if h.Withdrawn.IsZero() {
		for _, m := range h.Met {
			if err := record.EraseToo(tx, k.Matches, m); err != nil {
				return err
			}
		}
		h.Withdrawn, h.Question, h.Met = tx.Now(), nil, nil
		h.Note(happened{What: "match_question_withdrawn", Peer: o.From})
	}
	if h.Message == (cooperation.MessageID{}) {
		return nil
	}
	return k.abroad.Forget(tx, h.Message)
}

// reply says "talk to us" under the handling code of the case, or nothing.
func (k *Desk) reply(tx *record.Tx, h *Heard, speak bool, handling exchange.Handling) error {
	body, err := linkage.Encode(linkage.Reply{Question: h.Number[:], Speak: speak})
	if err != nil {
		return err
	}
	if _, err := k.abroad.TellFor(tx, h.From, kindReply, purpose, handling, body); err != nil {
		return err
	}
	if speak {
		h.Spoke = tx.Now()
	} else {
		h.Replied = tx.Now()
	}
	h.Note(happened{What: "match_replied", Peer: h.From})
	return k.abroad.Forget(tx, h.Message)
}

// end answers what has come to its end with nothing, whatever was found, and
// forgets what was asked from here and has ended.
func (k *Desk) end(ctx context.Context) error {
	now := k.node.Now()
	k.mu.Lock()
	due := k.due
	k.mu.Unlock()
	if now.Before(due) {
		return nil
	}
	next := now.Add(lookAgain)
	for h, err := range each(ctx, k.door(), k.Heards, fresh, open) {
		if err != nil {
			return err
		}
		if next, err = k.endOne(ctx, next, h.Value().Until, func(tx *record.Tx) error { return k.endHeard(tx, HeardID(h.ID())) }); err != nil {
			return err
		}
	}
	for q, err := range each(ctx, k.door(), k.Questions, open) {
		if err != nil {
			return err
		}
		if next, err = k.endOne(ctx, next, q.Value().Until, func(tx *record.Tx) error { return k.endQuestion(tx, QuestionID(q.ID())) }); err != nil {
			return err
		}
	}
	k.abroad.Nudge()
	k.mu.Lock()
	k.due = next
	k.mu.Unlock()
	return nil
}

// lookAgain is when the open questions are looked at again at the latest: another process may have taken some.
const lookAgain = time.Hour

// endOne ends what is over, and gives when to look next.
func (k *Desk) endOne(ctx context.Context, next, until time.Time, fn func(*record.Tx) error) (time.Time, error) {
	if k.node.Now().Before(until) {
		if until.Before(next) {
			next = until
		}
		return next, nil
	}
	return next, k.do(ctx, fn)
}

func (k *Desk) endHeard(tx *record.Tx, id HeardID) error {
	h, err := record.Open(tx, k.Heards, id)
	if err != nil || !h.over().IsZero() {
		return err
	}
	h.Question = nil
	return k.reply(tx, h, false, exchange.Handling{})
}

func (k *Desk) endQuestion(tx *record.Tx, id QuestionID) error {
	q, err := record.Open(tx, k.Questions, id)
	if err != nil || !q.Ended.IsZero() {
		return err
	}
	q.Ended = tx.Now()
	q.Note(happened{What: "match_question_ended", Peer: q.Peer})
	return k.abroad.Forget(tx, q.Message)
}
