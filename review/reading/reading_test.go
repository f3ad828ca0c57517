package reading_test

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
	"palermo/review/questionnaire"
	"palermo/review/reading"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a secretariat's node with a questionnaire of three questions.
type rig struct {
	*reading.Room
	*testing.T
	ctx  context.Context
	node *record.Node
	id   reading.ID
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		now := time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)
		n.Now = recordtest.Ticking(&now)
		r := &rig{Room: reading.New(), T: t, ctx: t.Context(), node: n}
		r.id = r.begin("a", "b", "c")
		test(r)
	})
}

func (r *rig) begin(keys ...string) reading.ID {
	r.Helper()
	q := questionnaire.Questionnaire{Title: "Questionnaire", Instrument: "TIP", OwnDraft: true}
	for _, key := range keys {
		q.Questions = append(q.Questions, questionnaire.Question{Key: key, Text: "States should inform " + key + ".", Status: questionnaire.Open})
	}
	id, err := r.Begin(r.ctx, r.as(1, access.Secretariat), q, "Eighth session", "NP.1/"+keys[0])
	r.must(err)
	return id
}

// as is somebody of the n-th organisation.
func (r *rig) as(n byte, role access.Role) *record.Door {
	return r.node.For(access.Viewer{Member: ident.ID{9, n, role[0]}, Organisation: ident.ID{8, n}, Name: "Member", Roles: []access.Role{role}})
}

func (r *rig) chair() *record.Door          { return r.as(1, access.Chair) }
func (r *rig) delegate(n byte) *record.Door { return r.as(n, access.Delegate) }

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

func (r *rig) text() reading.Reading {
	r.Helper()
	seen, err := r.Of(r.ctx, r.chair(), r.id)
	r.must(err)
	return seen.Value().Reading
}

func (r *rig) proposal(id reading.ProposalID) reading.Proposal {
	r.Helper()
	seen, err := r.Proposal(r.ctx, r.chair(), id)
	r.must(err)
	return seen.Value().Proposal
}

// propose is the n-th delegation's wish for other words.
func (r *rig) propose(n byte, key, text string) reading.ProposalID {
	r.Helper()
	now := r.text()
	x, err := now.Question(key)
	r.must(err)
	id, err := r.Propose(r.ctx, r.delegate(n), r.id, reading.Delegation{ID: ident.ID{8, n}, Name: "State " + string('A'+rune(n))},
		reading.Draft{Act: questionnaire.Replace, Key: key, Base: x.Text, Text: text})
	r.must(err)
	return id
}

func (r *rig) decide(id reading.ProposalID, x reading.Decision) error {
	r.Helper()
	p := r.proposal(id)
	return r.Decide(r.ctx, r.chair(), id, x, r.text().Turns[p.Shown()])
}

func TestNoWordsEnterTheTextWithoutTheChair(t *testing.T) {
	both(t, func(r *rig) {
		id := r.propose(2, "a", "States shall inform a.")
		for _, role := range []access.Role{access.Delegate, access.Observer, access.Secretariat, access.FocalPoint, access.Administrator} {
			r.refused(fault.CodeDenied, r.Decide(r.ctx, r.as(2, role), id, reading.Decision{Outcome: reading.Agreed}, 0))
			r.refused(fault.CodeDenied, r.Settle(r.ctx, r.as(2, role), r.id, "a", questionnaire.Agreed, 0))
			r.refused(fault.CodeDenied, r.TakeUp(r.ctx, r.as(2, role), r.id, "b"))
		}
		if got := r.text(); got.Text.Questions[0].Text != "States should inform a." || got.Turns["a"] != 0 {
			t.Error(got.Text.Questions[0])
		}
		r.must(r.decide(id, reading.Decision{Outcome: reading.AdReferendum}))
		if x := r.text().Text.Questions[0]; x.Text != "States shall inform a." || x.Status != questionnaire.AdReferendum {
			t.Error(x)
		}
		r.refused(fault.CodeConflict, r.decide(id, reading.Decision{Outcome: reading.NoConsensus}))
	})
}

func TestOfTwoChairsOneIsTold(t *testing.T) {
	both(t, func(r *rig) {
		first, second := r.propose(2, "a", "States shall inform a."), r.propose(3, "a", "States may inform a.")
		r.must(r.Decide(r.ctx, r.chair(), first, reading.Decision{Outcome: reading.Agreed}, 0))
		r.refused(fault.CodeConflict, r.Decide(r.ctx, r.chair(), second, reading.Decision{Outcome: reading.NoConsensus}, 0))
		r.refused(fault.CodeConflict, r.Settle(r.ctx, r.chair(), r.id, "a", questionnaire.NoConsensus, 0))
		if r.proposal(second).Outcome != "" || r.text().Text.Questions[0].Status != questionnaire.Agreed {
			t.Error("the second decided on what had moved on")
		}
	})
}

// A delegation that proposes does not disturb the Chair, who decides on something else.
func TestWhoProposesDoesNotHinderWhoDecides(t *testing.T) {
	both(t, func(r *rig) {
		id := r.propose(2, "a", "States shall inform a.")
		turn := r.text().Turns["a"]
		r.propose(3, "a", "States may inform a.")
		r.must(r.Decide(r.ctx, r.chair(), id, reading.Decision{Outcome: reading.Bracketed}, turn))
		if x := r.text().Text.Questions[0]; x.Text != "States [should] [shall] inform a." || x.Status != questionnaire.Open {
			t.Error(x)
		}
		r.refused(fault.CodeInvalid, r.Settle(r.ctx, r.chair(), r.id, "a", questionnaire.Agreed, turn+1))
	})
}

func TestWordsThatHaveChangedSinceAreNotOverwritten(t *testing.T) {
	both(t, func(r *rig) {
		first, second := r.propose(2, "a", "States shall inform a."), r.propose(3, "a", "States should inform a at once.")
		r.must(r.decide(first, reading.Decision{Outcome: reading.Agreed}))
		r.refused(fault.CodeConflict, r.decide(second, reading.Decision{Outcome: reading.Agreed}))
		r.refused(fault.CodeConflict, r.decide(second, reading.Decision{Outcome: reading.Bracketed}))
		if p := r.proposal(second); p.Text != "States should inform a at once." || p.Outcome != "" {
			t.Error(p)
		}
		r.must(r.decide(second, reading.Decision{Outcome: reading.Agreed, Text: "States shall inform a at once."}))
		if x := r.text().Text.Questions[0]; x.Text != "States shall inform a at once." {
			t.Error(x)
		}
	})
}

func TestNoProposalIsLostWhenItsQuestionGoes(t *testing.T) {
	both(t, func(r *rig) {
		propose := func(act questionnaire.Act) reading.ProposalID {
			id, err := r.Propose(r.ctx, r.delegate(2), r.id, reading.Delegation{ID: ident.ID{8, 2}, Name: "State"},
				reading.Draft{Act: act, Key: "b", Base: "States should inform b.", Text: "Is there another?"})
			r.must(err)
			return id
		}
		gone, added, other := propose(questionnaire.Delete), propose(questionnaire.Insert), r.propose(3, "b", "Words")
		r.must(r.TakeUp(r.ctx, r.chair(), r.id, "b"))
		r.must(r.decide(gone, reading.Decision{Outcome: reading.Agreed}))
		now := r.text()
		if now.Text.Resume != "c" || now.Text.Find("b") >= 0 || len(now.Open["b"]) != 0 {
			t.Error(now)
		}
		if p := r.proposal(other); p.Outcome != reading.Lapsed || p.Text != "Words" {
			t.Error(p)
		}
		r.must(r.decide(added, reading.Decision{Outcome: reading.Agreed}))
		if x := r.text().Text.Questions[1]; x.Text != "Is there another?" || x.Key != r.proposal(added).Key {
			t.Error(x)
		}
	})
}

func TestADelegationSpeaksForItself(t *testing.T) {
	both(t, func(r *rig) {
		draft := reading.Draft{Act: questionnaire.Replace, Key: "a", Base: "States should inform a.", Text: "Words"}
		_, err := r.Propose(r.ctx, r.delegate(2), r.id, reading.Delegation{ID: ident.ID{8, 3}, Name: "Another"}, draft)
		r.refused(fault.CodeDenied, err)
		_, err = r.Propose(r.ctx, r.as(2, access.FocalPoint), r.id, reading.Delegation{ID: ident.ID{8, 2}, Name: "State"}, draft)
		r.refused(fault.CodeDenied, err)
		id, err := r.Propose(r.ctx, r.as(1, access.Secretariat), r.id, reading.Delegation{ID: ident.ID{8, 3}, Name: "State D"}, draft)
		r.must(err)
		r.refused(fault.CodeDenied, r.Withdraw(r.ctx, r.delegate(2), id))
		r.refused(fault.CodeConflict, r.Sponsor(r.ctx, r.delegate(3), id, "State D"))
		r.must(r.Sponsor(r.ctx, r.delegate(2), id, "State C"))
		r.must(r.Withdraw(r.ctx, r.delegate(3), id))
		if p := r.proposal(id); p.By != "State C" || p.Outcome != "" || len(p.Sponsors) != 0 {
			t.Error("what another sponsors goes on", p)
		}
		r.must(r.Withdraw(r.ctx, r.delegate(2), id))
		if p := r.proposal(id); p.Outcome != reading.Withdrawn || len(r.text().Open) != 0 {
			t.Error(p)
		}
	})
}

func TestAnObserversProposalNeedsAState(t *testing.T) {
	both(t, func(r *rig) {
		id, err := r.Propose(r.ctx, r.as(4, access.Observer), r.id, reading.Delegation{ID: ident.ID{8, 4}, Name: "An office"},
			reading.Draft{Act: questionnaire.Replace, Key: "a", Base: "States should inform a.", Text: "Words"})
		r.must(err)
		r.refused(fault.CodeConflict, r.decide(id, reading.Decision{Outcome: reading.Agreed}))
		r.refused(fault.CodeDenied, r.Sponsor(r.ctx, r.as(5, access.Observer), id, "Another office"))
		r.must(r.Sponsor(r.ctx, r.delegate(2), id, "State C"))
		r.must(r.decide(id, reading.Decision{Outcome: reading.Agreed}))
	})
}

func TestAFrozenTextStays(t *testing.T) {
	both(t, func(r *rig) {
		keep := r.as(1, access.Secretariat)
		r.refused(fault.CodeDenied, r.Freeze(r.ctx, r.delegate(2), r.id, reading.Freezing{Symbol: "NP.2"}))
		r.refused(fault.CodeInvalid, r.Freeze(r.ctx, keep, r.id, reading.Freezing{Symbol: "NP.1/a"}))
		r.must(r.Freeze(r.ctx, keep, r.id, reading.Freezing{Symbol: "NP.2"}))
		r.must(r.decide(r.propose(2, "a", "States shall inform a."), reading.Decision{Outcome: reading.Agreed}))
		frozen := r.text().Frozen
		paper, err := r.NonPaper(r.ctx, r.delegate(2), frozen[1].ID)
		r.must(err)
		if v := paper.Value().Version; len(frozen) != 2 || v.Symbol != "NP.2" || v.Status.Hour() != 9 || v.Questions[0].Text != "States should inform a." {
			t.Error(v)
		}
	})
}

func TestAMovedQuestionTakesItsProposalsAlong(t *testing.T) {
	both(t, func(r *rig) {
		other := r.begin("x")
		id := r.propose(2, "b", "States shall inform b.")
		keep := r.as(1, access.Secretariat)
		r.refused(fault.CodeDenied, r.MoveTo(r.ctx, r.delegate(2), r.id, other, "b"))
		r.refused(fault.CodeConflict, r.MoveTo(r.ctx, keep, r.id, other, "a", "b", "c"))
		r.must(r.MoveTo(r.ctx, keep, r.id, other, "b"))
		if now := r.text(); now.Text.Number("c") != "2" || len(now.Open) != 0 {
			t.Error(now.Text)
		}
		r.id = other
		now := r.text()
		if x, err := now.Question("b"); err != nil || x.Origin == nil || x.Origin.Number != "2" || now.Text.Number("b") != "2" {
			t.Error(x, err)
		}
		list, err := r.At(r.ctx, r.delegate(2), other, "b")
		r.must(err)
		if len(list) != 1 || list[0].Value().Proposal.Text != "States shall inform b." {
			t.Error(list)
		}
		r.must(r.decide(id, reading.Decision{Outcome: reading.Agreed}))
	})
}

func TestWhoFollowsIsWokenByEachChange(t *testing.T) {
	both(t, func(r *rig) {
		woken := func(c <-chan struct{}) bool {
			select {
			case <-c:
				return true
			default:
				return false
			}
		}
		c := r.Watch(r.id)
		id := r.propose(2, "a", "Words")
		if !woken(c) {
			t.Error("a proposal wakes nobody")
		}
		c = r.Watch(r.id)
		r.must(r.Sponsor(r.ctx, r.delegate(3), id, "State D"))
		if !woken(c) {
			t.Error("a sponsor wakes nobody")
		}
		c = r.Watch(r.id)
		r.refused(fault.CodeInvalid, r.decide(id, reading.Decision{Outcome: "invented"}))
		if woken(c) {
			t.Error("what did not happen is told")
		}
	})
}
