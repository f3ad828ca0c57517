// Package ident is how things are told apart: UUIDv7 in sixteen bytes, made by
// the node that creates the thing (RFC 9562), and the short reference that a
// person reads out on the telephone.
package ident

import (
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// ID names a record, a member or an organisation. The zero ID names nothing.
type ID [16]byte

// New makes an ID from the instant and from randomness given from outside.
func New(now time.Time, random io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		return ID{}, fmt.Errorf("random bytes for an id: %w", err)
	}
	ms := now.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id, nil
}

// Parse reads the form that String writes.
func Parse(s string) (ID, error) {
	var id ID
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(raw) != len(id) {
		return ID{}, fmt.Errorf("%q is not an id", s)
	}
	copy(id[:], raw)
	return id, nil
}

// String writes the usual form with hyphens, or "" for the zero ID.
func (id ID) String() string {
	if id == (ID{}) {
		return ""
	}
	h := hex.EncodeToString(id[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// IsZero reports whether id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// MarshalText and UnmarshalText let an ID stand in JSON as text.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// crockford leaves out I, L, O and U, which are misheard and misread.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Reference is the short name of a record, "K7QF-29MD": forty random bits of
// its id, which tell nothing about the person or the order of cases.
func (id ID) Reference() string {
	s := crockford.EncodeToString(id[11:])
	return s[:4] + "-" + s[4:]
}

// ParseReference reads a reference as people copy it: "k7qf 29md", with O for 0
// and I or L for 1. It reports false for what cannot be one.
func ParseReference(s string) (string, bool) {
	s = strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(s))
	if len(s) != 8 {
		return "", false
	}
	if _, err := crockford.DecodeString(s); err != nil {
		return "", false
	}
	return s[:4] + "-" + s[4:], true
}
