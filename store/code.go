package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"

	"palermo/access"
	"palermo/ident"
)

// coder keeps words out of the clear columns: a role ("guardian") and the name
// of a duty ("missing_child") tell something of a person. A word is encrypted,
// always alike in the same place, so that a scope can still be compared with
// what is stored: the initial vector is the keyed hash of the place and the
// word (SIV, Rogaway and Shrimpton 2006). A role's place is its party, so that
// nobody can count a role over all organisations; a duty's is its record.
type coder struct {
	mac   [32]byte
	block cipher.Block
}

const (
	roleSize = 24 // bytes to which words are filled up, so that their length tells nothing
	dutySize = 64
)

var errCode = errors.New("a coded column was altered, or written under another key: palermo reindex writes it anew")

// newCoder takes the key of the database.
func newCoder(key [32]byte) (coder, error) {
	keys, err := hkdf.Expand(sha256.New, key[:], "palermo clear columns 1", 64)
	if err != nil {
		return coder{}, err
	}
	block, err := aes.NewCipher(keys[32:])
	return coder{mac: [32]byte(keys), block: block}, err
}

func (c coder) role(party ident.ID, r access.Role) []byte {
	return c.code("role", party, string(r), roleSize)
}

// roles are the codes of every role of a scope with each of its parties.
func (c coder) roles(s access.Scope) []any {
	var codes []any
	for _, party := range s.Parties {
		for _, r := range s.Roles {
			codes = append(codes, c.role(party, r))
		}
	}
	return codes
}

func (c coder) openRole(party ident.ID, code []byte) (access.Role, error) {
	word, err := c.open("role", party, code)
	return access.Role(word), err
}

func (c coder) duty(record ident.ID, name string) []byte {
	return c.code("duty", record, name, dutySize)
}

func (c coder) openDuty(record ident.ID, code []byte) (string, error) {
	return c.open("duty", record, code)
}

func (c coder) code(what string, place ident.ID, word string, size int) []byte {
	filled := append([]byte(word), 0x80) // ends the word (ISO/IEC 7816-4)
	for len(filled)%size != 0 {
		filled = append(filled, 0)
	}
	iv := c.vector(what, place, filled)
	code := append(iv, filled...)
	cipher.NewCTR(c.block, iv).XORKeyStream(code[len(iv):], filled)
	return code
}

func (c coder) open(what string, place ident.ID, code []byte) (string, error) {
	if len(code) < aes.BlockSize {
		return "", errCode
	}
	iv, filled := code[:aes.BlockSize], make([]byte, len(code)-aes.BlockSize)
	cipher.NewCTR(c.block, iv).XORKeyStream(filled, code[aes.BlockSize:])
	word, ended := bytes.CutSuffix(bytes.TrimRight(filled, "\x00"), []byte{0x80})
	if !ended || !hmac.Equal(iv, c.vector(what, place, filled)) {
		return "", errCode
	}
	return string(word), nil
}

func (c coder) vector(what string, place ident.ID, filled []byte) []byte {
	mac := hmac.New(sha256.New, c.mac[:])
	for _, part := range [][]byte{[]byte(what), place[:], filled} { // "role" and "duty" are equally long: no two inputs run together
		mac.Write(part)
	}
	return mac.Sum(nil)[:aes.BlockSize:aes.BlockSize]
}
