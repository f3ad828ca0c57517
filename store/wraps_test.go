package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

// holders are the organisations with a wrap.
func (w *world) holders(t *testing.T, id record.ID[file]) []vault.Holder {
	t.Helper()
	list, err := w.node.Vault.Holders(t.Context(), ident.ID(id))
	must(t, err)
	return slices.DeleteFunc(list, func(h vault.Holder) bool { return h == vault.Recovery })
}

// stand makes these organisations, beside the worker's, the ones on the record.
func (w *world) stand(t *testing.T, id record.ID[file], others ...access.Relation) {
	t.Helper()
	must(t, record.Update(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look}, func(f *file) error {
		f.Relations = append([]access.Relation{{Party: w.org, Role: access.CaseWorker}}, others...)
		f.Note(written{"who stands"})
		return nil
	}))
}

func TestWhoLeavesARecordLosesItsKeyAndWhoComesBackGetsIt(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		id := w.create(t, w.own(1))
		ngo := newID(t)
		on := access.Relation{Party: ngo, Role: access.Lawyer}
		w.stand(t, id, on)
		both := []vault.Holder{record.Holder(w.org), record.Holder(ngo)}
		slices.Sort(both)
		if got := w.holders(t, id); !slices.Equal(got, both) {
			t.Fatalf("holders %v", got)
		}
		ended := on
		ended.Until = w.now
		for name, left := range map[string][]access.Relation{"ended": {ended}, "not named any more": nil} {
			w.stand(t, id, left...)
			if got := w.holders(t, id); !slices.Equal(got, []vault.Holder{record.Holder(w.org)}) {
				t.Errorf("%s: holders %v", name, got)
			}
			w.stand(t, id, append(left, on)...)
			lawyer := access.Viewer{Member: newID(t), Organisation: ngo, Roles: []access.Role{access.Lawyer}}
			if _, err := record.View(t.Context(), w.node.For(lawyer), files, id, record.Reason{Action: access.Look}); err != nil {
				t.Errorf("%s, then back: %v", name, err)
			}
			if got := w.holders(t, id); !slices.Equal(got, both) {
				t.Errorf("%s, then back: holders %v", name, got)
			}
		}
	})
}

// jammed is a keystore from which nothing can be taken.
type jammed struct {
	vault.Keystore
	on bool
}

func (j *jammed) DropWraps(ctx context.Context, subject [16]byte, h vault.Holder) error {
	if j.on {
		return errors.New("the keys are read-only")
	}
	return j.Keystore.DropWraps(ctx, subject, h)
}

func (j *jammed) Shred(ctx context.Context, subject [16]byte, at time.Time) error {
	if j.on {
		return errors.New("the keys are read-only")
	}
	return j.Keystore.Shred(ctx, subject, at)
}

func TestAChangeDoesNotHangOnTheKeysAndTheNextOpeningMendsThem(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		keys := &jammed{Keystore: db.keys}
		w := newWorld(t, db, keys)
		id := w.create(t, w.own(1))
		w.stand(t, id, access.Relation{Party: newID(t), Role: access.Lawyer})
		keys.on = true
		w.stand(t, id) // it is saved all the same
		if len(w.holders(t, id)) != 2 {
			t.Fatal("the test does not jam the keys")
		}
		keys.on = false
		_, err := record.View(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look})
		must(t, err)
		// A relation that is not named any more leaves no trace in the row: the next change looks, and so does a reindex.
		must(t, record.Reindex(t.Context(), w.node, files, func(int) {}))
		if got := w.holders(t, id); !slices.Equal(got, []vault.Holder{record.Holder(w.org)}) {
			t.Errorf("holders %v", got)
		}
		// An end that comes by itself is found at the next opening.
		w.stand(t, id, access.Relation{Party: newID(t), Role: access.Lawyer, Until: w.now.Add(time.Hour)})
		w.now = w.now.Add(2 * time.Hour)
		_, err = record.View(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look})
		must(t, err)
		if got := w.holders(t, id); !slices.Equal(got, []vault.Holder{record.Holder(w.org)}) {
			t.Errorf("after the end: holders %v", got)
		}
		// One who stands and lacks the wrap gets it.
		must(t, w.node.Vault.Revoke(t.Context(), ident.ID(id), record.Holder(w.org)))
		_, err = record.View(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look})
		must(t, err)
	})
}

func TestARevocationReachesAnotherProcess(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		now, root := begun, vaulttest.Root(t)
		open := func() *vault.Vault {
			v, err := vault.Open(t.Context(), root, db.keys, vaulttest.Rand(1), vault.WithClock(func() time.Time { return now }))
			must(t, err)
			return v
		}
		one, other := open(), open()
		subject := [16]byte(newID(t))
		_, err := one.Create(t.Context(), subject, []vault.Holder{"ngo"})
		must(t, err)
		_, err = other.Key(t.Context(), subject, "ngo")
		must(t, err)
		must(t, one.Revoke(t.Context(), subject, "ngo"))
		now = now.Add(31 * time.Second)
		if _, err := other.Key(t.Context(), subject, "ngo"); !errors.Is(err, vault.ErrNoWrap) {
			t.Errorf("half a minute later: %v", err)
		}
		_, err = other.Key(t.Context(), subject, vault.Recovery)
		must(t, err)
		must(t, one.Shred(t.Context(), subject))
		now = now.Add(31 * time.Second)
		if _, err := other.Key(t.Context(), subject, vault.Recovery); !errors.Is(err, vault.ErrShredded) {
			t.Errorf("half a minute after the erasure: %v", err)
		}
	})
}
