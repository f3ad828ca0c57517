package backup

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/fault"
	"palermo/vault"
)

// The two parts of a backup.
const (
	Documents = "documents"
	Keys      = "keys"
)

// Manifest says what a part holds, and of when.
type Manifest struct {
	Part     string    `json:"part"`
	Node     string    `json:"node"`
	At       time.Time `json:"at"`       // when its copying began
	Entries  int64     `json:"entries"`  // signed entries of the journal that are certainly in it
	Database string    `json:"database"` // "sqlite": the file as it is; "rows": of PostgreSQL
	Files    []File    `json:"files"`
}

// File is one file of a part.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	manifestName = "manifest"
	heading      = "palermo backup 1\n"
	markLine     = "root mark "
	longest      = 1 << 20 // bytes of a manifest
)

// Seal digests every file of a folder, writes the manifest beside them, and
// waits until all of it is on the disk.
func Seal(dir string, m Manifest, root vault.Root, signer note.Signer) (Manifest, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	for _, e := range entries {
		f, err := digest(filepath.Join(dir, e.Name()), true)
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, f)
	}
	body, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	text := heading + string(body) + "\n"
	mark := root.Mark([]byte(text))
	signed, err := note.Sign(&note.Note{Text: text + markLine + base64.StdEncoding.EncodeToString(mark[:]) + "\n"}, signer)
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	path := filepath.Join(dir, manifestName)
	if err := os.WriteFile(path, signed, 0o600); err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	return m, errors.Join(Sync(path), Sync(dir))
}

// Read gives the manifest of a part whose mark the root key made. It looks at no other file.
func Read(dir string, root vault.Root) (Manifest, error) {
	n, err := open(dir)
	if err != nil {
		return Manifest{}, err
	}
	text, line, found := strings.Cut(n.Text, markLine)
	mark, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(line, "\n"))
	want := root.Mark([]byte(text))
	if !found || err != nil || !hmac.Equal(mark, want[:]) {
		return Manifest{}, fault.Denied("%s was not made under this root key, or was altered. With a backup from before keys rotate, use the root key of its day.", dir)
	}
	var m Manifest
	body, ok := strings.CutPrefix(text, heading)
	if !ok {
		return m, fault.Invalid("", "%s is of another form of backup: use a newer version of the program.", dir)
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		return m, fault.Invalid("", "The manifest of %s cannot be read.", dir)
	}
	return m, nil
}

// Signed holds that the node signed the manifest.
func Signed(dir string, verifier note.Verifier) error {
	b, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if _, err := note.Open(b, note.VerifierList(verifier)); err != nil {
		return fault.Denied("%s does not carry this node's signature.", dir)
	}
	return nil
}

func open(dir string) (*note.Note, error) {
	f, err := os.Open(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(f, longest))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	_, err = note.Open(b, note.VerifierList())
	var unverified *note.UnverifiedNoteError
	if !errors.As(err, &unverified) {
		return nil, fault.Invalid("", "The manifest of %s was cut off or damaged.", dir)
	}
	return unverified.Note, nil
}

// Check holds that every file of a part is as the manifest says. Files beside them are nobody's business.
func Check(dir string, m Manifest) error {
	for _, want := range m.Files {
		if want.Name != filepath.Base(want.Name) {
			return fault.Invalid("", "The manifest of %s names a file elsewhere.", dir)
		}
		got, err := digest(filepath.Join(dir, want.Name), false)
		if err != nil {
			return err
		}
		if got != want {
			return fault.Invalid("", "%s in %s is not the file that was backed up: it was altered, cut off or damaged.", want.Name, dir)
		}
	}
	return nil
}

// Has reports whether a part holds a file.
func (m Manifest) Has(name string) bool {
	for _, f := range m.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// Size is of all files together, in bytes.
func (m Manifest) Size() (n int64) {
	for _, f := range m.Files {
		n += f.Size
	}
	return n
}

func digest(path string, sync bool) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, fmt.Errorf("backup: %w", err)
	}
	hash := sha256.New()
	size, err := io.Copy(hash, f)
	if err == nil && sync {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return File{}, fmt.Errorf("backup: %w", err)
	}
	return File{filepath.Base(path), size, hex.EncodeToString(hash.Sum(nil))}, nil
}

// Sync waits until a file, or the names in a folder, are on the disk.
func Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return errors.Join(f.Sync(), f.Close())
}

// Copy copies a file that need not be there, readable by its owner alone.
func Copy(from, to string) error {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		_, err = io.Copy(out, in)
		err = errors.Join(err, out.Close())
	}
	if err = errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}
