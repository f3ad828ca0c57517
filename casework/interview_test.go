package casework

import (
	"testing"

	"palermo/fault"
)

// interviewed plans an interview and holds it.
func (b *bench) interviewed(plan PlanInterview, held RecordInterview) {
	b.t.Helper()
	plan.Stop = true
	b.does("ngo", "plan-interview", &plan)
	held.Plan = b.c.InterviewPlans[len(b.c.InterviewPlans)-1].ID
	b.does("ngo", "interview", &held)
}

// Row 7l.
func TestAnInterviewIsPlannedBeforeItIsHeld(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeConflict, "ngo", "interview", &RecordInterview{Kept: true})
	b.refused(fault.CodeInvalid, "ngo", "plan-interview", &PlanInterview{Purpose: "p"}) // the person does not know that they can stop
	b.interviewed(PlanInterview{Purpose: "p"}, RecordInterview{Kept: true})
	b.refused(fault.CodeConflict, "ngo", "interview", &RecordInterview{Plan: b.c.InterviewPlans[0].ID}) // held already
}

// A third telling needs a reason, at the plan and at the interview.
func TestTellingItAgainNeedsAReason(t *testing.T) {
	b := newBench(t, "coe", Adult)
	for range tellings {
		if w := (&PlanInterview{}).Shows(&View{Case: *b.c}, b.work("ngo"))[0].Warn; w != nil {
			t.Errorf("warned after %d tellings", b.c.Told())
		}
		b.interviewed(PlanInterview{Retell: true}, RecordInterview{Retold: true})
	}
	if w := (&PlanInterview{}).Shows(&View{Case: *b.c}, b.work("ngo"))[0].Warn; w == nil {
		t.Error("nobody is warned of a third telling")
	}
	b.refused(fault.CodeInvalid, "ngo", "plan-interview", &PlanInterview{Retell: true, Stop: true})
	b.does("ngo", "plan-interview", &PlanInterview{Stop: true}) // not to be told again, and then it was
	unplanned := b.c.InterviewPlans[len(b.c.InterviewPlans)-1].ID
	b.refused(fault.CodeInvalid, "ngo", "interview", &RecordInterview{Plan: unplanned, Retold: true})
	b.does("ngo", "interview", &RecordInterview{Plan: unplanned, Retold: true, Why: "new names"})
	b.interviewed(PlanInterview{Retell: true, Why: "new names"}, RecordInterview{Retold: true})
	if b.c.Told() != tellings+2 {
		t.Errorf("%d tellings are counted", b.c.Told())
	}
}

func TestThePlanOfAnInterviewShowsWhatIsRecordedAndByWhom(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "screen", &Screen{Reasons: "WORDS"})
	b.does("ngo2", "plan-evidence", &PlanEvidence{Kind: "money", Where: "WORDS"})
	b.does("ngo", "plan-access", &PlanAccess{Breaks: true})
	seen := map[string]bool{}
	for _, e := range (&PlanInterview{}).Shows(&View{Case: *b.c}, b.work("ngo")) {
		seen[e.Title+e.By.String()] = true
		for _, f := range e.Fields {
			if f.Value == "WORDS" {
				t.Error("the plan repeats the account")
			}
		}
	}
	if !seen["Screening"+b.member["ngo"].String()] || !seen["Evidence other than testimony"+b.member["ngo2"].String()] ||
		!seen["Access needs"+b.member["ngo"].String()] {
		t.Errorf("%v", seen)
	}
}
