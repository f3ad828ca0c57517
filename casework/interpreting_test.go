package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// engage and disengage keep engagements beside the bench's case, as the door does.
func (b *bench) engage(e *Engagement) (record.ID[Engagement], error) {
	b.engaged = append(b.engaged, e)
	return record.ID[Engagement]{15: byte(len(b.engaged))}, nil
}

func (b *bench) disengage(id record.ID[Engagement]) error {
	if e := b.engaged[id[15]-1]; e.live() {
		e.Ended = b.now
	}
	return nil
}

// booked asks for an interpreter and gives the booking that would be taken.
func (b *bench) booking(asked AskInterpreter) *BookInterpreter {
	if asked.When.IsZero() {
		asked.When = b.now.AddDate(0, 0, 1)
	}
	b.does("ngo", "ask-interpreter", &asked)
	return &BookInterpreter{Request: b.c.unbooked().ID, Offered: "a woman from the coast", Conflict: true,
		found: Interpreter{Member: ident.ID{7, 7}, Pseudonym: "Interpreter 17", Name: "Zurlindis Quaverstone", Languages: []string{"ti"}, Gender: "woman", Communities: "Asmara, Keren", Free: true}}
}

func TestAnInterpreterIsBookedFromTheRegisterOnly(t *testing.T) {
	asked := AskInterpreter{Language: "ti", Preference: "woman", Avoid: "Massawa"}
	for name, spoil := range map[string]func(*bench, *BookInterpreter){
		"nobody of the register":      func(_ *bench, s *BookInterpreter) { s.found = Interpreter{} },
		"not vetted, or not free":     func(_ *bench, s *BookInterpreter) { s.found.Free = false },
		"another language":            func(_ *bench, s *BookInterpreter) { s.found.Languages = []string{"am"} },
		"another gender":              func(_ *bench, s *BookInterpreter) { s.found.Gender = "man" },
		"a community to avoid":        func(_ *bench, s *BookInterpreter) { s.found.Communities = "Keren, MASSAWA" },
		"engaged an hour earlier":     func(b *bench, s *BookInterpreter) { s.engaged = []time.Time{b.now.AddDate(0, 0, 1).Add(-time.Hour)} },
		"conflict not looked for":     func(_ *bench, s *BookInterpreter) { s.Conflict = false },
		"a request that nobody asked": func(_ *bench, s *BookInterpreter) { s.Request = ident.ID{1} },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, "coe", Adult)
			s := b.booking(asked)
			spoil(b, s)
			b.refused(fault.CodeInvalid, "ngo", "book-interpreter", s)
			if len(b.engaged) != 0 {
				t.Error("somebody was engaged")
			}
		})
	}
	b := newBench(t, "coe", Adult)
	b.does("ngo", "book-interpreter", b.booking(asked))
}

func TestWhomThePersonRefusedIsNotBookedAgain(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "book-interpreter", b.booking(AskInterpreter{Language: "ti"}))
	b.does("ngo", "refuse-interpreter", &RefuseInterpreter{})
	again := b.booking(AskInterpreter{Language: "ti"})
	again.Request = b.c.unbooked().ID
	b.refused(fault.CodeInvalid, "ngo", "book-interpreter", again)
}

// Rule 8: a refusal reads like any other end, in all that the interpreter is shown.
func TestARefusalIsNeverShownToTheInterpreter(t *testing.T) {
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	ends := map[string]string{}
	for name, s := range map[string]Step{"refuse-interpreter": &RefuseInterpreter{}, "cancel-interpreter": &CancelInterpreter{}} {
		b := newBench(t, "coe", Adult)
		booking := b.booking(AskInterpreter{Language: "ti", Avoid: "SECRET COMMUNITY", Where: "Room 4"})
		b.does("ngo", "book-interpreter", booking)
		b.now = b.now.Add(time.Hour)
		b.does("ngo", name, s)
		e := b.engaged[0]
		interpreter := access.Viewer{Member: e.Interpreter, Roles: []access.Role{access.Interpreter}}
		d := policy.Decide(interpreter, "engagement", interpreter.Scope().Match(NewEngagementKind(ident.ID{}).Index(e).Relations, b.now), b.now)
		shown, err := json.Marshal(redactEngagement(e, d))
		if err != nil {
			t.Fatal(err)
		}
		ends[name] = string(shown)
		if !strings.Contains(ends[name], "Room 4") {
			t.Error("the interpreter does not see where to come")
		}
		for _, secret := range []string{"SECRET", "A. B.", "Quaverstone", "efuse"} {
			if strings.Contains(ends[name], secret) {
				t.Errorf("the interpreter sees %s: %s", secret, ends[name])
			}
		}
	}
	if ends["refuse-interpreter"] != ends["cancel-interpreter"] {
		t.Errorf("a refusal: %s\nany other end: %s", ends["refuse-interpreter"], ends["cancel-interpreter"])
	}
}

// Rule 8, tried for every role on the case and beside it.
func TestWhoInterpretsIsKnownToTheDeskAndToACourtUnderOath(t *testing.T) {
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "coe", Adult)
	b.does("ngo", "book-interpreter", b.booking(AskInterpreter{Language: "ti"}))
	e := b.engaged[0]
	court, other := ident.ID{8, 1}, ident.ID{8, 2}
	e.Oaths = []Oath{{Court: court, Name: "Zurlindis Quaverstone", Until: b.now.AddDate(0, 0, 3)}}
	kind := NewEngagementKind(b.org["focal"])
	shows := func(role access.Role, organisation ident.ID, at time.Time) string {
		v := access.Viewer{Member: ident.ID{9}, Organisation: organisation, Roles: []access.Role{role}}
		d := policy.Decide(v, "engagement", v.Scope().Match(kind.Index(e).Relations, at), at)
		if !d.May(access.Look) {
			return ""
		}
		return fmt.Sprintf("%+v", redactEngagement(e, d))
	}
	for _, role := range access.Roles() {
		for _, organisation := range []ident.ID{court, other, b.org["focal"]} {
			named := strings.Contains(shows(role, organisation, b.now), "Quaverstone")
			if may := role == access.BookingDesk || role == access.Judge && organisation == court; named != may {
				t.Errorf("%s of %v: named %v", role, organisation, named)
			}
		}
	}
	if shows(access.Judge, court, b.now.AddDate(0, 0, 3)) != "" {
		t.Error("a court sees it longer than it was told")
	}
	if d := policy.Decide(access.Viewer{}, "case", []access.Role{access.ServiceProvider}, b.now); redact(b.c, d).Interpreting[0].Interpreter != (ident.ID{}) {
		t.Error("those on the case see which member comes")
	}
}

func TestTheBookingDeskSeesTheRequestAndNotWhoHelpsThePerson(t *testing.T) {
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "coe", Adult)
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["lawyer"], "lawyer"))
	desk := access.Viewer{Member: ident.ID{9}, Organisation: ident.ID{9, 9}, Roles: []access.Role{access.BookingDesk}}
	if got := desk.Scope().Match(relations(b.c, b.org["focal"]), b.now); len(got) != 0 {
		t.Errorf("without a request the desk stands on the case as %v", got)
	}
	b.does("ngo", "ask-interpreter", &AskInterpreter{Language: "ti", When: b.now.AddDate(0, 0, 1)})
	standing := desk.Scope().Match(relations(b.c, b.org["focal"]), b.now)
	d := policy.Decide(desk, "case", standing, b.now).Within(released(b.c, desk, standing, b.now))
	v := redact(b.c, d)
	if len(v.Interpreting) != 1 || len(v.Team) != 0 || v.Person != (Person{}) || len(v.Consents) != 0 {
		t.Errorf("%+v", v.Case)
	}
	due := duties(b.c, b.profile, b.org["focal"])
	if i := slices.IndexFunc(due, func(d duty.Duty) bool { return d.Name == bookingDuty }); i < 0 || due[i].Steps[0].Role != access.BookingDesk {
		t.Error("nobody is asked to book")
	}
}

func TestAThreatThatNobodyAnswersGoesUp(t *testing.T) {
	focal := ident.ID{1}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	e := &Engagement{Threats: []Threat{{At: now, What: "a call at night"}}}
	due := e.threatDuties(focal)
	if len(due) != 1 || due[0].Steps[0].Role != access.BookingDesk || due[0].Steps[1].Role != access.FocalPoint || !due[0].Steps[1].From.After(now) {
		t.Fatalf("%+v", due)
	}
	e.Threats[0].Answered = now
	if len(e.threatDuties(focal)) != 0 {
		t.Error("an answered threat is still due")
	}
}
