package cooperation_test

import (
	"context"
	"testing"
	"time"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
)

var hearing = &cooperation.AskTestimony{Court: "A court", When: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC), Minutes: 60, Zone: "Europe/Rome", Language: "it",
	Other: "Transfers", Measures: []cooperation.Measure{"screen"}, Voluntary: true}

// asksForTestimony has Nigeria's focal point ask Italy for somebody's testimony, and gives Italy's side of it.
func (w *world) asksForTestimony() cooperation.ProcedureID {
	w.t.Helper()
	ng := w.places["ng"]
	_, err := ng.desk.Begin(context.Background(), ng.focal(), cooperation.Start{Type: "testimony", Recipient: ng.org["at it"]}, hearing)
	must(w.t, err)
	w.rounds()
	it := w.places["it"]
	w.act("it", it.focal(), w.first("it"), "hand-over", &cooperation.HandOver{To: it.org["ngo"], Who: "An organisation that helps the person"})
	return w.first("it")
}

func TestACaseIsLinkedToWhatAnotherStateBegan(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	id := w.person(casework.Adult)
	p := w.asksForTestimony()
	link := func(reference string) error {
		return it.desk.Link(context.Background(), it.ngo(), p, cooperation.LinkCase{Reference: reference})
	}
	refused(t, link("Esohe"), fault.CodeInvalid) // by its reference, never by a name
	refused(t, link("0000-0000"), fault.CodeInvalid)
	refused(t, it.desk.Link(context.Background(), it.focal(), p, cooperation.LinkCase{Reference: ident.ID(id).Reference()}), fault.CodeInvalid)
	must(t, link(ident.ID(id).Reference()))
	refused(t, link(ident.ID(id).Reference()), fault.CodeConflict)
	found, err := it.desk.OfCase(context.Background(), it.ngo(), id)
	must(t, err)
	if len(found) != 1 || found[0].Value().Case != id || found[0].Value().Links {
		t.Errorf("the case does not know its procedure: %+v", found)
	}
	w.act("it", it.ngo(), p, "agree", &cooperation.AgreeToTestify{Free: true, Zone: "Europe/Rome"})
	w.rounds()
	if over := w.seen("ng", w.places["ng"].focal(), w.first("ng")); over.State != "agreed" || over.Case != (casework.CaseID{}) {
		t.Errorf("the other side is at %q", over.State)
	}
}

// Rule 3 holds for what another State began as well.
func TestALinkedProcedureEndsOnceProtectionIsSought(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	id := w.person(casework.Adult)
	p := w.asksForTestimony()
	must(t, it.desk.Link(context.Background(), it.ngo(), p, cooperation.LinkCase{Reference: ident.ID(id).Reference()}))
	w.on(id, "seek-protection", &casework.SeekProtection{Kind: "fear"})
	w.rounds()
	if here, over := w.seen("it", it.ngo(), p), w.seen("ng", w.places["ng"].focal(), w.first("ng")); here.State != "withdrawn" || over.State != "withdrawn" {
		t.Errorf("it stands at %q here and %q there", here.State, over.State)
	}
	refused(t, it.desk.Take(context.Background(), it.ngo(), p, "note", &cooperation.Note{Text: "words"}), fault.CodeConflict)
}

func TestACaseWhoseDoorIsClosedIsNotLinked(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	id := w.person(casework.Adult)
	p := w.asksForTestimony()
	w.on(id, "seek-protection", &casework.SeekProtection{Kind: "fear"})
	refused(t, it.desk.Link(context.Background(), it.ngo(), p, cooperation.LinkCase{Reference: ident.ID(id).Reference()}), fault.CodeConflict)
}

// Rule 3: before a case is linked nobody could tell that its door is closed, so nothing is said of the person.
func TestTheSideOfThePersonAnswersOnlyFromTheirCase(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	id := w.person(casework.Adult)
	p := w.asksForTestimony()
	agree := &cooperation.AgreeToTestify{Free: true, Zone: "Europe/Rome"}
	refused(t, it.desk.Take(context.Background(), it.ngo(), p, "agree", agree), fault.CodeConflict)
	for _, o := range w.seen("it", it.ngo(), p).Offers {
		if o.Name == "agree" && o.WhyNot == nil {
			t.Error("the page offers an answer that the rule refuses")
		}
	}
	w.act("it", it.ngo(), p, "note", &cooperation.Note{Text: "words"})
	w.rounds()
	if over := w.seen("ng", w.places["ng"].focal(), w.first("ng")); over.State != "asked" {
		t.Errorf("the other side is at %q", over.State)
	}
	must(t, it.desk.Link(context.Background(), it.ngo(), p, cooperation.LinkCase{Reference: ident.ID(id).Reference()}))
	w.act("it", it.ngo(), p, "agree", agree)
}
