package cooperation

import (
	"context"
	"errors"
	"strings"

	"palermo/access"
	"palermo/casework"
	"palermo/exchange"
	"palermo/ident"
	"palermo/record"
)

// Inbox takes what comes from other nodes: the message, its effect and its
// receipt commit together, once.
type Inbox struct{ desk *Desk }

var _ exchange.Inbox = Inbox{}

func (i Inbox) do(ctx context.Context, fn func(*record.Tx) error) error {
	return record.Do(ctx, i.desk.door(), record.Reason{Action: doExchange}, fn)
}

// Find gives what is known of a message.
func (i Inbox) Find(ctx context.Context, from string, id ident.ID) (exchange.Entry, error) {
	var e exchange.Entry
	err := i.do(ctx, func(tx *record.Tx) error {
		m, err := record.Open(tx, i.desk.Messages, messageID(from, id))
		if errNone(err) {
			return exchange.ErrNeverStored
		}
		if err != nil {
			return err
		}
		e = exchange.Entry{Digest: m.Digest, Receipt: m.Receipt, Closed: m.Closed}
		return nil
	})
	return e, err
}

// Store keeps a message with what it does here.
func (i Inbox) Store(ctx context.Context, o exchange.Opened, r exchange.SignedReceipt) error {
	return i.do(ctx, func(tx *record.Tx) error {
		if err := i.fresh(tx, o.From, o.ID); err != nil {
			return err
		}
		m := &Message{Number: o.ID, Peer: o.From, Signed: o.Signed, Digest: o.Digest, Handling: o.Handling, At: o.Sent.Time(),
			Deadline: o.Deadline.Time(), Until: o.Consent.Until.Time(), Receipt: r, Stored: tx.Now(), Office: i.desk.Focal}
		for _, name := range o.Consent.Categories {
			c, err := access.ParseCategory(name)
			if err != nil {
				return exchange.ErrMalformed
			}
			m.Scope |= access.Of(c)
		}
		m.Note(done{What: "message_received"})
		if err := i.effect(ctx, tx, o, m); err != nil {
			return err
		}
		return record.CreateAs(tx, i.desk.Messages, messageID(o.From, o.ID), m)
	})
}

// fresh refuses a number that is taken.
func (i Inbox) fresh(tx *record.Tx, from string, id ident.ID) error {
	_, err := record.Open(tx, i.desk.Messages, messageID(from, id))
	if err == nil {
		return exchange.ErrAlteredCopy
	}
	if errNone(err) {
		return nil
	}
	return err
}

// effect is what a message does here, by its kind.
func (i Inbox) effect(ctx context.Context, tx *record.Tx, o exchange.Opened, m *Message) error {
	switch o.Kind {
	case kindErase:
		return i.desk.eraseAsked(tx, o, m)
	case kindErased:
		return i.desk.eraseAnswered(tx, o, m)
	}
	if known, err := i.desk.noticed(tx, o, m); known {
		return err
	}
	word, err := read(o.Signed)
	if err != nil {
		return err
	}
	if _, known := Find(word.Type); !known || o.Kind != kindOf(word.Type, word.Name) {
		return exchange.ErrUnknownKind
	}
	if err := beyond(word, m); err != nil {
		return err
	}
	p, err := i.procedure(ctx, tx, o, word)
	if err != nil {
		return err
	}
	m.Procedure, m.Type, m.Act, m.Office = ProcedureOf(o.Procedure), word.Type, word.Name, p.Office
	word.Message, word.PassOn = messageID(o.From, o.ID), o.Handling.MayBePassedOn
	if !p.From.IsZero() && len(word.Sheets) > 0 && !word.PassOn {
		if err := i.desk.goBack(tx, p); err != nil {
			return err
		}
		m.Office = p.Office
	}
	p.Note(heard{Act: word.Name, Number: word.Number})
	return p.Hear(word, Work{Now: tx.Now(), Peer: i.desk.peer(o.From)})
}

// kindOf is the kind of the message that carries an act.
func kindOf(t Type, name string) string { return string(t) + "." + strings.ReplaceAll(name, "-", "_") }

type heard struct {
	Act    string
	Number int
}

func (heard) Event() string { return "act_received" }

// beyond refuses data of the person that no consent in the message covers.
func beyond(word Word, m *Message) error {
	for _, s := range word.Sheets {
		if info, ok := casework.Find(s.Step); !ok || !m.Scope.Has(info.Category) {
			return exchange.ErrConsentEnded
		}
	}
	return nil
}

// procedure opens this node's side, or begins it: an act may come before the first one.
func (i Inbox) procedure(ctx context.Context, tx *record.Tx, o exchange.Opened, word Word) (*Procedure, error) {
	id := ProcedureOf(o.Procedure)
	p, err := record.Open(tx, i.desk.Procedures, id)
	if errNone(err) {
		recipient, err := i.desk.Directory.OrganisationAt(ctx, o.From)
		if err != nil {
			return nil, err
		}
		p = &Procedure{Reference: o.Procedure, Type: word.Type, Side: Asked, Peer: o.From, Recipient: recipient, Office: i.desk.Focal,
			Earlier: word.Earlier, Began: tx.Now(), Changed: tx.Now()}
		return p, record.CreateAs(tx, i.desk.Procedures, id, p)
	}
	if err == nil && p.Peer != o.From {
		return nil, exchange.ErrMalformed
	}
	return p, err
}

// Close keeps that nothing will be stored under a number.
func (i Inbox) Close(ctx context.Context, from string, id ident.ID, now exchange.Instant) error {
	return i.do(ctx, func(tx *record.Tx) error {
		if err := i.fresh(tx, from, id); err != nil {
			return err
		}
		m := &Message{Number: id, Peer: from, At: now.Time(), Closed: true, Office: i.desk.Focal}
		m.Note(done{What: "message_closed"})
		return record.CreateAs(tx, i.desk.Messages, messageID(from, id), m)
	})
}

// Refused journals what was not taken, and shows it to the focal point.
func (i Inbox) Refused(ctx context.Context, r exchange.Refusal) error {
	return i.do(ctx, func(tx *record.Tx) error {
		x := &Refusal{At: r.At.Time(), Carrier: r.Carrier, From: r.From, Number: r.ID, Kind: r.Kind, Reason: exchange.Reason(r.Reason), Focal: i.desk.Focal}
		var where *exchange.Malformed
		if errors.As(r.Reason, &where) {
			x.Where = where.Where
		}
		x.Note(done{What: "message_refused", Reason: x.Reason})
		_, err := record.Create(tx, i.desk.Refusals, x)
		return err
	})
}
