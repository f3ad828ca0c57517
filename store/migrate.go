package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the tables of one set ("node", "keys") to their present form.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, set string) error {
	files, err := fs.Sub(migrations, "migrations/"+set)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	options := []goose.ProviderOption{goose.WithTableName(set + "_version"), goose.WithDisableGlobalRegistry(true)}
	if dialect == goose.DialectPostgres {
		files = inPostgres{files}
		locker, err := lock.NewPostgresSessionLocker() // several programs may start at once
		if err != nil {
			return fmt.Errorf("migrations: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

// inPostgres rewrites what was written for SQLite.
type inPostgres struct{ fs.FS }

// Open implements fs.FS.
func (f inPostgres) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	text = []byte(strings.NewReplacer(" BLOB", " BYTEA", ") WITHOUT ROWID;", ");").Replace(string(text)))
	return rewritten{file, bytes.NewReader(text)}, nil
}

type rewritten struct {
	fs.File
	text *bytes.Reader
}

func (r rewritten) Read(p []byte) (int, error) { return r.text.Read(p) }
