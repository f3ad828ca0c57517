package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/ident"
	"palermo/journal"
)

// ErrMoved says that the tree grew since it was read: another sequencer is at work.
var ErrMoved = errors.New("the journal has another size by now")

// Size is the number of entries in the tree, as the newest checkpoint counts them.
func (s *Store) Size(ctx context.Context) (int64, error) { return size(ctx, s.db.reader()) }

func size(ctx context.Context, c conn) (int64, error) {
	n, _, err := one[int64](ctx, c, "SELECT c.size FROM checkpoint c ORDER BY c.size DESC LIMIT 1")
	if err != nil {
		return 0, fmt.Errorf("size of the journal: %w", err)
	}
	return n, nil
}

// Waiting gives entries that have no number yet, oldest first.
func (s *Store) Waiting(ctx context.Context, limit int) ([]journal.Entry, error) {
	return waitingAfter(ctx, s.db.reader(), ident.ID{}, limit)
}

// waitingSQL names the index to SQLite, which takes the one on seq for better and would sort all that waits.
func waitingSQL(c conn) string {
	from := " FROM entry e INDEXED BY entry_waiting"
	if c.manyWriters() {
		from = " FROM entry e"
	}
	return "SELECT " + entryColumns + from + " WHERE e.seq IS NULL AND e.id > ?1 ORDER BY e.id LIMIT ?2"
}

func waitingAfter(ctx context.Context, c conn, last ident.ID, limit int) ([]journal.Entry, error) {
	entries, err := readEntries(ctx, c, waitingSQL(c), last[:], int64(limit))
	if err != nil {
		return nil, fmt.Errorf("entries without a number: %w", err)
	}
	return entries, nil
}

// Append numbers entries and stores hashes and checkpoint. It fails with
// ErrMoved, changing nothing, when the tree does not have that size, and when
// an entry has a number already.
func (s *Store) Append(ctx context.Context, from int64, entries []journal.Entry, hashes []tlog.Hash, checkpoint []byte, at time.Time) error {
	err := s.db.change(ctx, func(ctx context.Context, c conn) error {
		now, err := size(ctx, c)
		if err != nil {
			return err
		}
		if now != from {
			return ErrMoved
		}
		// The checkpoint first: on PostgreSQL its key makes a second sequencer wait, and then fail.
		n, err := c.exec(ctx, "INSERT INTO checkpoint (size, note, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
			from+int64(len(entries)), checkpoint, micros(at))
		if err != nil {
			return err
		}
		if n != 1 {
			return ErrMoved
		}
		for i := range entries {
			n, err := c.exec(ctx, "UPDATE entry SET seq = ?1 WHERE id = ?2 AND seq IS NULL", from+int64(i), entries[i].ID[:])
			if err != nil {
				return err
			}
			if n != 1 {
				return fmt.Errorf("entry %s: %w", entries[i].ID, ErrMoved)
			}
		}
		rows := make([][]any, len(hashes))
		first := tlog.StoredHashCount(from)
		for i := range hashes {
			rows[i] = []any{first + int64(i), hashes[i][:]}
		}
		return insert(ctx, c, "hash (idx, hash)", rows)
	})
	if err != nil {
		return fmt.Errorf("append to the journal: %w", err)
	}
	return nil
}

// ReadHashes implements tlog.HashReader, which knows no context.
func (s *Store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	return readHashes(context.Background(), s.db.reader(), indexes)
}

func readHashes(ctx context.Context, c conn, indexes []int64) ([]tlog.Hash, error) {
	known := make(map[int64]tlog.Hash, len(indexes))
	for i := 0; i < len(indexes); i += most {
		st := &statement{}
		list := st.in(anys(indexes[i:min(i+most, len(indexes))], func(v int64) any { return v }))
		st.add("SELECT h.idx, h.hash FROM hash h WHERE h.idx IN ", list)
		err := scanHashes(ctx, c, known, st.sql.String(), st.args...)
		if err != nil {
			return nil, fmt.Errorf("hashes of the journal: %w", err)
		}
	}
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := known[index]
		if !ok {
			return nil, missing(index)
		}
		out[i] = h
	}
	return out, nil
}

// hashesFrom reads up to limit hashes from an index on.
func hashesFrom(ctx context.Context, c conn, index int64, limit int) (map[int64]tlog.Hash, error) {
	known := make(map[int64]tlog.Hash, limit)
	if err := scanHashes(ctx, c, known, hashesSQL, index, int64(limit)); err != nil {
		return nil, fmt.Errorf("hashes of the journal: %w", err)
	}
	return known, nil
}

const hashesSQL = "SELECT h.idx, h.hash FROM hash h WHERE h.idx >= ?1 ORDER BY h.idx LIMIT ?2"

func scanHashes(ctx context.Context, c conn, into map[int64]tlog.Hash, query string, args ...any) error {
	_, err := collect(ctx, c, func(rows *sql.Rows) (struct{}, error) {
		var index int64
		var raw []byte
		if err := rows.Scan(&index, &raw); err != nil {
			return struct{}{}, err
		}
		var h tlog.Hash
		err := fixed(h[:], raw)
		into[index] = h
		return struct{}{}, err
	}, query, args...)
	return err
}

func missing(index int64) error { return fmt.Errorf("hash %d of the journal is missing", index) }
