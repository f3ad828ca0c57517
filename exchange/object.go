package exchange

import (
	"errors"
	"io"
	"regexp"
	"slices"

	"palermo/ident"
)

// Object is one message about one procedure. Every field is part of what the
// sender signs.
type Object struct {
	ID        ident.ID `cbor:"1,keyasint"` // random, NewID; unique per sender
	From      string   `cbor:"2,keyasint"` // names in the trust list
	To        string   `cbor:"3,keyasint"`
	Procedure ident.ID `cbor:"4,keyasint"` // the reference that both sides share; random, and no record's id
	Kind      string   `cbor:"5,keyasint"` // as "return.asked"
	Purpose   string   `cbor:"6,keyasint"` // the consent's purpose, or why without personal data
	Consent   Consent  `cbor:"7,keyasint"` // what the person agreed to, or none when nothing is about a person
	Handling  Handling `cbor:"8,keyasint"`
	Deadline  Instant  `cbor:"9,keyasint"` // not stored later than this
	Sent      Instant  `cbor:"10,keyasint"`
	InReplyTo ident.ID `cbor:"11,keyasint"` // the zero id when it begins something
	List      uint64   `cbor:"12,keyasint"` // version of the sender's trust list
	Body      []byte   `cbor:"13,keyasint"` // by kind, made with Encode: the fewest fields
}

// Consent is the scope in which a message may be read and kept (rule 2).
type Consent struct {
	Categories []string `cbor:"1,keyasint"` // names of access categories, sorted, each once
	Until      Instant  `cbor:"2,keyasint"` // zero: no consent, nothing about a person inside
}

// Handling binds the receiving program.
type Handling struct {
	MayBeUsedInCourt bool     `cbor:"1,keyasint"`
	MayBePassedOn    bool     `cbor:"2,keyasint"`
	NeverTo          []string `cbor:"3,keyasint"` // States, sorted: their authorities never learn it, from anybody (rule 3)
}

// NewID draws a message's or a procedure's id: all of it random, since the
// instant within a record's id would tell when a case was opened.
func NewID(rand io.Reader) (ident.ID, error) {
	var id ident.ID
	_, err := io.ReadFull(rand, id[:])
	return id, err
}

var (
	kindName     = regexp.MustCompile(`^[a-z][a-z0-9_.]{0,63}$`)
	categoryName = regexp.MustCompile(`^[a-z][a-z_]{0,31}$`)
)

// Check says which field cannot be: an ErrMalformed with the place.
func (o Object) Check() error {
	at := func(what string) error { return malformed("object."+what, errors.New("cannot be")) }
	switch {
	case o.ID.IsZero():
		return at("id")
	case !nodeName.MatchString(o.From):
		return at("from")
	case !nodeName.MatchString(o.To) || o.To == o.From:
		return at("to")
	case o.Procedure.IsZero():
		return at("procedure")
	case !kindName.MatchString(o.Kind):
		return at("kind")
	case o.Purpose == "" || len(o.Purpose) > 200:
		return at("purpose")
	case !sorted(o.Consent.Categories, categoryName) || o.Consent.Until < 0 || (o.Consent.Until == 0) != (len(o.Consent.Categories) == 0):
		return at("consent")
	case !sorted(o.Handling.NeverTo, stateCode):
		return at("handling")
	case o.Sent <= 0:
		return at("sent")
	case o.Deadline <= o.Sent:
		return at("deadline")
	case o.List == 0:
		return at("list")
	}
	return nil
}

// sorted reports whether the words are in order, each once and of that form.
func sorted(words []string, form *regexp.Regexp) bool {
	for i, w := range words {
		if !form.MatchString(w) || i > 0 && words[i-1] >= w {
			return false
		}
	}
	return true
}

// Words sorts names and takes each once, as Consent and Handling hold them.
func Words(names ...string) []string {
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// Digest names a signed object for good: SHA-256 over it with its signature,
// so that nobody can guess at the content from the digest.
type Digest [32]byte

// Signed is an object as its sender stands by it: what is kept as evidence.
type Signed []byte

// Sealed is a signed object that only its receiver opens.
type Sealed []byte

// Opened is what Open gives: the object, its signed form, and its digest.
type Opened struct {
	Object
	Signed Signed
	Digest Digest
}
