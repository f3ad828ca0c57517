package store

import (
	"context"
	"crypto/sha256"
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
	near map[int64]tlog.Hash // read ahead within the snapshot; the verifier asks in order
}

func (e *evidence) conn() conn {
	if e.c != nil {
		return e.c
	}
	return e.s.db.reader()
}

func (e *evidence) begin(ctx context.Context) error {
	if err := e.end(); err != nil {
		return err
	}
	var err error
	e.c, e.done, err = e.s.db.snapshot(ctx)
	return err
}

func (e *evidence) end() error {
	if e.c == nil {
		return nil
	}
	done := e.done
	e.c, e.done, e.near = nil, nil, nil
	return done()
}

// ReadHashes implements tlog.HashReader.
func (e *evidence) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	if e.c == nil {
		return readHashes(context.Background(), e.conn(), indexes)
	}
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := e.near[index]
		if !ok {
			var err error
			if e.near, err = hashesFrom(context.Background(), e.c, index, stretch); err != nil {
				return nil, err
			}
			if h, ok = e.near[index]; !ok {
				return nil, missing(index)
			}
		}
		out[i] = h
	}
	return out, nil
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
		numbered := func(last journal.Entry) ([]journal.Entry, error) {
			return readEntries(ctx, e.conn(), numberedSQL, last.Seq, int64(stretch))
		}
		unnumbered := func(last journal.Entry) ([]journal.Entry, error) {
			return waitingAfter(ctx, e.conn(), last.ID, stretch)
		}
		_ = stretches(journal.Entry{Seq: -1}, numbered, yield) && stretches(journal.Entry{}, unnumbered, yield)
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
		next := func(last checkpoint) ([]checkpoint, error) {
			return collect(ctx, e.conn(), scanCheckpoint, checkpointsSQL, last.size, int64(stretch))
		}
		stretches(checkpoint{}, next, func(c checkpoint, err error) bool { return yield(c.note, err) })
	}
}

const checkpointsSQL = "SELECT c.size, c.note FROM checkpoint c WHERE c.size > ?1 ORDER BY c.size LIMIT ?2"

type checkpoint struct {
	size int64
	note []byte
}

func scanCheckpoint(rows *sql.Rows) (checkpoint, error) {
	var c checkpoint
	return c, rows.Scan(&c.size, &c.note)
}

// Stands implements journal.Evidence. The digest is taken from the sealed
// document itself: the column beside it could have been left as it was.
func (e *evidence) Stands(ctx context.Context) iter.Seq2[journal.Stand, error] {
	return func(yield func(journal.Stand, error) bool) {
		next := func(last journal.Stand) ([]journal.Stand, error) {
			return collect(ctx, e.conn(), scanStand, standsSQL, last.ID[:], int64(stretch))
		}
		whole := stretches(journal.Stand{}, next, yield)
		if err := e.end(); err != nil && whole {
			yield(journal.Stand{}, err)
		}
	}
}

const standsSQL = "SELECT r.kind, r.id, r.version, r.sealed FROM record r WHERE r.id > ?1 ORDER BY r.id LIMIT ?2"

func scanStand(rows *sql.Rows) (journal.Stand, error) {
	var s journal.Stand
	var id, sealed []byte
	if err := rows.Scan(&s.Kind, &id, &s.Version, &sealed); err != nil {
		return s, err
	}
	s.Digest = sha256.Sum256(sealed)
	return s, fixed(s.ID[:], id)
}

// stretches reads on after the last row until there is none, and reports whether it came to the end.
func stretches[T any](last T, next func(T) ([]T, error), yield func(T, error) bool) bool {
	for {
		rows, err := next(last)
		if err != nil {
			var none T
			yield(none, err)
			return false
		}
		for _, row := range rows {
			if !yield(row, nil) {
				return false
			}
			last = row
		}
		if len(rows) < stretch {
			return true
		}
	}
}
