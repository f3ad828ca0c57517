package dialogue_test

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
	"palermo/review/dialogue"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a node with its reviews.
type rig struct {
	*dialogue.Room
	*testing.T
	ctx  context.Context
	node *record.Node
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		n.Now = recordtest.Ticking(&now)
		test(&rig{Room: dialogue.NewRoom(), T: t, ctx: t.Context(), node: n})
	})
}

func (r *rig) of(organisation byte, roles ...access.Role) *record.Door {
	return r.node.For(access.Viewer{Member: ident.ID{9, organisation}, Organisation: ident.ID{organisation}, Name: "Member", Roles: roles})
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

// begun is a review with one reviewer, organisation 2, and the answers there.
func (r *rig) begun() record.ID[dialogue.Review] {
	r.Helper()
	id, err := r.Begin(r.ctx, r.of(1, access.FocalPoint), "IT")
	r.must(err)
	r.must(r.Do(r.ctx, r.of(1, access.FocalPoint), id, &dialogue.NameReviewer{Reviewer: ident.ID{2}}))
	r.refused(fault.CodeConflict, r.Do(r.ctx, r.of(2), id, &dialogue.GiveFeedback{Text: "Early.", Nobody: true}))
	r.must(r.Do(r.ctx, r.of(1, access.FocalPoint), id, &dialogue.Receive{}))
	return id
}

func TestOnlyTheReviewersThatWereDrawnReview(t *testing.T) {
	both(t, func(r *rig) {
		id := r.begun()
		observe := &dialogue.Observe{Kind: "gap", Text: "No fund.", Nobody: true}
		r.refused(fault.CodeDenied, r.Do(r.ctx, r.of(3), id, observe))
		r.refused(fault.CodeDenied, r.Do(r.ctx, r.of(1, access.FocalPoint), id, observe))
		r.refused(fault.CodeDenied, r.Do(r.ctx, r.of(2), id, &dialogue.NameReviewer{Reviewer: ident.ID{3}}))
		r.refused(fault.CodeDenied, r.Do(r.ctx, r.of(2), id, &dialogue.Close{Summary: "Done.", Nobody: true}))
		r.must(r.Do(r.ctx, r.of(2), id, observe))
		for i := range byte(3) {
			r.must(r.Do(r.ctx, r.of(1, access.FocalPoint), id, &dialogue.NameReviewer{Reviewer: ident.ID{5 + i}}))
		}
		r.refused(fault.CodeConflict, r.Do(r.ctx, r.of(1, access.FocalPoint), id, &dialogue.NameReviewer{Reviewer: ident.ID{8}})) // at most four
		_, err := r.Begin(r.ctx, r.of(1, access.FocalPoint), "IT")
		r.refused(fault.CodeConflict, err)
		_, err = r.Begin(r.ctx, r.of(2), "NG")
		r.refused(fault.CodeDenied, err)
	})
}

func TestWhatIsConfidentialStaysSoAndTheRestIsReadOnceClosed(t *testing.T) {
	both(t, func(r *rig) {
		id, lead, reader := r.begun(), r.of(1, access.FocalPoint), r.of(4)
		r.must(r.Do(r.ctx, r.of(2), id, &dialogue.GiveFeedback{Text: "Clear.", Asks: "Which court?", Nobody: true}))
		r.must(r.Do(r.ctx, r.of(2), id, &dialogue.Observe{Kind: "practice", Text: "A card of rights.", Nobody: true}))
		r.must(r.Do(r.ctx, r.of(2), id, &dialogue.Observe{Kind: "gap", Text: "Secret.", Confidential: true, Nobody: true}))
		v, err := r.One(r.ctx, reader, id)
		r.must(err)
		if v.Takes || len(v.Observations)+len(v.Feedback) > 0 {
			t.Errorf("others read an open review: %+v", v)
		}
		r.refused(fault.CodeConflict, r.Do(r.ctx, lead, id, &dialogue.Close{Summary: "Done.", Nobody: true})) // nothing is agreed
		all, err := r.One(r.ctx, lead, id)
		r.must(err)
		for _, o := range all.Observations {
			r.must(r.Do(r.ctx, lead, id, &dialogue.Agree{ID: o.ID}))
		}
		r.refused(fault.CodeNotFound, r.Do(r.ctx, r.of(2), id, &dialogue.Withdraw{ID: all.Observations[0].ID})) // agreed stays
		r.must(r.Do(r.ctx, lead, id, &dialogue.Close{Summary: "Done.", Nobody: true}))
		v, err = r.One(r.ctx, reader, id)
		r.must(err)
		if len(v.Observations) != 1 || v.Observations[0].Fields.Confidential || len(v.Feedback) > 0 || v.Summary != "Done." {
			t.Errorf("%+v", v)
		}
		r.refused(fault.CodeConflict, r.Do(r.ctx, r.of(2), id, &dialogue.Observe{Kind: "gap", Text: "Late.", Nobody: true}))
	})
}

func TestTheDeadlinesOfAReviewAreThoseOfTheMechanism(t *testing.T) {
	began := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	r := dialogue.Review{Began: began}
	if r.AnswersDue() != began.AddDate(0, 6, 0) || !r.FeedbackDue().IsZero() {
		t.Error(r.AnswersDue(), r.FeedbackDue())
	}
	if r.Answered = began.AddDate(0, 1, 0); r.FeedbackDue() != began.AddDate(0, 7, 0) {
		t.Error(r.FeedbackDue())
	}
}

func TestAReviewNamesNobody(t *testing.T) {
	both(t, func(r *rig) {
		id := r.begun()
		for _, act := range []dialogue.Act{&dialogue.Observe{Kind: "gap", Text: "Ask joy@mail.example", Nobody: true}, &dialogue.Observe{Kind: "gap", Text: "No tick."},
			&dialogue.Observe{Kind: "verdict", Text: "Guilty.", Nobody: true}, &dialogue.GiveFeedback{Text: " ", Nobody: true}, &dialogue.GiveFeedback{Text: "Call +234 802 555 0143", Nobody: true}} {
			r.refused(fault.CodeInvalid, r.Do(r.ctx, r.of(2), id, act))
		}
	})
}
