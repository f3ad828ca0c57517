package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/store"
	"palermo/vault"
)

// erase takes a file out through the door.
func (w *world) erase(t *testing.T, id record.ID[file]) {
	t.Helper()
	must(t, w.tryErase(id))
}

func (w *world) tryErase(id record.ID[file]) error {
	return record.Do(context.Background(), w.node.For(w.worker), record.Reason{Action: access.Look}, func(tx *record.Tx) error {
		if _, err := record.Open(tx, files, id); err != nil {
			return err
		}
		return record.Erase(tx, files, id, "asked")
	})
}

// filled is a record with everything that a record can leave behind: words, duties, a file.
func (w *world) filled(t *testing.T) (id record.ID[file], blob ident.ID) {
	t.Helper()
	kind := *files
	kind.Duties = func(f *file) []duty.Duty {
		return []duty.Duty{{Name: "call", Since: f.Sort, Due: f.Sort, Steps: []duty.Step{{Party: w.org, Role: access.CaseWorker, From: f.Sort}}}}
	}
	must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
		f := w.own(1)
		f.Note(written{marker})
		id, err = record.Create(tx, &kind, f)
		return err
	}))
	must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: access.Look}, func(tx *record.Tx) error {
		f, err := record.Open(tx, &kind, id)
		if err != nil {
			return err
		}
		f.Note(written{"a file"})
		blob, err = record.Attach(tx, &kind, id, []byte(marker))
		return err
	}))
	return id, blob
}

func TestNothingIsLeftOfWhatIsErasedButTheJournalsLeaves(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		id, blob := w.filled(t)
		witnessed := w.sequence(t)
		row, err := db.Load(t.Context(), "case", ident.ID(id))
		must(t, err)
		wraps, err := db.keys.Wraps(t.Context(), [16]byte(id))
		must(t, err)
		key, err := w.node.Vault.Key(t.Context(), ident.ID(id), vault.Recovery)
		must(t, err)
		if len(wraps) != 2 || !db.shows(t, wraps[0].Sealed) {
			t.Fatal("the wrap cannot be found while it stands: this test proves nothing")
		}
		if db.path != "" && !bytes.Contains(store.Plain(t, db.path, fileKey), row.Sealed[:64]) {
			t.Fatal("the document cannot be found while it stands: this test proves nothing")
		}

		w.erase(t, id)
		if _, err := db.Load(t.Context(), "case", ident.ID(id)); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the row: %v", err)
		}
		if _, err := db.Blob(t.Context(), ident.ID(id), blob); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the file: %v", err)
		}
		for _, table := range []string{"record", "relation", "token", "duty", "duty_step", "blob"} {
			if n := db.rows(t, table); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
		if _, err := w.node.Vault.Key(t.Context(), ident.ID(id), vault.Recovery); !errors.Is(err, vault.ErrShredded) {
			t.Errorf("the key: %v", err)
		}
		for _, x := range wraps {
			if db.shows(t, x.Sealed) {
				t.Errorf("the wrap of %s is still in the keys or their log", x.Holder)
			}
		}
		if db.path != "" {
			db.forgot(t, key, row)
		}
		if _, err := record.View(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look}); !fault.Is(err, fault.CodeNotFound) {
			t.Errorf("looking at it: %v", err)
		}
		w.sequence(t)
		if p := w.verify(t, witnessed); len(p) != 0 {
			t.Errorf("the history is not whole: %v", p)
		}
	})
}

// shows looks for a wrap: on SQLite in the bytes of the keys and of their log, on PostgreSQL in the rows.
func (db database) shows(t *testing.T, sealed []byte) bool {
	t.Helper()
	if db.path == "" {
		var n int
		must(t, db.Query(t.Context(), []any{&n}, "SELECT COUNT(*) FROM wrap WHERE sealed = ?1", sealed))
		return n > 0
	}
	found := false
	for _, name := range []string{"keys.db", "keys.db-wal"} {
		content, err := os.ReadFile(filepath.Join(filepath.Dir(db.path), name))
		must(t, err)
		found = found || bytes.Contains(content, sealed)
	}
	return found
}

// forgot holds that the file, its log and a backup made now no longer have the
// sealed document: the log is empty, and neither copy gives it to who holds the old key.
func (db database) forgot(t *testing.T, key vault.Key, row record.Row) {
	t.Helper()
	ad := vault.AD{Kind: row.Kind, ID: row.ID, Version: row.Version, Schema: row.Schema}
	if _, err := vault.Unseal(key, ad, row.Sealed); err != nil {
		t.Fatal("the old key does not open the old document: this test proves nothing")
	}
	if info, err := os.Stat(db.path + "-wal"); err != nil || info.Size() != 0 {
		t.Errorf("the log is not empty: %v, %v", info, err)
	}
	path := filepath.Join(filepath.Dir(db.path), "later.db")
	must(t, db.Backup(t.Context(), path))
	for _, name := range []string{db.path, path} {
		if bytes.Contains(store.Plain(t, name, fileKey), row.Sealed[:64]) {
			t.Errorf("%s still has the sealed document", filepath.Base(name))
		}
	}
}

// rows counts a table.
func (db database) rows(t *testing.T, table string) (n int) {
	t.Helper()
	must(t, db.Query(t.Context(), []any{&n}, "SELECT COUNT(*) FROM "+table))
	return n
}

func TestWhatWasErasedStaysErasedAfterACrashOrAnOlderBackup(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		keys := &jammed{Keystore: db.keys, on: true}
		w := newWorld(t, db, keys)
		a, b := w.create(t, w.own(1)), w.create(t, w.own(2))
		w.sequence(t)
		if err := w.tryErase(a); !fault.Is(err, fault.CodeUnavailable) || !strings.Contains(err.Error(), "starts") {
			t.Errorf("a key that was not destroyed is not told: %v", err)
		}
		w.sequence(t)
		if p := w.verify(t); len(p) != 1 || !strings.Contains(p[0].Reason, "its key is not destroyed") {
			t.Errorf("verify says %v", p)
		}
		keys.on = false
		must(t, w.node.Replay(t.Context())) // as at a start
		if p := w.verify(t); len(p) != 0 {
			t.Errorf("after the start: %v", p)
		}
		// Documents of an older day come back, the keys do not.
		must(t, db.keys.Shred(t.Context(), ident.ID(b), begun))
		must(t, w.node.Replay(t.Context()))
		w.sequence(t)
		if _, err := db.Load(t.Context(), "case", ident.ID(b)); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("it came back: %v", err)
		}
		if p := w.verify(t); len(p) != 0 {
			t.Errorf("after the replay: %v", p)
		}
		must(t, w.node.Replay(t.Context()))
		if w.sequence(t) != nil {
			t.Error("a replay that has nothing to do writes into the journal")
		}
	})
}

func TestADestroyedRecordThatNobodyErasedIsAFinding(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		id := w.create(t, w.own(1))
		w.sequence(t)
		must(t, w.node.Vault.Shred(t.Context(), ident.ID(id)))
		if p := w.verify(t); len(p) != 1 || !strings.Contains(p[0].Reason, "rows are still in the database") {
			t.Errorf("key destroyed, rows there: %v", p)
		}
		must(t, db.Commit(t.Context(), record.Batch{Now: w.now, Erase: []ident.ID{ident.ID(id)}}))
		if p := w.verify(t); len(p) != 1 || !strings.Contains(p[0].Reason, "no word of who erased it") {
			t.Errorf("key and rows gone, without an entry: %v", p)
		}
	})
}
