package exchange

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// TrustList is what the States agree on: who signs, and which nodes there are.
// Signers and Nodes are in order of name.
type TrustList struct {
	Version   uint64   `cbor:"1,keyasint"` // from 1, each change one up
	Threshold int      `cbor:"2,keyasint"` // how many of the signers accept the next version
	Signers   []Signer `cbor:"3,keyasint"`
	Nodes     []Node   `cbor:"4,keyasint"`
	Issued    Instant  `cbor:"5,keyasint"`
	Expires   Instant  `cbor:"6,keyasint"` // no list in force for ever: a node that hears of none stops
	// Matching is left out of the encoding where the States have agreed on none.
	Matching *Matching `cbor:"7,keyasint,omitempty"`
}

// Signer is somebody whom the States have given a key to accept lists with.
type Signer struct {
	Name   string            `cbor:"1,keyasint"`
	Public ed25519.PublicKey `cbor:"2,keyasint"`
}

// SignedList is a list with the signatures it has so far; List holds the very bytes that are signed.
type SignedList struct {
	List       []byte          `cbor:"1,keyasint"`
	Signatures []ListSignature `cbor:"2,keyasint"` // in order of name
}

// ListSignature is one signer's.
type ListSignature struct {
	Signer    string `cbor:"1,keyasint"`
	Signature []byte `cbor:"2,keyasint"`
}

// MaxList is the length at which whoever reads a list or a bundle stops: room for some 2,000 nodes.
const MaxList = 4 << 20

// Draft encodes a list, without signatures. It fails with ErrMalformed.
func (l TrustList) Draft() (SignedList, error) {
	if err := l.Check(); err != nil {
		return SignedList{}, err
	}
	b, err := Encode(l)
	return SignedList{List: b}, err
}

// Check says what of the list cannot be: an ErrMalformed with the place. Two
// nodes with one key or one name could speak for each other.
func (l TrustList) Check() error {
	at := func(what string) error { return malformed("list."+what, fmt.Errorf("version %d", l.Version)) }
	switch {
	case l.Version == 0:
		return at("version")
	case l.Threshold < 1 || l.Threshold > len(l.Signers):
		return at("threshold")
	case l.Issued <= 0 || l.Expires <= l.Issued:
		return at("expires")
	}
	seen := map[string]bool{}
	once := func(b []byte) bool {
		was := seen[string(b)]
		seen[string(b)] = true
		return !was
	}
	for i, s := range l.Signers {
		if !nodeName.MatchString(s.Name) || len(s.Public) != ed25519.PublicKeySize || !once(s.Public) || i > 0 && l.Signers[i-1].Name >= s.Name {
			return at("signers")
		}
	}
	for i, n := range l.Nodes {
		if err := n.Check(); err != nil {
			return err
		}
		if !once(n.Sign.Public) || !once(n.Seal.Public) || i > 0 && l.Nodes[i-1].Name >= n.Name {
			return at("nodes")
		}
		for _, e := range n.Earlier {
			if !once(e.Key.Public) {
				return at("nodes")
			}
		}
		for _, p := range n.Pins {
			if !once(p) {
				return at("nodes")
			}
		}
	}
	return l.checkMatching()
}

// With is the list with that node in its place, new or instead of the one of the same name.
func (l TrustList) With(n Node) TrustList {
	i, found := slices.BinarySearchFunc(l.Nodes, n.Name, func(e Node, name string) int { return strings.Compare(e.Name, name) })
	l.Nodes = slices.Clone(l.Nodes)
	if found {
		l.Nodes[i] = n
	} else {
		l.Nodes = slices.Insert(l.Nodes, i, n)
	}
	return l
}

// Read decodes the list, whoever signed it. It fails with ErrMalformed or ErrOversize.
func (s SignedList) Read() (TrustList, error) {
	var l TrustList
	if len(s.List) > MaxList {
		return l, ErrOversize
	}
	if err := Decode(s.List, &l); err != nil {
		return l, err
	}
	return l, l.Check()
}

// Fingerprint is what people compare by telephone before the first list is installed.
func (s SignedList) Fingerprint() Digest {
	return Digest(sha256.Sum256(append([]byte(contextList), s.List...)))
}

// Sign adds the signature of the signer to whom the key belongs, found in the
// list itself or in the one before, whose signers must accept it.
func (s SignedList) Sign(signers []Signer, key ed25519.PrivateKey) (SignedList, error) {
	public := key.Public().(ed25519.PublicKey)
	i := slices.IndexFunc(signers, func(a Signer) bool { return bytes.Equal(a.Public, public) })
	if i < 0 {
		return s, fmt.Errorf("this key is no signer's: %w", ErrTooFewSignatures)
	}
	added := ListSignature{Signer: signers[i].Name, Signature: ed25519.Sign(key, append([]byte(contextList), s.List...))}
	s.Signatures = slices.DeleteFunc(slices.Clone(s.Signatures), func(l ListSignature) bool {
		return l.Signer == added.Signer && bytes.Equal(l.Signature, added.Signature)
	})
	s.Signatures = append(s.Signatures, added)
	slices.SortFunc(s.Signatures, func(a, b ListSignature) int {
		return cmpOr(strings.Compare(a.Signer, b.Signer), bytes.Compare(a.Signature, b.Signature))
	})
	return s, nil
}

func cmpOr(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

// Accepted counts which of the signers have signed, by name; a signature of
// somebody else, or a wrong one, counts for nothing.
func (s SignedList) Accepted(signers []Signer) []string {
	var names []string
	for _, a := range signers {
		if slices.ContainsFunc(s.Signatures, func(l ListSignature) bool {
			return l.Signer == a.Name && verify(a.Public, contextList, s.List, l.Signature)
		}) {
			names = append(names, a.Name)
		}
	}
	return names
}

func (s SignedList) acceptedBy(l TrustList) error {
	if n := len(s.Accepted(l.Signers)); n < l.Threshold {
		return fmt.Errorf("%d of %d signatures that version %d asks for: %w", n, l.Threshold, l.Version, ErrTooFewSignatures)
	}
	return nil
}

// ParseList reads a signed list from bytes. It fails with ErrMalformed or ErrOversize.
func ParseList(b []byte) (SignedList, error) {
	var s SignedList
	if len(b) > MaxList {
		return s, ErrOversize
	}
	if err := Decode(b, &s); err != nil {
		return SignedList{}, err
	}
	if len(s.Signatures) > 64 {
		return SignedList{}, malformed("list.signatures", errors.New("too many"))
	}
	return s, nil
}
