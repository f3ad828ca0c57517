package record

import (
	"context"
	"iter"
)

// Every goes through all that List finds, page after page; each page is a look of its own in the journal.
func Every[T, R any](ctx context.Context, d *Door, k *Kind[T, R], q Query[T]) iter.Seq2[Redacted[R], error] {
	return func(yield func(Redacted[R], error) bool) {
		q.Limit = 200
		for {
			n := 0
			for r, err := range List(ctx, d, k, q) {
				if !yield(r, err) || err != nil {
					return
				}
				n, q.Before = n+1, r.Cursor()
			}
			if n < q.Limit {
				return
			}
		}
	}
}

// Collect gathers a list; the first error ends it.
func Collect[R any](list iter.Seq2[Redacted[R], error]) ([]Redacted[R], error) {
	var found []Redacted[R]
	for r, err := range list {
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}
