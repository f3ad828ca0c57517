package directory

import (
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/secure/precis"

	"palermo/fault"
	"palermo/vault"
)

//go:embed common_passwords.txt
var commonPasswords string

const (
	minPassword = 12
	maxPassword = 512 // bytes; more is no better and costs time
	saltSize    = 16
)

// hashPassword gives the PHC string of an Argon2id hash (RFC 9106).
func hashPassword(random io.Reader, cost vault.Params, password string) (string, error) {
	prepared, err := precis.OpaqueString.String(password)
	if err != nil {
		return "", fault.Invalid("password", "This password is empty or has signs that not every keyboard can give.")
	}
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fault.Internal(err)
	}
	key := argon2.IDKey([]byte(prepared), salt, cost.Time, cost.Memory, cost.Threads, 32)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, cost.Memory, cost.Time, cost.Threads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// hashed is a PHC string read.
type hashed struct {
	cost vault.Params
	salt []byte
	key  []byte
}

func readHash(phc string) (hashed, bool) {
	var h hashed
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.cost.Memory, &h.cost.Time, &h.cost.Threads); err != nil {
		return h, false
	}
	var saltErr, keyErr error
	h.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, keyErr = base64.RawStdEncoding.DecodeString(parts[5])
	return h, saltErr == nil && keyErr == nil && len(h.key) == 32 && h.cost.Time > 0 && h.cost.Threads > 0
}

// passwordMatches compares in a time that depends on the cost alone. Without a
// hash it does the same work at the given cost and says no.
func passwordMatches(phc, password string, cost vault.Params) bool {
	h, ok := readHash(phc)
	if !ok {
		h = hashed{cost: cost, salt: make([]byte, saltSize), key: make([]byte, 32)}
	}
	prepared, err := precis.OpaqueString.String(password)
	if err != nil || len(password) > maxPassword {
		prepared, ok = "", false
	}
	key := argon2.IDKey([]byte(prepared), h.salt, h.cost.Time, h.cost.Memory, h.cost.Threads, 32)
	return subtle.ConstantTimeCompare(key, h.key) == 1 && ok
}

// checkNewPassword refuses what is soon guessed: short ones, the member's own
// names, and common ones with little around them (NIST SP 800-63B, 3.1.1.2).
func checkNewPassword(password, login, name string) error {
	if utf8.RuneCountInString(password) < minPassword {
		return fault.Invalid("password", "A password has at least %d characters. Three or four words that do not belong together are good.", minPassword)
	}
	if len(password) > maxPassword {
		return fault.Invalid("password", "This password is too long. Keep it under %d characters.", maxPassword/4)
	}
	lower := strings.ToLower(password)
	for _, own := range append(strings.FieldsFunc(name, notLetter), login) {
		if own = strings.ToLower(own); utf8.RuneCountInString(own) >= 3 && strings.Contains(lower, own) {
			return fault.Invalid("password", "A password must not have your name or user name in it.")
		}
	}
	rest := lower
	for _, common := range common() {
		rest = strings.ReplaceAll(rest, common, "")
	}
	if distinct(lower) < 5 || distinct(strings.TrimFunc(rest, notLetter)) < 4 && distinct(rest) < 6 {
		return fault.Invalid("password", "This password is among the first that others would try. Choose words that do not belong together.")
	}
	return nil
}

// common gives the list, the longest first so that "password1" goes before "password".
func common() []string {
	list := strings.Fields(commonPasswords)
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// secretHash is how random codes and tokens are kept: they have 80 bits or
// more, so a slow hash adds nothing.
func secretHash(code string) []byte {
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}

// newSecret gives n random bytes as small hexadecimal digits in groups of four.
func newSecret(random io.Reader, n int) (string, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fault.Internal(err)
	}
	digits := hex.EncodeToString(raw)
	var groups []string
	for len(digits) > 4 {
		groups, digits = append(groups, digits[:4]), digits[4:]
	}
	return strings.Join(append(groups, digits), "-"), nil
}
