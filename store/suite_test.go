package store_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"
	"time"

	"palermo/e2e/postgrestest"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/store"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		out := bufio.NewWriterSize(os.Stdout, 0)
		if err := commitUntilKilled(dir, out); err != nil {
			panic(err)
		}
		return
	}
	postgrestest.Main(m)
}

// database is one of the two that every test runs on.
type database struct {
	*store.Store
	keys *store.Keys
	path string // of the SQLite file
}

var fileKey = [32]byte{1, 2, 3}

// each runs a test on SQLite and on PostgreSQL, each time on an empty database.
func each(t *testing.T, test func(t *testing.T, db database)) {
	t.Run("SQLite", func(t *testing.T) { test(t, onSQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, onPostgres(t)) })
}

func onSQLite(t testing.TB) database {
	t.Helper()
	db := database{path: filepath.Join(t.TempDir(), "node.db")}
	var err error
	db.Store, err = store.OpenSQLite(t.Context(), db.path, fileKey)
	must(t, err)
	db.keys, err = store.OpenSQLiteKeys(t.Context(), filepath.Join(filepath.Dir(db.path), "keys.db"))
	must(t, err)
	t.Cleanup(func() { db.closeBoth(t) })
	return db
}

func onPostgres(t testing.TB) database {
	t.Helper()
	var db database
	dsn := postgrestest.DSN(t)
	var err error
	db.Store, err = store.OpenPostgres(t.Context(), dsn, fileKey)
	must(t, err)
	db.keys, err = store.OpenPostgresKeys(t.Context(), dsn)
	must(t, err)
	t.Cleanup(func() { db.closeBoth(t) })
	return db
}

func (db database) closeBoth(t testing.TB) {
	if err := db.Store.Close(); err != nil {
		t.Error(err)
	}
	if err := db.keys.Close(); err != nil {
		t.Error(err)
	}
}

// begun is the instant of most tests.
var begun = time.Date(2026, 3, 1, 9, 30, 0, 123000, time.UTC)

func newID(t testing.TB) ident.ID {
	t.Helper()
	id, err := ident.New(begun, rand.Reader)
	must(t, err)
	return id
}

// row is a record to put: version 1 of kind "k".
func row(t testing.TB, sealed string) record.Put {
	t.Helper()
	return record.Put{
		Row:    record.Row{Kind: "k", ID: newID(t), Version: 1, Schema: 1, Sealed: []byte(sealed), Sort: begun},
		Digest: sha256.Sum256([]byte(sealed)), State: "open",
	}
}

// next is the version after p.
func next(p record.Put, sealed string) record.Put {
	p.Was, p.Version = p.Version, p.Version+1
	p.Sealed, p.Digest = []byte(sealed), sha256.Sum256([]byte(sealed))
	return p
}

// entry is about records; its seal is none.
func entry(t testing.TB, subjects ...ident.ID) journal.Entry {
	t.Helper()
	return journal.Entry{ID: newID(t), Seq: -1, At: begun, Kind: "k", Subjects: subjects, Header: []byte("header")}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// holds reports whether the record stands with that content.
func (db database) holds(t testing.TB, p record.Put) bool {
	t.Helper()
	got, err := db.Load(t.Context(), p.Kind, p.ID)
	return err == nil && got.Version == p.Version && bytes.Equal(got.Sealed, p.Sealed)
}
