package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrClosed is the answer to a change after Close.
var ErrClosed = errors.New("the store is closed")

const group = 256 // changes in one transaction, at most

// waiting is a change that waits for the committer.
type waiting struct {
	ctx  context.Context
	run  func(context.Context, conn) error
	done chan error
}

// change runs fn in a transaction, and returns when it is durable or undone.
// It heeds ctx until fn starts, never after. fn touches nothing but the conn.
func (s *Store) change(ctx context.Context, fn func(context.Context, conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.postgres {
		return s.changePostgres(ctx, fn)
	}
	w := waiting{ctx: ctx, run: fn, done: make(chan error, 1)}
	select {
	case s.waiting <- w:
		return <-w.done
	case <-ctx.Done():
		return ctx.Err()
	case <-s.stop:
		return ErrClosed
	}
}

// committer is SQLite's one writer. It puts the changes that wait into one
// transaction, a savepoint each, commits, and then answers them all; so many
// changes share one wait for the disk, and one that fails is undone alone. The
// channel has no buffer: a change that was taken is always answered.
func (s *Store) committer(c *prepared) {
	defer close(s.stopped)
	for {
		select {
		case w := <-s.waiting:
			commit(c, s.others(w))
		case <-s.stop:
			return
		}
	}
}

// others takes what else waits by now.
func (s *Store) others(first waiting) []waiting {
	all := []waiting{first}
	for len(all) < group {
		select {
		case w := <-s.waiting:
			all = append(all, w)
		default:
			return all
		}
	}
	return all
}

// commit runs changes in one transaction and answers each.
func commit(c *prepared, all []waiting) {
	ctx := context.Background() // nobody's impatience may interrupt what belongs to others
	answers := make([]error, len(all))
	err := transaction(ctx, c, all, answers)
	if err != nil {
		if _, e := c.exec(ctx, "ROLLBACK"); e != nil {
			err = errors.Join(err, e) // SQLite may have rolled back by itself
		}
	}
	for i, w := range all {
		if answers[i] == nil && err != nil {
			answers[i] = fmt.Errorf("transaction: %w", err)
		}
		w.done <- answers[i]
	}
}

// transaction fails when none of the changes may count as done.
func transaction(ctx context.Context, c *prepared, all []waiting, answers []error) error {
	if _, err := c.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for i, w := range all {
		if answers[i] = w.ctx.Err(); answers[i] != nil {
			continue
		}
		if _, err := c.exec(ctx, "SAVEPOINT change"); err != nil {
			return err
		}
		if answers[i] = w.run(ctx, c); answers[i] != nil {
			if _, err := c.exec(ctx, "ROLLBACK TO change"); err != nil {
				return errors.Join(answers[i], err)
			}
		}
		if _, err := c.exec(ctx, "RELEASE change"); err != nil {
			return err
		}
	}
	_, err := c.exec(ctx, "COMMIT")
	return err
}
