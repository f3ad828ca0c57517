package cooperation_test

import (
	"context"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/record"
)

func TestAProcedureThatCameIsHandedToAnotherOrganisationHere(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ng := w.places["ng"]
		p := w.returning(casework.Adult)
		there := w.first("ng")
		hand := func(org string) error {
			return ng.desk.Take(context.Background(), ng.focal(), there, "hand-over", &cooperation.HandOver{To: ng.org[org], Who: "A house for women"})
		}
		refused(t, hand("at it"), fault.CodeInvalid) // of another node
		refused(t, hand("focal"), fault.CodeInvalid) // has it already
		must(t, hand("ngo"))
		w.rounds()

		over := w.seen("ng", ng.focal(), there)
		if over.State != "asked" || len(over.Offers) > 0 || over.Acts[0].Fields != nil || over.Acts[1].Fields != nil {
			t.Errorf("who handed it over sees more than that it moves: %+v", over)
		}
		refused(t, ng.desk.Take(context.Background(), ng.focal(), there, "decline", &cooperation.Decline{}), fault.CodeDenied)
		way, err := ng.desk.Way(context.Background(), ng.focal(), there)
		must(t, err)
		if len(way) > 0 {
			t.Errorf("%d messages are still open to who handed it over", len(way))
		}
		theirs := w.seen("it", w.places["it"].ngo(), p)
		if told := theirs.Acts[len(theirs.Acts)-1]; told.Name != "hand-over" || told.Fields.Get("who") != "A house for women" || told.Fields.Get("to") != "" {
			t.Errorf("the asking side learns %v", told.Fields)
		}
		w.act("ng", ng.ngo(), there, "assess-there", assessed)
		w.rounds()
		if here := w.seen("it", w.places["it"].ngo(), p); here.State != "assessed" || here.Disagrees() {
			t.Errorf("after the organisation answered it stands at %q", here.State)
		}
	})
}

var assessed = &cooperation.AssessThere{Risk: "low", Grounds: "words", Reception: "words", Help: "words"}

// returning begins a return to Nigeria that the person chose.
func (w *world) returning(age casework.AgeGroup) cooperation.ProcedureID {
	w.t.Helper()
	it := w.places["it"]
	id := w.person(age)
	w.on(id, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "words", Measures: "words", Again: "2027-01-01"})
	w.on(id, "choose", &casework.ChooseStayOrReturn{Choice: "return", Free: true, Assessed: true, Lawyer: true})
	w.allow(id, "at ng", "return", "identity")
	p, err := it.desk.Begin(context.Background(), it.ngo(), cooperation.Start{Type: "return", Recipient: it.org["at ng"], Case: id},
		&cooperation.AskReturn{Channel: "focal_points", Age: age, Region: "Edo State", Needs: []casework.Need{"work"}, Languages: "Edo"})
	must(w.t, err)
	w.rounds()
	return p
}

// Rule 2: the person named the focal point, and nobody behind it.
func TestWhatMayNotBePassedOnComesBackToWhoHandedItOver(t *testing.T) {
	for _, passOn := range []bool{false, true} {
		w := newWorld(t, sqlite)
		ng := w.places["ng"]
		p := w.returning(casework.Adult)
		there := w.first("ng")
		w.act("ng", ng.focal(), there, "hand-over", &cooperation.HandOver{To: ng.org["ngo"], Who: "A house"})
		w.act("ng", ng.ngo(), there, "assess-there", assessed)
		w.rounds()
		w.act("it", w.places["it"].ngo(), p, "confirm", &cooperation.ConfirmReturn{Heard: true, Wants: true, Service: "The house", PassOn: passOn})
		w.rounds()
		_, err := record.View(context.Background(), ng.ngo(), ng.desk.Procedures, there, record.Reason{Action: access.Look})
		if !passOn {
			refused(t, err, fault.CodeNotFound)
			if over := w.seen("ng", ng.focal(), there); !holdsAnything(over) || over.Office != ng.org["focal"] {
				t.Errorf("it did not come back: %+v", over)
			}
			refused(t, ng.desk.Take(context.Background(), ng.focal(), there, "hand-over", &cooperation.HandOver{To: ng.org["ngo"], Who: "A house"}), fault.CodeConflict)
			continue
		}
		must(t, err)
		if !holdsAnything(w.seen("ng", ng.ngo(), there)) || holdsAnything(w.seen("ng", ng.focal(), there)) {
			t.Error("with the person's word it goes to the organisation, and to it alone")
		}
	}
}

// What is not done in time comes up to whoever handed it over.
func TestWhoHandedOverIsToldWhenNothingMoves(t *testing.T) {
	w := newWorld(t, sqlite)
	ng := w.places["ng"]
	w.returning(casework.Adult)
	w.act("ng", ng.focal(), w.first("ng"), "hand-over", &cooperation.HandOver{To: ng.org["ngo"], Who: "A house"})
	told := func() bool {
		items, err := record.Day(context.Background(), ng.focal(), 100)
		must(t, err)
		return len(items) > 0
	}
	if told() {
		t.Error("the focal point has it in the day though it handed it over")
	}
	w.now = w.now.AddDate(0, 0, 8)
	if !told() {
		t.Error("nobody but the organisation knows that it stands still")
	}
}
