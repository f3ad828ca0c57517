package cooperation_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Rule 3: whatever was done before, and whatever is tried after, from the first
// word of a fear nothing of the person goes to authorities of origin, and what
// went there is recalled. Every procedure is tried, in random histories, with
// every recipient, also by way of an organisation of the same country.
func TestNothingReachesAuthoritiesOfOriginOnceProtectionIsSought(t *testing.T) {
	histories := 8
	reached := map[string]int{}
	for seed := range uint64(histories) {
		history(t, seed, reached)
	}
	for _, what := range []string{"begun before", "begun after", "refused after", "passed on refused", "linked", "answered from a linked case", "ended by the door"} {
		if reached[what] == 0 {
			t.Errorf("no history reached %q: the test looks at nothing", what)
		}
	}
}

var purposes = []string{"assistance", "return", "family_contact", "legal_help", "proceedings"}

func history(t *testing.T, seed uint64, reached map[string]int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 3))
	w := newWorld(t, sqlite)
	id := w.person(casework.Adult)
	w.on(id, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "none", Measures: "none", Again: "2027-01-01"})
	w.on(id, "choose", &casework.ChooseStayOrReturn{Choice: "return", Free: true, Assessed: true, Lawyer: true})
	for _, org := range []string{"at ng", "at ngo"} {
		for _, p := range purposes {
			w.allow(id, org, p, "identity", "contact", "needs")
		}
	}
	w.allow(id, "at ng", "consular", "identity")
	details := w.proposed(id, "at ng", "ng")
	w.act("it", w.places["it"].ngo(), details, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	if w.named("ng") == 0 {
		t.Fatal("nothing had gone to the authority of origin: the test looks at nothing")
	}
	w.askedFromOrigin()
	w.some(r, id, 14, "before", reached)
	w.on(id, "seek-protection", &casework.SeekProtection{Kind: "fear"})
	w.rounds()
	sent := w.toOrigin()
	for range 2 {
		for _, org := range []string{"at ng", "at ngo"} { // the person may say yes again; rule 3 stands
			for _, p := range purposes {
				_ = w.try(id, "give-consent", casework.Consenting(p, w.places["it"].org[org], []string{"identity"}, w.now.AddDate(0, 6, 0))) // refused or not, nothing may follow
			}
		}
		w.some(r, id, 10, "after", reached)
	}
	w.rounds()
	for _, m := range w.toOrigin()[len(sent):] {
		t.Errorf("seed %d: after the fear was said a message of %s, %s went to the authority of origin", seed, m.Type, m.Act)
	}
	if w.named("ng") > 0 {
		t.Errorf("seed %d: the authority of origin still holds the person's name", seed)
	}
	w.endedByTheDoor(id, reached)
	w.passedOn(reached)
}

// some does random things at random places.
func (w *world) some(r *rand.Rand, id casework.CaseID, n int, when string, reached map[string]int) {
	w.t.Helper()
	ctx := context.Background()
	it := w.places["it"]
	for range n {
		w.now = w.now.Add(1)
		if r.IntN(3) == 0 {
			d := cooperation.Definitions()[r.IntN(len(cooperation.Definitions()))]
			org := []string{"at ng", "at ngo"}[r.IntN(2)]
			begin, _ := d.Act(d.Begin)
			s := cooperation.Start{Type: d.Type, Recipient: it.org[org]}
			if d.Person && d.Holds == cooperation.Asking {
				s.Case = id
			}
			_, err := it.desk.Begin(ctx, it.ngo(), s, cooperation.Filled(begin.New(), w.now))
			w.count(err, when, org == "at ng" && s.Case == id, reached)
			continue
		}
		if r.IntN(4) == 0 {
			w.links(r, id, reached)
		}
		w.somebodyActs(r)
		if r.IntN(2) == 0 {
			w.rounds()
		}
	}
}

func (w *world) count(err error, when string, origin bool, reached map[string]int) {
	switch {
	case err == nil:
		reached["begun "+when]++
	case origin:
		reached["refused "+when]++
	}
}

// somebodyActs takes one possible act of one procedure at one node.
func (w *world) somebodyActs(r *rand.Rand) {
	w.t.Helper()
	ctx := context.Background()
	at := []string{"it", "ng", "ngo"}[r.IntN(3)]
	d := w.places[at].focal()
	if at == "it" {
		d = w.places[at].ngo()
	}
	list, err := w.places[at].desk.List(ctx, d, record.Cursor{}, 100)
	must(w.t, err)
	if len(list) == 0 {
		return
	}
	p := list[r.IntN(len(list))]
	for _, i := range r.Perm(len(p.Value().Offers)) {
		o := p.Value().Offers[i]
		if o.WhyNot != nil || o.To.Ended() && r.IntN(4) > 0 {
			continue
		}
		_ = w.places[at].desk.Take(ctx, d, cooperation.ProcedureID(p.ID()), o.Name, cooperation.Filled(o.New(), w.now)) // the case may refuse it
		return
	}
}

// askedFromOrigin has the authority of origin begin what it may begin about
// somebody in Italy, whose organisation answers.
func (w *world) askedFromOrigin() {
	w.t.Helper()
	ctx := context.Background()
	ng, it := w.places["ng"], w.places["it"]
	theirs, err := ng.Node.Desk.OpenCase(ctx, ng.focal(), casework.DescribePerson{Name: "Osaro", Age: casework.Adult, Nationality: "NG"})
	must(w.t, err)
	risk := &casework.AssessRisk{Level: "low", Grounds: "none", Measures: "none", Again: "2027-01-01"}
	must(w.t, ng.Node.Desk.Take(ctx, ng.focal(), theirs, "assess-risk", risk, 0))
	for _, t := range []cooperation.Type{"testimony", "legal_assistance", "reunification"} {
		d, _ := cooperation.Find(t)
		begin, _ := d.Act(d.Begin)
		s := cooperation.Start{Type: t, Recipient: ng.org["at it"]}
		if d.Holds == cooperation.Asking {
			s.Case = theirs
		}
		_, err := ng.desk.Begin(ctx, ng.focal(), s, cooperation.Filled(begin.New(), w.now))
		must(w.t, err)
		w.rounds()
		w.act("it", it.focal(), w.first("it"), "hand-over", &cooperation.HandOver{To: it.org["ngo"], Who: "A house"})
		w.rounds()
	}
}

// links links the case to one of the procedures that may be about the person.
func (w *world) links(r *rand.Rand, id casework.CaseID, reached map[string]int) {
	w.t.Helper()
	it := w.places["it"]
	list, err := it.desk.List(context.Background(), it.ngo(), record.Cursor{}, 100)
	must(w.t, err)
	for _, i := range r.Perm(len(list)) {
		if v := list[i].Value(); v.Links {
			err := it.desk.Link(context.Background(), it.ngo(), cooperation.ProcedureID(list[i].ID()), cooperation.LinkCase{Reference: ident.ID(id).Reference()})
			if err == nil {
				reached["linked"]++
			}
			return
		}
	}
}

// endedByTheDoor looks that no procedure about the case goes on with the authority of origin.
func (w *world) endedByTheDoor(id casework.CaseID, reached map[string]int) {
	w.t.Helper()
	it := w.places["it"]
	list, err := it.desk.OfCase(context.Background(), it.ngo(), id)
	must(w.t, err)
	for _, p := range list {
		v := p.Value()
		if v.Peer != "ng" || v.Side != cooperation.Asked {
			continue
		}
		if !v.State.Ended() {
			w.t.Errorf("%s goes on with the authority of origin", v.Type)
		}
		for _, a := range v.Acts {
			switch {
			case a.Side == cooperation.Asked && (a.Name == "accept" || a.Name == "traced" || a.Name == "agree"):
				reached["answered from a linked case"]++
			case a.Side == cooperation.Asked && a.Name == "decline" && v.Type != "testimony":
				reached["ended by the door"]++
			}
		}
	}
}

// toOrigin gives what went from Italy to the authority of origin about the
// case, but for ends and requests to erase, which say nothing of the person.
func (w *world) toOrigin() []cooperation.MessageView {
	w.t.Helper()
	it := w.places["it"]
	var sent []cooperation.MessageView
	list, err := it.desk.List(context.Background(), it.ngo(), record.Cursor{}, 200)
	must(w.t, err)
	for _, p := range list {
		if p.Value().Peer != "ng" || p.Value().Case == (casework.CaseID{}) {
			continue
		}
		way, err := it.desk.Way(context.Background(), it.ngo(), cooperation.ProcedureID(p.ID()))
		must(w.t, err)
		for _, m := range way {
			v := m.Value()
			if v.Out && v.Recalled.IsZero() && v.Act != "withdraw" && v.Act != "decline" && v.Act != "erase" && v.Act != "erased" {
				sent = append(sent, v)
			}
		}
	}
	return sent
}

// named counts where a node holds the person's name in a procedure. Where it
// opened a case of its own it is asked to erase, and a person answers.
func (w *world) named(at string) int {
	w.t.Helper()
	list, err := w.places[at].desk.List(context.Background(), w.places[at].focal(), record.Cursor{}, 200)
	must(w.t, err)
	n := 0
	for _, p := range list {
		for _, a := range p.Value().Acts {
			for _, s := range a.Sheets {
				if strings.Contains(s.Fields.Encode(), "Marker-Name") && p.Value().Case == (casework.CaseID{}) {
					n++
				}
			}
		}
	}
	return n
}

// passedOn has the organisation that received the case try to hand it to the authority of origin.
func (w *world) passedOn(reached map[string]int) {
	w.t.Helper()
	ctx := context.Background()
	ngo := w.places["ngo"]
	id := w.person(casework.Adult)
	w.on(id, "seek-protection", &casework.SeekProtection{Kind: "claim"})
	p := w.proposed(id, "at ngo", "ngo")
	w.allow(id, "at ngo", "assistance", "identity")
	w.act("it", w.places["it"].ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	w.rounds()
	there := w.first("ngo")
	w.act("ngo", ngo.focal(), there, "take-over", &cooperation.TakeOver{By: "Idia"})
	theirs := w.seen("ngo", ngo.focal(), there).Case
	door := ngo.worker("focal", access.CaseWorker)
	consent := casework.Consenting("assistance", ngo.org["at ng"], []string{"identity"}, w.now.AddDate(0, 1, 0))
	_ = ngo.Node.Desk.Take(ctx, door, theirs, "give-consent", consent, 0) // refused or not, nothing may follow
	for _, d := range cooperation.Definitions() {
		if !d.Person || d.Holds != cooperation.Asking {
			continue
		}
		begin, _ := d.Act(d.Begin)
		_, err := ngo.desk.Begin(ctx, door, cooperation.Start{Type: d.Type, Recipient: ngo.org["at ng"], Case: theirs}, cooperation.Filled(begin.New(), w.now))
		if err == nil {
			w.t.Errorf("%s: a second State passed the case on to the authority of origin", d.Type)
		}
		if fault.Is(err, fault.CodeConflict) || fault.Is(err, fault.CodeInvalid) {
			reached["passed on refused"]++
		}
	}
}
