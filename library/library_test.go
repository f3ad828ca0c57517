package library

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/record/recordtest"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a node with a library and people at work.
type rig struct {
	*Shelf
	t    *testing.T
	ctx  context.Context
	now  time.Time
	node *record.Node
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		r := &rig{Shelf: New(), t: t, ctx: t.Context(), node: n, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
		n.Now = recordtest.Ticking(&r.now)
		test(r)
	})
}

// door is a member's: n tells one from another.
func (r *rig) door(n byte, roles ...access.Role) *record.Door {
	return r.node.For(access.Viewer{Member: ident.ID{9, n}, Organisation: ident.ID{8, n}, Name: "Member", Roles: roles})
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) refused(code fault.Code, err error) {
	r.t.Helper()
	if !fault.Is(err, code) {
		r.t.Fatalf("got %v, want %s", err, code)
	}
}

func practice() Facts {
	return Facts{Title: "A clinic on wheels", Done: "A nurse and an interpreter visit the fields on Sundays.", Who: "Porto Aperto", Source: "Our own experience, 2025",
		Theme: "assistance", Serves: "7 (n)", Language: "en", Nobody: true}
}

func (r *rig) sees(d *record.Door, id ID) bool {
	_, err := r.Entry(r.ctx, d, id)
	if err != nil {
		r.refused(fault.CodeNotFound, err)
	}
	return err == nil
}

func TestAProposalIsSeenByItsAuthorAndTheFocalPointUntilItIsPublished(t *testing.T) {
	both(t, func(r *rig) {
		author, focal, other := r.door(1, access.CaseWorker), r.door(2, access.FocalPoint), r.door(3, access.Police)
		id, err := r.Propose(r.ctx, author, practice())
		r.must(err)
		if !r.sees(author, id) || !r.sees(focal, id) || r.sees(other, id) {
			t.Error("a proposal is for its author and the focal point")
		}
		r.refused(fault.CodeDenied, r.Publish(r.ctx, author, id))
		r.refused(fault.CodeConflict, r.Comment(r.ctx, author, id, "First."))
		r.must(r.Publish(r.ctx, focal, id))
		if !r.sees(other, id) {
			t.Error("published, and not seen")
		}
		r.refused(fault.CodeDenied, r.Publish(r.ctx, other, id))
		r.refused(fault.CodeInvalid, r.Withdraw(r.ctx, focal, id, " "))
		r.must(r.Withdraw(r.ctx, focal, id, "It told too much of one person."))
		if r.sees(other, id) || !r.sees(author, id) {
			t.Error("withdrawn: only the author and the focal point see it, with the reason")
		}
		r.must(r.Publish(r.ctx, focal, id))
		if seen, err := r.Entry(r.ctx, other, id); err != nil || seen.Value().Why != "" {
			t.Errorf("published again: %+v %v", seen.Value(), err)
		}
	})
}

func TestNobodyPublishesWhatTheyProposed(t *testing.T) {
	both(t, func(r *rig) {
		focal, second := r.door(1, access.FocalPoint), r.door(2, access.FocalPoint)
		id, err := r.Propose(r.ctx, focal, practice())
		r.must(err)
		r.refused(fault.CodeDenied, r.Publish(r.ctx, focal, id))
		r.must(r.Publish(r.ctx, second, id))
	})
}

func TestACommentIsHiddenByTheFocalPointAlone(t *testing.T) {
	both(t, func(r *rig) {
		focal, rosa, carlo := r.door(1, access.FocalPoint), r.door(2, access.CaseWorker), r.door(3, access.Police)
		id, err := r.Propose(r.ctx, rosa, practice())
		r.must(err)
		r.must(r.Publish(r.ctx, focal, id))
		r.must(r.Comment(r.ctx, carlo, id, "We tried it on Saturdays."))
		r.must(r.Comment(r.ctx, rosa, id, "Sundays were better."))
		seen, err := r.Entry(r.ctx, rosa, id)
		r.must(err)
		comments := seen.Value().Comments
		if len(comments) != 2 || comments[0].By != carlo.Viewer().Member {
			t.Fatalf("%+v", comments)
		}
		r.refused(fault.CodeDenied, r.Hide(r.ctx, rosa, id, comments[0].ID))
		r.must(r.Hide(r.ctx, focal, id, comments[0].ID))
		r.refused(fault.CodeNotFound, r.Hide(r.ctx, focal, id, comments[0].ID))
		for d, want := range map[*record.Door]int{rosa: 1, carlo: 1, focal: 2} {
			if seen, err := r.Entry(r.ctx, d, id); err != nil || len(seen.Value().Comments) != want {
				t.Errorf("%v sees %d, want %d: %v", d.Viewer().Roles, len(seen.Value().Comments), want, err)
			}
		}
	})
}

func TestWhatAPersonCouldBeReachedByIsRefused(t *testing.T) {
	both(t, func(r *rig) {
		d := r.door(1, access.CaseWorker)
		for name, spoil := range map[string]func(*Facts){
			"not ticked": func(f *Facts) { f.Nobody = false }, "telephone": func(f *Facts) { f.Done += " Ask at +39 095 123 4567." },
			"e-mail": func(f *Facts) { f.Who = "amina@example.org" }, "no source": func(f *Facts) { f.Source = " " },
			"no theme": func(f *Facts) { f.Theme = "other" }, "a recommendation that there is not": func(f *Facts) { f.Serves = "9 (z)" },
			"a book": func(f *Facts) { f.Done = strings.Repeat("x", 4001) },
		} {
			f := practice()
			spoil(&f)
			if _, err := r.Propose(r.ctx, d, f); !fault.Is(err, fault.CodeInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		f := practice()
		f.Done += " In 2018 and 2019, 1,200 people came; see CTOC/COP/WG.4/2018/2."
		id, err := r.Propose(r.ctx, d, f)
		r.must(err)
		r.must(r.Publish(r.ctx, r.door(2, access.FocalPoint), id))
		r.refused(fault.CodeInvalid, r.Comment(r.ctx, d, id, "Write to me: rosa@example.org"))
	})
}

func TestWhoHasNoRoleInForceProposesNothing(t *testing.T) {
	both(t, func(r *rig) {
		_, err := r.Propose(r.ctx, r.door(1), practice())
		r.refused(fault.CodeDenied, err)
	})
}

func TestTheLibraryBeginsWithWhatTheReportNames(t *testing.T) {
	both(t, func(r *rig) {
		r.must(r.Stock(r.ctx, r.node))
		r.must(r.Stock(r.ctx, r.node)) // a second time adds nothing
		reader := r.door(1, access.Police)
		all, err := r.Entries(r.ctx, reader, "")
		r.must(err)
		if len(all) != 20 {
			t.Errorf("%d entries", len(all))
		}
		some, err := r.Entries(r.ctx, reader, "evidence")
		r.must(err)
		for _, e := range some {
			if e.Facts.Theme != "evidence" {
				t.Errorf("%s is of %s", e.Code, e.Facts.Theme)
			}
		}
		if len(some) != 2 {
			t.Errorf("%d of one theme", len(some))
		}
	})
}

// What is told of a paragraph stands in that paragraph of the report: its longest words are there.
func TestTheFirstEntriesSayWhatTheReportSays(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "data", "report-2018.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the shared data are not there; put them at %s", path)
	}
	entries, err := first()
	if err != nil {
		t.Fatal(err)
	}
	next := regexp.MustCompile(`(?m)^\d+\. `)
	word := regexp.MustCompile(`\pL{8,}`)
	for _, e := range entries {
		number := strings.TrimPrefix(e.Facts.Source, report+", para. ")
		_, paragraph, found := strings.Cut(string(text), "\n"+number+". ")
		if !found {
			t.Fatalf("%s: the report has no paragraph %q", e.Code, number)
		}
		// A paragraph ends where the next number begins; page breaks inside it do not end it.
		if end := next.FindStringIndex(paragraph); end != nil {
			paragraph = paragraph[:end[0]]
		}
		known, all := 0, 0
		for _, w := range word.FindAllString(e.Facts.Done, -1) {
			all++
			if strings.Contains(strings.ToLower(paragraph), strings.ToLower(w)[:6]) {
				known++
			}
		}
		if all == 0 || known*4 < all*3 {
			t.Errorf("%s: of its %d long words %d stand in paragraph %s", e.Code, all, known, number)
		}
	}
}
