package cooperation

import (
	"palermo/exchange"
	"palermo/fault"
	"palermo/record"
)

// Notice does here what a message says that is about nobody: it belongs to
// another room, such as the register of States. It runs in the change that
// stores the message; a refusal of package exchange is told to the sender.
type Notice func(tx *record.Tx, o exchange.Opened) error

// noticed gives what takes a kind of message that is about nobody. One that
// comes with a consent is about somebody, and is not taken.
func (k *Desk) noticed(tx *record.Tx, o exchange.Opened, m *Message) (known bool, err error) {
	take, known := k.Notices[o.Kind]
	if !known {
		return false, nil
	}
	if len(o.Consent.Categories) > 0 {
		return true, &exchange.Malformed{Where: "object.consent", Cause: exchange.ErrMalformed}
	}
	m.Act = o.Kind
	return true, take(tx, o)
}

// Tell puts a message about nobody into the outbox, as the node itself at its exchange.
func (k *Desk) Tell(tx *record.Tx, node, kind string, body []byte) (MessageID, error) {
	return k.TellFor(tx, node, kind, withoutData, exchange.Handling{MayBeUsedInCourt: true, MayBePassedOn: true}, body)
}

// TellFor is Tell for a purpose, under a handling code.
func (k *Desk) TellFor(tx *record.Tx, node, kind, purpose string, h exchange.Handling, body []byte) (MessageID, error) {
	reference, err := exchange.NewID(tx.Random())
	if err != nil {
		return MessageID{}, fault.Internal(err)
	}
	return k.post(tx, exchange.Object{To: node, Procedure: reference, Kind: kind, Purpose: purpose, Body: body, Handling: h}, &Message{Office: k.Focal, Act: kind})
}

// TakeBack takes back a message about nobody that still waits, since a newer one goes.
func (k *Desk) TakeBack(tx *record.Tx, id MessageID) error {
	if id == (MessageID{}) {
		return nil
	}
	m, err := record.Open(tx, k.Messages, id)
	if errNone(err) {
		return nil
	}
	if err != nil || m.state() == settled {
		return err
	}
	m.Recalled = tx.Now()
	m.Note(done{What: "message_recalled"})
	return nil
}

// Forget destroys what a message said, once it says nothing to anybody any more:
// that it was, and its digest, stay. One that still waits is taken back.
func (k *Desk) Forget(tx *record.Tx, id MessageID) error {
	if err := k.TakeBack(tx, id); err != nil {
		return err
	}
	m, err := record.Open(tx, k.Messages, id)
	if errNone(err) || err == nil && len(m.Signed) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	m.Signed = nil
	m.Note(done{What: "content_erased"})
	return nil
}

// Brought is the record of a message that came.
func (k *Desk) Brought(o exchange.Opened) MessageID { return messageID(o.From, o.ID) }

// Nudge has the outbox looked at now.
func (k *Desk) Nudge() {
	select {
	case k.wake <- struct{}{}:
	default: // it is told already
	}
}

// withoutData is the purpose of what is about nobody.
const withoutData = "without_personal_data"
