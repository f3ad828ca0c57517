package vault

import (
	"bytes"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"slices"
	"strings"
)

// RecoveryKey is an organisation's way back to its confidential notes. It is
// shown once, when it is made, and never stored; only Text prints it. Who has
// the paper and the database has all the organisation's confidential notes.
type RecoveryKey struct{ seed Key }

// Format hides the key.
func (RecoveryKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "vault.RecoveryKey(…)") }

// newRecovery draws a recovery key and its public key.
func newRecovery(rand io.Reader) (RecoveryKey, []byte, error) {
	seed, err := NewKey(rand)
	if err != nil {
		return RecoveryKey{}, nil, err
	}
	pair, err := hpke.MLKEM768X25519().NewPrivateKey(seed[:])
	if err != nil {
		return RecoveryKey{}, nil, fmt.Errorf("vault: make recovery key: %w", err)
	}
	return RecoveryKey{seed}, pair.PublicKey().Bytes(), nil
}

// Text is the key for paper: groups of five letters and digits, with a sum
// that finds slips.
func (r RecoveryKey) Text() string {
	sum := sha256.Sum256(r.seed[:])
	text := recoveryEncoding().EncodeToString(append(r.seed[:], sum[:3]...))
	var groups []string
	for part := range slices.Chunk([]byte(text), 5) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, "-")
}

// ParseRecovery reads Text as people type it: small letters, spaces, and the
// digits 0, 1 and 8, which it never has, for O, I and B. ErrCredential when it
// is not a recovery text.
func ParseRecovery(text string) (RecoveryKey, error) {
	clean := strings.Map(func(c rune) rune {
		switch c {
		case ' ', '-', '\n', '\r', '\t', '\u00a0':
			return -1
		case '0':
			return 'O'
		case '1':
			return 'I'
		case '8':
			return 'B'
		}
		return c
	}, strings.ToUpper(text))
	raw, err := recoveryEncoding().DecodeString(clean)
	if err != nil || len(raw) != len(Key{})+3 {
		return RecoveryKey{}, ErrCredential
	}
	r := RecoveryKey{Key(raw[:len(Key{})])}
	sum := sha256.Sum256(r.seed[:])
	if !bytes.Equal(sum[:3], raw[len(Key{}):]) {
		return RecoveryKey{}, ErrCredential
	}
	return r, nil
}

func recoveryEncoding() *base32.Encoding { return base32.StdEncoding.WithPadding(base32.NoPadding) }
