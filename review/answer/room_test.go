package answer_test

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
	"palermo/review/answer"
	"palermo/review/questionnaire"
	"palermo/review/questionnaire/drafts"
	"palermo/statistics"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const symbol = "PALERMO/TIP/1"

// rig is a node with its answers, and a statistics room of which the test says what it has.
type rig struct {
	*answer.Room
	*testing.T
	ctx      context.Context
	node     *record.Node
	now      time.Time
	released map[int]bool
}

// Release and Latest stand in for the counting, which has its own tests.
func (r *rig) Release(_ context.Context, _ *record.Door, year int) error {
	r.released[year] = true
	return nil
}

func (r *rig) Latest(_ context.Context, _ *record.Door, measure string, year int) (statistics.View, error) {
	if !r.released[year] {
		return statistics.View{}, fault.NotFound("No figure.")
	}
	return statistics.View{Measure: measure, Released: statistics.Released{Measure: measure, Year: year, K: 11, Cells: []statistics.Count{{AtLeast: 22}}}, Signed: "signed " + measure}, nil
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		r := &rig{T: t, ctx: t.Context(), node: n, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), released: map[int]bool{}}
		n.Now = recordtest.Ticking(&r.now)
		r.Room = answer.New(r)
		test(r)
	})
}

func (r *rig) of(organisation byte, roles ...access.Role) *record.Door {
	return r.node.For(access.Viewer{Member: ident.ID{9, organisation, byte(len(roles))}, Organisation: ident.ID{organisation}, Name: "Member", Roles: roles})
}

func (r *rig) focal() *record.Door { return r.of(1, access.FocalPoint) }

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

func (r *rig) begin() record.ID[answer.Answers] {
	r.Helper()
	id, err := r.Begin(r.ctx, r.focal(), symbol, 2026)
	r.must(err)
	return id
}

func (r *rig) reply(d *record.Door, id record.ID[answer.Answers], key string) answer.Reply {
	r.Helper()
	v, _, err := r.One(r.ctx, d, id)
	r.must(err)
	for _, x := range v.Replies {
		if x.Key == key {
			return x
		}
	}
	r.Fatalf("no reply to %s", key)
	return answer.Reply{}
}

func draft() *answer.Draft {
	return &answer.Draft{Answer: "yes", Explain: "Act of 2015.", Links: "https://laws.example/2015", Nobody: true, Ready: true}
}

func TestAMinistryDraftsItsOwnQuestionsAndNoOther(t *testing.T) {
	both(t, func(r *rig) {
		id, ministry, other := r.begin(), r.of(2, access.DecisionMaker), r.of(3, access.Police)
		r.refused(fault.CodeDenied, r.Do(r.ctx, ministry, id, "TIP-5.1", draft()))
		r.refused(fault.CodeDenied, r.Do(r.ctx, ministry, id, "TIP-5.1", &answer.Share{By: ident.ID{2}}))
		r.must(r.Do(r.ctx, r.focal(), id, "TIP-5.1", &answer.Share{By: ident.ID{2}}))
		r.must(r.Do(r.ctx, ministry, id, "TIP-5.1", draft()))
		r.refused(fault.CodeDenied, r.Do(r.ctx, other, id, "TIP-5.1", draft()))
		r.refused(fault.CodeDenied, r.Do(r.ctx, ministry, id, "TIP-5.2a", draft()))
		r.refused(fault.CodeDenied, r.Do(r.ctx, ministry, id, "TIP-5.1", &answer.Clear{}))
		r.refused(fault.CodeDenied, r.Submit(r.ctx, ministry, id))
		if got := r.reply(ministry, id, "TIP-5.1"); got.Status != answer.Ready || got.Draft.Explain == "" {
			t.Errorf("%+v", got)
		}
		if got := r.reply(other, id, "TIP-5.1"); got.Draft != (answer.Draft{}) || got.Status != answer.Empty || !got.By.IsZero() {
			t.Errorf("another organisation reads the draft: %+v", got)
		}
	})
}

func TestAnAnswerIsClearedOrReturnedAndThenStands(t *testing.T) {
	both(t, func(r *rig) {
		id := r.begin()
		do := func(act answer.Act) error { return r.Do(r.ctx, r.focal(), id, "TIP-5.1", act) }
		r.refused(fault.CodeConflict, do(&answer.Clear{}))
		r.must(do(draft()))
		r.must(do(&answer.Return{Why: "Which article?"}))
		if got := r.reply(r.focal(), id, "TIP-5.1"); got.Status != answer.Back || got.Returned == "" {
			t.Errorf("%+v", got)
		}
		r.refused(fault.CodeConflict, do(&answer.Clear{}))
		r.must(do(draft()))
		r.must(do(&answer.Clear{}))
		r.refused(fault.CodeConflict, do(draft()))
		r.refused(fault.CodeConflict, do(&answer.Share{By: ident.ID{2}}))
		r.refused(fault.CodeNotFound, r.Do(r.ctx, r.focal(), id, "TIP-99", draft()))
	})
}

func TestADraftNamesNobodyAndAttachesNothing(t *testing.T) {
	both(t, func(r *rig) {
		id := r.begin()
		for name, change := range map[string]func(*answer.Draft){
			"no answer":   func(a *answer.Draft) { a.Answer = "" },
			"no words":    func(a *answer.Draft) { a.Explain = " " },
			"an address":  func(a *answer.Draft) { a.Explain = "Ask joy@mail.example" },
			"a telephone": func(a *answer.Draft) { a.Need = "Call +234 802 555 0143" },
			"a file":      func(a *answer.Draft) { a.Links = "annex.pdf" },
			"a script":    func(a *answer.Draft) { a.Links = "javascript:alert(1)" },
			"no tick":     func(a *answer.Draft) { a.Nobody = false },
		} {
			a := draft()
			change(a)
			if err := r.Do(r.ctx, r.focal(), id, "TIP-5.1", a); !fault.Is(err, fault.CodeInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// clearAll answers every question.
func (r *rig) clearAll(id record.ID[answer.Answers], public ...string) {
	r.Helper()
	q, err := drafts.Find(symbol)
	r.must(err)
	for _, x := range q.Questions {
		r.must(r.Do(r.ctx, r.focal(), id, x.Key, draft()))
		is := false
		for _, p := range public {
			is = is || p == x.Key
		}
		r.must(r.Do(r.ctx, r.focal(), id, x.Key, &answer.Clear{Public: is}))
	}
}

func TestWhatIsSubmittedStaysAndIsPublicAsTheStateChooses(t *testing.T) {
	both(t, func(r *rig) {
		id, reader := r.begin(), r.of(5, access.Lawyer)
		r.refused(fault.CodeConflict, r.Submit(r.ctx, r.focal(), id)) // mandatory questions are open
		r.clearAll(id, "TIP-5.1")
		if got := r.reply(reader, id, "TIP-5.1"); got.Draft != (answer.Draft{}) {
			t.Errorf("public before it is submitted: %+v", got)
		}
		r.must(r.Submit(r.ctx, r.focal(), id))
		if got := r.reply(reader, id, "TIP-5.1"); got.Draft.Explain == "" {
			t.Error("what the State made public is not read")
		}
		if got := r.reply(reader, id, "TIP-6.1"); got.Draft != (answer.Draft{}) {
			t.Errorf("what the State did not make public is read: %+v", got)
		}
		for _, act := range []answer.Act{draft(), &answer.Return{Why: "late"}, &answer.Share{}, &answer.Clear{}, &answer.Detach{}} {
			r.refused(fault.CodeConflict, r.Do(r.ctx, r.focal(), id, "TIP-5.1", act))
		}
		r.refused(fault.CodeConflict, r.Attach(r.ctx, r.focal(), id, "TIP-5.1", "told", 2026))
		r.refused(fault.CodeConflict, r.Submit(r.ctx, r.focal(), id))
		r.must(r.Do(r.ctx, r.focal(), id, "TIP-5.1", &answer.Publish{Public: false}))
		if got := r.reply(reader, id, "TIP-5.1"); got.Draft != (answer.Draft{}) {
			t.Error("what the State took back is still read")
		}
	})
}

func TestEarlierAnswersAreCarriedForwardAsDrafts(t *testing.T) {
	both(t, func(r *rig) {
		id := r.begin()
		_, err := r.Begin(r.ctx, r.focal(), symbol, 2026)
		r.refused(fault.CodeConflict, err)
		r.must(r.Attach(r.ctx, r.focal(), id, "TIP-6.2a", "told", 2025))
		r.clearAll(id)
		r.must(r.Submit(r.ctx, r.focal(), id))
		next, err := r.Begin(r.ctx, r.focal(), symbol, 2027)
		r.must(err)
		got := r.reply(r.focal(), next, "TIP-6.2a")
		if got.Status != answer.Drafted || got.Carried != 2026 || got.Draft.Explain != "Act of 2015." || len(got.Evidence) != 0 {
			t.Errorf("%+v", got)
		}
		r.refused(fault.CodeConflict, r.Submit(r.ctx, r.focal(), next)) // what was carried is looked at again
	})
}

func TestEvidenceIsAFigureOfTheNode(t *testing.T) {
	both(t, func(r *rig) {
		id := r.begin()
		attach := func(d *record.Door, measure string) error { return r.Attach(r.ctx, d, id, "TIP-6.2a", measure, 2025) }
		r.refused(fault.CodeInvalid, attach(r.focal(), "invented"))
		r.must(attach(r.focal(), "told")) // counted first, for nobody had
		if !r.released[2025] {
			t.Error("the year was not counted")
		}
		r.refused(fault.CodeConflict, attach(r.focal(), "told"))
		r.refused(fault.CodeDenied, attach(r.of(2, access.DecisionMaker), "recovery"))
		got := r.reply(r.focal(), id, "TIP-6.2a").Evidence
		if len(got) != 1 || got[0].Released.Year != 2025 || got[0].Signed != "signed told" {
			t.Fatalf("%+v", got)
		}
		r.must(r.Do(r.ctx, r.focal(), id, "TIP-6.2a", &answer.Detach{ID: got[0].ID}))
		r.refused(fault.CodeNotFound, r.Do(r.ctx, r.focal(), id, "TIP-6.2a", &answer.Detach{ID: got[0].ID}))
	})
}

func TestOnlyAFrozenQuestionnaireIsAnswered(t *testing.T) {
	both(t, func(r *rig) {
		_, err := r.Begin(r.ctx, r.focal(), "invented", 2026)
		r.refused(fault.CodeNotFound, err)
		_, err = r.Begin(r.ctx, r.focal(), symbol, 2040)
		r.refused(fault.CodeInvalid, err)
		_, err = r.Begin(r.ctx, r.of(2, access.DecisionMaker), symbol, 2026)
		r.refused(fault.CodeDenied, err)
		_, q, err := r.One(r.ctx, r.focal(), r.begin())
		r.must(err)
		if !q.OwnDraft || q.Questions[0].Obligation != questionnaire.Mandatory {
			t.Errorf("%+v", q.Questions[0])
		}
	})
}
