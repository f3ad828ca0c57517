package casework

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
)

// shut is a bench whose case is closed.
func shut(t *testing.T) *bench {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "close", &Close{Reason: "wish", Note: "n", Informed: true})
	return b
}

func TestOnlyAClosedCaseIsErasedByTheOwnerAndASecondPerson(t *testing.T) {
	b := newBench(t, "coe", Adult)
	propose, yes := &ProposeErasure{Ground: "asked", Reason: "r"}, &AnswerErasure{Erase: Yes, Reason: "r"}
	b.refused(fault.CodeConflict, "ngo", "propose-erasure", propose) // open
	b.does("ngo", "close", &Close{Reason: "wish", Note: "n", Informed: true})
	b.refused(fault.CodeConflict, "shelter", "propose-erasure", propose)
	b.refused(fault.CodeConflict, "ngo2", "answer-erasure", yes) // nothing is proposed
	b.does("ngo", "propose-erasure", propose)
	b.refused(fault.CodeConflict, "ngo", "answer-erasure", yes) // the same person
	b.refused(fault.CodeConflict, "shelter", "answer-erasure", yes)
	if b.c.goes() {
		t.Fatal("one person erased it")
	}
	if !slices.ContainsFunc(duties(b.c, b.profile, b.org["focal"]), func(d duty.Duty) bool { return d.Name == erasureDuty }) {
		t.Error("nobody is told of the proposal")
	}
	b.does("ngo2", "answer-erasure", yes)
	if !b.c.goes() {
		t.Error("it is not erased")
	}
}

func TestWhatALawDemandsToKeepIsKeptWithItsProvision(t *testing.T) {
	b := shut(t)
	b.does("ngo", "propose-erasure", &ProposeErasure{Ground: "asked", Reason: "r"})
	b.does("ngo", "keep-by-law", &KeepByLaw{Provision: "Act 1, s. 2", Reason: "r", Until: b.now.AddDate(1, 0, 0).Format(time.DateOnly)})
	b.refused(fault.CodeConflict, "ngo2", "answer-erasure", &AnswerErasure{Erase: Yes, Reason: "r"}) // the proposal fell
	b.refused(fault.CodeConflict, "ngo", "propose-erasure", &ProposeErasure{Ground: "asked", Reason: "r"})
	b.now = b.now.AddDate(1, 0, 1)
	b.does("ngo", "propose-erasure", &ProposeErasure{Ground: "period_over", Reason: "r"})
}

func TestAnErasureWaitsForAComplaintAndDoesNotTellOfIt(t *testing.T) {
	b := shut(t)
	b.does("lawyer", "complain", &Complain{About: "the organisation responsible", What: "w"})
	silent := shut(t)
	for _, x := range []*bench{b, silent} {
		x.does("ngo", "propose-erasure", &ProposeErasure{Ground: "asked", Reason: "r"})
		x.does("ngo2", "answer-erasure", &AnswerErasure{Erase: Yes, Reason: "r"})
	}
	if b.c.goes() {
		t.Fatal("those who may be complained about erased the complaint")
	}
	d := redactedFor(t, b, access.CaseWorker)
	for _, o := range d.Offers() {
		if o.WhyNot != nil && strings.Contains(strings.ToLower(o.WhyNot.Error()), "complaint") && o.Name != "hear-complaint" {
			t.Errorf("%s tells of it: %v", o.Name, o.WhyNot)
		}
	}
	b.does("focal", "hear-complaint", &HearComplaint{Answer: "a"})
	if !b.c.goes() {
		t.Error("it is not erased once the complaint is answered")
	}
}

func redactedFor(t *testing.T, b *bench, role access.Role) View {
	t.Helper()
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	by := b.work("ngo").By
	by.Roles = []access.Role{role}
	d := policy.Decide(by, "case", []access.Role{role}, b.now)
	return NewKind(b.profile, b.org["focal"], b.Of).Redact(b.c, d.Within(released(b.c, by, []access.Role{role}, b.now)))
}

func TestReopeningTakesAProposalToEraseBack(t *testing.T) {
	b := shut(t)
	b.does("lawyer", "complain", &Complain{About: "a", What: "w"})
	b.does("ngo", "propose-erasure", &ProposeErasure{Ground: "asked", Reason: "r"})
	b.does("ngo2", "answer-erasure", &AnswerErasure{Erase: Yes, Reason: "r"})
	b.does("ngo", "reopen", &Reopen{Reason: "the person came back"})
	b.does("focal", "hear-complaint", &HearComplaint{Answer: "a"})
	if b.c.Erasure != nil || b.c.goes() {
		t.Error("an open case is erased")
	}
}

// Whoever gives a case another record of its own erases that too.
func TestEveryRecordThatACaseLeadsToIsErasedWithIt(t *testing.T) {
	erased := map[string]bool{"palermo/casework.Hold": true, "palermo/casework.Case": true, "palermo/casework.Engagement": true}
	seen := map[reflect.Type]bool{}
	var walk func(at reflect.Type, path string)
	walk = func(at reflect.Type, path string) {
		if of, isID := strings.CutPrefix(at.Name(), "ID["); isID && at.PkgPath() == "palermo/record" {
			if of = strings.TrimSuffix(of, "]"); !erased[of] {
				t.Errorf("%s names a record of %s, which eraseAll does not erase", path, of)
			}
			seen[at] = true
			return
		}
		if seen[at] {
			return
		}
		seen[at] = true
		switch at.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			walk(at.Elem(), path)
		case reflect.Struct:
			for i := range at.NumField() {
				walk(at.Field(i).Type, path+"."+at.Field(i).Name)
			}
		}
	}
	walk(reflect.TypeFor[Case](), "Case")
	if !seen[reflect.TypeFor[HoldNotice]().Field(0).Type] {
		t.Error("the hold was not found: this test sees nothing")
	}
}
