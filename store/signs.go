package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Signs are numbers about the whole database, for those who keep the node running.
type Signs struct {
	Waiting int       // records of the outbox that are not settled
	Oldest  time.Time // since when the oldest of them is there; zero for none
	Overdue int       // duties past their time
	Bytes   int64     // of the database
	Schema  int64     // version of the tables
}

// Writable reports that a change can be begun and ended, as long as ctx lasts.
func (s *Store) Writable(ctx context.Context) error {
	err := s.db.change(ctx, func(ctx context.Context, c conn) error {
		_, err := size(ctx, c)
		return err
	})
	if err != nil {
		return fmt.Errorf("no change can be made: %w", err)
	}
	return nil
}

// Commits is how many batches were written since the database was opened.
func (s *Store) Commits() int64 { return s.commits.Load() }

// Signs counts. It reads all duties and all of the outbox's rows, so it is asked
// a few times a minute at most. outbox is a kind of record, settled its state that waits for nothing.
func (s *Store) Signs(ctx context.Context, outbox, settled string, now time.Time) (Signs, error) {
	var g Signs
	c := s.db.reader()
	waiting, err := collect(ctx, c, func(rows *sql.Rows) (Signs, error) {
		var n int
		var oldest sql.NullInt64
		err := rows.Scan(&n, &oldest)
		if oldest.Valid {
			return Signs{Waiting: n, Oldest: instant(oldest.Int64)}, err
		}
		return Signs{Waiting: n}, err
	}, "SELECT COUNT(*), MIN(sort) FROM record WHERE kind = ?1 AND state <> ?2", outbox, settled)
	if err == nil && len(waiting) > 0 {
		g = waiting[0]
	}
	if err == nil {
		g.Overdue, _, err = one[int](ctx, c, "SELECT COUNT(*) FROM duty WHERE due < ?1", micros(now))
	}
	if err == nil {
		g.Schema, _, err = one[int64](ctx, c, "SELECT MAX(version_id) FROM node_version")
	}
	bytes := "SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s"
	if c.manyWriters() {
		bytes = "SELECT pg_database_size(current_database())"
	}
	if err == nil {
		g.Bytes, _, err = one[int64](ctx, c, bytes)
	}
	if err != nil {
		return Signs{}, fmt.Errorf("numbers about the database: %w", err)
	}
	return g, nil
}
