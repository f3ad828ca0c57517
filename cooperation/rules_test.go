package cooperation_test

import (
	"context"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

var reception = &cooperation.AskReturn{Channel: "focal_points", Age: casework.Adult, Region: "Edo State", Needs: []casework.Need{"work"}, Languages: "Edo", Secret: true}

func (w *world) begin(id casework.CaseID, t cooperation.Type, org string, first cooperation.Act) (cooperation.ProcedureID, error) {
	it := w.places["it"]
	return it.desk.Begin(context.Background(), it.ngo(), cooperation.Start{Type: t, Recipient: it.org[org], Case: id}, first)
}

func (w *world) chooses(id casework.CaseID, what casework.Where) {
	w.t.Helper()
	w.on(id, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "none", Measures: "none", Again: "2027-01-01"})
	w.on(id, "choose", &casework.ChooseStayOrReturn{Choice: what, Free: true, Assessed: true, Lawyer: true, Child: true})
}

// Rule 4.
func TestAReturnBeginsOnlyWithThePersonsOwnChoice(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	_, err := w.begin(id, "return", "at ng", reception)
	refused(t, err, fault.CodeConflict)
	for _, other := range []casework.Where{"stay", "third", "undecided", "removal"} {
		w.chooses(id, other)
		_, err := w.begin(id, "return", "at ng", reception)
		refused(t, err, fault.CodeConflict)
	}
	w.chooses(id, "return")
	p, err := w.begin(id, "return", "at ng", reception)
	must(t, err)

	// The choice may change at any time: nothing of the return goes on.
	w.rounds()
	w.act("ng", w.places["ng"].focal(), w.first("ng"), "assess-there", &cooperation.AssessThere{Risk: "low", Grounds: "x", Reception: "x", Help: "x"})
	w.rounds()
	w.allow(id, "at ng", "return", "identity")
	w.chooses(id, "stay")
	err = w.places["it"].desk.Take(context.Background(), w.places["it"].ngo(), p, "confirm", &cooperation.ConfirmReturn{Heard: true, Wants: true, Service: "x"})
	refused(t, err, fault.CodeConflict)
	w.act("it", w.places["it"].ngo(), p, "withdraw", &cooperation.Withdraw{})
	w.rounds()
	if there := w.seen("ng", w.places["ng"].focal(), w.first("ng")); there.State != cooperation.Withdrawn {
		t.Errorf("the other side stands at %q", there.State)
	}
}

func TestAReturnWithoutAuthoritiesGoesToNone(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	w.chooses(id, "return")
	alone := *reception
	alone.Channel = "ngo"
	_, err := w.begin(id, "return", "at ng", &alone)
	refused(t, err, fault.CodeInvalid)
	_, err = w.begin(id, "return", "at ngo", &alone)
	must(t, err)
}

// Row 8h.
func TestFamilyIsTracedOnlyAfterTheRisksWereAssessed(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	ask := &cooperation.AskTracing{Tie: "sibling", Region: "Edo State", Careful: "Nobody in the village is told."}
	_, err := w.begin(id, "reunification", "at ngo", ask)
	refused(t, err, fault.CodeConflict)
	w.on(id, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "none", Measures: "none", Again: "2027-01-01"})
	p, err := w.begin(id, "reunification", "at ngo", ask)
	must(t, err)

	// A relative whose tie is not verified, or who may be the recruiter, is no end of it.
	w.rounds()
	there := w.first("ngo")
	w.act("ngo", w.places["ngo"].focal(), there, "ready", &cooperation.ReadyToTrace{Who: "x", How: "x"})
	w.rounds()
	w.allow(id, "at ngo", "family_contact", "identity")
	w.act("it", w.places["it"].ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	w.act("ngo", w.places["ngo"].focal(), there, "traced", &cooperation.Traced{Found: casework.Yes, Protected: casework.No, Verified: casework.Yes, Risk: "high"})
	w.rounds()
	err = w.places["it"].desk.Take(context.Background(), w.places["it"].ngo(), p, "decide", &cooperation.DecideReunion{Wants: true, Country: "there"})
	refused(t, err, fault.CodeConflict)
}

func TestAChildIsReunitedOnlyAfterADetermination(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Child)
	w.on(id, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "none", Measures: "none", Again: "2027-01-01"})
	_, err := w.begin(id, "reunification", "at ngo", &cooperation.AskTracing{Tie: "parent", Region: "x", Careful: "x"})
	refused(t, err, fault.CodeConflict)
}

// Rule 1, row 12: whoever testifies does so freely, is told that refusing has
// no effect, and stops at any time.
func TestNobodyTestifiesAgainstTheirWill(t *testing.T) {
	w := newWorld(t, sqlite)
	it, ng := w.places["it"], w.places["ng"]
	when := w.now.AddDate(0, 1, 0)
	ask := &cooperation.AskTestimony{Court: "Catania", When: when, Minutes: 60, Zone: "Europe/Rome", Language: "it", Other: "x", Measures: []cooperation.Measure{"screen"}}
	start := cooperation.Start{Type: "testimony", Recipient: it.org["at ng"]}
	_, err := it.desk.Begin(context.Background(), it.focal(), start, ask)
	refused(t, err, fault.CodeInvalid) // it is not said that refusing has no effect
	ask.Voluntary = true
	p, err := it.desk.Begin(context.Background(), it.focal(), start, ask)
	must(t, err)
	w.rounds()
	there := w.first("ng")
	theirs, err := ng.Node.Desk.OpenCase(context.Background(), ng.focal(), casework.DescribePerson{Name: "Esohe", Age: casework.Adult, Nationality: "NG"})
	must(t, err)
	must(t, ng.desk.Link(context.Background(), ng.focal(), there, cooperation.LinkCase{Reference: ident.ID(theirs).Reference()}))
	refused(t, ng.desk.Take(context.Background(), ng.focal(), there, "agree", &cooperation.AgreeToTestify{Zone: "Africa/Lagos"}), fault.CodeInvalid)
	w.act("ng", ng.focal(), there, "agree", &cooperation.AgreeToTestify{Free: true, Zone: "Africa/Lagos", Measures: []cooperation.Measure{"screen"}})
	w.rounds()
	plan := &cooperation.Schedule{When: when, Minutes: 60, Room: "x", Test: when.Add(-time.Hour), Fallback: "x"}
	refused(t, it.desk.Take(context.Background(), it.focal(), p, "schedule", plan), fault.CodeInvalid) // a measure is passed over
	plan.Measures = []cooperation.Measure{"screen"}
	w.act("it", it.focal(), p, "schedule", plan)
	w.rounds()
	if clocks := w.seen("ng", ng.focal(), there).Clocks(); len(clocks) != 3 || clocks[1].Zone.String() != "Africa/Lagos" {
		t.Errorf("the hearing is shown in these zones: %v", clocks)
	}
	w.act("ng", ng.focal(), there, "withdraw", &cooperation.Withdraw{})
	w.rounds()
	if here := w.seen("it", it.focal(), p); here.State != cooperation.Withdrawn {
		t.Errorf("after the person stopped the court's side stands at %q", here.State)
	}
}

// Row 27.
func TestEveryCentReachesThePerson(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	p, err := w.begin(id, "compensation", "at ngo", &cooperation.AnnounceAward{Route: "criminal", Currency: "EUR", Cents: 500_001, Region: "x"})
	must(t, err)
	w.rounds()
	there, ngo, it := w.first("ngo"), w.places["ngo"], w.places["it"]
	w.act("ngo", ngo.focal(), there, "ways", &cooperation.WaysToPay{Ways: []cooperation.Way{"cash"}, Who: "x"})
	w.rounds()
	w.allow(id, "at ngo", "legal_help", "identity")
	w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	w.act("ngo", ngo.focal(), there, "ready", &cooperation.ReadyToPay{Way: "cash", Told: true})
	w.rounds()
	pay := &cooperation.Pay{Currency: "EUR", Cents: 500_000, On: "2026-06-02", Proof: "x"}
	refused(t, it.desk.Take(context.Background(), it.ngo(), p, "pay", pay), fault.CodeInvalid)
	pay.Cents++
	w.act("it", it.ngo(), p, "pay", pay)
	w.rounds()
	had := &cooperation.PaidOut{Currency: "EUR", Cents: 400_000, On: "2026-06-03", Proof: "x"}
	refused(t, ngo.desk.Take(context.Background(), ngo.focal(), there, "received", had), fault.CodeInvalid)
	had.Cents = 500_001
	w.act("ngo", ngo.focal(), there, "received", had)
}

// Row 8b.
func TestConsularHelpIsAskedForByThePersonNeverPresumed(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	help := &cooperation.Notify{What: "A passport", Reach: "The lawyer"}
	w.allow(id, "at ng", "consular", "identity")
	_, err := w.begin(id, "consular", "at ng", help)
	refused(t, err, fault.CodeInvalid)
	help.Asked = true
	_, err = w.begin(id, "consular", "at ng", help)
	must(t, err)
}

// Row 8e.
func TestAnEnquiryBecomesAFormalRequestWithoutTypingItAgain(t *testing.T) {
	w := newWorld(t, sqlite)
	it, ng := w.places["it"], w.places["ng"]
	p, err := it.desk.Begin(context.Background(), it.focal(), cooperation.Start{Type: "enquiry", Recipient: it.org["at ng"]},
		&cooperation.Enquire{Topic: "law", Question: "Who serves documents?"})
	must(t, err)
	w.rounds()
	w.act("ng", ng.focal(), w.first("ng"), "answer", &cooperation.AnswerEnquiry{Answer: "The High Court."})
	w.rounds()
	asked := w.seen("it", it.focal(), p)
	request := &cooperation.RequestAssistance{Authority: "x", Basis: "x", Offence: "x", What: []cooperation.Requested{"service"}, Purpose: "x"}
	cooperation.Formal(&asked.Procedure, request)
	if request.Details != "Who serves documents?\n\nThe High Court." {
		t.Errorf("the request says %q", request.Details)
	}
	_, err = it.desk.Begin(context.Background(), it.focal(), cooperation.Start{Type: "legal_assistance", Recipient: it.org["at ng"], Earlier: asked.Reference}, request)
	must(t, err)
	w.rounds()
	if there := w.seen("ng", ng.focal(), w.first("ng")); there.Earlier != asked.Reference {
		t.Error("the other side does not know from which enquiry the request came")
	}
}

// Rule 7: nobody but those who work on it sees a procedure.
func TestPoliceAndImmigrationSeeNoProcedure(t *testing.T) {
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	p := w.proposed(id, "at ngo", "ngo")
	for _, role := range []access.Role{access.Police, access.Prosecutor, access.ImmigrationOfficer, access.RemovalAuthority, access.Administrator, access.Interpreter, access.ServiceProvider} {
		d := w.places["it"].worker("ngo", role)
		_, err := record.View(context.Background(), d, w.places["it"].desk.Procedures, p, record.Reason{Action: access.Look})
		refused(t, err, fault.CodeNotFound)
		if list, err := w.places["it"].desk.List(context.Background(), d, record.Cursor{}, 10); err != nil || len(list) > 0 {
			t.Errorf("%s lists %d procedures, %v", role, len(list), err)
		}
	}
}

// A peer that sends data which no consent in the message covers is refused, with a name, and the focal point sees it.
func TestDataBeyondTheConsentOfAMessageAreRefused(t *testing.T) {
	w := newWorld(t, sqlite)
	it, ngo := w.places["it"], w.places["ngo"]
	body, err := cooperation.Forged("referral", "propose", 1, []casework.Sheet{{Step: "describe-person", Fields: map[string][]string{"name": {"Marker-Name"}, "age": {"adult"}}}})
	must(t, err)
	o := exchange.Object{ID: ident.ID{1}, From: "it", To: "ngo", Procedure: ident.ID{2}, Kind: "referral.propose", Purpose: "assistance",
		Deadline: exchange.At(w.now.AddDate(0, 0, 7)), Sent: exchange.At(w.now), List: 1, Body: body}
	signed, err := exchange.Sign(o, it.desk.Keys)
	must(t, err)
	if _, err := (hand{w, "it"}).Carry(context.Background(), "ngo", signed); exchange.Reason(err) != "consent-ended" {
		t.Fatalf("got %v", err)
	}
	list, err := ngo.desk.Refused(context.Background(), ngo.focal(), record.Cursor{}, 10)
	must(t, err)
	if len(list) != 1 || list[0].Value().Reason != "consent-ended" {
		t.Errorf("the focal point sees %v", list)
	}
	if list, err := ngo.desk.List(context.Background(), ngo.focal(), record.Cursor{}, 10); err != nil || len(list) != 0 {
		t.Errorf("a procedure was begun by it: %d, %v", len(list), err)
	}
}
