package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// erasePart takes a file and the entries that tell of the marker out of a record.
func (w *world) erasePart(t *testing.T, id record.ID[file], blob ident.ID) {
	t.Helper()
	must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: access.Look}, func(tx *record.Tx) error {
		if _, err := record.Open(tx, files, id); err != nil {
			return err
		}
		return record.ErasePart(tx, files, id, record.Part{Files: []ident.ID{blob},
			In: func(_ string, _ time.Time, particulars []byte) bool {
				return bytes.Contains(particulars, []byte(marker))
			}})
	}))
}

func TestAPartGoesWithItsFileAndTheJournalsWordsAndTheHistoryIsStillProved(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		id, blob := w.filled(t)
		witnessed := w.sequence(t)
		w.erasePart(t, id, blob)
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

// Who can write to the database cannot pass off something else as an erased part, nor hide that one was erased.
func TestVerifyNamesWhatWasTamperedWithAfterAPartWasErased(t *testing.T) {
	for name, c := range map[string]struct {
		want   string
		tamper []string
	}{
		"the digest of what went": {"altered, or put in another order",
			[]string{"UPDATE entry SET gone = (SELECT o.digest FROM entry o WHERE o.digest IS NOT NULL LIMIT 1) WHERE gone IS NOT NULL"}},
		"what went is not even a digest": {"altered, or put in another order", []string{"UPDATE entry SET gone = NULL WHERE gone IS NOT NULL"}},
		"another entry's words taken too": {"altered, or put in another order",
			[]string{"UPDATE entry SET particulars = NULL, gone = (SELECT o.gone FROM entry o WHERE o.gone IS NOT NULL) WHERE particulars IS NOT NULL"}},
		"the entry that says so": {"no later entry says that a part was erased",
			[]string{"DELETE FROM entry WHERE seq = (SELECT MAX(o.seq) FROM entry o)"}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, db database) {
				w := newWorld(t, db, db.keys)
				id, blob := w.filled(t)
				w.erasePart(t, id, blob)
				witnessed := w.sequence(t)
				if p := w.verify(t, witnessed); len(p) != 0 {
					t.Fatalf("a whole history has problems: %v", p)
				}
				sql(c.tamper...)(t, w, nil)
				for _, p := range w.verify(t, witnessed) {
					if strings.Contains(p.String(), c.want) {
						return
					}
				}
				t.Errorf("want %q, got %v", c.want, w.verify(t, witnessed))
			})
		})
	}
}
