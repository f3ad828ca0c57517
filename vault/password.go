package vault

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/secure/precis"

	"palermo/fault"
)

// Params are the price of one guess at a password: Argon2id, RFC 9106.
type Params struct {
	Memory  uint32 `json:"memory"` // KiB
	Time    uint32 `json:"time"`   // passes
	Threads uint8  `json:"threads"`
}

// RootParams are for the node's passphrase, entered once at a start: 256 MiB, 4 passes.
func RootParams() Params { return Params{Memory: 256 << 10, Time: 4, Threads: 4} }

// MemberParams are for a member's password: 64 MiB, 3 passes, the second
// recommendation of RFC 9106, 4. Each sign-in under way takes that memory, so
// the caller lets few run at a time.
func MemberParams() Params { return Params{Memory: 64 << 10, Time: 3, Threads: 4} }

// check refuses less than OWASP's least (19 MiB, 2 passes), and what would
// stop the node when a stored number was changed.
func (p Params) check() error {
	if p.Memory < 19<<10 || p.Memory > 2<<20 || p.Time < 2 || p.Time > 32 || p.Threads < 1 || p.Threads > 64 {
		return fault.Invalid("", "The password settings are out of range: memory from 19 MiB to 2 GiB, 2 to 32 passes, 1 to 64 threads.")
	}
	return nil
}

func (p Params) derive(password string, salt []byte) Key {
	return Key(argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, uint32(len(Key{}))))
}

// preparePassword gives one form to what different keyboards send for the
// same signs (RFC 8265, OpaqueString).
func preparePassword(text string) (string, error) {
	out, err := precis.OpaqueString.String(text)
	if err != nil {
		return "", fault.Invalid("password", "This password is empty or has signs that not every keyboard can give.")
	}
	return out, nil
}

const (
	passHeader  = "palermo-passphrase-1 argon2id "
	minPass     = 20 // characters: six words of a word list have more
	minPassword = 12
)

// NewPassphraseFile derives a root from a passphrase and writes salt and
// parameters to a new file, which is not secret but without which the root is
// lost: keep copies. It refuses to overwrite a file (fault of code conflict)
// and passphrases under 20 characters (invalid).
func NewPassphraseFile(rand io.Reader, path, passphrase string, p Params) (Root, error) {
	err := p.check()
	if err != nil {
		return Root{}, err
	}
	passphrase, err = preparePassword(passphrase)
	if err != nil {
		return Root{}, err
	}
	if utf8.RuneCountInString(passphrase) < minPass {
		return Root{}, fault.Invalid("passphrase", "The passphrase must have at least %d characters. Six words drawn by dice are good.", minPass)
	}
	salt := make([]byte, saltSize)
	_, err = io.ReadFull(rand, salt)
	if err != nil {
		return Root{}, fmt.Errorf("vault: draw a salt: %w", err)
	}
	line := fmt.Sprintf("%sm=%d t=%d p=%d salt=%s", passHeader, p.Memory, p.Time, p.Threads, base64.RawURLEncoding.EncodeToString(salt))
	err = writeNew(path, []byte(line+" sum="+lineSum(line)+"\n"))
	if err != nil {
		return Root{}, err
	}
	return Root{p.derive(passphrase, salt)}, nil
}

// ReadPassphraseFile derives the root again. It refuses a damaged file. A
// wrong passphrase gives a root that vault.Open refuses with ErrRoot: the file
// holds nothing to test guesses against.
func ReadPassphraseFile(path, passphrase string) (Root, error) {
	b, err := readGuarded(path)
	if err != nil {
		return Root{}, err
	}
	p, salt, ok := parsePassphrase(strings.TrimSpace(string(b)))
	if !ok {
		return Root{}, fault.Invalid("", "%s is not a passphrase file, or it was damaged. Use the copy that you keep elsewhere.", path)
	}
	err = p.check()
	if err != nil {
		return Root{}, err
	}
	passphrase, err = preparePassword(passphrase)
	if err != nil {
		return Root{}, err
	}
	return Root{p.derive(passphrase, salt)}, nil
}

func parsePassphrase(text string) (Params, []byte, bool) {
	line, sum, ok := strings.Cut(text, " sum=")
	if !ok || sum != lineSum(line) {
		return Params{}, nil, false
	}
	rest, ok := strings.CutPrefix(line, passHeader)
	if !ok {
		return Params{}, nil, false
	}
	value := make(map[string]string)
	for _, field := range strings.Fields(rest) {
		name, v, _ := strings.Cut(field, "=")
		value[name] = v
	}
	m, errM := strconv.ParseUint(value["m"], 10, 32)
	t, errT := strconv.ParseUint(value["t"], 10, 32)
	n, errN := strconv.ParseUint(value["p"], 10, 8)
	salt, errS := base64.RawURLEncoding.DecodeString(value["salt"])
	if errM != nil || errT != nil || errN != nil || errS != nil || len(salt) != saltSize {
		return Params{}, nil, false
	}
	return Params{Memory: uint32(m), Time: uint32(t), Threads: uint8(n)}, salt, true
}

// lineSum finds slips of the hand, not of malice.
func lineSum(line string) string {
	sum := sha256.Sum256([]byte(line))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}
