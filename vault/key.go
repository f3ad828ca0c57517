package vault

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// hidden stands for a key wherever one would be printed.
const hidden = "vault.Key(…)"

// Key is a symmetric key of 256 bits. However it is printed, logged or
// marshalled, its bytes do not show.
type Key [32]byte

// String hides the key.
func (Key) String() string { return hidden }

// GoString hides the key.
func (Key) GoString() string { return hidden }

// Format hides the key from every verb: %x and %d would otherwise show the bytes.
func (Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalJSON hides the key.
func (Key) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText hides the key from encoders that ask for text, such as XML.
func (Key) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the key.
func (Key) LogValue() slog.Value { return slog.StringValue(hidden) }

// Equal compares in constant time.
func (k Key) Equal(other Key) bool { return subtle.ConstantTimeCompare(k[:], other[:]) == 1 }

// NewKey draws a key. It fails only when rand does.
func NewKey(rand io.Reader) (Key, error) {
	var k Key
	_, err := io.ReadFull(rand, k[:])
	if err != nil {
		return Key{}, fmt.Errorf("vault: draw a key: %w", err)
	}
	return k, nil
}
