package matching_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/matching"
	"palermo/record"
)

// known puts somebody into Nigeria's register, for questions from Italy.
func (w *world) known() somebody {
	w.t.Helper()
	s := w.person("ng", itohan)
	s.agrees("at it")
	w.rounds()
	return s
}

// asker is a case in Italy whose person agreed that Nigeria may be asked.
func (w *world) asker(first casework.DescribePerson) somebody {
	w.t.Helper()
	s := w.person("it", first)
	s.agrees("at ng")
	return s
}

// here is the same person as another office wrote her.
var here = casework.DescribePerson{Name: "Edosa, Itohan", Age: casework.Adult, BirthDate: "1999-03-12", Nationality: "NG"}

func TestTwoStatesFindOutThatTheyAssistTheSamePersonOnBothDatabases(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		there := w.known()
		s := w.asker(here)
		_, err := s.asks("at ng")
		must(t, err)
		w.rounds()
		met := w.found("ng")
		if len(met) != 1 || met[0].Value().Case != there.id || met[0].Value().OneName || met[0].Value().Score < 2 {
			t.Fatalf("the duty officer sees %+v", met)
		}
		if q := s.said(); !q.Spoke.IsZero() || !q.Ended.IsZero() {
			t.Fatalf("the asker was told before anybody decided: %+v", q)
		}
		must(t, w.answers("ng", true))
		w.rounds()
		if q := s.said(); q.Spoke.IsZero() {
			t.Fatal("the asker did not hear that both should talk")
		}
		for _, want := range []int{1, 0} {
			due, err := record.Day(t.Context(), s.at.ngo(), 50)
			must(t, err)
			due = slices.DeleteFunc(due, func(i duty.Item) bool { return i.Name != "match_speak" })
			if len(due) != want {
				t.Fatalf("the asker's day has %+v, want %d of it", due, want)
			}
			for _, i := range due {
				must(t, s.at.Matching.Noted(t.Context(), s.at.ngo(), matching.QuestionID(i.Record)))
			}
		}
	})
}

// What an asker can see of a question must be the same whether the person is
// known, known and declined, behind a closed door, or not known at all: what is
// sent, how large, when, and what the page says.
func TestAnAskerCannotTellNotKnownFromNotTold(t *testing.T) {
	type seen struct {
		carried []sent
		page    matching.Question
	}
	traces := map[string]seen{}
	for name, begin := range map[string]func(*world){
		"not known":                 func(w *world) { w.rounds() },
		"known, and nobody decides": func(w *world) { w.known() },
		"known, and declined":       func(w *world) { w.known() },
		"known behind a closed door": func(w *world) {
			w.known().takes("seek-protection", &casework.SeekProtection{Kind: "fear", Fears: "IT"})
			w.rounds()
		},
	} {
		w := newWorld(t, sqlite)
		begin(w)
		w.now, w.sent = w.now.Truncate(time.Hour).Add(time.Hour), nil
		s := w.asker(here)
		_, err := s.asks("at ng")
		must(t, err)
		w.rounds()
		if name == "known, and declined" {
			must(t, w.answers("ng", false))
		}
		w.now = w.now.Add(71 * time.Hour)
		w.rounds()
		early := s.said()
		w.now = w.now.Add(2 * time.Hour)
		w.rounds()
		late := s.said()
		if len(w.sent) != 2 || w.sent[0].from != "it" || w.sent[1].from != "ng" || w.sent[1].at.Before(late.Until) || !early.Ended.IsZero() {
			t.Fatalf("%s: a question goes, and a reply comes when it has ended, never before: %+v", name, w.sent)
		}
		late.Base, late.Case, late.Message, late.Recipient, late.Office, late.By = record.Base{}, casework.CaseID{}, record.ID[cooperation.Message]{}, ident.ID{}, ident.ID{}, ident.ID{}
		traces[name] = seen{w.sent, late}
	}
	want := traces["not known"]
	for name, got := range traces {
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, where nobody is known %+v", name, got, want)
		}
	}
}

// Who did not agree, or agreed for another State or another purpose, is not found.
func TestOnlyWhoAgreedToMatchingWithThatStateIsFound(t *testing.T) {
	w := newWorld(t, sqlite)
	w.person("ng", itohan) // said nothing
	other := w.person("ng", itohan)
	other.agrees("at ministry")
	nameless := w.person("ng", itohan)
	nameless.agrees("at it", "contact")
	assisted := w.person("ng", itohan)
	assisted.takes("give-consent", casework.Consenting("assistance", assisted.at.org["at it"], []string{"identity"}, w.now.AddDate(0, 1, 0)))
	w.rounds()
	_, err := w.asker(here).asks("at ng")
	must(t, err)
	w.rounds()
	if met := w.found("ng"); len(met) != 0 {
		t.Errorf("found %+v", met)
	}
}

// A consent that has run out is none, also where nobody touched the case since.
func TestAConsentThatHasEndedFindsNobody(t *testing.T) {
	w := newWorld(t, sqlite)
	s := w.person("ng", itohan)
	s.takes("give-consent", casework.Consenting("matching", s.at.org["at it"], []string{"identity"}, w.now.AddDate(0, 0, 3)))
	w.rounds()
	w.now = w.now.AddDate(0, 0, 4)
	_, err := w.asker(here).asks("at ng")
	must(t, err)
	w.rounds()
	if met := w.found("ng"); len(met) != 0 {
		t.Errorf("found %+v", met)
	}
	if n := w.entries("ng"); n != 0 {
		t.Errorf("%d entries are left", n)
	}
}

// entries counts who is in a node's register.
func (w *world) entries(at string) int {
	w.t.Helper()
	p := w.places[at]
	n, err := record.Count(w.t.Context(), p.Record.For(access.Node(access.Exchange)), p.Matching.Entries, record.Query[matching.Entry]{})
	must(w.t, err)
	return n
}

func TestWithdrawingTakesThePersonOutAtOnceWithAllThatMet(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		there := w.known()
		_, err := w.asker(here).asks("at ng")
		must(t, err)
		w.rounds()
		if len(w.found("ng")) != 1 {
			t.Fatal("nobody was found")
		}
		there.withdraws()
		if n, met := w.entries("ng"), w.found("ng"); n != 0 || len(met) != 0 {
			t.Errorf("after the withdrawal %d entries and %d matches are left", n, len(met))
		}
		there.agrees("at it") // and it can be given anew
		w.rounds()
		if n := w.entries("ng"); n != 1 {
			t.Errorf("%d entries after the person agreed again", n)
		}
	})
}

func TestAnErasedCaseLeavesNothingInMatching(t *testing.T) {
	w := newWorld(t, sqlite)
	s := w.asker(here)
	_, err := s.asks("at ng")
	must(t, err)
	w.rounds()
	s.takes("close", &casework.Close{Reason: "inclusion", Note: "settled"})
	s.takes("propose-erasure", &casework.ProposeErasure{Ground: "asked", Reason: "looked at", Told: true})
	second := s.at.Record.For(access.Viewer{Member: [16]byte{9}, Name: "Another", Organisation: s.at.org["ngo"], Roles: []access.Role{access.CaseWorker}})
	must(t, s.at.Desk.Take(t.Context(), second, s.id, "answer-erasure", &casework.AnswerErasure{Erase: casework.Yes, Reason: "asked for"}, 0))
	node := s.at.Record.For(access.Node(access.Exchange))
	questions, err := record.Count(t.Context(), node, s.at.Matching.Questions, record.Query[matching.Question]{})
	must(t, err)
	if n := w.entries("it"); n != 0 || questions != 0 {
		t.Errorf("%d entries and %d questions are left", n, questions)
	}
}

// A question whose person agrees no more is taken back: nothing meets it any more.
func TestAQuestionIsWithdrawnWithTheConsent(t *testing.T) {
	for _, late := range []bool{false, true} {
		w := newWorld(t, sqlite)
		w.known()
		s := w.asker(here)
		_, err := s.asks("at ng")
		must(t, err)
		if late {
			w.rounds()
			if len(w.found("ng")) != 1 {
				t.Fatal("nobody was found")
			}
		}
		s.withdraws()
		w.rounds()
		if met := w.found("ng"); len(met) != 0 {
			t.Errorf("found before: %t; the duty officer still sees %+v", late, met)
		}
		if q := s.said(); q.Withdrawn.IsZero() {
			t.Error("the asker's page does not say that it was taken back")
		}
	}
}

func TestNobodyIsAskedAboutWithoutConsentOrThroughAClosedDoor(t *testing.T) {
	w := newWorld(t, sqlite)
	s := w.person("it", here)
	_, err := s.asks("at ng")
	refused(t, err, fault.CodeConflict)
	s.agrees("at ng")
	_, err = s.asks("at ministry")
	refused(t, err, fault.CodeInvalid)
	s.takes("seek-protection", &casework.SeekProtection{Kind: "fear", Fears: "NG"})
	_, err = s.asks("at ng")
	refused(t, err, fault.CodeConflict)
	options, err := s.at.Matching.Askable(t.Context(), s.at.ngo(), s.id)
	must(t, err)
	if len(options) != 0 || len(w.sent) != 0 {
		t.Errorf("a closed State is offered: %v, sent: %v", options, w.sent)
	}
}

// The person's own, legally advised request opens the door to a consulate, not to matching.
func TestMatchingStaysClosedToAuthoritiesOfOriginWhateverElseIsAllowed(t *testing.T) {
	w := newWorld(t, sqlite)
	s := w.person("it", here)
	s.takes("seek-protection", &casework.SeekProtection{Kind: "fear", Fears: "NG"})
	own := casework.Consenting("matching", s.at.org["at ng"], []string{"identity"}, w.now.AddDate(0, 1, 0))
	own.Advised = true
	s.takes("give-consent", own)
	_, err := s.asks("at ng")
	refused(t, err, fault.CodeConflict)
}

// Where the door closed and nothing is known of where the person is from, nobody is matched with anybody.
func TestADoorThatIsClosedToAnUnknownStateIsClosedToAll(t *testing.T) {
	w := newWorld(t, sqlite)
	first := itohan
	first.Nationality = ""
	s := w.person("ng", first)
	s.agrees("at it")
	if w.entries("ng") != 1 {
		t.Fatal("the person is not in the register")
	}
	s.takes("seek-protection", &casework.SeekProtection{Kind: "fear"})
	if n := w.entries("ng"); n != 0 {
		t.Errorf("%d entries", n)
	}
}

func TestAMatchGoesWhenTheDoorCloses(t *testing.T) {
	w := newWorld(t, sqlite)
	there := w.known()
	_, err := w.asker(here).asks("at ng")
	must(t, err)
	w.rounds()
	id := matching.MatchID(w.found("ng")[0].ID())
	there.takes("seek-protection", &casework.SeekProtection{Kind: "fear", Fears: "IT"})
	refused(t, w.places["ng"].Matching.Answer(t.Context(), w.places["ng"].focal(), id, true), fault.CodeNotFound)
}

func TestOnlyTheDutyOfficerDecidesAndNobodyElseSeesWhatMet(t *testing.T) {
	w := newWorld(t, sqlite)
	w.known()
	_, err := w.asker(here).asks("at ng")
	must(t, err)
	w.rounds()
	ng := w.places["ng"]
	id := matching.MatchID(w.found("ng")[0].ID())
	for name, d := range map[string]*record.Door{
		"a case worker": ng.ngo(), "an administrator": ng.worker("focal", true, access.Administrator), "immigration": ng.worker("focal", true, access.ImmigrationOfficer),
		"a focal point who also removes": ng.worker("focal", true, access.FocalPoint, access.RemovalAuthority)} {
		if _, err := record.View(t.Context(), d, ng.Matching.Matches, id, record.Reason{Action: access.Look}); !fault.Is(err, fault.CodeNotFound) {
			t.Errorf("%s sees the match: %v", name, err)
		}
		if err := ng.Matching.Answer(t.Context(), d, id, true); err == nil {
			t.Errorf("%s decides", name)
		}
	}
	refused(t, ng.Matching.Answer(t.Context(), ng.worker("focal", false, access.FocalPoint), id, true), fault.CodeDenied)
	must(t, ng.Matching.Answer(t.Context(), ng.focal(), id, true))
	refused(t, ng.Matching.Answer(t.Context(), ng.focal(), id, true), fault.CodeConflict)
}

func TestImmigrationControlAsksNothing(t *testing.T) {
	w := newWorld(t, sqlite)
	s := w.asker(here)
	for _, role := range []access.Role{access.ImmigrationOfficer, access.RemovalAuthority, access.Police, access.Administrator} {
		for _, roles := range [][]access.Role{{role}, {role, access.CaseWorker}} {
			if role == access.Police && len(roles) == 2 {
				continue
			}
			if _, err := s.at.Matching.Ask(t.Context(), s.at.worker("ngo", true, roles...), s.id, s.at.org["at ng"]); err == nil {
				t.Errorf("%v asked", roles)
			}
		}
	}
}

func TestAStateAsksNoMoreThanWasAgreedInADay(t *testing.T) {
	w := newWorld(t, sqlite)
	w.rounds()
	s := w.asker(here)
	for range 5 {
		_, err := s.asks("at ng")
		must(t, err)
	}
	_, err := s.asks("at ng")
	refused(t, err, fault.CodeUnavailable)
	w.now = w.now.Add(24 * time.Hour)
	_, err = s.asks("at ng")
	must(t, err)
}

// Rule 2: a question lasts no longer than the consent under which it was asked,
// and what comes back after its end is not kept.
func TestAQuestionEndsWithTheConsentUnderWhichItWasAsked(t *testing.T) {
	w := newWorld(t, sqlite)
	w.known()
	s := w.person("it", here)
	ends := w.now.AddDate(0, 0, 1)
	s.takes("give-consent", casework.Consenting("matching", s.at.org["at ng"], []string{"identity"}, ends))
	_, err := s.asks("at ng")
	must(t, err)
	if until := s.said().Until; until.After(ends) {
		t.Errorf("it may be compared until %v, the consent ended at %v", until, ends)
	}
	w.rounds()
	must(t, w.answers("ng", true))
	w.now = ends.Add(time.Hour)
	w.rounds()
	if q := s.said(); !q.Spoke.IsZero() {
		t.Error("what another State said was kept although the person's consent had ended")
	}
}
