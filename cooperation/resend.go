package cooperation

import (
	"context"

	"palermo/access"
	"palermo/casework"
	"palermo/exchange"
	"palermo/fault"
	"palermo/record"
)

// Resend sends an act again whose message did not arrive, with what the person
// still allows, and a request to erase, or its answer, as it was (rule 2). It
// settles the notice that it did not arrive.
func (k *Desk) Resend(ctx context.Context, d *record.Door, id MessageID) error {
	return k.do(ctx, d, func(tx *record.Tx) error {
		m, err := k.failed(tx, id)
		if err != nil {
			return err
		}
		if m.Act == kindErase || m.Act == kindErased {
			m.Seen = tx.Now()
			m.Note(done{What: "message_sent_again"})
			return k.repeat(tx, m)
		}
		if m.Procedure == (ProcedureID{}) {
			return fault.Conflict("This is no step of a procedure: it is not sent again.")
		}
		p, err := record.Open(tx, k.Procedures, m.Procedure)
		if err != nil {
			return err
		}
		o := outgoing{procedure: p, id: m.Procedure}
		info, known := p.Definition().Act(m.Act)
		if !known {
			return fault.Conflict("This is no step of a procedure: it is not sent again.")
		}
		if p.Case != (casework.CaseID{}) {
			c, err := record.Open(tx, k.Cases.Kind, p.Case)
			if err != nil {
				return err
			}
			if peer := k.peer(p.Peer); !info.wordless() {
				if err := c.ClosedTo(peer.Country, peer.Authority); err != nil {
					return err
				}
			}
			if m.Scope != 0 {
				o.sheets, o.scope, o.until = c.Extract(info.Draws, p.Recipient, p.purpose(), tx.Now())
				if err := c.MaySend(o.scope, p.Peer, p.purpose()); err != nil {
					return err
				}
			}
			o.info = info
			if err := o.others(info.New(), c, Work{Now: tx.Now()}); err != nil {
				return err
			}
		}
		m.Seen = tx.Now()
		m.Note(done{What: "message_sent_again"})
		return k.again(tx, p, m, o.sheets, o.scope, o.until)
	})
}

// repeat posts what a message said once more, under a number of its own.
func (k *Desk) repeat(tx *record.Tx, m *Message) error {
	o, err := m.Signed.Object()
	if err != nil {
		return fault.Internal(err)
	}
	again := exchange.Object{To: o.To, Procedure: o.Procedure, Kind: o.Kind, Purpose: o.Purpose, InReplyTo: o.InReplyTo, Body: o.Body}
	_, err = k.post(tx, again, &Message{Procedure: m.Procedure, Type: m.Type, Office: m.Office, Act: m.Act, Emergency: m.Emergency})
	return err
}

// TakeNote settles the notice that a message did not arrive, without sending it again.
func (k *Desk) TakeNote(ctx context.Context, d *record.Door, id MessageID) error {
	return k.do(ctx, d, func(tx *record.Tx) error {
		m, err := k.failed(tx, id)
		if err != nil {
			return err
		}
		m.Seen = tx.Now()
		m.Note(done{What: "failure_noted"})
		return nil
	})
}

func (k *Desk) failed(tx *record.Tx, id MessageID) (*Message, error) {
	m, err := record.Open(tx, k.Messages, id)
	if err == nil && (m.Failed.IsZero() || !m.Seen.IsZero()) {
		err = fault.Conflict("No failure of this message waits to be looked at.")
	}
	return m, err
}

// Message gives a message with the very fields that were sent.
func (k *Desk) Message(ctx context.Context, d *record.Door, id MessageID) (record.Redacted[MessageView], error) {
	return record.View(ctx, d, k.Messages, id, record.Reason{Action: access.Look})
}

// Answers answers a request to erase.
func (k *Desk) Answers(ctx context.Context, d *record.Door, id MessageID, s AnswerErasure) error {
	return k.do(ctx, d, func(tx *record.Tx) error { return k.answer(tx, id, s) })
}
