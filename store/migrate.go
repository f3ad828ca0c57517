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

// migrate brings the tables of one set ("node", "keys") to their present form,
// or no further than to a version that is not 0, and gives the version that they have.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, set string, to int64) (int64, error) {
	provider, err := migrator(db, dialect, set)
	if err == nil && to == 0 {
		_, err = provider.Up(ctx)
	} else if err == nil {
		_, err = provider.UpTo(ctx, to)
	}
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	return version, nil
}

func migrator(db *sql.DB, dialect goose.Dialect, set string) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+set)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithTableName(set + "_version"), goose.WithDisableGlobalRegistry(true)}
	if dialect == goose.DialectPostgres {
		files = inPostgres{files}
		locker, err := lock.NewPostgresSessionLocker() // several programs may start at once
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, db, files, options...)
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
