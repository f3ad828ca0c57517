package store_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

func TestAPartGoesWithItsFileAndTheJournalsWordsAndTheHistoryIsStillProved(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		id, blob := w.filled(t)
		witnessed := w.sequence(t)
		must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: access.Look}, func(tx *record.Tx) error {
			if _, err := record.Open(tx, files, id); err != nil {
				return err
			}
			return record.ErasePart(tx, files, id, record.Part{Files: []ident.ID{blob},
				In: func(_ string, _ time.Time, particulars []byte) bool {
					return bytes.Contains(particulars, []byte(marker))
				}})
		}))
		if _, err := db.Blob(t.Context(), ident.ID(id), blob); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the file: %v", err)
		}
		var gone, kept int
		must(t, db.Query(t.Context(), []any{&gone}, "SELECT COUNT(*) FROM entry WHERE gone IS NOT NULL AND particulars IS NULL"))
		must(t, db.Query(t.Context(), []any{&kept}, "SELECT COUNT(*) FROM entry WHERE particulars IS NOT NULL"))
		if gone != 1 || kept == 0 {
			t.Errorf("%d entries lost their particulars, %d have them", gone, kept)
		}
		w.sequence(t)
		if p := w.verify(t, witnessed); len(p) != 0 {
			t.Errorf("the history is not whole: %v", p)
		}
		if _, err := record.View(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look}); err != nil {
			t.Errorf("the record itself: %v", err)
		}
	})
}
