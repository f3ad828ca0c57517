package store

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/serdes"
	"github.com/ncruces/go-sqlite3/vfs"
	"github.com/ncruces/go-sqlite3/vfs/adiantum"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// Exec is the hand of somebody who can write to the database.
func (s *Store) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	var changed int64
	err := s.db.change(ctx, func(ctx context.Context, c conn) (err error) {
		changed, err = c.exec(ctx, query, args...)
		return err
	})
	return changed, err
}

// OpenSQLiteOver opens the database on another disk than the machine's.
func OpenSQLiteOver(ctx context.Context, path string, key [32]byte, disk vfs.VFS) (*Store, error) {
	name := sealing + ":" + path
	vfs.Register(name, sealingVFS{adiantum.Wrap(disk, nil)})
	db, err := openSQLite(ctx, sqliteFile{path: path, key: &key, set: "node", over: name})
	if err != nil {
		return nil, err
	}
	return coded(db, key)
}

// Plain gives the bytes of an SQLite file without its encryption, unused pages too.
func Plain(t testing.TB, path string, key [32]byte) []byte {
	t.Helper()
	db, err := sqliteFile{path: path, key: &key}.open(1, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	c, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	var plain []byte
	err = c.Raw(func(raw any) error {
		plain, err = serdes.Serialize(raw.(driver.Conn).Raw(), "main")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// Query reads the columns of the first row.
func (s *Store) Query(ctx context.Context, into []any, query string, args ...any) error {
	_, err := collect(ctx, s.db.reader(), func(rows *sql.Rows) (struct{}, error) {
		return struct{}{}, rows.Scan(into...)
	}, query, args...)
	return err
}

// IndexOf gives what leads to records, row by row.
func (s *Store) IndexOf(ctx context.Context) ([]string, error) {
	var all []string
	for _, t := range []indexTable{relationTable, tokenTable, dutyTable, stepTable} {
		shape := table{name: t.name, columns: t.columns}
		for _, column := range t.columns[:t.key] {
			shape.key = append(shape.key, keyColumn{name: column})
		}
		err := shape.each(ctx, s.db.reader(), func(row []any) error {
			all = append(all, fmt.Sprint(t.name, row))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Plan gives the lines of a statement's plan, on PostgreSQL the one it would take in a large database.
func (s *Store) Plan(ctx context.Context, query string, args ...any) ([]string, error) {
	p, isPostgres := s.db.(*postgres)
	if !isPostgres {
		return collect(ctx, s.db.reader(), func(rows *sql.Rows) (string, error) {
			var id, parent, unused int
			var detail string
			return detail, rows.Scan(&id, &parent, &unused, &detail)
		}, "EXPLAIN QUERY PLAN "+query, args...)
	}
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "SET LOCAL enable_seqscan = off"); err != nil {
		return nil, err
	}
	return collect(ctx, direct{tx, true}, scanOne[string], "EXPLAIN "+query, args...)
}

// TokensSQL and FoundSQL are the statements of a search.
func (s *Store) TokensSQL(group []record.Token) (string, []any) {
	return tokens(group, s.db.reader().manyWriters()).text()
}

func (s *Store) FoundSQL(f record.Find, ids ...ident.ID) (string, []any) {
	return found(s.code, f, ids).text()
}

// FindSQL, CountSQL and DaySQL are the statements that grow with the question.
func (s *Store) FindSQL(f record.Find) (string, []any) {
	return page(s.code, f).text()
}
func (s *Store) CountSQL(f record.Find) (string, []any) {
	return count(s.code, f).text()
}
func (s *Store) DaySQL(scope access.Scope, now time.Time) (string, []any) {
	return day(s.code, scope, now, 50).text()
}

func (s *statement) text() (string, []any) {
	return s.sql.String(), s.args
}

// The statements that do not.
const (
	HistorySQL     = historySQL
	NumberedSQL    = numberedSQL
	CheckpointsSQL = checkpointsSQL
	StandsSQL      = standsSQL
	HashesSQL      = hashesSQL
)

// WaitingSQL differs by database.
func (s *Store) WaitingSQL() string { return waitingSQL(s.db.reader()) }
