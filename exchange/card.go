package exchange

import (
	"bytes"
	"errors"
)

// Card is a node's own entry, signed with its key: what it sends to a signer
// in order to be listed. It proves that the node has the key; who stands
// behind the node people find out by other means.
type Card []byte

// NewCard signs the entry, with the node's public keys filled in.
func NewCard(n Node, k Keys) (Card, error) {
	n = k.Public(n)
	if err := n.Check(); err != nil {
		return nil, err
	}
	payload, err := Encode(n)
	if err != nil {
		return nil, err
	}
	b, err := Encode(envelope{Payload: payload, Signature: k.signs(contextCard, payload)})
	return b, err
}

// Read gives the entry. It fails with ErrMalformed, ErrOversize or ErrWrongSignature.
func (c Card) Read() (Node, error) {
	var e envelope
	var n Node
	if len(c) > ArmourCard.most() {
		return n, ErrOversize
	}
	if err := Decode(c, &e); err != nil {
		return n, err
	}
	if err := Decode(e.Payload, &n); err != nil {
		return n, err
	}
	if err := n.Check(); err != nil {
		return n, err
	}
	if n.RevokedAt != 0 || len(n.Earlier) > 0 {
		return n, malformed("card", errors.New("what was before and what is revoked is the signers' to say"))
	}
	if !verify(n.Sign.Public, contextCard, e.Payload, e.Signature) {
		return n, ErrWrongSignature
	}
	return n, nil
}

// After is the entry of a node that has changed its keys by its own will: what
// it signed with the old key until an instant still counts, and for the time of
// the change its old TLS keys too. After a theft the old entry is dropped instead.
func (n Node) After(old Node, until Instant) Node {
	if bytes.Equal(n.Sign.Public, old.Sign.Public) {
		n.Earlier = old.Earlier
		return n
	}
	n.Earlier = append([]EarlierKey{{Key: old.Sign, Until: until}}, old.Earlier...)
	n.Earlier = n.Earlier[:min(len(n.Earlier), maxEarlier)]
	for _, p := range old.Pins {
		if len(n.Pins) < maxPins && !bytes.Equal(p, n.Pins[0]) {
			n.Pins = append(n.Pins, p)
		}
	}
	return n
}
