package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"palermo/record"
)

const patience = 30 * time.Second // with a change that has begun

// changePostgres gives the change a transaction of its own; PostgreSQL groups its commits by itself.
func (s *Store) changePostgres(ctx context.Context, fn func(context.Context, conn) error) error {
	c, err := s.write.Conn(ctx) // waits for its turn, heeding ctx
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // gives it back
	// Begun, it ends by itself: whether a change that is broken off while it commits was done, nobody can say.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(ctx, direct{s, tx}); err != nil {
		if e := tx.Rollback(); e != nil {
			return errors.Join(stale(err), e)
		}
		return stale(err)
	}
	return stale(tx.Commit())
}

// stale names what PostgreSQL refuses because another change came between.
func stale(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") { // serialization failure, deadlock
		return fmt.Errorf("%w: %s", record.ErrStale, pg.Message)
	}
	return err
}
