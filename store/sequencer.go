package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"palermo/journal"
)

const sequenced = 1000 // entries under one checkpoint, at most

// Sequence numbers entries until ctx ends, at most every interval, and hands
// each checkpoint to witness. It ends with an error when the journal cannot be kept.
func (s *Store) Sequence(ctx context.Context, signer *journal.Signer, interval time.Duration, now func() time.Time, witness func([]byte) error) error {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		checkpoint, err := journal.Sequence(ctx, s, signer, sequenced, now())
		if err == nil && checkpoint != nil {
			err = witness(checkpoint)
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !errors.Is(err, ErrMoved) {
			return fmt.Errorf("sequencer: %w", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}
