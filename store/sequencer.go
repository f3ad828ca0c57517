package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"palermo/journal"
)

const sequenced = 1000 // entries under one checkpoint, at most

// Sequence numbers entries until ctx ends, at most every interval (0: 500 ms)
// unless more wait than go under one checkpoint, and hands each checkpoint to
// witness. It begins with the newest one, which witness has not seen when the
// node ended between the two. passed hears of each time that all was published.
// It ends with an error when the journal cannot be kept.
func (s *Store) Sequence(ctx context.Context, signer *journal.Signer, interval time.Duration, now func() time.Time, witness func([]byte) error, passed func()) error {
	if interval <= 0 {
		interval = 500 * time.Millisecond
	}
	last, found, err := one[[]byte](ctx, s.db.reader(), newestSQL)
	if err == nil && found {
		err = witness(last)
	}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for err == nil {
		var more bool
		if more, err = s.sequence(ctx, signer, now(), witness); err != nil || more {
			continue
		}
		passed()
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("sequencer: %w", err)
}

const newestSQL = "SELECT c.note FROM checkpoint c ORDER BY c.size DESC LIMIT 1"

// sequence makes one checkpoint and reports whether more wait than it counts.
func (s *Store) sequence(ctx context.Context, signer *journal.Signer, now time.Time, witness func([]byte) error) (more bool, err error) {
	before, err := s.Size(ctx)
	if err != nil {
		return false, err
	}
	checkpoint, err := journal.Sequence(ctx, s, signer, sequenced, now)
	if errors.Is(err, ErrMoved) {
		return false, nil // another sequencer is at work on this database
	}
	if err != nil || checkpoint == nil {
		return false, err
	}
	if err := witness(checkpoint); err != nil {
		return false, fmt.Errorf("witness: %w", err)
	}
	after, err := s.Size(ctx)
	return after-before >= sequenced, err
}
