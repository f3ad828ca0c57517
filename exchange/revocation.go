package exchange

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Revocation takes a node's key out of use within minutes. One signer, or the
// node itself, is enough: it can only close, never open. It is for good. The
// node comes back with a new key, in a new list that k signers accept.
type Revocation struct {
	Node string            `cbor:"1,keyasint"`
	Key  ed25519.PublicKey `cbor:"2,keyasint"` // the key that it signs with; its seal key and pins go with it
	At   Instant           `cbor:"3,keyasint"`
	By   string            `cbor:"4,keyasint"` // a signer of the list in force, or the node
}

// SignedRevocation is a revocation as its giver stands by it.
type SignedRevocation []byte

// MaxRevocation is the length at which whoever reads one stops.
const MaxRevocation = 1 << 10

// NewRevocation signs a revocation.
func NewRevocation(r Revocation, key ed25519.PrivateKey) (SignedRevocation, error) {
	payload, err := Encode(r)
	if err != nil {
		return nil, err
	}
	signature := ed25519.Sign(key, append([]byte(contextRevocation), payload...))
	b, err := Encode(envelope{Payload: payload, Signature: signature})
	return b, err
}

// Read reads a revocation without asking whose signature it bears.
func (s SignedRevocation) Read() (Revocation, error) {
	r, _, err := s.parts()
	return r, err
}

func (s SignedRevocation) parts() (Revocation, envelope, error) {
	var e envelope
	var r Revocation
	if len(s) > MaxRevocation {
		return r, e, ErrOversize
	}
	if err := Decode(s, &e); err != nil {
		return r, e, err
	}
	return r, e, Decode(e.Payload, &r)
}

// Revoke takes a revocation; the same key twice is no failure. It fails with
// ErrUnknownNode when the list does not have the node with that key,
// ErrWrongSignature, or ErrMalformed. On failure the trust stays as it is.
func (t *Trust) Revoke(s SignedRevocation, now time.Time) (*Trust, error) {
	r, e, err := s.parts()
	if err != nil {
		return t, err
	}
	n, err := t.entry(r.Node)
	if err != nil || !bytes.Equal(n.Sign.Public, r.Key) {
		return t, fmt.Errorf("revocation of %.70q: %w", r.Node, ErrUnknownNode)
	}
	if !t.mayRevoke(r, n, e) {
		return t, fmt.Errorf("revocation by %.70q: %w", r.By, ErrWrongSignature)
	}
	if _, known := t.revoked[string(r.Key)]; known {
		return t, nil
	}
	fresh := *t
	fresh.revoked = maps.Clone(t.revoked)
	fresh.revoked[string(r.Key)] = At(now)
	fresh.revocations = append(slices.Clone(t.revocations), s)
	return &fresh, nil
}

func (t *Trust) mayRevoke(r Revocation, n Node, e envelope) bool {
	if r.By == n.Name && verify(n.Sign.Public, contextRevocation, e.Payload, e.Signature) {
		return true
	}
	return slices.ContainsFunc(t.list.Signers, func(a Signer) bool {
		return a.Name == r.By && verify(a.Public, contextRevocation, e.Payload, e.Signature)
	})
}
