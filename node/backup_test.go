package node_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"palermo/backup"
	"palermo/casework"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
	"palermo/vault"
)

// erase takes a closed case out, as its organisation and a second person do.
func erase(t *testing.T, n *node.Node, id casework.CaseID) {
	t.Helper()
	ana, ben, _ := people()
	must(t, n.Desk.Take(t.Context(), n.Record.For(ana), id, "propose-erasure", &casework.ProposeErasure{Ground: "asked", Reason: "r"}, 0))
	must(t, n.Desk.Take(t.Context(), n.Record.For(ben), id, "answer-erasure", &casework.AnswerErasure{Erase: casework.Yes, Reason: "r"}, 0))
}

// bare is a machine with nothing but the root key.
func bare(t *testing.T, n *node.Node) node.Config {
	t.Helper()
	return node.Config{Data: t.TempDir(), RootFile: n.Config.RootFile, Node: n.Config.Node, Jurisdiction: "coe"}.Filled()
}

// working opens cases until it is told to end, and gives those that were acknowledged before a backup began.
func working(t *testing.T, n *node.Node) (end func() []casework.CaseID, mark func()) {
	t.Helper()
	ana, _, _ := people()
	var opened []casework.CaseID
	var marked, stop atomic.Bool
	var mu sync.Mutex
	first, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; !stop.Load(); i++ {
			id, err := n.Desk.OpenCase(t.Context(), n.Record.For(ana), casework.DescribePerson{Name: written, Age: casework.Adult})
			if err != nil {
				done <- err
				return
			}
			mu.Lock()
			if !marked.Load() {
				opened = append(opened, id)
			}
			mu.Unlock()
			if i == 2 {
				close(first)
			}
		}
		done <- nil
	}()
	<-first
	end = func() []casework.CaseID {
		stop.Store(true)
		must(t, <-done)
		return opened
	}
	return end, func() { mu.Lock(); marked.Store(true); mu.Unlock() }
}

func TestABackupUnderLoadHasAllThatWasAcknowledgedAndWhatIsErasedLaterStaysErased(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ctx := t.Context()
		erased, _ := full(t, n)
		end, mark := working(t, n)
		mark()
		documents, keys, err := n.Backup(ctx, t.TempDir(), time.Now())
		must(t, err)
		acknowledged := end()
		wraps, err := n.Keys.Wraps(ctx, [16]byte(erased))
		must(t, err)
		if len(wraps) == 0 {
			t.Fatal("the case has no key: this test proves nothing")
		}
		erase(t, n, erased)
		must(t, n.SequenceAll(ctx))

		r := node.Restore{Documents: documents, Keys: keys, Witness: n.Config.Data}
		if _, err := r.Restore(ctx, bare(t, n)); !fault.Is(err, fault.CodeConflict) {
			t.Errorf("it goes back in silence: %v", err)
		}
		r.LoseNewer = true
		c := bare(t, n)
		if n.Config.Database != "" {
			c.Database, c.Keys = postgrestest.DSN(t), postgrestest.DSN(t)
		}
		done, err := r.Restore(ctx, c)
		must(t, err)
		if len(done.Problems) > 0 || done.Replayed == 0 || done.Newest <= done.Entries {
			t.Errorf("restored: %+v", done)
		}
		again, err := node.Open(ctx, c)
		must(t, err)
		defer func() { must(t, again.Close()) }()
		for _, id := range acknowledged {
			if _, err := again.Record.Vault.Key(ctx, ident.ID(id), vault.Recovery); err != nil {
				t.Errorf("the key of %s: %v", id, err)
			}
			if _, err := again.Store.Load(ctx, "case", ident.ID(id)); err != nil {
				t.Errorf("acknowledged %s is lost: %v", id, err)
			}
		}
		gone(t, again, ident.ID(erased), wraps)
		if _, err := again.Store.Load(ctx, "case", ident.ID(erased)); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the erased case came back: %v", err)
		}
	})
}

func TestARestoreRefusesWhatIsNotTheNodesBackup(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ctx, dir := t.Context(), t.TempDir()
		full(t, n)
		documents, keys, err := n.Backup(ctx, dir, time.Now())
		must(t, err)
		later, laterKeys, err := n.Backup(ctx, dir, time.Now().Add(time.Hour))
		must(t, err)
		refused := func(name string, r node.Restore, c node.Config) {
			t.Helper()
			r.Unwitnessed = r.Witness == ""
			if _, err := r.Restore(ctx, c); err == nil {
				t.Errorf("%s: restored", name)
			}
			if _, err := os.Stat(filepath.Join(c.Data, "node.db")); err == nil && name != "a node" {
				t.Errorf("%s: it left a database", name)
			}
		}
		refused("keys that are older", node.Restore{Documents: later, Keys: keys}, bare(t, n))
		refused("parts the wrong way", node.Restore{Documents: keys, Keys: documents}, bare(t, n))
		other := bare(t, n)
		other.Node = "another"
		refused("another node", node.Restore{Documents: documents, Keys: keys}, other)
		refused("a node", node.Restore{Documents: documents, Keys: keys}, func() node.Config {
			c := n.Config
			c.Data = t.TempDir()
			must(t, os.WriteFile(filepath.Join(c.Data, "node.db"), nil, 0o600))
			return c
		}())
		must(t, os.WriteFile(filepath.Join(dir, "erasures"), []byte(ident.ID{1}.String()+" 2026-03-01T00:00:00Z "+
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"), 0o600))
		refused("a list of erasures that the node did not sign", node.Restore{Documents: documents, Keys: keys, Witness: dir}, bare(t, n))

		if done, err := (node.Restore{Documents: documents, Keys: laterKeys}).Try(ctx, n.Config); err != nil || len(done.Problems) > 0 {
			t.Errorf("later keys do not open earlier documents: %v, %v", done.Problems, err)
		}
		text, err := os.ReadFile(filepath.Join(documents, "manifest"))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(documents, "manifest"), append([]byte{}, text[1:]...), 0o600))
		refused("a manifest that was altered", node.Restore{Documents: documents, Keys: keys}, bare(t, n))
	})
}

func TestOldBackupsOfTheKeysGo(t *testing.T) {
	c := node.Config{Data: t.TempDir(), Jurisdiction: "coe"}.Filled()
	must(t, node.CreateKeys(c))
	n, err := node.Open(t.Context(), c)
	must(t, err)
	defer func() { must(t, n.Close()) }()
	dir := t.TempDir()
	for i := range 3 {
		_, _, err := n.Backup(t.Context(), dir, time.Now().Add(time.Duration(i)*time.Hour))
		must(t, err)
	}
	must(t, os.Mkdir(filepath.Join(dir, "another-2026.keys"), 0o700))
	dropped, err := n.DropOldKeys(dir, 2)
	must(t, err)
	kept, err := filepath.Glob(filepath.Join(dir, "palermo-*."+backup.Keys))
	must(t, err)
	if documents, err := filepath.Glob(filepath.Join(dir, "*."+backup.Documents)); dropped != 1 || len(kept) != 2 || len(documents) != 3 || err != nil {
		t.Errorf("dropped %d, kept %v and %v", dropped, kept, documents)
	}
	if _, err := os.Stat(filepath.Join(dir, "another-2026.keys")); err != nil {
		t.Error("the keys of another node were removed")
	}
}

func TestAMoveLeavesNoDifference(t *testing.T) {
	ctx := t.Context()
	c := node.Config{Data: t.TempDir(), Jurisdiction: "coe"}.Filled()
	must(t, node.CreateKeys(c))
	n, err := node.Open(ctx, c)
	must(t, err)
	first, _ := full(t, n)
	erase(t, n, first)
	kept, _ := full(t, n)
	c = n.Config
	must(t, n.Close())

	there := c
	there.Data, there.Database, there.Keys = t.TempDir(), postgrestest.DSN(t), postgrestest.DSN(t)
	release, err := c.Lock()
	must(t, err)
	if _, err := node.Move(ctx, c, there); !fault.Is(err, fault.CodeConflict) {
		t.Errorf("a node at work was moved: %v", err)
	}
	must(t, release())
	moved, err := node.Move(ctx, c, there)
	must(t, err)
	if len(moved.Problems) > 0 || moved.Entries == 0 || len(moved.Tables) < 13 {
		t.Errorf("moved: %+v", moved)
	}
	if again, err := node.Move(ctx, c, there); err != nil || again.Entries != moved.Entries {
		t.Errorf("begun again, it does not find that all is there: %v", err)
	}

	back := c
	back.Data = t.TempDir()
	moved, err = node.Move(ctx, there, back)
	must(t, err)
	if len(moved.Problems) > 0 {
		t.Errorf("back: %v", moved.Problems)
	}
	n, err = node.Open(ctx, back)
	must(t, err)
	ana, _, _ := people()
	if _, err := record.View(ctx, n.Record.For(ana), n.Desk.Kind, kept, record.Reason{Action: "look"}); err != nil {
		t.Errorf("the case there and back: %v", err)
	}
	must(t, n.Close())
	if _, err := node.Move(ctx, back, there); !fault.Is(err, fault.CodeConflict) { // it has one look more by now
		t.Errorf("a target with another history was written over: %v", err)
	}
}
