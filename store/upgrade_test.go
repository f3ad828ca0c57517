package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"palermo/access"
	"palermo/e2e/postgrestest"
	"palermo/record"
	"palermo/store"
)

// What a landed version of the tables held, today's program opens, with every
// row and every value, on both databases; and whoever could read a record reads it.
func TestEveryLandedSchemaIsOpenedWithNothingLost(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		kept, _ := w.filled(t)
		w.rewrite(t, kept, "a second text")
		gone := w.create(t, w.own(2))
		w.erase(t, gone)
		w.sequence(t)
		newest, err := store.Newest(t.Context(), "node")
		must(t, err)
		for version := int64(1); version <= newest; version++ {
			t.Run(fmt.Sprint(version), func(t *testing.T) {
				old := w.older(t, version)
				want, err := db.Since(t.Context(), version)
				must(t, err)
				got, err := old.db.Since(t.Context(), version)
				must(t, err)
				if !slices.Equal(got, want) {
					t.Errorf("it holds %v, and held %v", got, want)
				}
				asks, err := old.db.Unindexed(t.Context())
				if err != nil || asks != (version < 3) {
					t.Errorf("it asks for reindex: %t, %v", asks, err)
				}
				if asks {
					must(t, record.Reindex(t.Context(), old.node, files, func(int) {}))
				}
				seen, err := record.View(t.Context(), old.node.For(w.worker), files, kept, record.Reason{Action: access.Look})
				if err != nil || seen.Value().Text != "a second text" || seen.Version() != 3 {
					t.Errorf("%+v, %v", seen.Value(), err)
				}
				found, err := record.Collect(record.List(t.Context(), old.node.For(w.worker), files, record.Query[file]{Words: [][]string{{"word1"}}, Why: record.Reason{Action: access.Look}}))
				if err != nil || len(found) != 1 {
					t.Errorf("%d are found, %v", len(found), err)
				}
			})
		}
	})
}

// The keys too: each wrap opens what it opened.
func TestEveryLandedSchemaOfTheKeysIsOpened(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		w.filled(t)
		w.erase(t, w.create(t, w.own(2)))
		newest, err := store.Newest(t.Context(), "keys")
		must(t, err)
		for version := int64(1); version <= newest; version++ {
			t.Run(fmt.Sprint(version), func(t *testing.T) {
				want, err := db.keys.Since(t.Context(), version)
				must(t, err)
				path := filepath.Join(t.TempDir(), "keys.db")
				must(t, db.keys.Older(t.Context(), version, path))
				keys, err := store.OpenSQLiteKeys(t.Context(), path)
				must(t, err)
				defer func() { must(t, keys.Close()) }()
				if got, err := keys.Since(t.Context(), version); err != nil || !slices.Equal(got, want) {
					t.Errorf("they hold %v, and held %v: %v", got, want, err)
				}
			})
		}
	})
}

// older is the world on a database that a landed version made, opened today, of the same kind.
func (w *world) older(t *testing.T, version int64) *world {
	t.Helper()
	old := *w
	old.node = &record.Node{Vault: w.node.Vault, Policy: w.node.Policy, Random: w.node.Random, Now: w.node.Now}
	var err error
	if w.db.path != "" {
		path := filepath.Join(t.TempDir(), "node.db")
		must(t, w.db.Older(t.Context(), version, path, fileKey))
		old.db.Store, err = store.OpenSQLite(t.Context(), path, fileKey)
	} else {
		dsn := postgrestest.DSN(t)
		must(t, w.db.OlderPostgres(t.Context(), version, dsn))
		old.db.Store, err = store.OpenPostgres(t.Context(), dsn, fileKey)
	}
	must(t, err)
	t.Cleanup(func() { must(t, old.db.Store.Close()) })
	old.node.Store = old.db.Store
	return &old
}
