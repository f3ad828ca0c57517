package cooperation_test

import (
	"context"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// asks has Nigeria's focal point ask Italy for legal assistance, and gives Italy's side of it.
func (w *world) asks() cooperation.ProcedureID {
	w.t.Helper()
	ng, it := w.places["ng"], w.places["it"]
	_, err := ng.desk.Begin(context.Background(), ng.focal(), cooperation.Start{Type: "legal_assistance", Recipient: ng.org["at it"]},
		&cooperation.RequestAssistance{Authority: "x", Basis: "x", Offence: "x", What: []cooperation.Requested{"testimony"}, Details: "x", Purpose: "x"})
	must(w.t, err)
	w.rounds()
	w.act("it", it.focal(), w.first("it"), "hand-over", &cooperation.HandOver{To: it.org["ngo"], Who: "A legal aid office"})
	w.rounds()
	return w.first("it")
}

func (w *world) link(p cooperation.ProcedureID, id casework.CaseID) {
	w.t.Helper()
	it := w.places["it"]
	must(w.t, it.desk.Link(context.Background(), it.ngo(), p, cooperation.LinkCase{Reference: ident.ID(id).Reference()}))
}

// Rules 2 and 3: of somebody whom it protects the asked side says nothing but
// from their own case, with their consent, to a State that the door is open to.
func TestOfAProtectedPersonTheAskedSideSaysOnlyWhatTheirCaseAllows(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	id := w.person(casework.Adult)
	p := w.asks()
	take := func(a *cooperation.AcceptAssistance) error {
		return it.desk.Take(context.Background(), it.ngo(), p, "accept", a)
	}
	refused(t, take(&cooperation.AcceptAssistance{Authority: "x"}), fault.CodeInvalid) // nobody looked
	yes := &cooperation.AcceptAssistance{Authority: "x", Protected: casework.Yes}
	refused(t, take(yes), fault.CodeConflict)
	w.link(p, id)
	refused(t, take(yes), fault.CodeConflict)
	refused(t, take(&cooperation.AcceptAssistance{Authority: "x", Protected: casework.No}), fault.CodeConflict) // a linked case is about somebody
	w.allow(id, "at ng", "assistance", "identity")
	refused(t, take(yes), fault.CodeConflict) // for another purpose
	w.allow(id, "at ng", "proceedings", "identity")
	must(t, take(yes))
	w.rounds()
	over := w.seen("ng", w.places["ng"].focal(), w.first("ng"))
	if over.State != "executing" || over.Acts[len(over.Acts)-1].Fields.Has("protected") {
		t.Errorf("the other side is at %q and read %v", over.State, over.Acts[len(over.Acts)-1].Fields)
	}
}

// An answer about nobody who is protected here needs no case: a relative in a village has none.
func TestOfSomebodyWhomNobodyProtectsTheAskedSideMayAnswer(t *testing.T) {
	w := newWorld(t, sqlite)
	p := w.asks()
	w.act("it", w.places["it"].ngo(), p, "accept", &cooperation.AcceptAssistance{Authority: "x", Protected: casework.No})
}

// Rule 2: what was said is asked to be erased, what waits goes without it, and the procedure ends.
func TestWhatWasSaidOfAProtectedPersonEndsWithTheirConsent(t *testing.T) {
	for name, delivered := range map[string]bool{"delivered": true, "waiting": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sqlite)
			it := w.places["it"]
			id := w.person(casework.Adult)
			p := w.asks()
			w.link(p, id)
			w.allow(id, "at ng", "proceedings", "identity")
			w.act("it", it.ngo(), p, "accept", &cooperation.AcceptAssistance{Authority: "Marker-Court", Protected: casework.Yes})
			if delivered {
				w.rounds()
			}
			w.withdrawsAll(id)
			w.rounds()
			here, over := w.seen("it", it.ngo(), p), w.seen("ng", w.places["ng"].focal(), w.first("ng"))
			if here.State != cooperation.Declined || over.State != cooperation.Declined || over.Disagrees() || here.Disagrees() {
				t.Errorf("it stands at %q here and %q there", here.State, over.State)
			}
			for _, a := range over.Acts {
				if a.Fields.Get("authority") == "Marker-Court" {
					t.Error("the other side still has what was said of the person")
				}
			}
		})
	}
}

// withdrawsAll has the person take back every consent.
func (w *world) withdrawsAll(id casework.CaseID) {
	w.t.Helper()
	it := w.places["it"]
	c, err := record.View(context.Background(), it.ngo(), it.Node.Desk.Kind, id, record.Reason{Action: access.Look})
	must(w.t, err)
	for _, g := range c.Value().Consents {
		w.on(id, "withdraw-consent", &casework.WithdrawConsent{Consent: g.ID})
	}
}

// Rule 3: what did not arrive is not sent again through a closed door, and not without the consent.
func TestWhatWasSaidOfAProtectedPersonIsNotSentAgainWithoutTheirConsent(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	id := w.person(casework.Adult)
	p := w.asks()
	w.link(p, id)
	w.allow(id, "at ng", "proceedings", "identity")
	w.down = true
	w.act("it", it.ngo(), p, "accept", &cooperation.AcceptAssistance{Authority: "x", Protected: casework.Yes})
	w.now = w.now.AddDate(1, 0, 0) // the consent has ended by itself, and the message with it
	w.rounds()
	way, err := it.desk.Way(context.Background(), it.ngo(), p)
	must(t, err)
	for _, m := range way {
		if v := m.Value(); v.Act == "accept" {
			if v.Failed.IsZero() {
				t.Fatal("nobody is told that it did not arrive")
			}
			refused(t, it.desk.Resend(context.Background(), it.ngo(), cooperation.MessageID(m.ID())), fault.CodeConflict)
		}
	}
}
