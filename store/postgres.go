package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"palermo/record"
)

const (
	postgresConns = 32
	patience      = 30 * time.Second // with a change that has begun
)

// postgres is the engine of a PostgreSQL database.
type postgres struct{ db *sql.DB }

// openPostgres brings the tables to a version of their migrations; 0 for the newest.
func openPostgres(ctx context.Context, dsn, set string, version int64) (*postgres, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("the PostgreSQL address cannot be read") // err may hold the password
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns)
	if _, err := migrate(ctx, db, dialectPostgres, set, version); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &postgres{db}, nil
}

func (p *postgres) reader() conn { return direct{p.db, true} }

func (p *postgres) change(ctx context.Context, fn func(context.Context, conn) error) error {
	c, err := p.db.Conn(ctx) // waits for its turn, heeding ctx
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // gives it back
	// Begun, it ends by itself: a change that is broken off while it commits is neither done nor undone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(ctx, direct{tx, true}); err != nil {
		if e := tx.Rollback(); e != nil {
			return errors.Join(stale(err), e)
		}
		return stale(err)
	}
	return stale(tx.Commit())
}

// whole is a change that takes as long as it takes, and heeds ctx to its end.
func (p *postgres) whole(ctx context.Context, fn func(context.Context, conn) error) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(ctx, direct{tx, true}); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// stale names what PostgreSQL refuses because another change came between.
func stale(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") { // serialization failure, deadlock
		return fmt.Errorf("%w: %s", record.ErrStale, pg.Message)
	}
	return err
}

func (p *postgres) snapshot(ctx context.Context) (conn, func() error, error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, nil, err
	}
	return direct{tx, true}, tx.Rollback, nil
}

// forget can do nothing here: VACUUM and the recycling of the log take old values away, in their own time.
func (p *postgres) forget(context.Context) error { return nil }

func (p *postgres) close() error { return p.db.Close() }

// direct hands statements on as they are; pgx keeps them prepared by their text.
type direct struct {
	db interface {
		ExecContext(context.Context, string, ...any) (sql.Result, error)
		QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	}
	postgres bool
}

// text rewrites ?1 to $1 for PostgreSQL; no statement has a question mark otherwise.
func (d direct) text(query string) string {
	if d.postgres {
		return strings.ReplaceAll(query, "?", "$")
	}
	return query
}

func (d direct) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := d.db.ExecContext(ctx, d.text(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (d direct) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.db.QueryContext(ctx, d.text(query), args...)
}

func (d direct) forShare() string {
	if d.postgres {
		return " FOR SHARE"
	}
	return ""
}

func (d direct) manyWriters() bool { return d.postgres }
