package exchange

import (
	"fmt"
	"time"

	"palermo/ident"
)

// Receipt is the receiver's word that a message is stored.
type Receipt struct {
	Message  ident.ID `cbor:"1,keyasint"`
	Digest   Digest   `cbor:"2,keyasint"`
	From     string   `cbor:"3,keyasint"` // who sent the message
	By       string   `cbor:"4,keyasint"` // who stored it
	StoredAt Instant  `cbor:"5,keyasint"`
}

// SignedReceipt is a receipt as its giver stands by it. Both sides keep it.
type SignedReceipt []byte

// MaxReceipt is the length at which whoever reads a receipt stops.
const MaxReceipt = 1 << 10

// NewReceipt signs that the message is stored. It is committed together with
// the message, and handed out after that only.
func NewReceipt(m Opened, k Keys, now time.Time) (SignedReceipt, error) {
	payload, err := Encode(Receipt{Message: m.ID, Digest: m.Digest, From: m.From, By: k.name, StoredAt: At(now)})
	if err != nil {
		return nil, err
	}
	b, err := Encode(envelope{Payload: payload, Signature: k.signs(contextReceipt, payload)})
	return b, err
}

// Read reads a receipt without asking whose signature it bears.
func (s SignedReceipt) Read() (Receipt, error) {
	r, _, err := s.parts()
	return r, err
}

func (s SignedReceipt) parts() (Receipt, envelope, error) {
	var e envelope
	var r Receipt
	if len(s) > MaxReceipt {
		return r, e, ErrOversize
	}
	if err := Decode(s, &e); err != nil {
		return r, e, err
	}
	return r, e, Decode(e.Payload, &r)
}

// Awaited is the receipt that a message must bring, but for its instant.
func (s Signed) Awaited() (Receipt, error) {
	o, err := s.Object()
	return Receipt{Message: o.ID, Digest: s.Digest(), From: o.From, By: o.To}, err
}

// Verify holds the receipt against the one awaited. The trust is that of when
// it was given; later lists may know the key no more. It fails with
// ErrWrongReceipt, ErrMalformed, ErrOversize or ErrUnknownNode.
func (s SignedReceipt) Verify(awaited Receipt, t *Trust) (Receipt, error) {
	r, e, err := s.parts()
	if err != nil {
		return Receipt{}, err
	}
	awaited.StoredAt = r.StoredAt
	if r != awaited {
		return Receipt{}, fmt.Errorf("receipt of another message: %w", ErrWrongReceipt)
	}
	giver, err := t.entry(r.By)
	if err != nil {
		return Receipt{}, err
	}
	if !t.verifies(giver, r.StoredAt, contextReceipt, e.Payload, e.Signature) {
		return Receipt{}, fmt.Errorf("receipt by %s: %w", r.By, ErrWrongReceipt)
	}
	return r, nil
}
