package exchange

import (
	"context"
	"errors"
	"fmt"
	"time"

	"palermo/ident"
)

// Inbox is what came in. Each method commits before it returns; an error means
// that nothing was written.
type Inbox interface {
	// Find gives what is known of that sender's message: what was stored, or
	// that it was closed. ErrNeverStored when there is nothing.
	Find(ctx context.Context, from string, id ident.ID) (Entry, error)
	// Store commits the row, what the message does here, and the receipt
	// together, or nothing. A row that is there already is ErrAlteredCopy, an
	// unknown kind ErrUnknownKind; any other refusal of reason.go is told to the sender.
	Store(ctx context.Context, m Opened, r SignedReceipt) error
	// Close commits that nothing will be stored under this id. A row that is
	// there already is ErrAlteredCopy.
	Close(ctx context.Context, from string, id ident.ID, now Instant) error
	// Refused journals what was not taken and shows it to the focal point.
	Refused(ctx context.Context, r Refusal) error
}

// Entry is a row of the inbox, by sender and id.
type Entry struct {
	Digest  Digest
	Receipt SignedReceipt
	Closed  bool // nothing was stored, and nothing will be
}

// Refusal is something that came in and was not taken.
type Refusal struct {
	Carrier string   // the node that brought it
	From    string   // the node that signed it, when that is known
	ID      ident.ID // when it is known
	Kind    string   // when it is known
	Reason  error
	At      Instant
}

// Desk takes what comes in, each message once.
type Desk struct {
	Inbox Inbox
	Keys  Keys
	Trust func() *Trust
	Now   func() time.Time
}

// Receive opens what the carrier brought, has it stored and gives the receipt;
// a copy of what is stored gets the stored receipt, also after the deadline.
// It fails as Open does, and with ErrOtherCarrier, ErrAlteredCopy,
// ErrUnknownKind, ErrNeverStored (it was closed), or ErrUnavailable when the
// inbox could not commit. Every refusal is journalled first.
func (d *Desk) Receive(ctx context.Context, carrier string, s Sealed) (SignedReceipt, error) {
	m, ended := Open(s, d.Keys, d.Trust(), d.Now())
	if !m.ID.IsZero() && m.From != carrier {
		ended = ErrOtherCarrier
	}
	return d.take(ctx, carrier, m, ended)
}

// File takes what came in a file: any hand may carry it, the signature within says whose it is.
func (d *Desk) File(ctx context.Context, s Sealed) (SignedReceipt, error) {
	m, ended := Open(s, d.Keys, d.Trust(), d.Now())
	return d.take(ctx, "", m, ended)
}

// take stores an opened message once, or journals why not. What Settles says
// of the refusal is made true: nothing can be stored under the id any more.
func (d *Desk) take(ctx context.Context, carrier string, m Opened, ended error) (SignedReceipt, error) {
	r, err := d.store(ctx, m, ended)
	if err == nil {
		return r, nil
	}
	if Settles(err) && !errors.Is(err, ErrNeverStored) {
		closed := d.Inbox.Close(ctx, m.From, m.ID, At(d.Now()))
		if closed != nil { // or another copy was stored at the same time: the sender asks again
			err = fmt.Errorf("%w: close: %v", ErrUnavailable, closed)
		}
	}
	return nil, d.refuse(ctx, carrier, m, err)
}

func (d *Desk) store(ctx context.Context, m Opened, ended error) (SignedReceipt, error) {
	if ended != nil && !Settles(ended) {
		return nil, ended
	}
	r, err := d.known(ctx, m)
	if !errors.Is(err, errNew) {
		return r, err
	}
	if ended != nil {
		return nil, ended
	}
	r, err = NewReceipt(m, d.Keys, d.Now())
	if err != nil {
		return nil, err
	}
	err = d.Inbox.Store(ctx, m, r)
	if errors.Is(err, ErrAlteredCopy) { // a copy was stored between Find and Store
		return d.known(ctx, m)
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

var errNew = errors.New("not known")

func (d *Desk) known(ctx context.Context, m Opened) (SignedReceipt, error) {
	e, err := d.Inbox.Find(ctx, m.From, m.ID)
	switch {
	case errors.Is(err, ErrNeverStored):
		return nil, errNew
	case err != nil:
		return nil, err
	case e.Closed:
		return nil, ErrNeverStored
	case e.Digest != m.Digest:
		return nil, ErrAlteredCopy
	}
	return e.Receipt, nil
}

// Asked says for good whether the message that a node awaits a receipt for is
// stored: the receipt, or ErrNeverStored, after which it never will be. It
// fails with ErrNotForUs, ErrOtherCarrier, ErrAlteredCopy, or as the inbox does.
func (d *Desk) Asked(ctx context.Context, carrier string, awaited Receipt) (SignedReceipt, error) {
	switch {
	case awaited.By != d.Keys.name:
		return nil, d.Refuse(ctx, carrier, ErrNotForUs)
	case awaited.From != carrier:
		return nil, d.Refuse(ctx, carrier, ErrOtherCarrier)
	}
	m := Opened{Object: Object{ID: awaited.Message, From: carrier}, Digest: awaited.Digest}
	r, err := d.known(ctx, m)
	if !errors.Is(err, errNew) {
		return r, err
	}
	err = d.Inbox.Close(ctx, carrier, awaited.Message, At(d.Now()))
	switch {
	case err == nil:
		return nil, ErrNeverStored
	case errors.Is(err, ErrAlteredCopy): // it was stored between Find and Close
		return d.known(ctx, m)
	}
	return nil, err
}

// Refuse journals that what a node brought could not even be opened, and gives the reason back.
func (d *Desk) Refuse(ctx context.Context, carrier string, why error) error {
	return d.refuse(ctx, carrier, Opened{}, why)
}

// refuse journals the refusal. Should that fail the sender hears "unavailable":
// nothing is refused in silence.
func (d *Desk) refuse(ctx context.Context, carrier string, m Opened, why error) error {
	r := Refusal{Carrier: carrier, From: m.From, ID: m.ID, Kind: m.Kind, Reason: why, At: At(d.Now())}
	if err := d.Inbox.Refused(ctx, r); err != nil {
		return fmt.Errorf("%w: journal the refusal %q: %v", ErrUnavailable, Reason(why), err)
	}
	return why
}
