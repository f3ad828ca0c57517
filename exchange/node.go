package exchange

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"net/url"
	"regexp"
)

// Kind is what sort of body runs a node. Rule 3 needs it: what is an authority
// of a State is closed to a person who fears that State; an NGO is not one.
type Kind string

// The kinds of node.
const (
	FocalPoint       Kind = "focal_point"
	Ministry         Kind = "ministry"
	CentralAuthority Kind = "central_authority" // for mutual legal assistance (Convention, art. 18 (13))
	Mission          Kind = "mission"           // embassy or consulate
	NGO              Kind = "ngo"
	International    Kind = "international" // an intergovernmental organisation, as IOM
	Secretariat      Kind = "secretariat"
)

var kinds = []Kind{FocalPoint, Ministry, CentralAuthority, Mission, NGO, International, Secretariat}

// Authority reports whether such a node is an authority of its State.
func (k Kind) Authority() bool {
	return k == FocalPoint || k == Ministry || k == CentralAuthority || k == Mission
}

// Node is an entry of the trust list.
type Node struct {
	Name    string       `cbor:"1,keyasint"` // short and unique, as "it-focal"; lower case letters, digits, hyphens
	State   string       `cbor:"2,keyasint"` // ISO 3166-1, two letters; empty for a body of no State
	Kind    Kind         `cbor:"3,keyasint"`
	Title   string       `cbor:"4,keyasint"` // as people know it
	URL     string       `cbor:"5,keyasint"` // https, host and port; empty when it is reached by files only
	Sign    SignKey      `cbor:"6,keyasint"` // what it signs with
	Earlier []EarlierKey `cbor:"7,keyasint"` // what it signed with before, and until when that counts
	Seal    SealKey      `cbor:"8,keyasint"` // what is sealed to it
	// Pins are the SHA-256 digests of the public keys (SubjectPublicKeyInfo) of its TLS certificates: two while it changes them.
	Pins      [][]byte `cbor:"9,keyasint"`
	RevokedAt Instant  `cbor:"10,keyasint"` // from then on nothing goes there, and nothing is taken from there
}

// More of either is a list that nobody has looked at for long.
const (
	maxPins    = 4
	maxEarlier = 8
)

// SignKey is a key for Ed25519 with its number; each change counts one up.
type SignKey struct {
	Epoch  uint32            `cbor:"1,keyasint"`
	Public ed25519.PublicKey `cbor:"2,keyasint"`
}

// EarlierKey still counts for what was signed until an instant. A stolen key
// is left out, since its thief can write any instant.
type EarlierKey struct {
	Key   SignKey `cbor:"1,keyasint"`
	Until Instant `cbor:"2,keyasint"`
}

// SealKey is a public key for HPKE (X25519 with ML-KEM-768) with its number.
type SealKey struct {
	Epoch  uint32 `cbor:"1,keyasint"`
	Public []byte `cbor:"2,keyasint"`
}

var (
	nodeName  = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)
	stateCode = regexp.MustCompile(`^[A-Z]{2}$`)
)

// Check says what of the entry cannot be: an ErrMalformed with the place.
func (n Node) Check() error {
	at := func(what string) error { return malformed("node."+what, fmt.Errorf("in %.70q", n.Name)) }
	switch {
	case !nodeName.MatchString(n.Name):
		return at("name")
	case n.State != "" && !stateCode.MatchString(n.State), n.State == "" && n.Kind.Authority():
		return at("state")
	case !known(n.Kind):
		return at("kind")
	case n.Title == "" || len(n.Title) > 200:
		return at("title")
	case len(n.Sign.Public) != ed25519.PublicKeySize || n.Sign.Epoch == 0:
		return at("sign")
	case n.Seal.Epoch == 0:
		return at("seal")
	case n.URL != "" && len(n.Pins) == 0, len(n.Pins) > maxPins:
		return at("pins")
	case len(n.Earlier) > maxEarlier:
		return at("earlier")
	}
	if _, err := sealKEM().NewPublicKey(n.Seal.Public); err != nil {
		return at("seal")
	}
	for _, p := range n.Pins {
		if len(p) != 32 {
			return at("pins")
		}
	}
	for _, e := range n.Earlier {
		if len(e.Key.Public) != ed25519.PublicKeySize || e.Until <= 0 || bytes.Equal(e.Key.Public, n.Sign.Public) {
			return at("earlier")
		}
	}
	return checkURL(n.URL)
}

func checkURL(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || len(s) > 200 || u.Host == "" || s != "https://"+u.Host {
		return malformed("node.url", errors.New("give https://HOST or https://HOST:PORT"))
	}
	return nil
}

func known(k Kind) bool {
	for _, other := range kinds {
		if k == other {
			return true
		}
	}
	return false
}
