package store_test

import (
	"context"
	"testing"
	"time"

	"palermo/journal"
	"palermo/record"
)

func TestABacklogIsNumberedAtOnceAndTheNewestCheckpointWitnessedAgain(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		const backlog = 2500
		for range backlog / 100 {
			var entries []journal.Entry
			for range 100 {
				e := entry(t)
				must(t, e.Seal(w.node.Random, w.node.JournalKey(e.At), journal.Header{}))
				entries = append(entries, e)
			}
			must(t, db.Commit(t.Context(), record.Batch{Entries: entries}))
		}
		run := func(until int) [][]byte {
			t.Helper()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var got [][]byte
			must(t, db.Sequence(ctx, w.signer, time.Hour, time.Now, func(c []byte) error {
				if got = append(got, c); len(got) == until {
					cancel()
				}
				return nil
			}, func() {}))
			return got
		}
		witnessed := run(3)
		tree, err := w.signer.Tree(witnessed[2])
		if err != nil || tree.N != backlog {
			t.Errorf("%d of %d numbered, %v", tree.N, backlog, err)
		}
		if again := run(1); string(again[0]) != string(witnessed[2]) {
			t.Error("the newest checkpoint was not handed over at the start")
		}
		if p := w.verify(t, witnessed...); len(p) != 0 {
			t.Errorf("%v", p)
		}
	})
}
