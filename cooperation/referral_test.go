package cooperation_test

import (
	"context"
	"strings"
	"testing"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/fault"
	"palermo/record"
)

var proposal = &cooperation.ProposeReferral{Age: casework.Adult, Languages: "Edo, English", Needs: []casework.Need{"shelter", "work"}, Urgency: "weeks", Why: "Family there."}

// proposed begins a referral from Italy to an organisation and brings it to where the details can go.
func (w *world) proposed(id casework.CaseID, org, node string) cooperation.ProcedureID {
	w.t.Helper()
	it := w.places["it"]
	p, err := it.desk.Begin(context.Background(), it.ngo(), cooperation.Start{Type: "referral", Recipient: it.org[org], Case: id}, proposal)
	must(w.t, err)
	w.rounds()
	w.act(node, w.places[node].focal(), w.first(node), "welcome", &cooperation.Welcome{Service: "A house and a training course"})
	w.rounds()
	return p
}

func TestAReferralGoesFromEndToEndOnBothDatabases(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.person(casework.Adult)
		w.on(id, "assess-needs", &casework.AssessNeeds{Now: []casework.Need{"medical", "shelter"}, Wishes: "To sew again.", Health: "Marker-Health"})
		it, ngo := w.places["it"], w.places["ngo"]
		p := w.proposed(id, "at ngo", "ngo")
		err := it.desk.Take(context.Background(), it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
		refused(t, err, fault.CodeConflict) // nothing is allowed yet
		w.allow(id, "at ngo", "assistance", "identity", "needs")
		w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
		w.rounds()

		there := w.first("ngo")
		w.act("ngo", ngo.focal(), there, "take-over", &cooperation.TakeOver{By: "Idia"})
		w.rounds()
		if here, over := w.seen("it", it.ngo(), p), w.seen("ngo", ngo.focal(), there); here.State != "taken" || over.State != "taken" || here.Disagrees() || over.Disagrees() {
			t.Fatalf("it stands at %q here and at %q there", here.State, over.State)
		}
		c := w.received("ngo", there)
		if c.Person.Name != "Esohe Marker-Name" || len(c.Needs) != 1 || c.Needs[0].Fields.Health != "" {
			t.Errorf("the case there is not what was allowed: %+v %+v", c.Person, c.Needs)
		}
	})
}

// received opens the case that a node opened from what came.
func (w *world) received(at string, id cooperation.ProcedureID) casework.View {
	w.t.Helper()
	p := w.seen(at, w.places[at].focal(), id)
	r, err := record.View(context.Background(), w.places[at].focal(), w.places[at].Node.Desk.Kind, p.Case, record.Reason{Action: "look"})
	must(w.t, err)
	return r.Value()
}

func TestOnlyWhatThePersonAllowedForThisPurposeLeaves(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	w.on(id, "safe-contact", &casework.PlanSafeContact{Telephone: "Marker-Phone", Alone: "person"})
	w.on(id, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "Marker-Risk", Measures: "none", Again: "2027-01-01"})
	p := w.proposed(id, "at ngo", "ngo")
	w.allow(id, "at ngo", "return", "contact")      // another purpose
	w.allow(id, "at ng", "assistance", "risk")      // another recipient
	w.allow(id, "at ngo", "assistance", "identity") // this
	w.act("it", w.places["it"].ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	over := w.seen("ngo", w.places["ngo"].focal(), w.first("ngo"))
	var text strings.Builder
	for _, a := range over.Acts {
		for _, s := range a.Sheets {
			text.WriteString(s.Fields.Encode())
		}
	}
	if !strings.Contains(text.String(), "Marker-Name") || strings.Contains(text.String(), "Marker-Phone") || strings.Contains(text.String(), "Marker-Risk") {
		t.Errorf("what came: %s", text.String())
	}
}

func TestWithdrawalStopsWhatIsQueuedAndAsksToEraseTheRest(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.person(casework.Adult)
		it := w.places["it"]
		p := w.proposed(id, "at ngo", "ngo")
		w.allow(id, "at ngo", "assistance", "identity")
		w.down = true
		w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
		w.withdraw(id)
		w.down = false
		w.rounds()
		there := w.first("ngo")
		over := w.seen("ngo", w.places["ngo"].focal(), there)
		if over.State != "details" || holdsAnything(over) {
			t.Fatalf("after a recall the other side is at %q and holds %v", over.State, over.Acts)
		}
		w.allow(id, "at ngo", "assistance", "identity")
		w.erasureOf(id, p, there)
	})
}

// erasureOf has details delivered in a second procedure, withdraws, and looks at both sides.
func (w *world) erasureOf(id casework.CaseID, _, _ cooperation.ProcedureID) {
	w.t.Helper()
	it := w.places["it"]
	p := w.proposed(id, "at ngo", "ngo")
	w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	there := w.first("ngo")
	if !holdsAnything(w.seen("ngo", w.places["ngo"].focal(), there)) {
		w.t.Fatal("nothing came, so nothing can be erased")
	}
	w.withdraw(id)
	w.rounds()
	if holdsAnything(w.seen("ngo", w.places["ngo"].focal(), there)) {
		w.t.Error("the other side still holds it")
	}
	way, err := it.desk.Way(context.Background(), it.ngo(), p)
	must(w.t, err)
	erased := false
	for _, m := range way {
		erased = erased || m.Value().Erasure.Erased && !m.Value().Erasure.Answered.IsZero()
	}
	if !erased {
		w.t.Error("the sender does not know that it was erased")
	}
}

func (w *world) withdraw(id casework.CaseID) {
	w.t.Helper()
	r, err := record.View(context.Background(), w.places["it"].ngo(), w.places["it"].Node.Desk.Kind, id, record.Reason{Action: "look"})
	must(w.t, err)
	for _, g := range r.Value().Consents {
		if g.Stands(w.now) {
			w.on(id, "withdraw-consent", &casework.WithdrawConsent{Consent: g.ID})
		}
	}
}

func holdsAnything(p cooperation.ProcedureView) bool {
	for _, a := range p.Acts {
		if len(a.Sheets) > 0 {
			return true
		}
	}
	return false
}

func TestWhatACaseWasOpenedFromIsErasedOrRetainedUnderAProvision(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	it, ngo := w.places["it"], w.places["ngo"]
	p := w.proposed(id, "at ngo", "ngo")
	w.allow(id, "at ngo", "assistance", "identity")
	w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	there := w.first("ngo")
	w.act("ngo", ngo.focal(), there, "take-over", &cooperation.TakeOver{By: "Idia"})
	w.rounds()
	w.withdraw(id)
	w.rounds()
	asked := w.asked("ngo", there)
	refused(t, ngo.desk.Answers(context.Background(), ngo.focal(), asked, cooperation.AnswerErasure{Erase: casework.No}), fault.CodeInvalid)
	must(t, ngo.desk.Answers(context.Background(), ngo.focal(), asked, cooperation.AnswerErasure{Erase: casework.No, Provision: "Child Rights Act, s. 1"}))
	w.rounds()
	way, err := it.desk.Way(context.Background(), it.ngo(), p)
	must(t, err)
	for _, m := range way {
		if m.Value().Erasure.Provision != "" {
			return
		}
	}
	t.Error("the sender does not know under which provision it is retained")
}

// What did not arrive in time is asked again, and asked twice it is answered the same.
func TestARequestToEraseIsAskedUntilItIsAnswered(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	it, ngo := w.places["it"], w.places["ngo"]
	p := w.proposed(id, "at ngo", "ngo")
	w.allow(id, "at ngo", "assistance", "identity")
	w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	there := w.first("ngo")
	w.down = true
	w.withdraw(id)
	w.now = w.now.AddDate(0, 0, 8)
	w.rounds()
	w.down = false
	w.rounds()
	if !holdsAnything(w.seen("ngo", ngo.focal(), there)) {
		t.Fatal("it was erased though nobody asked")
	}
	request := w.failed("it", it.ngo(), p)
	must(t, it.desk.Resend(context.Background(), it.ngo(), request))
	w.rounds()
	if holdsAnything(w.seen("ngo", ngo.focal(), there)) {
		t.Error("it was asked again, and the other side still holds it")
	}
	refused(t, it.desk.Resend(context.Background(), it.ngo(), request), fault.CodeConflict)
}

// failed gives the message of which somebody is told that it did not arrive.
func (w *world) failed(at string, d *record.Door, id cooperation.ProcedureID) cooperation.MessageID {
	w.t.Helper()
	way, err := w.places[at].desk.Way(context.Background(), d, id)
	must(w.t, err)
	for _, m := range way {
		if v := m.Value(); !v.Failed.IsZero() && v.Seen.IsZero() {
			return cooperation.MessageID(m.ID())
		}
	}
	w.t.Fatal("nobody is told of anything")
	return cooperation.MessageID{}
}

// asked gives the message whose erasure waits for an answer.
func (w *world) asked(at string, id cooperation.ProcedureID) cooperation.MessageID {
	w.t.Helper()
	way, err := w.places[at].desk.Way(context.Background(), w.places[at].focal(), id)
	must(w.t, err)
	for _, m := range way {
		if e := m.Value().Erasure; !e.Asked.IsZero() && e.Answered.IsZero() {
			return cooperation.MessageID(m.ID())
		}
	}
	w.t.Fatal("no erasure is asked for")
	return cooperation.MessageID{}
}

func TestALostReceiptDoesNotDoubleAnything(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	it := w.places["it"]
	w.lose = true
	_, err := it.desk.Begin(context.Background(), it.ngo(), cooperation.Start{Type: "referral", Recipient: it.org["at ngo"], Case: id}, proposal)
	must(t, err)
	w.rounds()
	w.lose = false
	w.rounds()
	over := w.seen("ngo", w.places["ngo"].focal(), w.first("ngo"))
	if len(over.Acts) != 1 || over.State != "proposed" {
		t.Errorf("after a lost receipt the other side has %d acts and stands at %q", len(over.Acts), over.State)
	}
}

func TestSomebodyIsToldWhenAMessageDidNotArrive(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	it := w.places["it"]
	w.down = true
	p, err := it.desk.Begin(context.Background(), it.ngo(), cooperation.Start{Type: "referral", Recipient: it.org["at ngo"], Case: id}, proposal)
	must(t, err)
	w.rounds()
	w.now = w.now.AddDate(0, 0, 8)
	w.rounds()
	items, err := record.Day(context.Background(), it.ngo(), 100)
	must(t, err)
	told := false
	for _, i := range items {
		told = told || i.Name == "message_not_delivered"
	}
	if !told {
		t.Fatal("nobody was told")
	}
	way, err := it.desk.Way(context.Background(), it.ngo(), p)
	must(t, err)
	if len(way) != 1 || way[0].Value().Reason != exchange.Reason(exchange.ErrDeadlinePassed) {
		t.Fatalf("the way says %+v", way)
	}
	w.down = false
	must(t, it.desk.Resend(context.Background(), it.ngo(), cooperation.MessageID(way[0].ID())))
	w.rounds()
	if over := w.seen("ngo", w.places["ngo"].focal(), w.first("ngo")); over.State != "proposed" {
		t.Errorf("after it was sent again the other side stands at %q", over.State)
	}
}

func TestAMessageToANodeThatANewListHasDroppedIsToldToItsSender(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	w.down = true
	_, err := w.begin(w.person(casework.Adult), "referral", "at ngo", proposal)
	must(t, err)
	delete(w.places, "ngo")
	w.install(map[string]exchange.Node{"it": {State: "IT", Kind: exchange.FocalPoint}, "ng": {State: "NG", Kind: exchange.FocalPoint}})
	w.now = w.now.AddDate(0, 0, 8)
	for range 3 {
		_, err = it.courier.Round(context.Background())
		must(t, err)
	}
	items, err := record.Day(context.Background(), it.ngo(), 100)
	must(t, err)
	for _, i := range items {
		if i.Name == "message_not_delivered" {
			return
		}
	}
	t.Error("nobody was told")
}
