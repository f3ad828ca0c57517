package store_test

import (
	"slices"
	"testing"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/vault/vaulttest"
)

// header is the newest entry about a record.
func (w *world) header(t *testing.T, id ident.ID) (journal.Entry, journal.Header) {
	t.Helper()
	entries, err := w.db.History(t.Context(), id, ident.ID{}, 1)
	must(t, err)
	if len(entries) != 1 {
		t.Fatal("the journal has no word of the record")
	}
	h, err := entries[0].Open(w.node.JournalKey(entries[0].At))
	must(t, err)
	return entries[0], h.Of(slices.Index(entries[0].Subjects, id))
}

func TestAListSaysOfEachRowInWhichStandingItWasSeen(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, vaulttest.NewMemory())
		worked, responded := w.own(1), w.own(2)
		responded.Relations = []access.Relation{{Party: w.org, Role: access.FirstResponder}}
		a, b := ident.ID(w.create(t, worked)), ident.ID(w.create(t, responded))
		for _, err := range record.List(t.Context(), w.node.For(w.worker), files, record.Query[file]{Why: record.Reason{Action: access.Look}, Limit: 9}) {
			must(t, err)
		}
		first, as := w.header(t, a)
		second, other := w.header(t, b)
		if first.ID != second.ID {
			t.Error("a page is more than one entry")
		}
		if !slices.Equal(as.Standing, []string{"case_worker"}) || !slices.Contains(as.Seen, "health") {
			t.Errorf("the one that the worker works on: %v, %v", as.Standing, as.Seen)
		}
		if !slices.Equal(other.Standing, []string{"first_responder"}) || slices.Contains(other.Seen, "health") {
			t.Errorf("the one that the worker responded to: %v, %v", other.Standing, other.Seen)
		}
	})
}

func TestTheListOfTheDayIsInTheJournalBeforeItIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, vaulttest.NewMemory())
		kind := *files
		kind.Duties = func(f *file) []duty.Duty {
			call := func(name string) duty.Duty {
				return duty.Duty{Name: name, Since: f.Sort, Due: f.Sort, Steps: []duty.Step{{Party: w.org, Role: access.FirstResponder, From: f.Sort}}}
			}
			return []duty.Duty{call("a"), call("b")}
		}
		var id record.ID[file]
		must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
			f := w.own(1)
			f.Note(written{"x"})
			id, err = record.Create(tx, &kind, f)
			return err
		}))
		door := w.node.For(w.worker)
		items, err := record.Day(t.Context(), door, 9)
		must(t, err)
		if len(items) != 2 {
			t.Fatalf("due: %v", items)
		}
		entry, h := w.header(t, ident.ID(id))
		if h.Member != w.worker.Member || h.Why != "day" || !slices.Equal(h.Standing, []string{"first_responder"}) {
			t.Errorf("the journal says %+v", h)
		}
		if len(entry.Subjects) != 1 {
			t.Errorf("two duties on one record are %d subjects", len(entry.Subjects))
		}
		seen, err := record.View(t.Context(), door, &kind, id, record.Reason{Action: access.Look})
		must(t, err)
		look, _ := w.header(t, ident.ID(id))
		if items, err = record.DueOn(t.Context(), door, seen, 9); err != nil || len(items) != 2 {
			t.Errorf("due on the record: %v, %v", items, err)
		}
		if again, _ := w.header(t, ident.ID(id)); again.ID != look.ID {
			t.Error("one look is two entries")
		}
		if problems := w.verify(t); len(problems) > 0 {
			t.Error(problems)
		}
	})
}

// A line of a list shows at most what its kind lists, and the journal says no more than that was seen.
func TestALineOfAListShowsOnlyWhatIsListed(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, vaulttest.NewMemory())
		kind := *files
		kind.Listed = access.Of(access.Summary, access.Identity)
		kind.Redact = func(f *file, d access.Decision) fileView {
			if d.Sees(access.Health) {
				return fileView{f.Text}
			}
			return fileView{}
		}
		id := w.create(t, w.own(1))
		for seen, err := range record.List(t.Context(), w.node.For(w.worker), &kind, record.Query[file]{Why: record.Reason{Action: access.Look}, Limit: 9}) {
			must(t, err)
			if seen.Value().Text != "" || seen.Decision().Seen() != kind.Listed {
				t.Errorf("the line shows %q of %v", seen.Value().Text, seen.Decision().Seen())
			}
		}
		if _, h := w.header(t, ident.ID(id)); !slices.Equal(h.Seen, []string{"summary", "identity"}) {
			t.Errorf("the journal says that %v were seen", h.Seen)
		}
		seen, err := record.View(t.Context(), w.node.For(w.worker), &kind, id, record.Reason{Action: access.Look})
		must(t, err)
		if seen.Value().Text == "" {
			t.Error("the record itself shows no more than its line")
		}
	})
}

func TestARecordThatAChangeOnlyOpensIsALook(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, db.keys)
		id, _ := w.filled(t)
		before := db.rows(t, "entry")
		must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: access.Look, Code: "compare"}, func(tx *record.Tx) error {
			_, err := record.Open(tx, files, id)
			return err
		}))
		entries, err := db.History(t.Context(), ident.ID(id), ident.ID{}, 1)
		must(t, err)
		header, err := entries[0].Open(w.node.JournalKey(entries[0].At))
		must(t, err)
		if n := db.rows(t, "entry"); n != before+1 || header.Action != string(access.Look) || header.Member != w.worker.Member || header.Why != "compare" {
			t.Errorf("%d entries more, the last: %+v", n-before, header)
		}
	})
}
