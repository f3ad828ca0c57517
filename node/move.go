package node

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"crypto/rand"
	"palermo/backup"
	"palermo/fault"
	"palermo/journal"
	"palermo/store"
	"palermo/vault"
)

// Moved is the proof of a move: what both sides hold, table by table, and the root of both journals.
type Moved struct {
	Tables   []store.Table // of the documents and the keys; the other side has the same
	Entries  int64
	Problems []journal.Problem
}

// Move brings a node that is stopped from one pair of databases into another,
// row by row, compares every table on both sides, and verifies the history
// there. The target must be empty, or hold what an earlier try already brought.
// The source stays as it is.
func Move(ctx context.Context, from, to Config) (moved Moved, err error) {
	if err := movable(from, to); err != nil {
		return moved, err
	}
	release, err := from.Lock()
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, release()) }()
	n, err := Open(ctx, from)
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	root, err := vault.ReadRootFile(to.RootFile)
	if err != nil {
		return moved, err
	}
	if _, err := vault.Open(ctx, root, n.Keys, rand.Reader); err != nil { // before anything is written
		return moved, fmt.Errorf("the root key of the target: %w", err)
	}
	if err := n.SequenceAll(ctx); err != nil {
		return moved, err
	}
	if moved.Tables, err = n.pour(ctx, to); err != nil {
		return moved, err
	}
	if moved.Entries, err = n.Store.Size(ctx); err != nil {
		return moved, err
	}
	moved.Problems, err = n.arrived(ctx, to)
	return moved, err
}

func movable(from, to Config) error {
	switch {
	case from.Node != to.Node || from.FocalPoint != to.FocalPoint:
		return fault.Conflict("Both settings must be of the same node: Node and FocalPoint are not the same.")
	case from.Data == to.Data && from.Database == to.Database, from.Data == to.Data && from.Keys == to.Keys && from.Keys == "" && to.Database == "":
		return fault.Conflict("Both settings name the same database.")
	case from.Database != "" && from.Database == to.Database, from.Keys != "" && from.Keys == to.Keys:
		return fault.Conflict("Both settings name the same database.")
	}
	return os.MkdirAll(to.Data, 0o700)
}

// pour copies both databases and compares what arrived.
func (n *Node) pour(ctx context.Context, to Config) ([]store.Table, error) {
	documents := func(r io.Reader) error {
		if to.Database != "" {
			_, err := store.LoadPostgres(ctx, to.Database, r)
			return err
		}
		_, err := store.LoadSQLite(ctx, filepath.Join(to.Data, nodeFile), n.Record.Vault.Named("database"), r)
		return err
	}
	keys := func(r io.Reader) error {
		if to.Keys != "" {
			_, err := store.LoadPostgresKeys(ctx, to.Keys, r)
			return err
		}
		_, err := store.LoadSQLiteKeys(ctx, filepath.Join(to.Data, keysFile), r)
		return err
	}
	held, err := through(func(w io.Writer) ([]store.Table, error) { return n.Store.Dump(ctx, w) }, documents)
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	if from := n.Config; from.Keys == to.Keys && (from.Keys != "" || from.Data == to.Data) {
		keys = nil // they stay where they are
	}
	var heldKeys []store.Table
	if keys != nil {
		heldKeys, err = through(func(w io.Writer) ([]store.Table, error) { return n.Keys.Dump(ctx, w) }, keys)
		if err != nil {
			return nil, fmt.Errorf("keys: %w", err)
		}
	}
	return append(held, heldKeys...), n.compare(ctx, to, held, heldKeys)
}

// through reads on one side what is written on the other. A target that holds something may be the end of an earlier try: it is compared like any other.
func through(write func(io.Writer) ([]store.Table, error), read func(io.Reader) error) ([]store.Table, error) {
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := read(r)
		_, rest := io.Copy(io.Discard, r) // an early end must not keep the writer waiting
		done <- errors.Join(err, rest)
	}()
	held, err := write(w)
	w.CloseWithError(err) // nil ends it
	loaded := <-done
	if errors.Is(loaded, store.ErrNotEmpty) {
		loaded = nil
	}
	return held, errors.Join(err, loaded)
}

// compare reads the target again and holds that every table has the same rows.
func (n *Node) compare(ctx context.Context, to Config, held, heldKeys []store.Table) error {
	s, err := openStore(ctx, to, n.Record.Vault.Named("database"))
	if err != nil {
		return err
	}
	there, err := s.Tables(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if err := alike(held, there); err != nil || heldKeys == nil {
		return err
	}
	k, err := openKeys(ctx, to)
	if err != nil {
		return err
	}
	there, err = k.Tables(ctx)
	if err := errors.Join(err, k.Close()); err != nil {
		return err
	}
	return alike(heldKeys, there)
}

func alike(here, there []store.Table) error {
	if slices.Equal(here, there) {
		return nil
	}
	for _, t := range here {
		if !slices.Contains(there, t) {
			return fault.Conflict("The table %s differs: the target was not empty, or somebody wrote to one of them. Empty the target and begin again.", t.Name)
		}
	}
	return fault.Conflict("The target has tables that the source does not have.")
}

// arrived brings what lies beside the databases, and verifies the history on the other side.
func (n *Node) arrived(ctx context.Context, to Config) (_ []journal.Problem, err error) {
	if to.Data != n.Config.Data {
		for _, name := range carried {
			if err := backup.Copy(filepath.Join(n.Config.Data, name), filepath.Join(to.Data, name)); err != nil {
				return nil, err
			}
		}
	}
	there, err := Open(ctx, to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, there.Close()) }()
	return there.Verify(ctx, nil)
}
