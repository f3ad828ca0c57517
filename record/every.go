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
			page, next, err := list(ctx, d, k, q)
			if err != nil {
				yield(Redacted[R]{}, err)
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
			}
			if next == nil {
				return
			}
			q.Before = *next
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
