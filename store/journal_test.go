package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/access"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/store"
)

// history is a node with three records, changed and looked at, all numbered.
func history(t *testing.T, db database) (*world, []record.ID[file], [][]byte) {
	t.Helper()
	w := newWorld(t, db, db.keys)
	var ids []record.ID[file]
	for i := range 3 {
		ids = append(ids, w.create(t, w.own(i)))
	}
	witnessed := [][]byte{w.sequence(t)}
	w.rewrite(t, ids[0], "second")
	_, err := record.View(t.Context(), w.node.For(w.worker), files, ids[1], record.Reason{Action: access.Look})
	must(t, err)
	w.rewrite(t, ids[0], "third")
	w.rewrite(t, ids[1], "second")
	witnessed = append(witnessed, w.sequence(t))
	return w, ids, witnessed
}

func TestAWholeHistoryVerifies(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w, ids, witnessed := history(t, db)
		if p := w.verify(t, witnessed...); len(p) != 0 {
			t.Errorf("a whole history has problems: %v", p)
		}
		w.rewrite(t, ids[2], "not numbered yet")
		w.erase(t, ids[1])
		if p := w.verify(t, witnessed...); len(p) != 0 {
			t.Errorf("an erased record is a problem: %v", p)
		}
		if checkpoint := w.sequence(t); checkpoint == nil {
			t.Error("nothing waited")
		}
		if checkpoint := w.sequence(t); checkpoint != nil {
			t.Error("something waits still")
		}
		if p := w.verify(t); len(p) != 0 {
			t.Errorf("%v", p)
		}
		if size, err := db.Size(t.Context()); err != nil || size != 9 {
			t.Errorf("size %d, %v", size, err)
		}
	})
}

// Who can write to the database cannot do it unnoticed.
func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	for _, c := range []struct {
		name   string
		want   string // what the finding says
		tamper func(t *testing.T, w *world, ids []record.ID[file])
	}{
		{"an entry's instant", "entry 3", sql("UPDATE entry SET at = at + 1 WHERE seq = 3")},
		{"an entry's header", "entry 3", sql("UPDATE entry SET header = (SELECT o.header FROM entry o WHERE o.seq = 4) WHERE seq = 3")},
		{"an entry's particulars", "entry 3", sql("UPDATE entry SET particulars = (SELECT o.particulars FROM entry o WHERE o.seq = 5) WHERE seq = 3")},
		{"particulars taken away", "entry 3", sql("UPDATE entry SET particulars = NULL WHERE seq = 3")},
		{"an entry's version", "entry 3", sql("UPDATE entry SET version = 9 WHERE seq = 3")},
		{"an entry's kind", "entry 3", sql("UPDATE entry SET kind = 'member' WHERE seq = 3")},
		{"whom an entry is about", "entry 4", sql("UPDATE entry_subject SET record = (SELECT o.record FROM entry_subject o JOIN entry e ON e.id = o.entry WHERE e.seq = 0) WHERE entry = (SELECT e.id FROM entry e WHERE e.seq = 4)")},
		{"an entry dropped", "entry 3: is missing", sql("DELETE FROM entry WHERE seq = 3")},
		{"the last entry dropped", "entry 6: is missing", sql("DELETE FROM entry WHERE seq = 6")},
		{"a number taken away", "entry 3: is missing", sql("UPDATE entry SET seq = NULL WHERE seq = 3")},
		{"two entries swapped", "entry 4", sql("UPDATE entry SET seq = NULL WHERE seq = 3", "UPDATE entry SET seq = 3 WHERE seq = 4",
			"UPDATE entry SET seq = 4 WHERE seq IS NULL")},
		{"a record rolled back", "is at version", rollBack(true)},
		{"a document rolled back, its version left", "its document is not the one", rollBack(false)},
		{"a record dropped", "is missing from the database", func(t *testing.T, w *world, ids []record.ID[file]) {
			must(t, w.db.Commit(t.Context(), record.Batch{Erase: []ident.ID{ident.ID(ids[0])}}))
		}},
		{"a record put in", "the journal has no word of it", func(t *testing.T, w *world, _ []record.ID[file]) {
			must(t, w.db.Commit(t.Context(), record.Batch{Puts: []record.Put{row(t, "x")}}))
		}},
		{"a stored hash", "entry 3", sql("UPDATE hash SET hash = (SELECT o.hash FROM hash o WHERE o.idx = 0) WHERE idx = 4")},
		{"an inner hash", "entry 3: the tree's hashes above it", sql("UPDATE hash SET hash = (SELECT o.hash FROM hash o WHERE o.idx = 0) WHERE idx = 6")},
		{"a checkpoint altered", "stored checkpoint", sql("UPDATE checkpoint SET note = (SELECT o.hash FROM hash o WHERE o.idx = 0) WHERE size = 7")},
		{"a checkpoint put in place of another", "no signed checkpoint counts them", unwitnessed(sql(
			"UPDATE checkpoint SET note = (SELECT o.note FROM checkpoint o WHERE o.size = 3) WHERE size = 7"))},
		{"an entry with its hashes and its checkpoint dropped", "no signed checkpoint counts them", unwitnessed(func(t *testing.T, w *world, _ []record.ID[file]) {
			sql("UPDATE entry SET particulars = (SELECT o.particulars FROM entry o WHERE o.seq = 5) WHERE seq = 3", "DELETE FROM checkpoint WHERE size = 7")(t, w, nil)
			w.rehash(t)
		})},
		{"an entry with its hashes", "are not those that the checkpoint", func(t *testing.T, w *world, _ []record.ID[file]) {
			sql("UPDATE entry SET particulars = (SELECT o.particulars FROM entry o WHERE o.seq = 5) WHERE seq = 3")(t, w, nil)
			w.rehash(t)
		}},
		{"two entries with their hashes", "are not those that the checkpoint", func(t *testing.T, w *world, _ []record.ID[file]) {
			sql("UPDATE entry SET seq = NULL WHERE seq = 3", "UPDATE entry SET seq = 3 WHERE seq = 4", "UPDATE entry SET seq = 4 WHERE seq IS NULL")(t, w, nil)
			w.rehash(t)
		}},
		{"the end cut off with hashes and checkpoint", "witnessed|a signed checkpoint counts it", sql("DELETE FROM entry WHERE seq >= 3",
			"DELETE FROM checkpoint WHERE size > 3", "DELETE FROM hash WHERE idx >= 4")},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, db database) {
				w, ids, witnessed := history(t, db)
				c.tamper(t, w, ids)
				if w.unwitnessed {
					witnessed = nil
				}
				problems, err := journal.Verify(t.Context(), db.Evidence(db.keys), w.signer, w.node.JournalKey, witnessed, nil)
				if err != nil {
					t.Fatalf("it ended before it could say: %v", err)
				}
				for _, p := range problems {
					for _, want := range strings.Split(c.want, "|") {
						if strings.Contains(p.String(), want) {
							return
						}
					}
				}
				t.Errorf("want %q, got %v", c.want, problems)
			})
		})
	}
}

// unwitnessed leaves the verifier alone with the database.
func unwitnessed(tamper func(*testing.T, *world, []record.ID[file])) func(*testing.T, *world, []record.ID[file]) {
	return func(t *testing.T, w *world, ids []record.ID[file]) {
		t.Helper()
		w.unwitnessed = true
		tamper(t, w, ids)
	}
}

func sql(statements ...string) func(*testing.T, *world, []record.ID[file]) {
	return func(t *testing.T, w *world, _ []record.ID[file]) {
		t.Helper()
		for _, s := range statements {
			if n, err := w.db.Exec(t.Context(), s); err != nil || n == 0 {
				t.Fatalf("%s: %d rows, %v", s, n, err)
			}
		}
	}
}

// rollBack puts an older document back in its place, with the version that it had or with the newest.
func rollBack(version bool) func(*testing.T, *world, []record.ID[file]) {
	return func(t *testing.T, w *world, ids []record.ID[file]) {
		t.Helper()
		id := ident.ID(ids[0])
		old, err := w.db.Load(t.Context(), "case", id)
		must(t, err)
		var digest []byte
		must(t, w.db.Query(t.Context(), []any{&digest}, "SELECT digest FROM record WHERE id = ?1", id[:]))
		w.rewrite(t, ids[0], "fourth")
		w.sequence(t)
		set, args := "sealed = ?2", []any{id[:], old.Sealed}
		if version {
			set, args = "sealed = ?2, digest = ?3, version = ?4", append(args, digest, old.Version)
		}
		_, err = w.db.Exec(t.Context(), "UPDATE record SET "+set+" WHERE id = ?1", args...)
		must(t, err)
	}
}

// rehash makes the stored hashes fit the entries as they are now.
func (w *world) rehash(t *testing.T) {
	t.Helper()
	var hashes []tlog.Hash
	for e, err := range w.db.Evidence(w.db.keys).Entries(t.Context()) {
		must(t, err)
		fresh, err := tlog.StoredHashesForRecordHash(e.Seq, e.Leaf(), tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
			out := make([]tlog.Hash, len(indexes))
			for i, index := range indexes {
				out[i] = hashes[index]
			}
			return out, nil
		}))
		must(t, err)
		hashes = append(hashes, fresh...)
	}
	for i, h := range hashes {
		_, err := w.db.Exec(t.Context(), "UPDATE hash SET hash = ?1 WHERE idx = ?2", h[:], i)
		must(t, err)
	}
}

func TestASecondSequencerIsRefused(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w, _, _ := history(t, db)
		must(t, db.Commit(t.Context(), record.Batch{Entries: []journal.Entry{entry(t)}}))
		waiting, err := db.Waiting(t.Context(), 10)
		must(t, err)
		if err := db.Append(t.Context(), 3, waiting, []tlog.Hash{{}}, []byte("note"), begun); !errors.Is(err, store.ErrMoved) {
			t.Errorf("an old size was taken: %v", err)
		}
		numbered := waiting[0]
		numbered.ID = newID(t)
		if err := db.Append(t.Context(), 7, []journal.Entry{numbered}, []tlog.Hash{{}}, []byte("note"), begun); !errors.Is(err, store.ErrMoved) {
			t.Errorf("an entry that does not wait was numbered: %v", err)
		}
		if size, err := db.Size(t.Context()); err != nil || size != 7 {
			t.Errorf("half an append stands: size %d, %v", size, err)
		}
		if _, err := db.ReadHashes([]int64{tlog.StoredHashIndex(0, 7)}); err == nil {
			t.Error("a hash of a refused append stands")
		}
		w.sequence(t)
		if size, err := db.Size(t.Context()); err != nil || size != 8 {
			t.Errorf("size %d, %v", size, err)
		}
	})
}

func TestTheSequencerNumbersWhileTheNodeWorks(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		ctx, cancel := context.WithCancel(t.Context())
		var witnessed [][]byte
		ended := make(chan error)
		go func() {
			ended <- db.Sequence(ctx, w.signer, 5*time.Millisecond, time.Now, func(c []byte) error {
				witnessed = append(witnessed, c)
				return nil
			}, func() {})
		}()
		for i := range 40 {
			id := w.create(t, w.own(i))
			w.rewrite(t, id, "again")
			if i%10 == 0 { // a node at work can be verified
				if p := w.verify(t); len(p) != 0 {
					t.Errorf("after %d: %v", i, p)
				}
			}
		}
		for {
			waiting, err := db.Waiting(t.Context(), 1)
			must(t, err)
			if len(waiting) == 0 {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		cancel()
		must(t, <-ended)
		if p := w.verify(t, witnessed...); len(p) != 0 || len(witnessed) == 0 {
			t.Errorf("%d checkpoints witnessed, %v", len(witnessed), p)
		}
	})
}

// A checkpoint that cannot be witnessed ends the sequencer: nothing may go on without.
func TestASequencerWithoutWitnessEnds(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		w.create(t, w.own(1))
		full := errors.New("the disk is full")
		err := db.Sequence(t.Context(), w.signer, time.Millisecond, time.Now, func([]byte) error { return full }, func() { t.Error("it was published") })
		if !errors.Is(err, full) {
			t.Errorf("got %v", err)
		}
	})
}
