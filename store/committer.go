package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

const group = 256 // changes in one transaction, at most

// committer is SQLite's one writer. It puts the changes that wait into one
// transaction, commits, and then answers them all; so many changes share one
// wait for the disk. Where one fails, all are undone and done again, a savepoint
// each, so that it alone is not done: savepoints cost, and few changes fail.
type committer struct {
	jobs    chan job // without a buffer: a job that was taken is always answered
	closing chan struct{}
	once    sync.Once
	ended   chan error
}

type job struct {
	ctx  context.Context
	run  func(context.Context, conn) error
	once bool // it cannot be run again
	done chan error
}

func startCommitter(h *held, log *logKeeper) *committer {
	c := &committer{jobs: make(chan job), closing: make(chan struct{}), ended: make(chan error, 1)}
	go c.loop(h, log)
	return c
}

// do waits for its turn, heeding ctx, and then for the commit, whatever ctx says.
func (c *committer) do(ctx context.Context, run func(context.Context, conn) error) error {
	return c.take(job{ctx: ctx, run: run, done: make(chan error, 1)})
}

// doOnce is do of what cannot be run again.
func (c *committer) doOnce(ctx context.Context, run func(context.Context, conn) error) error {
	return c.take(job{ctx: ctx, run: run, once: true, done: make(chan error, 1)})
}

func (c *committer) take(j job) error {
	ctx := j.ctx
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case c.jobs <- j:
		return <-j.done
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closing:
		return ErrClosed
	}
}

func (c *committer) close() error {
	c.once.Do(func() {
		close(c.closing)
		c.ended <- <-c.ended // wait, and keep the answer for whoever closes again
	})
	err := <-c.ended
	c.ended <- err
	return err
}

func (c *committer) loop(h *held, log *logKeeper) {
	for {
		select {
		case j := <-c.jobs:
			commit(h, c.waiting(j))
			log.finish(h)
		case <-c.closing:
			c.ended <- h.close()
			return
		}
	}
}

// waiting takes what else waits by now.
func (c *committer) waiting(first job) []job {
	jobs := []job{first}
	for len(jobs) < group {
		select {
		case j := <-c.jobs:
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

// commit runs the jobs in one transaction and answers each.
func commit(h *held, jobs []job) {
	ctx := context.Background() // nobody's impatience may interrupt what belongs to others
	answers := make([]error, len(jobs))
	apart := len(jobs) > 1 && slices.ContainsFunc(jobs, func(j job) bool { return j.once })
	err := transaction(ctx, h, jobs, answers, apart)
	if errors.Is(err, errOneFailed) && len(jobs) > 1 {
		clear(answers)
		err = transaction(ctx, h, jobs, answers, true)
	}
	for i, j := range jobs {
		if answers[i] == nil && err != nil {
			answers[i] = fmt.Errorf("commit: %w", err)
		}
		j.done <- answers[i]
	}
}

var errOneFailed = errors.New("a change in the transaction failed")

// transaction fails, with everything undone, when none of the jobs may count
// as done. With apart one that fails is undone alone; without, it takes the others with it.
func transaction(ctx context.Context, h *held, jobs []job, answers []error, apart bool) error {
	_, err := h.exec(ctx, "BEGIN IMMEDIATE")
	if err == nil {
		err = inTransaction(ctx, h, jobs, answers, apart)
	}
	if err == nil {
		_, err = h.exec(ctx, "COMMIT")
	}
	if err != nil {
		if _, e := h.exec(ctx, "ROLLBACK"); e != nil && !errors.Is(err, errOneFailed) {
			err = errors.Join(err, e) // SQLite may have rolled back by itself
		}
	}
	return err
}

func inTransaction(ctx context.Context, h *held, jobs []job, answers []error, apart bool) error {
	for i, j := range jobs {
		if answers[i] = j.ctx.Err(); answers[i] != nil {
			continue
		}
		if !apart {
			if answers[i] = j.run(ctx, h); answers[i] != nil {
				return errOneFailed
			}
			continue
		}
		if _, err := h.exec(ctx, "SAVEPOINT job"); err != nil {
			return err
		}
		if answers[i] = j.run(ctx, h); answers[i] != nil {
			if _, err := h.exec(ctx, "ROLLBACK TO job"); err != nil {
				return errors.Join(answers[i], err)
			}
		}
		if _, err := h.exec(ctx, "RELEASE job"); err != nil {
			return err
		}
	}
	return nil
}
