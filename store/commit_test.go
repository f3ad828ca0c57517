package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/store"
)

func TestEverythingOfABatchComesBack(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		org, member := newID(t), newID(t)
		p := row(t, "first")
		p.Relations = []access.Relation{
			{Party: org, Role: access.CaseWorker},
			{Party: access.Everyone, Role: access.Auditor, Until: begun.Add(time.Hour)},
			{Party: member, Role: access.Lawyer, Until: time.Unix(0, 0).UTC()}, // an end, not the lack of one
		}
		p.Tokens = []record.Token{{1}, {2}, {1}}
		e := entry(t, p.ID, org, p.ID)
		e.Version, e.Digest, e.Particulars = 1, p.Digest, []byte("particulars")
		look := entry(t)
		blob := record.Blob{Record: p.ID, ID: newID(t), Chunks: [][]byte{{1}, {}, {3, 3}}}
		must(t, db.Commit(t.Context(), record.Batch{Now: begun, Puts: []record.Put{p}, Entries: []journal.Entry{e, look}, Blobs: []record.Blob{blob}}))

		got, err := db.Load(t.Context(), "k", p.ID)
		must(t, err)
		if diff := cmp.Diff(p.Row, got); diff != "" {
			t.Errorf("row:\n%s", diff)
		}
		waiting, err := db.Waiting(t.Context(), 10)
		must(t, err)
		if diff := cmp.Diff(byID(e, look), waiting); diff != "" {
			t.Errorf("entries:\n%s", diff)
		}
		chunks, err := db.Blob(t.Context(), p.ID, blob.ID)
		must(t, err)
		if diff := cmp.Diff(blob.Chunks, chunks); diff != "" {
			t.Errorf("attachment:\n%s", diff)
		}
		for name, err := range map[string]error{
			"of another kind": second(db.Load(t.Context(), "other", p.ID)), "unknown": second(db.Load(t.Context(), "k", org)),
			"attachment": second(db.Blob(t.Context(), p.ID, org)),
		} {
			if !errors.Is(err, record.ErrNoRow) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func byID(a, b journal.Entry) []journal.Entry {
	if string(a.ID[:]) > string(b.ID[:]) {
		a, b = b, a
	}
	return []journal.Entry{a, b}
}

func second[T any](_ T, err error) error { return err }

func TestAnOldVersionIsRefusedAndNothingIsHalfDone(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		a, b := row(t, "a"), row(t, "b")
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{a, b}}))
		fresh, old := next(a, "a2"), next(next(b, "b2"), "b3")
		again := b
		for name, bad := range map[string]record.Batch{
			"version ahead":      {Puts: []record.Put{fresh, old}},
			"made twice":         {Puts: []record.Put{fresh, again}},
			"check of another":   {Puts: []record.Put{fresh}, Checks: []record.Check{{Kind: "k", ID: b.ID, Version: 7}}},
			"check of nothing":   {Puts: []record.Put{fresh}, Checks: []record.Check{{Kind: "k", ID: newID(t), Version: 1}}},
			"check of its kind":  {Puts: []record.Put{fresh}, Checks: []record.Check{{Kind: "other", ID: b.ID, Version: 1}}},
			"change of its kind": {Puts: []record.Put{fresh, {Row: record.Row{Kind: "other", ID: b.ID, Version: 2}, Was: 1}}},
		} {
			bad.Entries = []journal.Entry{entry(t, a.ID)}
			bad.Blobs = []record.Blob{{Record: a.ID, ID: a.ID, Chunks: [][]byte{{1}}}}
			if err := db.Commit(t.Context(), bad); !errors.Is(err, record.ErrStale) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !db.holds(t, a) || !db.holds(t, b) {
			t.Error("a refused batch changed a record")
		}
		if waiting, err := db.Waiting(t.Context(), 10); err != nil || len(waiting) != 0 {
			t.Errorf("a refused batch left entries: %v, %v", waiting, err)
		}
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{fresh}, Checks: []record.Check{{Kind: "k", ID: b.ID, Version: 1}}}))
		if !db.holds(t, fresh) {
			t.Error("the right version was not taken")
		}
	})
}

// Batches that come at once share a transaction on SQLite; a bad one among them goes alone.
func TestABadBatchDoesNotTakeOthersWithIt(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		taken := entry(t)
		must(t, db.Commit(t.Context(), record.Batch{Entries: []journal.Entry{taken}}))
		const n = 60
		puts, errs := make([]record.Put, n), make([]error, n)
		var wg sync.WaitGroup
		for i := range n {
			puts[i] = row(t, fmt.Sprint(i))
			b := record.Batch{Puts: []record.Put{puts[i]}, Entries: []journal.Entry{entry(t, puts[i].ID)}}
			switch i % 3 {
			case 1:
				b.Checks = []record.Check{{Kind: "k", ID: newID(t), Version: 1}}
			case 2:
				b.Entries = append(b.Entries, taken) // its id is there already
			}
			wg.Go(func() { errs[i] = db.Commit(t.Context(), b) })
		}
		wg.Wait()
		for i, err := range errs {
			if stale := errors.Is(err, record.ErrStale); stale != (i%3 == 1) || (err == nil) != (i%3 == 0) {
				t.Errorf("batch %d: %v", i, err)
			}
			if db.holds(t, puts[i]) != (i%3 == 0) {
				t.Errorf("batch %d is half done", i)
			}
		}
		waiting, err := db.Waiting(t.Context(), 1000)
		must(t, err)
		if len(waiting) != 1+n/3 {
			t.Errorf("%d entries stand", len(waiting))
		}
	})
}

// Of many who change one version at the same time, one wins.
func TestOneOfManyChangesWins(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		p := row(t, "0")
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		errs := make([]error, 16)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = db.Commit(t.Context(), record.Batch{Puts: []record.Put{next(p, fmt.Sprint(i))}, Entries: []journal.Entry{entry(t, p.ID)}})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, record.ErrStale) {
				t.Error(err)
			}
		}
		if waiting, err := db.Waiting(t.Context(), 100); err != nil || won != 1 || len(waiting) != 1 {
			t.Errorf("%d changes won, %d entries, %v", won, len(waiting), err)
		}
	})
}

func TestAChangeReplacesTheIndex(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		org := newID(t)
		p := row(t, "1")
		p.Relations = []access.Relation{{Party: org, Role: access.Police}, {Party: org, Role: access.Lawyer}}
		p.Tokens = []record.Token{{1}, {2}}
		p.Duties = []duty.Duty{{Name: "a", Steps: []duty.Step{{Party: org, Role: access.Police}}}}
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		p = next(p, "2")
		p.State, p.Sort = "closed", begun.Add(time.Hour)
		p.Relations = []access.Relation{{Party: org, Role: access.Lawyer}}
		p.Tokens, p.Duties = []record.Token{{2}, {3}}, nil
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))

		count := func(want int, f record.Find) {
			t.Helper()
			f.Kind, f.Now = "k", begun
			if n, err := db.Count(t.Context(), f); err != nil || n != want {
				t.Errorf("%d, %v; want %d", n, err, want)
			}
		}
		scope := func(r access.Role) *access.Scope {
			return &access.Scope{Parties: []ident.ID{org}, Roles: []access.Role{r}}
		}
		count(0, record.Find{Scope: scope(access.Police)})
		count(1, record.Find{Scope: scope(access.Lawyer), States: []string{"closed"}})
		count(0, record.Find{Scope: scope(access.Lawyer), States: []string{"open"}})
		count(0, record.Find{Tokens: [][]record.Token{{{1}}}})
		count(1, record.Find{Tokens: [][]record.Token{{{2}}, {{3}}}})
		if items, err := db.Day(t.Context(), *scope(access.Police), begun, 10); err != nil || len(items) != 0 {
			t.Errorf("a duty that was done stands: %v, %v", items, err)
		}
		must(t, db.Commit(t.Context(), record.Batch{Erase: []ident.ID{p.ID}}))
		count(0, record.Find{})
		count(0, record.Find{Scope: scope(access.Lawyer)})
		for _, table := range []string{"record WHERE id", "relation WHERE record", "token WHERE record", "duty WHERE record", "blob WHERE record"} {
			var n int
			must(t, db.Query(t.Context(), []any{&n}, "SELECT count(*) FROM "+table+" = ?1", p.ID[:]))
			if n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
	})
}

func TestWhoeverGaveUpBeforeTheTurnCameChangedNothing(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		p := row(t, "x")
		if err := db.Commit(ctx, record.Batch{Puts: []record.Put{p}}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if db.holds(t, p) {
			t.Error("it was done nevertheless")
		}
	})
}

// Whatever the moment of giving up: an error means undone, no error means done.
func TestGivingUpNeverLeavesDoubt(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		const n = 100
		puts, errs := make([]record.Put, n), make([]error, n)
		var wg sync.WaitGroup
		for i := range n {
			puts[i] = row(t, fmt.Sprint(i))
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*100*time.Microsecond)
				defer cancel()
				errs[i] = db.Commit(ctx, record.Batch{Puts: []record.Put{puts[i]}})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if db.holds(t, puts[i]) != (err == nil) {
				t.Errorf("batch %d: %v, and yet the opposite", i, err)
			}
		}
	})
}

func TestAClosedStoreTakesNothing(t *testing.T) {
	db, err := store.OpenSQLite(t.Context(), t.TempDir()+"/node.db", fileKey)
	must(t, err)
	must(t, db.Close())
	must(t, db.Close())
	if err := db.Commit(t.Context(), record.Batch{}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestAnotherKeyDoesNotOpenTheFile(t *testing.T) {
	path := t.TempDir() + "/node.db"
	db, err := store.OpenSQLite(t.Context(), path, fileKey)
	must(t, err)
	must(t, db.Close())
	if db, err := store.OpenSQLite(t.Context(), path, [32]byte{9}); err == nil {
		_ = db.Close()
		t.Error("it opened")
	}
}
