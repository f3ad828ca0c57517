package casework

import (
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// part plans a step of a proceeding and gives its id.
func (b *bench) part(s PlanParticipation) ident.ID {
	b.t.Helper()
	s.Asked = true
	b.does("ngo", "plan-participation", &s)
	return b.c.Participation[len(b.c.Participation)-1].ID
}

// Rows 7o, 8d.
func TestAccessNeedsAreCarriedOverToEachStepOfAProceeding(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "plan-access", &PlanAccess{Breaks: true, Mobility: true, Formats: []Format{"support", "sign"}, Support: "SUPPORT", Role: "ROLE"})
	var s PlanParticipation
	s.Before(b.c)
	if !slices.Equal(s.Measures, []Measure{"access", "breaks", "support"}) || s.Support != "SUPPORT" || s.Explained != "ROLE" {
		t.Errorf("%+v", s)
	}
	var none PlanParticipation
	none.Before(newBench(t, "coe", Adult).c)
	if none.Measures != nil || none.Support != "" {
		t.Errorf("carried over from nowhere: %+v", none)
	}
}

func TestMeasuresAreThePersonsToAskFor(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeInvalid, "ngo", "plan-participation", &PlanParticipation{Stage: "hearing", Measures: []Measure{"video"}})
	id := b.part(PlanParticipation{Stage: "hearing", Measures: []Measure{"video"}})
	b.refused(fault.CodeInvalid, "ngo", "ask-measures", &AskMeasures{Part: id, To: "court"})
	b.does("ngo", "ask-measures", &AskMeasures{Part: id, To: "court", Released: true})
	b.refused(fault.CodeConflict, "ngo", "ask-measures", &AskMeasures{Part: id, To: "court", Released: true}) // asked already
}

func TestAChildIsNeverInAProceedingWithoutTheGuardian(t *testing.T) {
	for _, age := range []AgeGroup{Child, AgeUncertain} {
		b := newBench(t, "coe", age)
		for _, stage := range ProceedingStage("").Options() {
			b.refused(fault.CodeInvalid, "ngo", "plan-participation", &PlanParticipation{Stage: ProceedingStage(stage.Value), Measures: []Measure{"video"}, Asked: true})
			b.part(PlanParticipation{Stage: ProceedingStage(stage.Value), Measures: []Measure{"video", "guardian"}})
		}
	}
}

func TestARefusedMeasureHasItsReasonsAndABrokenOneIsSaid(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeConflict, "ngo", "answer-measures", &AnswerMeasures{Reasons: "r"})
	id := b.part(PlanParticipation{Stage: "statement", Measures: []Measure{"video", "breaks"}})
	b.does("ngo", "ask-measures", &AskMeasures{Part: id, To: "police", Released: true})
	b.refused(fault.CodeInvalid, "ngo", "answer-measures", &AnswerMeasures{Part: id, Granted: []Measure{"video"}})
	b.does("ngo", "answer-measures", &AnswerMeasures{Part: id, Granted: []Measure{"video"}, Reasons: "no room"})
	b.refused(fault.CodeInvalid, "ngo", "measures-kept", &KeepMeasures{Part: id, Kept: No})
	b.does("ngo", "measures-kept", &KeepMeasures{Part: id, Kept: No, Failed: "the video"})
	b.refused(fault.CodeConflict, "ngo", "measures-kept", &KeepMeasures{Part: id, Kept: Yes})
	all := b.part(PlanParticipation{Stage: "hearing", Measures: []Measure{"screen"}})
	b.does("ngo", "ask-measures", &AskMeasures{Part: all, To: "court", Released: true})
	b.does("ngo", "answer-measures", &AnswerMeasures{Part: all, Granted: []Measure{"screen", "closed"}})
}

func TestAnAnswerIsAskedForTheDayBeforeAndTheMeasuresAreFollowedUp(t *testing.T) {
	b := newBench(t, "coe", Adult)
	hearing := b.now.Add(48 * time.Hour)
	id := b.part(PlanParticipation{Stage: "hearing", Measures: []Measure{"video"}, When: hearing})
	b.does("ngo", "ask-measures", &AskMeasures{Part: id, To: "court", Released: true})
	if d := dueNow(b, measuresAnswerDuty); len(d) != 1 || !d[0].Due.Equal(hearing.Add(-24*time.Hour)) {
		t.Errorf("%+v", d)
	}
	b.does("ngo", "answer-measures", &AnswerMeasures{Part: id, Granted: []Measure{"video"}})
	if len(dueNow(b, measuresAnswerDuty))+len(dueNow(b, measuresKeptDuty)) != 0 {
		t.Error("due before the hearing")
	}
	b.now = hearing.Add(time.Hour)
	if len(dueNow(b, measuresKeptDuty)) != 1 {
		t.Error("nobody asks whether they were kept")
	}
	b.does("ngo", "measures-kept", &KeepMeasures{Part: id, Kept: Yes})
	if len(dueNow(b, measuresKeptDuty)) != 0 {
		t.Error("still due")
	}
}

func TestAShelterDoesNotLearnOfAProceeding(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.part(PlanParticipation{Stage: "hearing", Measures: []Measure{"video"}})
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for role, want := range map[access.Role]bool{access.ShelterManager: false, access.ServiceProvider: false, access.DecisionMaker: false,
		access.Police: false, access.BreakGlass: false, access.CaseWorker: true, access.Lawyer: true, access.Guardian: true, access.SupportPerson: true} {
		d := policy.Decide(access.Viewer{Roles: []access.Role{role}}, "case", []access.Role{role}, b.now)
		v := redact(b.c, d)
		told := slices.ContainsFunc(v.Timeline, func(m Moment) bool { return m.Step == "plan-participation" })
		if got := len(v.Participation) > 0; got != want || told && !want {
			t.Errorf("%s: plan %v, timeline %v", role, got, told)
		}
	}
}
