package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"palermo/fault"
)

// Root is the secret that opens the keystore. It comes from a file or a
// passphrase when the node starts, and is never in the database or its backup.
// Nothing prints it.
type Root struct{ key Key }

// String hides the root.
func (Root) String() string { return "vault.Root(…)" }

// GoString hides the root.
func (Root) GoString() string { return "vault.Root(…)" }

// Format hides the root from every verb.
func (Root) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "vault.Root(…)") }

// LogValue hides the root.
func (Root) LogValue() slog.Value { return slog.StringValue("vault.Root(…)") }

// Mark is a text's seal under the root: whoever has the root key knows by it
// that the text is of this node, before anything else is opened. It tells nothing of the key.
func (r Root) Mark(text []byte) [32]byte {
	key, err := hkdf.Expand(sha256.New, r.key[:], "palermo root mark 1", 32)
	if err != nil {
		panic("vault: HKDF refuses 32 bytes: " + err.Error()) // it does so above 8160
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(text)
	return [32]byte(mac.Sum(nil))
}

const (
	rootHeader = "palermo-root-1 "
	maxRoot    = 4096 // bytes of a root or passphrase file
)

// NewRootFile draws a root and writes it to a new file that only its owner may
// read. It refuses, with a fault of code conflict, to overwrite any file: a
// lost root is a lost node.
func NewRootFile(rand io.Reader, path string) (Root, error) {
	k, err := NewKey(rand)
	if err != nil {
		return Root{}, err
	}
	sum := sha256.Sum256(k[:])
	text := rootHeader + base64.RawURLEncoding.EncodeToString(append(k[:], sum[:4]...)) + "\n"
	err = writeNew(path, []byte(text))
	if err != nil {
		return Root{}, err
	}
	return Root{k}, nil
}

// ReadRootFile reads what NewRootFile wrote. It refuses a file that others
// than its owner may read, and one that was cut or mistyped.
func ReadRootFile(path string) (Root, error) {
	b, err := readGuarded(path)
	if err != nil {
		return Root{}, err
	}
	bad := fault.Invalid("", "%s is not a root key file, or it was damaged. Use the copy that you keep elsewhere.", path)
	text, ok := bytes.CutPrefix(bytes.TrimSpace(b), []byte(rootHeader))
	if !ok {
		return Root{}, bad
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(text))
	if err != nil || len(raw) != len(Key{})+4 {
		return Root{}, bad
	}
	k := Key(raw[:len(Key{})])
	sum := sha256.Sum256(k[:])
	if !bytes.Equal(sum[:4], raw[len(Key{}):]) {
		return Root{}, bad
	}
	return Root{k}, nil
}

// writeNew writes a file that was not there, readable by its owner only, and
// returns when file and folder entry are on disk.
func writeNew(path string, b []byte) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault.Conflict("%s is there already. It was not overwritten, since a lost root key is a lost node.", path)
	}
	if err != nil {
		return fmt.Errorf("vault: create root file: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(path) // half a root file only confuses
		}
	}()
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		return fmt.Errorf("vault: write root file: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("vault: open folder of root file: %w", err)
	}
	err = errors.Join(dir.Sync(), dir.Close())
	if err != nil {
		return fmt.Errorf("vault: sync folder of root file: %w", err)
	}
	return nil
}

// readGuarded reads a small regular file that only its owner may use.
func readGuarded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("vault: open root file: %w", err)
	}
	defer f.Close()
	// The mode of the file that was opened, not of what the path names later.
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("vault: look at root file: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxRoot {
		return nil, fault.Invalid("", "%s is not a root key file.", path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.Denied("Others on this machine may use %s. Run chmod 600 on it, and change the root key if someone may have read it.", path)
	}
	b, err := io.ReadAll(io.LimitReader(f, maxRoot))
	if err != nil {
		return nil, fmt.Errorf("vault: read root file: %w", err)
	}
	return b, nil
}
