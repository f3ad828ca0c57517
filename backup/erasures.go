package backup

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/ident"
)

// The list of erasures lives apart from the databases and their backups: what
// was erased after a backup stays erased when that is restored. A line has a
// record's id, when it was erased, and the node's signature, so that nobody
// else can make a restore erase something.

func erasure(id ident.ID, at time.Time) []byte {
	return []byte("palermo erased 1\n" + id.String() + "\n" + at.UTC().Format(time.RFC3339) + "\n")
}

// AppendErasures adds to the list in a file and waits until that is on the
// disk. A line that a power cut left half is ended first; nobody will read it.
func AppendErasures(path string, ids []ident.ID, at time.Time, signer note.Signer) error {
	var lines bytes.Buffer
	if whole, err := endsWhole(path); err != nil {
		return err
	} else if !whole {
		lines.WriteByte('\n')
	}
	for _, id := range ids {
		sig, err := signer.Sign(erasure(id, at))
		if err != nil {
			return fmt.Errorf("list of erasures: %w", err)
		}
		fmt.Fprintf(&lines, "%s %s %s\n", id, at.UTC().Format(time.RFC3339), base64.StdEncoding.EncodeToString(sig))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("list of erasures: %w", err)
	}
	_, err = f.Write(lines.Bytes())
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func endsWhole(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	last := []byte{'\n'} // stays so for an empty file
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil && size > 0 {
		_, err = f.ReadAt(last, size-1)
	}
	return last[0] == '\n', errors.Join(err, f.Close())
}

// Erasures reads a list, none where there is no file. Lines that are not whole
// are left out; a whole one that the node did not sign is refused.
func Erasures(path string, verifier note.Verifier) ([]ident.ID, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list of erasures: %w", err)
	}
	var ids []ident.ID
	lines := bufio.NewScanner(bytes.NewReader(b))
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) != 3 {
			continue
		}
		id, idErr := ident.Parse(words[0])
		at, atErr := time.Parse(time.RFC3339, words[1])
		sig, sigErr := base64.StdEncoding.DecodeString(words[2])
		if errors.Join(idErr, atErr, sigErr) != nil || len(sig) < 64 {
			continue
		}
		if !verifier.Verify(erasure(id, at), sig) {
			return nil, fmt.Errorf("list of erasures: line %d is not signed by this node", n)
		}
		ids = append(ids, id)
	}
	return ids, lines.Err()
}
