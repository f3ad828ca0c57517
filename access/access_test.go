package access

import (
	"testing"
	"time"

	"palermo/ident"
)

func policy(t *testing.T) *Policy {
	t.Helper()
	p, err := NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Rule 7: whatever else somebody is, these roles never see health, a shelter's address, or (some) any case.
func TestAuthoritiesSeeNoHealthNorShelterWhateverElseTheyAre(t *testing.T) {
	p := policy(t)
	for _, other := range append(Roles(), BreakGlass) {
		for _, authority := range []Role{Police, LabourInspector, Prosecutor, Judge, LiaisonOfficer, Interpreter, DecisionMaker, BookingDesk} {
			v := Viewer{Roles: []Role{authority, other}}
			d := p.Decide(v, "case", []Role{authority, other}, time.Time{})
			if d.Sees(Health) || d.Sees(Shelter) {
				t.Errorf("%s who is also %s sees health or shelter", authority, other)
			}
		}
		for _, walled := range []Role{ImmigrationOfficer, RemovalAuthority, Administrator, Statistician, Rapporteur} {
			d := p.Decide(Viewer{Roles: []Role{walled, other}}, "case", []Role{walled, other}, time.Time{})
			if d.May(Look) || d.Seen() != 0 {
				t.Errorf("%s who is also %s sees a case: %v", walled, other, d.Seen())
			}
		}
	}
}

func TestWithoutStandingNothingIsSeen(t *testing.T) {
	p := policy(t)
	for _, r := range Roles() {
		d := p.Decide(Viewer{Roles: []Role{r}}, "case", nil, time.Time{})
		if d.May(Look) || d.Seen() != 0 {
			t.Errorf("%s without standing sees %v", r, d.Seen())
		}
	}
}

func TestNobodyOnTheCaseKnowsWhoInterprets(t *testing.T) {
	p := policy(t)
	for _, r := range append(Roles(), BreakGlass) {
		d := p.Decide(Viewer{Roles: []Role{r}}, "case", []Role{r}, time.Time{})
		if d.Sees(Interpreters) != (r == BookingDesk) {
			t.Errorf("%s sees interpreters: %v", r, d.Sees(Interpreters))
		}
	}
}

func TestARelationThatHasEndedGivesNoStanding(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	org := ident.ID{1}
	scope := Viewer{Member: ident.ID{2}, Organisation: org, Roles: []Role{CaseWorker}}.Scope()
	relation := Relation{Party: org, Role: CaseWorker, Until: now}
	if got := scope.Match([]Relation{relation}, now.Add(-time.Second)); len(got) != 1 {
		t.Errorf("before its end: %v", got)
	}
	if got := scope.Match([]Relation{relation}, now); len(got) != 0 {
		t.Errorf("at its end: %v", got)
	}
	relation.Role = Lawyer
	if got := scope.Match([]Relation{relation}, now.Add(-time.Hour)); len(got) != 0 {
		t.Errorf("a role that the viewer does not have: %v", got)
	}
}

func TestConsentOnlyNarrows(t *testing.T) {
	d := policy(t).Decide(Viewer{Roles: []Role{Police}}, "case", []Role{Police}, time.Time{})
	if got := d.Within(Everything).Seen(); got != d.Seen() {
		t.Errorf("everything released shows %v, policy %v", got, d.Seen())
	}
	if got := d.Within(Of(Health, Identity)).Seen(); got != Of(Identity) {
		t.Errorf("got %v", got)
	}
}
