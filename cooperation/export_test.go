package cooperation

import (
	"context"

	"palermo/casework"
	"palermo/exchange"
	"palermo/ident"
	"palermo/record"
)

// Filled is for tests of other packages: an act with every field filled in.
var Filled = filled

// Forged is the body of an act as a peer might make it.
func Forged(t Type, act string, number int, sheets []casework.Sheet) ([]byte, error) {
	return Word{Number: number, Type: t, Name: act, Fields: map[string][]string{}, Sheets: sheets, State: "proposed"}.encode()
}

// Decode and Encode are the body of an act as it is read and written.
var Decode = decode

func Encode(w Word) ([]byte, error) { return w.encode() }

// Add puts a message into the outbox as it was signed.
func (o Outbox) Add(s exchange.Signed) error {
	object, err := s.Object()
	if err != nil {
		return err
	}
	return record.Do(context.Background(), o.desk.door(), record.Reason{Action: doExchange}, func(tx *record.Tx) error {
		m := &Message{Out: true, Number: object.ID, Peer: object.To, Signed: s, Digest: s.Digest(), At: object.Sent.Time(), Deadline: object.Deadline.Time()}
		m.Note(done{What: "message_sent"})
		return record.CreateAs(tx, o.desk.Messages, o.id(object.ID), m)
	})
}

// Withdraw takes a message back, as a recall does.
func (o Outbox) Withdraw(id ident.ID) error {
	return record.Do(context.Background(), o.desk.door(), record.Reason{Action: doExchange}, func(tx *record.Tx) error {
		m, err := record.Open(tx, o.desk.Messages, o.id(id))
		if err != nil {
			return err
		}
		m.Recalled = tx.Now()
		m.Note(done{What: "message_recalled"})
		return nil
	})
}
