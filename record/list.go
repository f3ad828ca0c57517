package record

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
)

// Query asks for a list.
type Query[T any] struct {
	Why    Reason
	States []string   // any of these; empty for all
	Words  [][]string // of each group of alternatives at least one
	Before Cursor     // the last line of the page before
	Limit  int        // lines on a page, at most 200
	// Score ranks what was found, higher first, below 0 drops it; nil keeps the newest first.
	Score func(*T) float64
}

// List gives a page of what the viewer may see. The page is one entry in the
// journal, with all its rows, committed before the first is yielded.
func List[T, R any](ctx context.Context, d *Door, k *Kind[T, R], q Query[T]) iter.Seq2[Redacted[R], error] {
	return func(yield func(Redacted[R], error) bool) {
		page, _, err := list(ctx, d, k, q)
		if err != nil {
			yield(Redacted[R]{}, err)
			return
		}
		for _, r := range page {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// list is a page, and where the next begins: nil when this was the last.
func list[T, R any](ctx context.Context, d *Door, k *Kind[T, R], q Query[T]) (_ []Redacted[R], next *Cursor, err error) {
	now, f := d.node.Now(), find(d, k, q)
	rows, err := d.node.Store.Find(ctx, f)
	if err != nil {
		return nil, nil, fault.Unavailable(err, "The list cannot be read now. Try again.")
	}
	if n := len(rows); n == f.Limit {
		next = &Cursor{Sort: rows[n-1].Sort, ID: rows[n-1].ID}
	}
	listed := k.Listed
	if listed == 0 {
		listed = access.Everything
	}
	type ranked struct {
		seen  Redacted[R]
		score float64
	}
	var page []ranked
	var ways []journal.Way
	var subjects []ident.ID
	for _, row := range rows {
		s, err := show(ctx, d, k, row, listed, now)
		if fault.Is(err, fault.CodeNotFound) {
			continue // erased, or ended, between the query and now
		}
		if err != nil {
			return nil, nil, err
		}
		score := 0.0
		if q.Score != nil {
			if score = q.Score(s.value); score < 0 {
				continue
			}
		}
		page = append(page, ranked{s.seen, score})
		subjects = append(subjects, row.ID)
		ways = append(ways, way(s.seen.decision))
	}
	if q.Score != nil {
		slices.SortStableFunc(page, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	}
	if len(subjects) > 0 {
		if err := d.look(ctx, k.Name, q.Why, subjects, ways, now); err != nil {
			return nil, nil, err
		}
	}
	out := make([]Redacted[R], len(page))
	for i, p := range page {
		out[i] = p.seen
	}
	return out, next, nil
}

// Count gives how many records a list would have, for one's own worklist; any
// other figure comes from statistics (rule 9).
func Count[T, R any](ctx context.Context, d *Door, k *Kind[T, R], q Query[T]) (int, error) {
	n, err := d.node.Store.Count(ctx, find(d, k, q))
	if err != nil {
		return 0, fault.Unavailable(err, "The list cannot be counted now. Try again.")
	}
	return n, nil
}

// Any reports whether a list would have anything, without counting it.
func Any[T, R any](ctx context.Context, d *Door, k *Kind[T, R], q Query[T]) (bool, error) {
	q.Limit = 1
	rows, err := d.node.Store.Find(ctx, find(d, k, q))
	if err != nil {
		return false, fault.Unavailable(err, "The list cannot be read now. Try again.")
	}
	return len(rows) > 0, nil
}

func find[T, R any](d *Door, k *Kind[T, R], q Query[T]) Find {
	scope := d.viewer.Scope()
	f := Find{Kind: k.Name, Scope: &scope, Now: d.node.Now(), States: q.States, Before: q.Before, Limit: min(max(q.Limit, 1), 200)}
	for _, alternatives := range q.Words {
		f.Tokens = append(f.Tokens, d.node.tokens(k.Name, alternatives))
	}
	return f
}
