package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Trust is the list in force and the revocations since. It does not change:
// Accept and Revoke give a new one, which the node puts in its place.
type Trust struct {
	signed      SignedList
	list        TrustList
	revocations []SignedRevocation
	revoked     map[string]Instant // by the public key
}

// Install begins with a first list, brought by hand: its own signers must have
// accepted it, and people have compared its fingerprint. It fails with
// ErrTooFewSignatures, ErrExpiredTrustList or ErrMalformed.
func Install(first SignedList, now time.Time) (*Trust, error) {
	l, err := first.Read()
	if err != nil {
		return nil, err
	}
	if err := first.acceptedBy(l); err != nil {
		return nil, err
	}
	if At(now) >= l.Expires {
		return nil, ErrExpiredTrustList
	}
	return &Trust{signed: first, list: l, revoked: map[string]Instant{}}, nil
}

// Accept takes the next list. It fails with ErrOldTrustList when it is older,
// ErrForkedTrustList when it is another of the same version,
// ErrTooFewSignatures unless k of the signers in force have accepted it, and
// where the signers change k of the new ones too (else it might name keys that
// nobody has), ErrExpiredTrustList, or ErrMalformed. The same list again is no
// failure. On failure the trust stays as it is.
func (t *Trust) Accept(next SignedList, now time.Time) (*Trust, error) {
	l, err := next.Read()
	if err != nil {
		return t, err
	}
	switch {
	case l.Version < t.list.Version:
		return t, fmt.Errorf("version %d where %d is in force: %w", l.Version, t.list.Version, ErrOldTrustList)
	case l.Version == t.list.Version && bytes.Equal(next.List, t.signed.List):
		return t, nil
	}
	if err := next.acceptedBy(t.list); err != nil {
		return t, err
	}
	if err := next.acceptedBy(l); err != nil {
		return t, err
	}
	// Only now: a forgery of the same version is not yet a fork, and no alarm.
	if l.Version == t.list.Version {
		return t, fmt.Errorf("version %d: %w", l.Version, ErrForkedTrustList)
	}
	if At(now) >= l.Expires {
		return t, ErrExpiredTrustList
	}
	fresh := &Trust{signed: next, list: l, revoked: map[string]Instant{}}
	for _, r := range t.revocations {
		read, err := r.Read()
		if err == nil && fresh.holds(read.Key) {
			fresh.revocations = append(fresh.revocations, r)
			fresh.revoked[string(read.Key)] = read.At
		}
	}
	return fresh, nil
}

// List is the list in force.
func (t *Trust) List() TrustList { return t.list }

// Signed is the list in force with its signatures, to hand on.
func (t *Trust) Signed() SignedList { return t.signed }

// Revocations are those in force beside the list, to hand on.
func (t *Trust) Revocations() []SignedRevocation { return slices.Clone(t.revocations) }

// Node finds a node to send to, or to take from. It fails with ErrUnknownNode,
// ErrRevokedNode, or ErrExpiredTrustList: an expired list vouches for nobody.
func (t *Trust) Node(name string, now time.Time) (Node, error) {
	n, err := t.entry(name)
	if err != nil {
		return Node{}, err
	}
	return n, t.stands(n, now)
}

// Pinned finds the node whose TLS key has that digest; it fails as Node does.
func (t *Trust) Pinned(pin []byte, now time.Time) (Node, error) {
	for _, n := range t.list.Nodes {
		if slices.ContainsFunc(n.Pins, func(p []byte) bool { return bytes.Equal(p, pin) }) {
			return n, t.stands(n, now)
		}
	}
	return Node{}, ErrUnknownNode
}

func (t *Trust) stands(n Node, now time.Time) error {
	_, revoked := t.revoked[string(n.Sign.Public)]
	switch {
	case At(now) >= t.list.Expires:
		return ErrExpiredTrustList
	case revoked || n.RevokedAt != 0 && At(now) >= n.RevokedAt:
		return fmt.Errorf("node %s: %w", n.Name, ErrRevokedNode)
	}
	return nil
}

func (t *Trust) entry(name string) (Node, error) {
	i, found := slices.BinarySearchFunc(t.list.Nodes, name, func(e Node, name string) int { return strings.Compare(e.Name, name) })
	if !found {
		return Node{}, fmt.Errorf("node %.70q: %w", name, ErrUnknownNode)
	}
	return t.list.Nodes[i], nil
}

// holds reports whether some node still names the key, as its own or an earlier one.
func (t *Trust) holds(key []byte) bool {
	return slices.ContainsFunc(t.list.Nodes, func(n Node) bool {
		return bytes.Equal(n.Sign.Public, key) ||
			slices.ContainsFunc(n.Earlier, func(e EarlierKey) bool { return bytes.Equal(e.Key.Public, key) })
	})
}

// Spoke reports whether the node signed this part of the line (RFC 9421) at that instant.
func (t *Trust) Spoke(n Node, at Instant, base, signature []byte) bool {
	return t.verifies(n, at, "", base, signature)
}

// verifies reports whether the node signed this at that instant, with a key that counts for it and is not revoked.
func (t *Trust) verifies(n Node, at Instant, context string, payload, signature []byte) bool {
	counts := func(key []byte) bool {
		_, revoked := t.revoked[string(key)]
		return !revoked && verify(key, context, payload, signature)
	}
	return counts(n.Sign.Public) ||
		slices.ContainsFunc(n.Earlier, func(e EarlierKey) bool { return at <= e.Until && counts(e.Key.Public) })
}

// behind turns a doubt about the sender into ErrBehindTrustList when the
// sender has a newer list: ours may lack the sender, or its new key.
func (t *Trust) behind(theirs uint64, err error) error {
	doubt := errors.Is(err, ErrUnknownNode) || errors.Is(err, ErrWrongSignature)
	if doubt && theirs > t.list.Version {
		return fmt.Errorf("version %d where %d is in force: %w", theirs, t.list.Version, ErrBehindTrustList)
	}
	return err
}
