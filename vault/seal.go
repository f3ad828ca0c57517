package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"io"
)

// The first byte of everything sealed. It is authenticated, so a format cannot
// be passed off as another.
const (
	formatSealed byte = 1 // a document: nonce, AES-256-GCM
	formatKey    byte = 2 // a key under a key: the same
	formatStream byte = 3 // an attachment: salt, chunks
)

const (
	nonceSize = 12
	tagSize   = 16

	// Overhead is what Seal adds to the length of the plain text.
	Overhead = 1 + nonceSize + tagSize
)

// AD is the associated data that sealed bytes are bound to: they open only
// where the same four are given. A document copied into another record, or an
// old version put back, is refused.
type AD struct {
	Kind    string   // the kind of record, and where needed the part of it
	ID      [16]byte // the record
	Version int64    // the version of the record that this is the document of
	Schema  int      // the number of the document's form
}

// encode writes the AD with the length of each part before it, so that no two
// differ only in where one part ends.
func (ad AD) encode(format byte) []byte {
	b := make([]byte, 0, 1+4+len(ad.Kind)+4+len(ad.ID)+4+8+4+8)
	b = append(b, format)
	b = binary.BigEndian.AppendUint32(b, uint32(len(ad.Kind)))
	b = append(b, ad.Kind...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(ad.ID)))
	b = append(b, ad.ID[:]...)
	b = binary.BigEndian.AppendUint32(b, 8)
	b = binary.BigEndian.AppendUint64(b, uint64(ad.Version))
	b = binary.BigEndian.AppendUint32(b, 8)
	return binary.BigEndian.AppendUint64(b, uint64(ad.Schema))
}

// Seal encrypts plain under k, bound to ad: AES-256-GCM with a random nonce.
// A key may seal 2³² times before chance repeats of nonces matter (NIST SP
// 800-38D, 8.3); one record never comes near. Seal fails only when rand does.
func Seal(rand io.Reader, k Key, ad AD, plain []byte) ([]byte, error) {
	return seal(rand, formatSealed, k, ad, plain)
}

// Unseal opens what Seal made with the same k and ad; otherwise ErrTampered.
func Unseal(k Key, ad AD, sealed []byte) ([]byte, error) {
	return unseal(formatSealed, k, ad, sealed)
}

// WrapKey seals inner under outer, as an attachment's key under its case's.
// It fails only when rand does.
func WrapKey(rand io.Reader, outer Key, ad AD, inner Key) ([]byte, error) {
	return seal(rand, formatKey, outer, ad, inner[:])
}

// UnwrapKey opens what WrapKey made with the same outer and ad; otherwise ErrTampered.
func UnwrapKey(outer Key, ad AD, wrapped []byte) (Key, error) {
	plain, err := unseal(formatKey, outer, ad, wrapped)
	if err != nil {
		return Key{}, err
	}
	if len(plain) != len(Key{}) {
		return Key{}, tampered("%d bytes are not a key", len(plain))
	}
	return Key(plain), nil
}

func seal(rand io.Reader, format byte, k Key, ad AD, plain []byte) ([]byte, error) {
	out := make([]byte, 1+nonceSize, Overhead+len(plain))
	out[0] = format
	_, err := io.ReadFull(rand, out[1:])
	if err != nil {
		return nil, fmt.Errorf("vault: draw a nonce: %w", err)
	}
	aead, err := newGCM(k)
	if err != nil {
		return nil, err
	}
	return aead.Seal(out, out[1:], plain, ad.encode(format)), nil
}

func unseal(format byte, k Key, ad AD, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, tampered("%d bytes are too few", len(sealed))
	}
	if sealed[0] != format {
		return nil, tampered("format %d where %d belongs", sealed[0], format)
	}
	aead, err := newGCM(k)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, sealed[1:1+nonceSize], sealed[1+nonceSize:], ad.encode(format))
	if err != nil {
		return nil, tampered("%q version %d schema %d does not open", ad.Kind, ad.Version, ad.Schema)
	}
	return plain, nil
}

func newGCM(k Key) (cipher.AEAD, error) {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, fmt.Errorf("vault: cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("vault: cipher: %w", err)
	}
	return aead, nil
}
