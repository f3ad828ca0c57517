package matching

import (
	"context"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/linkage"
	"palermo/record"
)

// openFor is how long a question is open.
const openFor = 72 * time.Hour

// Ask asks, from a case, whether another State knows the person. It is refused
// before anything is computed unless the person agreed that this State may be
// asked, the door to it is open (rule 3), and questions are left for the day.
// Faults: denied, conflict, not found, and unavailable where fewer than two operators help.
func (k *Desk) Ask(ctx context.Context, d *record.Door, id casework.CaseID, recipient ident.ID) (QuestionID, error) {
	m, epoch, err := k.terms()
	if err != nil {
		return QuestionID{}, err
	}
	peer, err := k.peer(ctx, recipient)
	if err != nil {
		return QuestionID{}, err
	}
	entry, err := k.mayAsk(ctx, d, id, recipient, peer, m)
	if err != nil {
		return QuestionID{}, err
	}
	now := d.Now()
	until := now.Add(openFor)
	if entry.Until.Before(until) { // nobody compares after the consent has ended
		until = entry.Until
	}
	q, named, err := linkage.Ask(ctx, k.client(m, epoch), entry, peer.Name, peer.State, now, until)
	if noted := k.wrong(ctx, m, named); noted != nil {
		return QuestionID{}, noted
	}
	if err != nil {
		return QuestionID{}, err
	}
	body, err := linkage.Encode(q)
	if err != nil {
		return QuestionID{}, err
	}
	asked := &Question{Case: id, Peer: peer.Name, Recipient: recipient, Epoch: m.Epoch, At: now, Until: q.End(), Agreed: entry.Until}
	return QuestionID(q.ID), k.send(ctx, d, QuestionID(q.ID), asked, peer, body)
}

// peer is the node that an organisation stands for, if it answers such a question.
func (k *Desk) peer(ctx context.Context, recipient ident.ID) (exchange.Node, error) {
	name, err := k.abroad.Directory.NodeOf(ctx, recipient)
	if err != nil {
		return exchange.Node{}, err
	}
	n, err := k.abroad.Trust().Node(name, k.node.Now())
	if err != nil || !takesPart(n) || name == k.abroad.Keys.Name() {
		return exchange.Node{}, fault.Invalid("recipient", "This organisation cannot be asked.")
	}
	return n, nil
}

// mayAsk looks whether the case allows the question, and counts it; what is
// counted is spent, whatever comes after.
func (k *Desk) mayAsk(ctx context.Context, d *record.Door, id casework.CaseID, recipient ident.ID, peer exchange.Node, m exchange.Matching) (linkage.Entry, error) {
	var entry linkage.Entry
	own, err := k.own()
	if err != nil {
		return entry, err
	}
	err = record.Do(ctx, d, record.Reason{Action: ActMatch}, func(tx *record.Tx) error {
		c, err := record.Open(tx, k.cases.Kind, id)
		if err != nil {
			return err
		}
		g, err := k.allowed(tx, c, recipient, peer)
		if err != nil {
			return err
		}
		closed, _ := c.ClosedStates()
		entry = linkage.Entry{Ref: id.String(), Person: personOf(c, g.Data.Has(access.Family)), Consent: g.ID.String(), Until: g.Until, Closed: closed}
		return k.count(tx, asked, bodyOf(own), m, 0, question)
	})
	return entry, err
}

// allowed refuses whoever works on the case no more, and a State that the
// person did not name or to which the door is closed.
func (k *Desk) allowed(tx *record.Tx, c *casework.Case, recipient ident.ID, peer exchange.Node) (consent.Consent, error) {
	if err := k.cases.MayWork(c, tx.Viewer(), tx.Now()); err != nil {
		return consent.Consent{}, err
	}
	if err := c.ClosedTo(peer.State, peer.Kind.Authority()); err != nil {
		return consent.Consent{}, err
	}
	return c.MayMatch(recipient, peer.State, tx.Now())
}

// send keeps the question, its line on the case and its message in one commit.
func (k *Desk) send(ctx context.Context, d *record.Door, number QuestionID, q *Question, peer exchange.Node, body []byte) error {
	err := record.Do(ctx, d, record.Reason{Action: ActMatch}, func(tx *record.Tx) error {
		c, err := record.Open(tx, k.cases.Kind, q.Case)
		if err != nil {
			return err
		}
		if _, err := k.allowed(tx, c, q.Recipient, peer); err != nil { // it may have ended meanwhile
			return err
		}
		by := tx.Viewer()
		note := casework.AskedWhether{Question: ident.ID(number), Recipient: q.Recipient, State: peer.State, At: q.At, Until: q.Until}
		if err := c.AskWhether(note, by); err != nil {
			return err
		}
		q.Office, q.By = by.Organisation, by.Member
		return tx.Follow(access.Exchange, doExchange, func() error {
			if q.Message, err = k.abroad.TellFor(tx, peer.Name, kindQuestion, purpose, exchange.Handling{}, body); err != nil {
				return err
			}
			q.Note(happened{What: "match_asked", Peer: peer.Name})
			return record.CreateAs(tx, k.Questions, number, q)
		})
	})
	if err == nil {
		k.abroad.Nudge()
	}
	return err
}

// Askable lists the organisations for whose State the person agreed to be
// matched and which may be asked from this case now. Another is not even offered.
func (k *Desk) Askable(ctx context.Context, d *record.Door, id casework.CaseID) ([]ident.ID, error) {
	var found []ident.ID
	err := record.Do(ctx, d, record.Reason{Action: ActMatch}, func(tx *record.Tx) error {
		found = nil
		c, err := record.Open(tx, k.cases.Kind, id)
		if err != nil {
			return err
		}
		for _, g := range c.AgreedToMatching(tx.Now()) {
			peer, err := k.peer(ctx, g.Recipient)
			if err != nil {
				continue
			}
			if _, err := k.allowed(tx, c, g.Recipient, peer); err == nil {
				found = append(found, g.Recipient)
			}
		}
		return nil
	})
	return found, err
}

// OfCase gives what was asked from a case, newest first.
func (k *Desk) OfCase(ctx context.Context, d *record.Door, id casework.CaseID) ([]record.Redacted[Question], error) {
	return record.Collect(record.List(ctx, d, k.Questions, record.Query[Question]{Why: record.Reason{Action: access.Look}, Words: [][]string{{caseWord(id)}}, Limit: 200}))
}

// told keeps what the other State says: "talk to us", or at the end nothing.
func (k *Desk) told(tx *record.Tx, o exchange.Opened) error {
	r, err := linkage.Decode[linkage.Reply](o.Body)
	if err != nil {
		return &exchange.Malformed{Where: "match.reply", Cause: err}
	}
	q, err := record.Open(tx, k.Questions, QuestionID(r.Question))
	switch {
	case none(err):
		return nil // its case was erased
	case err != nil:
		return err
	case q.Peer != o.From:
		return &exchange.Malformed{Where: "match.reply.question", Cause: exchange.ErrMalformed}
	case !q.Withdrawn.IsZero(), !q.Agreed.IsZero() && !tx.Now().Before(q.Agreed):
		return nil // the person agrees no more: what it says is not kept
	}
	if r.Speak && q.Spoke.IsZero() {
		q.Spoke, q.NeverTo = tx.Now(), o.Handling.NeverTo
		q.Note(happened{What: "match_told", Peer: o.From})
	}
	return nil
}

// Noted is somebody's word that they speak with the other State.
func (k *Desk) Noted(ctx context.Context, d *record.Door, id QuestionID) error {
	return record.Do(ctx, d, record.Reason{Action: ActMatch}, func(tx *record.Tx) error {
		q, err := record.Open(tx, k.Questions, id)
		if err != nil {
			return err
		}
		if q.Spoke.IsZero() || !q.Seen.IsZero() {
			return fault.Conflict("There is nothing to take note of.")
		}
		q.Seen = tx.Now()
		q.Note(happened{What: "match_noted"})
		return nil
	})
}

// withdrawAsked withdraws every question that the person allows no more, or to
// whose State the door has closed.
func (k *Desk) withdrawAsked(tx *record.Tx, c *casework.Case) error {
	for i := range c.Matching.Asked {
		a := &c.Matching.Asked[i]
		if a.Withdrawn || !tx.Now().Before(a.Until) {
			continue
		}
		if _, err := c.MayMatch(a.Recipient, a.State, tx.Now()); err == nil {
			continue
		}
		if err := k.withdrawQuestion(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// withdrawQuestion takes a question back. It may be on the line at this very
// moment, so the other State is told in any case, unless it is over there.
func (k *Desk) withdrawQuestion(tx *record.Tx, a *casework.AskedWhether) error {
	q, err := record.Open(tx, k.Questions, QuestionID(a.Question))
	if err != nil || a.Withdrawn {
		return err
	}
	a.Withdrawn, q.Withdrawn = true, tx.Now()
	q.Note(happened{What: "match_withdrawn", Peer: q.Peer})
	if err := k.abroad.Forget(tx, q.Message); err != nil || !tx.Now().Before(q.Until) {
		return err
	}
	body, err := exchange.Encode(numbered{a.Question})
	if err != nil {
		return fault.Internal(err)
	}
	_, err = k.abroad.TellFor(tx, q.Peer, kindWithdrawn, purpose, exchange.Handling{}, body)
	return err
}

// numbered names a question.
type numbered struct {
	Question ident.ID `cbor:"1,keyasint"`
}

var _ cooperation.Notice = (*Desk)(nil).told
