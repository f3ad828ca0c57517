package matching

import (
	"context"
	"errors"
	"iter"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
)

// Run does what is to be done at this node until ctx ends, and looks so often.
// After trouble, which is told, it waits for longer and longer.
func (k *Desk) Run(ctx context.Context, every time.Duration, trouble func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	const least, most = 5 * time.Second, 5 * time.Minute
	wait, until := least, time.Time{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if k.node.Now().Before(until) {
			continue
		}
		err := k.Round(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			trouble(err)
			until, wait = k.node.Now().Add(wait), min(2*wait, most)
		default:
			wait = least
		}
	}
}

// Round destroys shares of keys that have ended, prepares whoever came into the
// register or changed, compares what was asked, and answers what has ended.
// What one part cannot do now does not hold up the others.
func (k *Desk) Round(ctx context.Context) error {
	if k.abroad == nil || k.abroad.Trust().List().Matching == nil {
		return nil
	}
	all, prepared := k.prepare(ctx)
	return errors.Join(k.destroy(ctx), prepared, k.compare(ctx, all), k.end(ctx))
}

// each goes through the records of a kind in some states, for the node itself.
func each[T, R any](ctx context.Context, d *record.Door, kind *record.Kind[T, R], states ...string) iter.Seq2[record.Redacted[R], error] {
	return record.Every(ctx, d, kind, record.Query[T]{Why: record.Reason{Action: access.Look, Code: purpose}, States: states})
}

// unavailable tells trouble that passes from what somebody must look at.
func unavailable(err error) bool { return fault.Is(err, fault.CodeUnavailable) }
