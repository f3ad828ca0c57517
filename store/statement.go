package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"palermo/ident"
)

// conn runs statements, on their own or inside a transaction.
type conn interface {
	exec(ctx context.Context, query string, args ...any) (changed int64, err error)
	query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// forShare is what a SELECT ends with so that its rows stay as they are until the transaction ends.
	forShare() string
	// manyWriters reports whether other changes may happen at the same time.
	manyWriters() bool
}

// collect reads all rows.
func collect[T any](ctx context.Context, c conn, scan func(*sql.Rows) (T, error), query string, args ...any) (_ []T, err error) {
	rows, err := c.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := rows.Close(); err == nil && e != nil {
			err = e
		}
	}()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// one reads the first column of the first row, and false when there is none.
func one[T any](ctx context.Context, c conn, query string, args ...any) (T, bool, error) {
	all, err := collect(ctx, c, scanOne[T], query, args...)
	if err != nil || len(all) == 0 {
		var none T
		return none, false, err
	}
	return all[0], true, nil
}

func scanOne[T any](rows *sql.Rows) (T, error) {
	var v T
	err := rows.Scan(&v)
	return v, err
}

// statement is SQL that grows together with its arguments.
type statement struct {
	sql  strings.Builder
	args []any
	code coder // of the words that it asks for
}

func (s *statement) add(parts ...string) {
	for _, p := range parts {
		s.sql.WriteString(p)
	}
}

// arg takes an argument and gives its placeholder.
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "?" + strconv.Itoa(len(s.args))
}

// in gives a list of placeholders, filled up with its last value to a power of
// two, so that there are few forms of a statement. Lists are never empty.
func (s *statement) in(values []any) string {
	n := 1
	for n < len(values) {
		n *= 2
	}
	var b strings.Builder
	for i := range n {
		sep := ", "
		if i == 0 {
			sep = "("
		}
		b.WriteString(sep + s.arg(values[min(i, len(values)-1)]))
	}
	return b.String() + ")"
}

const most = 64 // rows in one INSERT, ids in one list

// insert writes rows, as many as possible with one statement.
func insert(ctx context.Context, c conn, into string, rows [][]any) error {
	for len(rows) > 0 {
		n := most
		for n > len(rows) {
			n /= 2
		}
		var s statement
		s.add("INSERT INTO ", into, " VALUES ")
		for i, row := range rows[:n] {
			for j, v := range row {
				sep := ", "
				switch {
				case j == 0 && i == 0:
					sep = "("
				case j == 0:
					sep = "), ("
				}
				s.add(sep, s.arg(v))
			}
		}
		s.add(")")
		changed, err := c.exec(ctx, s.sql.String(), s.args...)
		if err != nil {
			return err
		}
		if changed != int64(n) {
			return fmt.Errorf("insert into %s: %d of %d rows", into, changed, n)
		}
		rows = rows[n:]
	}
	return nil
}

func anys[T any](values []T, as func(T) any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = as(v)
	}
	return out
}

func blobOf(id ident.ID) any { return id[:] }

// micros is how an instant is stored; the zero time is in the year 1 and comes back as such.
func micros(t time.Time) int64 { return t.UnixMicro() }

func instant(us int64) time.Time { return time.UnixMicro(us).UTC() }

// fixed copies raw bytes of a known length; it fails on any other.
func fixed(dst, raw []byte) error {
	if len(raw) != len(dst) {
		return fmt.Errorf("a stored value has %d bytes where %d belong", len(raw), len(dst))
	}
	copy(dst, raw)
	return nil
}
