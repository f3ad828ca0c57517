package store

import (
	"context"
	"database/sql"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/ident"
	"palermo/journal"
)

const stretch = 500 // rows read at once

// Evidence gives the verifier what it reads, with the erasure list of the
// keys. From Checkpoints until the end of Stands it sees one state of the
// database, so that a node at work can be verified. It is for one verification
// at a time.
func (s *Store) Evidence(keys *Keys) journal.Evidence { return &evidence{s: s, keys: keys} }

type evidence struct {
	s    *Store
	keys *Keys
	c    conn // of the snapshot; nil outside
	done func() error
}

func (e *evidence) conn() conn {
	if e.c != nil {
		return e.c
	}
	return e.s.reader()
}

func (e *evidence) begin(ctx context.Context) error {
	if err := e.end(); err != nil {
		return err
	}
	var err error
	e.c, e.done, err = e.s.snapshot(ctx)
	return err
}

func (e *evidence) end() error {
	if e.c == nil {
		return nil
	}
	done := e.done
	e.c, e.done = nil, nil
	return done()
}

// ReadHashes implements tlog.HashReader.
func (e *evidence) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	return readHashes(context.Background(), e.conn(), indexes)
}

// Size implements journal.Evidence.
func (e *evidence) Size(ctx context.Context) (int64, error) { return size(ctx, e.conn()) }

// Shredded implements journal.Evidence.
func (e *evidence) Shredded(ctx context.Context) (map[ident.ID]bool, error) {
	list, err := e.keys.Shredded(ctx)
	if err != nil {
		return nil, err
	}
	gone := make(map[ident.ID]bool, len(list))
	for _, id := range list {
		gone[id] = true
	}
	return gone, nil
}

// Entries implements journal.Evidence.
func (e *evidence) Entries(ctx context.Context) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		seq, id, numbered := int64(-1), ident.ID{}, true
		for {
			var entries []journal.Entry
			var err error
			if numbered {
				entries, err = collect(ctx, e.conn(), scanEntry, numberedSQL, seq, int64(stretch))
			} else {
				entries, err = waitingAfter(ctx, e.conn(), id, stretch)
			}
			if err != nil {
				yield(journal.Entry{}, err)
				return
			}
			for _, entry := range entries {
				if !yield(entry, nil) {
					return
				}
				seq, id = entry.Seq, entry.ID
			}
			if len(entries) < stretch && !numbered {
				return
			}
			if len(entries) < stretch {
				numbered, id = false, ident.ID{}
			}
		}
	}
}

const numberedSQL = "SELECT " + entryColumns + " FROM entry e WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2"

// Checkpoints implements journal.Evidence.
func (e *evidence) Checkpoints(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err := e.begin(ctx); err != nil {
			yield(nil, err)
			return
		}
		type checkpoint struct {
			size int64
			note []byte
		}
		pages(ctx, e, func(rows *sql.Rows) (v checkpoint, err error) {
			return v, rows.Scan(&v.size, &v.note)
		}, "SELECT c.size, c.note FROM checkpoint c WHERE c.size > ?1 ORDER BY c.size LIMIT ?2",
			any(int64(-1)), func(v checkpoint) any { return v.size },
			func(v checkpoint, err error) bool { return yield(v.note, err) })
	}
}

// Stands implements journal.Evidence.
func (e *evidence) Stands(ctx context.Context) iter.Seq2[journal.Stand, error] {
	return func(yield func(journal.Stand, error) bool) {
		none := ident.ID{}
		pages(ctx, e, scanStand, `SELECT r.kind, r.id, r.version, r.digest, r.sealed FROM record r WHERE r.id > ?1 ORDER BY r.id LIMIT ?2`,
			any(none[:]), func(v journal.Stand) any { return v.ID[:] }, yield)
		if err := e.end(); err != nil {
			yield(journal.Stand{}, err)
		}
	}
}
