package casework

import (
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/duty"
	"palermo/fault"
)

// police makes an organisation of the bench a police force.
func (b *bench) police(name string) {
	b.is[b.org[name]] = Organisation{Authority: true, Police: true}
}

// running gives the duty of a name, if it is due.
func (b *bench) running(name string) (duty.Duty, bool) {
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		if d.Name == name {
			return d, true
		}
	}
	return duty.Duty{}, false
}

// sees gives who has the duty at the instant.
func sees(d duty.Duty, at time.Time) []access.Role {
	var roles []access.Role
	for _, s := range d.Steps {
		if !s.From.After(at) && !slices.Contains(roles, s.Role) {
			roles = append(roles, s.Role)
		}
	}
	return roles
}

func TestConfinementIsToldToMorePeopleEachDay(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["lawyer"], "lawyer"))
	for _, place := range []Lodging{Detention, Prison, Locked, Camp} {
		b.c.Nights, b.c.Happened = nil, nil
		b.does("ngo", "accommodate", &Accommodate{Kind: place, From: b.now})
		d, ok := b.running("detention_alarm")
		if !ok || !d.Due.Equal(b.now) {
			t.Fatalf("%s: no alarm at once", place)
		}
		before := 0
		for day := range 3 {
			now := sees(d, b.now.AddDate(0, 0, day))
			if len(now) <= before {
				t.Errorf("%s: after %d days still only %v", place, day, now)
			}
			before = len(now)
		}
		if !slices.Contains(sees(d, b.now), access.FocalPoint) {
			t.Errorf("%s: the focal point is not told at once", place)
		}
	}
}

func TestAMoveToAnotherConfinementDoesNotStartTheAlarmAnew(t *testing.T) {
	b := newBench(t, "coe", Adult)
	start := b.now
	b.does("ngo", "accommodate", &Accommodate{Kind: Prison, From: b.now})
	b.now = b.now.AddDate(0, 0, 3)
	b.does("ngo", "accommodate", &Accommodate{Kind: Camp, From: b.now})
	if d, ok := b.running("detention_alarm"); !ok || !d.Since.Equal(start) {
		t.Errorf("since %s, want %s", d.Since, start)
	}
	b.does("ngo", "accommodate", &Accommodate{Kind: OwnHome, From: b.now})
	if _, ok := b.running("detention_alarm"); ok {
		t.Error("the alarm goes on at home")
	}
}

func TestADayOfConfinementCountsOnce(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, rome) }
	for name, c := range map[string]struct {
		nights []Accommodation
		want   int
	}{
		"one day":                       {[]Accommodation{{Kind: Prison, From: at(2, 9), Until: at(2, 10)}}, 1},
		"a night":                       {[]Accommodation{{Kind: Prison, From: at(2, 23), Until: at(3, 1)}}, 2},
		"moved twice on one day":        {[]Accommodation{{Kind: Prison, From: at(2, 8), Until: at(2, 12)}, {Kind: Camp, From: at(2, 12), Until: at(2, 18)}, {Kind: Locked, From: at(2, 18), Until: at(3, 9)}}, 2},
		"out and in again the same day": {[]Accommodation{{Kind: Camp, From: at(1, 8), Until: at(2, 8)}, {Kind: SafeHouse, From: at(2, 8), Until: at(2, 20)}, {Kind: Camp, From: at(2, 20), Until: at(2, 22)}}, 2},
		"free in between":               {[]Accommodation{{Kind: Camp, From: at(1, 8), Until: at(2, 8)}, {Kind: SafeHouse, From: at(2, 8), Until: at(9, 8)}, {Kind: Camp, From: at(9, 8)}}, 4},
		"over a change of clocks":       {[]Accommodation{{Kind: Detention, From: at(28, 12), Until: at(30, 12)}}, 3},
		"nowhere":                       {[]Accommodation{{Kind: SafeHouse, From: at(1, 8)}}, 0},
	} {
		if got := (&Case{Nights: c.nights}).ConfinedDays(at(10, 9), rome); got != c.want {
			t.Errorf("%s: %d days, want %d", name, got, c.want)
		}
	}
}

func TestAnUndoneAlarmComesDueEachDay(t *testing.T) {
	b := newBench(t, "coe", Adult)
	desk := NewDesk(b.profile, b.org["focal"], b)
	for hours, want := range map[int]int{0: 1, 23: 1, 24: 2, 71: 3, 72: 4} {
		now := b.now.Add(time.Duration(hours) * time.Hour)
		times, next := desk.Again("detention_alarm", b.now, now)
		if times != want || !next.After(now) || next.Sub(now) > 24*time.Hour {
			t.Errorf("after %d hours: %d times, next %s", hours, times, next)
		}
	}
	if times, _ := desk.Again("detention_alarm", b.now, b.now.Add(-time.Second)); times != 0 {
		t.Errorf("before it is due: %d", times)
	}
	if times, _ := desk.Again("rights_briefing", b.now, b.now.AddDate(0, 0, 9)); times != 0 {
		t.Errorf("a clock that does not repeat: %d", times)
	}
}

func (b *bench) relocation() *Relocate {
	return &Relocate{Provider: b.org["shelter"], Kind: "safe_house", Wanted: true, Allowed: true, Language: "en"}
}

func TestARelocationIsOneStep(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "accommodate", &Accommodate{Kind: Camp, From: b.now})
	b.now = b.now.Add(time.Hour)
	b.does("ngo", "relocate", b.relocation())
	if _, ok := b.running("detention_alarm"); ok {
		t.Error("the alarm goes on")
	}
	place := b.c.sleeps()
	if place.Provider != b.org["shelter"] || place.Kind != SafeHouse || place.Address != "" {
		t.Errorf("%+v", place)
	}
	seen := released(b.c, b.work("shelter").By, []access.Role{access.ShelterManager}, b.now)
	if !seen.Has(access.Identity) || seen.Has(access.Health) || seen.Has(access.Screening) {
		t.Errorf("the shelter sees %v", seen)
	}
	if !b.c.takesPart(b.org["shelter"], access.ShelterManager) {
		t.Error("the shelter has no part in the case")
	}
}

func TestNobodyIsMovedAgainstTheirWillNorIntoConfinement(t *testing.T) {
	b := newBench(t, "coe", Adult)
	s := b.relocation()
	s.Wanted = false
	b.refused(fault.CodeInvalid, "ngo", "relocate", s)
	for _, place := range []Refuge{Refuge(Detention), Refuge(Prison), Refuge(Locked), Refuge(Camp)} {
		s := b.relocation()
		s.Kind = place
		b.refused(fault.CodeInvalid, "ngo", "relocate", s)
		for _, o := range place.Options() {
			if Lodging(o.Value).Confining() {
				t.Errorf("%s is offered as a safe place", o.Value)
			}
		}
	}
}

func TestAPlaceLearnsNothingWithoutTheConsent(t *testing.T) {
	b := newBench(t, "coe", Adult)
	s := b.relocation()
	s.Allowed = false
	b.does("ngo", "relocate", s)
	if seen := consent.Released(b.c.Consents, b.c.Overrides, b.org["shelter"], b.now); seen != 0 {
		t.Errorf("released %v", seen)
	}
	if b.c.takesPart(b.org["shelter"], access.ShelterManager) {
		t.Error("the shelter is on the case")
	}
	b.refused(fault.CodeInvalid, "focal", "relocate", b.relocation()) // a consent is recorded by those responsible alone
	child := newBench(t, "coe", Child)
	child.refused(fault.CodeConflict, "ngo", "relocate", child.relocation()) // the guardian agrees first
	s = child.relocation()
	s.Allowed = false
	child.does("ngo", "relocate", s) // but no child stays in a camp for want of one
	child.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: child.org["lawyer"], Name: "G."})
	child.does("ngo", "relocate", child.relocation())
	if child.c.takesPart(child.org["shelter"], access.ShelterManager) || !child.c.Consents[0].Waits(child.now) {
		t.Error("the shelter learns of a child before the guardian has agreed")
	}
}

func TestAShelterKeepsItsAddressToItself(t *testing.T) {
	b := newBench(t, "coe", Adult)
	s := Accommodate{Kind: SafeHouse, Provider: b.org["shelter"], Address: "SECRET STREET", From: b.now}
	theirs, own := s, s
	b.refused(fault.CodeInvalid, "ngo", "accommodate", &theirs)
	b.does("shelter", "accommodate", &own)
}

func TestAMissingChildIsToldAtOnce(t *testing.T) {
	for _, age := range []AgeGroup{Child, AgeUncertain} {
		b := newBench(t, "coe", age)
		b.police("authority")
		b.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: b.org["lawyer"], Name: "G."})
		b.does("ngo", "report-missing", &ReportMissing{LastSeen: b.now, Concern: "did not come back", Police: b.org["authority"], Provision: "Act, s. 1"})
		d, ok := b.running("missing_child")
		if !ok || d.Due.After(b.now.Add(time.Hour)) {
			t.Fatalf("due %s", d.Due)
		}
		now := sees(d, b.now)
		for _, role := range []access.Role{access.CaseWorker, access.FocalPoint, access.Guardian, access.Police} {
			if !slices.Contains(now, role) {
				t.Errorf("%s, %s: not told at once: %v", age, role, now)
			}
		}
	}
	adult := newBench(t, "coe", Adult)
	adult.does("ngo", "report-missing", &ReportMissing{LastSeen: adult.now, Concern: "did not come back"})
	if d, ok := adult.running("missing_adult"); !ok || !d.Due.After(adult.now.Add(time.Hour)) {
		t.Error("a child's alarm is not the shorter one")
	}
}

func TestPoliceThatSearchLearnWhoThePersonIsAndNothingElse(t *testing.T) {
	b := newBench(t, "coe", Child)
	b.refused(fault.CodeInvalid, "ngo", "report-missing", &ReportMissing{LastSeen: b.now, Concern: "x", Police: b.org["shelter"], Provision: "Act, s. 1"})
	b.police("authority")
	alarm := &ReportMissing{LastSeen: b.now, Concern: "did not come back", Police: b.org["authority"]}
	b.refused(fault.CodeInvalid, "ngo", "report-missing", alarm) // under which provision?
	alarm.Provision = "Act, s. 1"
	b.does("ngo", "report-missing", alarm)
	police := func() access.Set {
		return released(b.c, b.work("authority").By, []access.Role{access.Police}, b.now)
	}
	if got := police(); got != access.Of(access.Summary, access.Identity) {
		t.Errorf("police see %v", got)
	}
	if _, waits := b.running("approve_vital_interest"); !waits {
		t.Error("no second person looks at it")
	}
	b.now = b.now.Add(5 * time.Hour)
	b.does("ngo", "located", &LocateMissing{Safe: Yes, Notes: "Safe"})
	if got := police(); got != access.Of(access.Summary) {
		t.Errorf("once located, police see %v", got)
	}
	if b.c.takesPart(b.org["authority"], access.Police) {
		t.Error("police stay on the case")
	}
}

// Police who investigate are not the police that search.
func TestPoliceOnTheCaseForAnotherReasonAreNotToldThatThePersonIsMissing(t *testing.T) {
	b := newBench(t, "coe", Child)
	b.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: b.org["lawyer"], Name: "G."})
	b.does("ngo", "give-consent", Consenting("proceedings", b.org["authority"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "guardian-consent", &AnswerAsGuardian{Consent: b.c.Consents[0].ID, Agree: Yes, Written: b.now.Format(time.DateOnly)})
	b.does("ngo", "join", Joining(b.org["authority"], "police"))
	b.does("ngo", "report-missing", &ReportMissing{LastSeen: b.now, Concern: "did not come back"})
	d, _ := b.running("missing_child")
	if slices.Contains(sees(d, b.now.AddDate(0, 0, 9)), access.Police) {
		t.Error("police were told without being asked to search")
	}
}
