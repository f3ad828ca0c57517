package store

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/pressly/goose/v3"

	"palermo/journal"
	"palermo/record"
	"palermo/vault"
)

// ErrClosed is the answer to a change after Close.
var ErrClosed = errors.New("the store is closed")

// Store is the node's database.
type Store struct {
	db   engine
	code coder

	commits atomic.Int64 // since it was opened
}

// engine is SQLite or PostgreSQL.
type engine interface {
	// reader runs statements that only read, each on its own.
	reader() conn
	// change runs fn in a transaction, and returns when it is durable or undone.
	// It heeds ctx until fn starts. fn touches nothing but the conn, and may run again.
	change(ctx context.Context, fn func(context.Context, conn) error) error
	// whole is a change of everything: as long as it takes, and nobody else is at work.
	whole(ctx context.Context, fn func(context.Context, conn) error) error
	// snapshot gives a conn that sees one state of the database until done is called.
	snapshot(ctx context.Context) (c conn, done func() error, err error)
	// forget takes old values out of the log that the database keeps beside its pages.
	forget(ctx context.Context) error
	backup(ctx context.Context, path string) error
	close() error
}

var (
	_ record.Store   = (*Store)(nil)
	_ journal.Log    = (*Store)(nil)
	_ vault.Keystore = (*Keys)(nil)
)

// OpenSQLite opens the database in a file, made if there is none, encrypted
// under key, and the words of its columns once more. It fails when the file was made under another key.
func OpenSQLite(ctx context.Context, path string, key [32]byte) (*Store, error) {
	db, err := openSQLite(ctx, sqliteFile{path: path, key: &key, set: "node"})
	if err != nil {
		return nil, err
	}
	return coded(db, key)
}

// OpenPostgres opens a PostgreSQL database, which has no encryption of its own:
// key codes the words in its clear columns. What was written under another key cannot be read.
func OpenPostgres(ctx context.Context, dsn string, key [32]byte) (*Store, error) {
	db, err := openPostgres(ctx, dsn, "node", 0)
	if err != nil {
		return nil, err
	}
	return coded(db, key)
}

func coded(db engine, key [32]byte) (*Store, error) {
	code, err := newCoder(key)
	if err != nil {
		return nil, errors.Join(err, db.close())
	}
	return &Store{db: db, code: code}, nil
}

// Close ends the changes that have begun and closes the database.
func (s *Store) Close() error { return s.db.close() }

const (
	dialectSQLite   = goose.DialectSQLite3
	dialectPostgres = goose.DialectPostgres
)
