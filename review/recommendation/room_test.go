package recommendation_test

import (
	"context"
	"testing"
	"time"

	"palermo/access"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/record/recordtest"
	"palermo/review/recommendation"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a node with its follow-up.
type rig struct {
	*recommendation.Room
	*testing.T
	ctx  context.Context
	node *record.Node
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		room, err := recommendation.New()
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		n.Now = recordtest.Ticking(&now)
		test(&rig{Room: room, T: t, ctx: t.Context(), node: n})
	})
}

func (r *rig) door(roles ...access.Role) *record.Door {
	return r.node.For(access.Viewer{Member: ident.ID{9, byte(len(roles))}, Organisation: ident.ID{8}, Name: "Member", Roles: roles})
}

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *rig) refused(code fault.Code, err error) {
	r.Helper()
	if !fault.Is(err, code) {
		r.Fatalf("got %v, want %s", err, code)
	}
}

func measure() recommendation.Measure {
	return recommendation.Measure{What: "Victims are no longer held in the old centre.", Owner: "Ministry of the Interior", Status: "under_way", Nobody: true}
}

func TestThe25RecommendationsOf2018AreFollowedUp(t *testing.T) {
	both(t, func(r *rig) {
		board, err := r.Board(r.ctx, r.door())
		r.must(err)
		if len(board) != 25 || board[0].Number != "7 (a)" || board[16].Number != "7 (q)" || board[17].Number != "8 (a)" || board[24].Number != "8 (h)" {
			t.Fatalf("%d: %+v", len(board), board[0])
		}
		for _, l := range board {
			if l.State() != "" || l.Text == "" {
				t.Errorf("%+v", l)
			}
		}
		r.must(r.Set(r.ctx, r.door(access.FocalPoint), "7 (a)", measure()))
		l, err := r.Line(r.ctx, r.door(), "7 (a)")
		r.must(err)
		if l.State() != "under_way" || l.Needs() || len(l.Measures) != 1 {
			t.Errorf("%+v", l)
		}
		done := l.Measures[0]
		done.Status, done.Evidence, done.Need = "done", "Order of 1 March 2026, art. 2", "Training of inspectors"
		r.must(r.Set(r.ctx, r.door(access.FocalPoint), "7 (a)", done))
		l, err = r.Line(r.ctx, r.door(), "7 (a)")
		r.must(err)
		if l.State() != "done" || !l.Needs() || len(l.Measures) != 1 {
			t.Errorf("%+v", l)
		}
	})
}

func TestOnlyTheFocalPointSaysWhatTheStateDoes(t *testing.T) {
	both(t, func(r *rig) {
		for _, role := range []access.Role{access.CaseWorker, access.Police, access.Administrator, access.Auditor, access.Rapporteur} {
			r.refused(fault.CodeDenied, r.Set(r.ctx, r.door(role), "7 (b)", measure()))
		}
		r.must(r.Set(r.ctx, r.door(access.FocalPoint), "7 (b)", measure()))
		r.refused(fault.CodeDenied, r.Set(r.ctx, r.door(access.CaseWorker), "7 (b)", measure()))
	})
}

func TestAMeasureThatIsDoneShowsEvidenceAndNamesNobody(t *testing.T) {
	both(t, func(r *rig) {
		d := r.door(access.FocalPoint)
		for name, change := range map[string]func(*recommendation.Measure){
			"no evidence": func(m *recommendation.Measure) { m.Status = "done" },
			"no owner":    func(m *recommendation.Measure) { m.Owner = " " },
			"an address":  func(m *recommendation.Measure) { m.Evidence = "Ask joy@mail.example" },
			"no tick":     func(m *recommendation.Measure) { m.Nobody = false },
			"no status":   func(m *recommendation.Measure) { m.Status = "soon" },
			"no date":     func(m *recommendation.Measure) { m.Due = "spring" },
		} {
			m := measure()
			change(&m)
			if err := r.Set(r.ctx, d, "7 (c)", m); !fault.Is(err, fault.CodeInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		r.refused(fault.CodeNotFound, r.Set(r.ctx, d, "9 (a)", measure()))
		stranger := measure()
		stranger.ID = ident.ID{1}
		r.refused(fault.CodeNotFound, r.Set(r.ctx, d, "7 (c)", stranger))
	})
}
