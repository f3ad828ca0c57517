package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// direct hands statements on as they are; pgx keeps them prepared by their text.
type direct struct {
	s  *Store
	db interface {
		ExecContext(context.Context, string, ...any) (sql.Result, error)
		QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	}
}

func (d direct) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := d.db.ExecContext(ctx, d.s.q(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (d direct) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.db.QueryContext(ctx, d.s.q(query), args...)
}

func (d direct) manyWriters() bool { return d.s.postgres }

// prepared keeps statements prepared, which SQLite's driver does not do by itself.
type prepared struct {
	db interface {
		PrepareContext(context.Context, string) (*sql.Stmt, error)
	}
	mu    sync.Mutex
	known map[string]*sql.Stmt
}

func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.known[query]; ok {
		return s, nil
	}
	s, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.Join(strings.Fields(query), " "))
	}
	p.known[query] = s
	return s, nil
}

func (p *prepared) exec(ctx context.Context, query string, args ...any) (int64, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (p *prepared) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (p *prepared) manyWriters() bool { return false }

func (p *prepared) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, s := range p.known {
		errs = append(errs, s.Close())
	}
	clear(p.known)
	return errors.Join(errs...)
}

// reader runs statements that only read, each on its own.
func (s *Store) reader() conn {
	if s.postgres {
		return direct{s, s.read}
	}
	return s.reads
}

// snapshot gives a conn that sees one state of the database until done is called.
func (s *Store) snapshot(ctx context.Context) (c conn, done func() error, err error) {
	tx, err := s.read.BeginTx(ctx, s.snapshotOptions())
	if err != nil {
		return nil, nil, err
	}
	return direct{s, tx}, tx.Rollback, nil
}

func (s *Store) snapshotOptions() *sql.TxOptions {
	if s.postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return &sql.TxOptions{ReadOnly: true}
}
