package casework

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
)

func TestAPartIsErasedByTheOwnerAndASecondPerson(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "write-note", &WriteNote{Text: "Marker-One", Readers: "own"})
	b.now = b.now.Add(time.Minute)
	b.does("ngo", "write-note", &WriteNote{Text: "Marker-Two", Readers: "own"})
	key := b.c.parts(b.org["ngo"])[0].key
	propose, yes := &ProposePartErasure{Part: key, Reason: "r", Told: true}, &AnswerPartErasure{Erase: Yes}
	b.refused(fault.CodeConflict, "ngo2", "answer-part-erasure", yes) // nothing is proposed
	b.refused(fault.CodeConflict, "shelter", "propose-part-erasure", propose)
	b.refused(fault.CodeInvalid, "ngo", "propose-part-erasure", &ProposePartErasure{Part: "note:0", Reason: "r"})
	b.does("ngo", "propose-part-erasure", propose)
	b.refused(fault.CodeConflict, "ngo", "answer-part-erasure", yes) // the same person
	b.refused(fault.CodeConflict, "shelter", "answer-part-erasure", yes)
	b.does("ngo2", "answer-part-erasure", &AnswerPartErasure{Erase: No})
	if len(b.c.CaseNotes) != 2 || len(b.parted) != 0 || b.c.PartErasure != nil {
		t.Fatal("a refused proposal erases, or stays")
	}
	b.does("ngo", "propose-part-erasure", propose)
	b.does("ngo2", "answer-part-erasure", yes)
	if len(b.c.CaseNotes) != 1 || b.c.CaseNotes[0].Fields.Text != "Marker-Two" || b.c.PartErasure != nil {
		t.Errorf("left: %+v", b.c.CaseNotes)
	}
	at := b.now.Add(-time.Minute)
	if p := b.parted[0]; !p.In("write-note", at, nil) || p.In("write-note", b.now, nil) || p.In("screen", at, nil) {
		t.Error("the journal loses the particulars of other steps, or keeps those of the note")
	}
}

func TestAnErasedRelativeTakesWhatWasPlannedForThemAndTheJournalsWordOfThem(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.c.Family = []FamilyMember{{ID: b.org["lawyer"], At: b.now, Fields: AddFamilyMember{Name: "Marker-Sister"}}}
	b.c.Plan = []Service{{Fields: PlanService{For: b.org["lawyer"]}}, {}}
	b.does("ngo", "propose-part-erasure", &ProposePartErasure{Part: b.c.parts(b.org["ngo"])[0].key, Reason: "r"})
	b.does("ngo2", "answer-part-erasure", &AnswerPartErasure{Erase: Yes})
	if len(b.c.Family) != 0 || len(b.c.Plan) != 1 {
		t.Errorf("left: %+v, %+v", b.c.Family, b.c.Plan)
	}
	if named := []byte(`{"Relative":"` + b.org["lawyer"].String() + `"}`); !b.parted[0].In("any-step", b.now, named) {
		t.Error("a later step that names them keeps its particulars")
	}
}

func TestWhatALawDemandsToKeepIsNotErasedInParts(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "write-note", &WriteNote{Text: "n", Readers: "own"})
	key := b.c.parts(b.org["ngo"])[0].key
	b.does("ngo", "propose-part-erasure", &ProposePartErasure{Part: key, Reason: "r"})
	b.c.Retentions = []Retention{{Until: b.now.AddDate(1, 0, 0)}}
	b.refused(fault.CodeConflict, "ngo2", "answer-part-erasure", &AnswerPartErasure{Erase: Yes})
}

func TestTheOwnNotesOfOthersAreNoPartToErase(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.c.CaseNotes = []CaseNote{{At: b.now, Organisation: b.org["lawyer"], Fields: WriteNote{Text: "Marker-Privileged", Readers: "own"}}}
	for _, p := range b.c.parts(b.org["ngo"]) {
		if strings.Contains(p.label, "Marker") {
			t.Error("the organisation responsible reads another's own note")
		}
	}
}

func TestConfidentialNotesAndQuestionnairesAreErasedAlone(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.c.SealedNotes = []SealedNote{{ID: b.org["police"], At: b.now, Organisation: b.org["lawyer"]}, {ID: b.org["lawyer"], At: b.now, Organisation: b.org["ngo"]}}
	b.c.Forms = []FilledForm{{ID: b.org["shelter"], At: b.now, Title: "Intake", Lines: []Line{{Label: "q", Answer: "Marker-Answer"}}}}
	if n := len(b.c.parts(b.org["ngo"])); n != 2 {
		t.Fatalf("%d parts: another organisation's confidential note is among them, or something is not", n)
	}
	for _, key := range []string{"sealed:" + b.org["lawyer"].String(), "form:" + b.org["shelter"].String()} {
		b.does("ngo", "propose-part-erasure", &ProposePartErasure{Part: key, Reason: "r"})
		b.does("ngo2", "answer-part-erasure", &AnswerPartErasure{Erase: Yes})
		b.now = b.now.Add(time.Minute)
	}
	if len(b.c.SealedNotes) != 1 || b.c.SealedNotes[0].Organisation != b.org["lawyer"] || len(b.c.Forms) != 0 {
		t.Errorf("left: %+v, %+v", b.c.SealedNotes, b.c.Forms)
	}
	at := b.now.Add(-2 * time.Minute)
	if !b.parted[0].In("seal-note", at, nil) || !b.parted[1].In("fill-form", at, nil) {
		t.Error("the journal keeps the answers")
	}
}

func TestTheFocalPointCanBeTheSecondPersonAndLearnsOnlyWhatKindOfThingGoes(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "write-note", &WriteNote{Text: "Marker-Words", Readers: "own"})
	b.does("ngo", "propose-part-erasure", &ProposePartErasure{Part: b.c.parts(b.org["ngo"])[0].key, Reason: "Marker-Words were wrong"})
	answer := &AnswerPartErasure{Erase: Yes}
	told := fmt.Sprint(answer.Proposal(b.c, b.work("focal")))
	if strings.Contains(told, "Marker-Words") || !strings.Contains(told, "Note") {
		t.Errorf("the focal point reads: %s", told)
	}
	if own := fmt.Sprint(answer.Proposal(b.c, b.work("ngo2"))); !strings.Contains(own, "Marker-Words") {
		t.Errorf("the second person of the organisation reads: %s", own)
	}
	focal := b.work("focal")
	if err := answer.Possible(b.c, focal); !fault.Is(err, fault.CodeConflict) {
		t.Errorf("anybody of that house answers: %v", err)
	}
	focal.By.Roles = []access.Role{access.FocalPoint}
	if err := errors.Join(answer.Possible(b.c, focal), answer.Apply(b.c, focal)); err != nil {
		t.Fatal(err)
	}
	if len(b.c.CaseNotes) != 0 {
		t.Error("the note is there still")
	}
}

func TestWordsThatStandElsewhereAreSaidBeforeOneConfirms(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.c.Family = []FamilyMember{{ID: b.org["lawyer"], At: b.now, Fields: AddFamilyMember{Name: "Marker-Sister"}}}
	b.does("ngo", "propose-part-erasure", &ProposePartErasure{Part: b.c.parts(b.org["ngo"])[0].key, Reason: "r"})
	warned := func() bool { return len((&AnswerPartErasure{}).Shows(&View{Case: *b.c}, b.work("ngo2"))) > 0 }
	if warned() {
		t.Error("the part itself is taken for a repeat")
	}
	b.does("ngo", "write-note", &WriteNote{Text: "We wrote to marker-sister today.", Readers: "own"})
	if !warned() {
		t.Error("the name in the note is not found")
	}
	if len(b.c.Family) != 1 {
		t.Error("looking for repeats took the part out")
	}
}
