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
// After trouble, which is told, it waits a minute.
func (k *Desk) Run(ctx context.Context, every time.Duration, trouble func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var rest time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if k.node.Now().Before(rest) {
			continue
		}
		if err := k.Round(ctx); err != nil && ctx.Err() == nil {
			trouble(err)
			rest = k.node.Now().Add(time.Minute)
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
	return func(yield func(record.Redacted[R], error) bool) {
		q := record.Query[T]{Why: record.Reason{Action: access.Look, Code: purpose}, States: states, Limit: 200}
		for {
			n := 0
			for r, err := range record.List(ctx, d, kind, q) {
				n, q.Before = n+1, r.Cursor()
				if !yield(r, err) || err != nil {
					return
				}
			}
			if n < q.Limit {
				return
			}
		}
	}
}

func collect[R any](list iter.Seq2[record.Redacted[R], error]) ([]record.Redacted[R], error) {
	var found []record.Redacted[R]
	for r, err := range list {
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}

// unavailable tells trouble that passes from what somebody must look at.
func unavailable(err error) bool { return fault.Is(err, fault.CodeUnavailable) }
