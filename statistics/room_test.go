package statistics_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/access"
	"palermo/casework"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/jurisdiction"
	"palermo/record"
	"palermo/record/recordtest"
	"palermo/statistics"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a node with cases and its figures.
type rig struct {
	*statistics.Room
	*testing.T
	ctx    context.Context
	node   *record.Node
	desk   *casework.Desk
	signer *journal.Signer
}

var began = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// organisations knows of none.
type organisations struct{}

func (organisations) Learn(context.Context) error       { return nil }
func (organisations) Of(ident.ID) casework.Organisation { return casework.Organisation{} }
func kindOf(id ident.ID) string                         { return map[byte]string{1: "ngo", 2: "police"}[id[0]] }
func (r *rig) door(roles ...access.Role) *record.Door   { return r.node.For(r.viewer(roles...)) }
func (r *rig) viewer(roles ...access.Role) access.Viewer {
	return access.Viewer{Member: ident.ID{9, byte(len(roles))}, Organisation: ident.ID{1}, Name: "Member", Roles: roles}
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		profile, err := jurisdiction.Load("gb")
		if err != nil {
			t.Fatal(err)
		}
		signer, err := journal.NewSigner("gb.example", n.Vault.Named("checkpoint"))
		if err != nil {
			t.Fatal(err)
		}
		now := began
		n.Now = recordtest.Ticking(&now)
		r := &rig{T: t, ctx: t.Context(), signer: signer, desk: casework.NewDesk(profile, ident.ID{7}, organisations{}), node: n}
		r.Room = statistics.New(r.node, r.desk, signer, kindOf)
		test(r)
	})
}

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// noted is why a case is there.
type noted struct{}

func (noted) Event() string { return "open" }

// cases opens n cases of people who were told of their rights so many hours after the presumption.
func (r *rig) cases(n, hours int, change ...func(*casework.Case)) {
	r.Helper()
	r.must(record.Do(r.ctx, r.door(access.CaseWorker), record.Reason{Action: "create"}, func(tx *record.Tx) error {
		for range n {
			c := &casework.Case{Opened: began, Owner: ident.ID{1}, Jurisdiction: "gb", Person: casework.Person{Name: "Blessing Okoro"}}
			c.Identification.Presumed = began
			c.Briefings = []casework.Briefing{{At: began.Add(time.Duration(hours) * time.Hour)}}
			for _, f := range change {
				f(c)
			}
			c.Note(noted{})
			if _, err := record.Create(tx, r.desk.Kind, c); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (r *rig) figure(measure string) statistics.View {
	r.Helper()
	v, err := r.Latest(r.ctx, r.door(), measure, 2026)
	r.must(err)
	return v
}

func TestAFigureIsCountedThroughTheDoorAndVerifiedByAnybody(t *testing.T) {
	both(t, func(r *rig) {
		r.cases(25, 5)
		r.cases(3, 90)
		r.must(r.Release(r.ctx, r.door(access.Statistician), 2026))
		f := r.figure("told")
		if got := f.Released; got.K != 11 || got.Cells[0].AtLeast != 22 || !got.Cells[1].Hidden || !got.Cells[2].Hidden || got.Total.AtLeast != 22 || *got.Median != 5 {
			t.Errorf("%+v", got)
		}
		if c := r.figure("confined").Released; !c.Total.Hidden || c.Median != nil {
			t.Errorf("nobody was confined, and the figure says %+v", c)
		}
		v, err := note.NewVerifier(r.signer.VerifierKey())
		r.must(err)
		read, err := statistics.Verify(f.Signed, v)
		r.must(err)
		if read.Cells[0] != f.Released.Cells[0] || !read.At.Equal(f.Released.At) {
			t.Errorf("%+v", read)
		}
		if _, err := statistics.Verify(strings.Replace(f.Signed, "22", "99", 1), v); !fault.Is(err, fault.CodeInvalid) {
			t.Error("a figure that was altered is taken")
		}
	})
}

func TestTwoPublicationsNeverDifferByOnePerson(t *testing.T) {
	both(t, func(r *rig) {
		r.cases(21, 5)
		statistician := r.door(access.Statistician)
		r.must(r.Release(r.ctx, statistician, 2026))
		before := r.figure("told")
		r.cases(1, 5) // the 22nd would show
		r.must(r.Release(r.ctx, statistician, 2026))
		if after := r.figure("told"); after.Signed != before.Signed {
			t.Errorf("one more case gives %+v after %+v", after.Released, before.Released)
		}
		r.cases(10, 5)
		r.must(r.Release(r.ctx, statistician, 2026))
		if after := r.figure("told"); after.Released.Cells[0].AtLeast != 22 {
			t.Errorf("eleven more cases give %+v", after.Released)
		}
		if none := r.figure("referred"); none.Released.At != r.figure("confined").Released.At {
			t.Errorf("what did not change was given out anew: %+v", none.Released)
		}
	})
}

func TestNoMemberCountsCasesAndNoFigureNamesAnybody(t *testing.T) {
	both(t, func(r *rig) {
		r.cases(12, 5)
		for _, role := range []access.Role{access.CaseWorker, access.Police, access.Administrator, access.Auditor, access.ImmigrationOfficer} {
			if err := r.Release(r.ctx, r.door(role), 2026); !fault.Is(err, fault.CodeDenied) {
				t.Errorf("%s gives figures out: %v", role, err)
			}
		}
		r.must(r.Release(r.ctx, r.door(access.FocalPoint), 2026))
		for _, role := range append(access.Roles(), access.Counting) {
			for seen, err := range record.Every(r.ctx, r.door(role), r.desk.Kind, record.Query[casework.Case]{Why: record.Reason{Action: access.Look}}) {
				r.must(err)
				if seen.Value().Measured != nil {
					t.Errorf("%s sees what a case adds to figures", role)
				}
			}
		}
		if f := r.figure("told"); strings.Contains(f.Signed, "Blessing") {
			t.Error(f.Signed)
		}
		if err := r.Release(r.ctx, r.door(access.Statistician), 2027); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("a year to come: %v", err)
		}
	})
}

func TestWhatPracticeMeasures(t *testing.T) {
	both(t, func(r *rig) {
		r.cases(11, 30, func(c *casework.Case) {
			c.Nights = []casework.Accommodation{{From: began.AddDate(0, 0, -9), Until: began, Kind: casework.Detention}}
			c.Identification.Recovery = &casework.Recovery{Start: began, End: began.AddDate(0, 0, 45)}
			c.Identification.Referral = &casework.Referral{At: began, Organisation: ident.ID{2}}
			c.Identification.Decisions = []casework.Decision{{Stage: "first", At: began.AddDate(0, 0, 20), Positive: true}}
			c.Happened = []casework.Occurrence{{Event: "referred", At: began}}
			c.Briefings[0].Fields.Items = []casework.Right{"compensation_state"}
		})
		r.cases(40, 30, func(c *casework.Case) { c.Historical = true })
		r.must(r.Release(r.ctx, r.door(access.Statistician), 2026))
		for measure, want := range map[string]struct{ cell, median int }{"told": {1, 30}, "confined": {1, 10}, "recovery": {0, 45},
			"referred": {0, -1}, "decided": {1, 20}, "compensation": {0, -1}} {
			got := r.figure(measure).Released
			if got.Cells[want.cell].AtLeast != 11 || got.Total.AtLeast != 11 {
				t.Errorf("%s: %+v", measure, got)
			}
			if (got.Median != nil) != (want.median >= 0) || got.Median != nil && *got.Median != want.median {
				t.Errorf("%s: median %v, want %d", measure, got.Median, want.median)
			}
		}
	})
}
