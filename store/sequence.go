package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"palermo/journal"
)

const batch = 1024 // entries numbered in one transaction

// Sequence numbers what waits, at most each interval (0: 500 ms), and hands
// each checkpoint to witness, until ctx ends; then it returns nil. It begins
// with the newest checkpoint, which witness may have missed when the node
// ended between the two. Another sequencer at work on the same database is
// let have its way. Any other failure ends it.
func (s *Store) Sequence(ctx context.Context, signer *journal.Signer, interval time.Duration, now func() time.Time, witness func([]byte) error) error {
	if interval <= 0 {
		interval = 500 * time.Millisecond
	}
	last, found, err := one[[]byte](ctx, s.reader(), "SELECT c.note FROM checkpoint c ORDER BY c.size DESC LIMIT 1")
	if err == nil && found {
		err = witness(last)
	}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for err == nil {
		if err = s.sequenceAll(ctx, signer, now, witness); err != nil {
			break
		}
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

// sequenceAll numbers everything that waits by now.
func (s *Store) sequenceAll(ctx context.Context, signer *journal.Signer, now func() time.Time, witness func([]byte) error) error {
	for {
		checkpoint, err := journal.Sequence(ctx, s, signer, batch, now())
		if errors.Is(err, ErrMoved) {
			return nil
		}
		if err != nil || checkpoint == nil {
			return err
		}
		if err := witness(checkpoint); err != nil {
			return fmt.Errorf("witness: %w", err)
		}
	}
}
