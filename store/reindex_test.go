package store_test

import (
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
	"palermo/vault/vaulttest"
)

// A migration may take columns away: until reindex nobody sees a record, and afterwards who did before.
func TestReindexBringsBackWhatAMigrationTook(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, vaulttest.NewMemory())
		unindexed := func() bool {
			t.Helper()
			is, err := db.Unindexed(t.Context())
			must(t, err)
			return is
		}
		if unindexed() {
			t.Error("an empty database asks for reindex")
		}
		id := w.create(t, w.own(1))
		if unindexed() {
			t.Error("a database that is whole asks for reindex")
		}
		for _, table := range []string{"relation", "duty", "duty_step"} { // as 00003_codes.sql does
			_, err := db.Exec(t.Context(), "DELETE FROM "+table)
			must(t, err)
		}
		look := func() error {
			_, err := record.View(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look})
			return err
		}
		if err := look(); !fault.Is(err, fault.CodeNotFound) || !unindexed() {
			t.Errorf("a record without relations is seen, or nobody is told: %v", err)
		}
		must(t, record.Reindex(t.Context(), w.node, files, func(int) {}))
		must(t, look())
		if unindexed() {
			t.Error("reindex left it as it was")
		}
	})
}
