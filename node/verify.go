package node

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"palermo/journal"
)

// Verify reads the whole history and names what is wrong with it, against the
// checkpoints in the data folder too. progress may be nil.
func (n *Node) Verify(ctx context.Context, progress func(int64)) ([]journal.Problem, error) {
	witnessed, err := CheckpointsIn(filepath.Join(n.Config.Data, "checkpoints"))
	if err != nil {
		return nil, err
	}
	return journal.Verify(ctx, n.Store.Evidence(n.Keys), n.Signer, n.Record.JournalKey, witnessed, progress)
}

// SequenceAll numbers and witnesses all that waits, in a process that does not serve.
func (n *Node) SequenceAll(ctx context.Context) error {
	for {
		checkpoint, err := journal.Sequence(ctx, n.Store, n.Signer, 1000, n.Record.Now())
		if err != nil || checkpoint == nil {
			return err
		}
		if err := n.Witness(checkpoint); err != nil {
			return err
		}
	}
}

// CheckpointsIn reads those that were witnessed in a file: notes, each followed
// by an empty line. What is no whole note is given too, so that it is named.
func CheckpointsIn(path string) ([][]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var notes [][]byte
	parts := bytes.Split(text, []byte("\n\n"))
	for ; len(parts) > 1; parts = parts[2:] {
		note := append(append(bytes.Clone(parts[0]), '\n', '\n'), parts[1]...)
		notes = append(notes, append(note, '\n'))
	}
	if rest := bytes.Join(parts, nil); len(bytes.TrimSpace(rest)) > 0 {
		notes = append(notes, rest)
	}
	return notes, nil
}
