package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/store"
	"palermo/vault"
)

const marker = "MARKERmarkerMARK" // sixteen bytes: also a token and an id

// marked is a batch with the marker wherever a batch has room for one.
func marked() record.Batch {
	id := ident.ID([]byte(marker))
	return record.Batch{
		Puts: []record.Put{{
			Row: record.Row{Kind: marker, ID: id, Version: 1, Sort: begun, Sealed: bytes.Repeat([]byte(marker), 400),
				Relations: []access.Relation{{Party: id, Role: marker}}},
			Digest: [32]byte([]byte(marker + marker)), State: marker, Tokens: []record.Token{record.Token(id)},
			Duties: []duty.Duty{{Name: marker, Steps: []duty.Step{{Party: id, Role: marker}}}},
		}},
		Entries: []journal.Entry{{ID: id, At: begun, Kind: marker, Subjects: []ident.ID{id}, Header: []byte(marker), Particulars: []byte(marker)}},
		Blobs:   []record.Blob{{Record: id, ID: id, Chunks: [][]byte{bytes.Repeat([]byte(marker), 4096)}}},
	}
}

func TestTheFileItsLogAndABackupShowNothing(t *testing.T) {
	db := onSQLite(t)
	must(t, db.Commit(t.Context(), marked()))
	must(t, db.BeginSession(t.Context(), [32]byte([]byte(marker+marker)), ident.ID([]byte(marker)), begun, begun.Add(time.Hour), 9))
	backup := filepath.Join(filepath.Dir(db.path), "backup.db")
	must(t, db.Backup(t.Context(), backup))
	if err := db.Backup(t.Context(), backup); !errors.Is(err, os.ErrExist) {
		t.Errorf("a backup was written over: %v", err)
	}
	must(t, db.Commit(t.Context(), record.Batch{Entries: []journal.Entry{entry(t)}}))
	hidden(t, filepath.Dir(db.path), 3) // while the log is full

	copied, err := store.OpenSQLite(t.Context(), backup, fileKey)
	must(t, err)
	if _, err := copied.Load(t.Context(), marker, ident.ID([]byte(marker))); err != nil {
		t.Errorf("the backup does not have it: %v", err)
	}
	if waiting, err := copied.Waiting(t.Context(), 9); err != nil || len(waiting) != 1 {
		t.Errorf("the backup has %d entries, %v", len(waiting), err)
	}
	must(t, copied.Close())
	must(t, db.Close())
	hidden(t, filepath.Dir(db.path), 2)
	again, err := store.OpenSQLite(t.Context(), db.path, fileKey)
	must(t, err)
	must(t, again.Commit(t.Context(), record.Batch{Entries: []journal.Entry{entry(t)}}))
	hidden(t, filepath.Dir(db.path), 3)
	must(t, again.Close())
}

// hidden looks into every file of the folder, of which there must be some with content.
func hidden(t *testing.T, dir string, least int) {
	t.Helper()
	files, err := os.ReadDir(dir)
	must(t, err)
	filled := 0
	for _, f := range files {
		info, err := f.Info()
		must(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s: %v", f.Name(), info.Mode())
		}
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		if len(content) > 0 {
			filled++
		}
		for _, known := range []string{marker, "SQLite format", "CREATE TABLE"} {
			if f.Name() != "keys.db" && f.Name() != "keys.db-wal" && bytes.Contains(content, []byte(known)) {
				t.Errorf("%s shows %q", f.Name(), known)
			}
		}
		if bytes.Contains(content, []byte(marker)) {
			t.Errorf("%s shows the marker", f.Name())
		}
	}
	if filled < least {
		t.Errorf("only %d files have content", filled)
	}
}

// The looking itself must be able to find something: an open file of keys shows its holders.
func TestDestroyedWrapsLeaveTheFileAndItsLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.db")
	keys, err := store.OpenSQLiteKeys(t.Context(), path)
	must(t, err)
	defer func() { must(t, keys.Close()) }()
	ctx := context.Background()
	shows := func() bool {
		t.Helper()
		found := false
		for _, name := range []string{path, path + "-wal"} {
			content, err := os.ReadFile(name)
			must(t, err)
			found = found || bytes.Contains(content, []byte(marker))
		}
		return found
	}
	for name, destroy := range map[string]func(subject [16]byte) error{
		"shred":   func(s [16]byte) error { return keys.Shred(ctx, s, begun) },
		"drop":    func(s [16]byte) error { return keys.DropWraps(ctx, s, "ngo") },
		"replace": func(s [16]byte) error { return keys.ReplaceWraps(ctx, s, wraps(s, "new")) },
	} {
		subject := [16]byte(newID(t))
		must(t, keys.PutWraps(ctx, wraps(subject, marker)))
		if !shows() {
			t.Fatalf("%s: the wrap cannot be found while it stands: this test proves nothing", name)
		}
		must(t, destroy(subject))
		if shows() {
			t.Errorf("%s: the wrap can still be found", name)
		}
	}
}

func wraps(subject [16]byte, sealed string) []vault.Wrap {
	return []vault.Wrap{{Subject: subject, Holder: "ngo", Epoch: 1, Sealed: []byte(sealed)}}
}

// PostgreSQL encrypts nothing: what stands in its columns is what a thief of the volume reads.
func TestColumnsShowNeitherRolesNorNamesOfDuties(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		org := newID(t)
		p := row(t, "x")
		p.Relations = []access.Relation{{Party: org, Role: access.Guardian}}
		p.Duties = []duty.Duty{{Name: "missing_child", Since: begun, Due: begun, Steps: []duty.Step{{Party: org, Role: access.Guardian, From: begun}}}}
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		for _, column := range []string{"role FROM relation", "role FROM duty_step", "name FROM duty"} {
			var stored []byte
			must(t, db.Query(t.Context(), []any{&stored}, "SELECT "+column))
			if len(stored) < 16 || bytes.Contains(stored, []byte("guard")) || bytes.Contains(stored, []byte("child")) {
				t.Errorf("%s is %q", column, stored)
			}
		}
		scope := access.Scope{Parties: []ident.ID{org}, Roles: []access.Role{access.Guardian}}
		items, err := db.Day(t.Context(), scope, begun, 9)
		if err != nil || len(items) != 1 || items[0].Name != "missing_child" || items[0].Role != access.Guardian {
			t.Errorf("whose duty it is reads %v, %v", items, err)
		}
	})
}
