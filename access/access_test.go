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

// A program that acts in one role of somebody who has more stands before the same walls.
func TestActingInFewerRolesGoesAroundNoWall(t *testing.T) {
	p := policy(t)
	for _, walled := range []Role{ImmigrationOfficer, RemovalAuthority, Administrator, Statistician, Rapporteur} {
		v := Viewer{Member: ident.ID{2}, Roles: []Role{CaseWorker}, Held: []Role{CaseWorker, walled}, Program: ident.ID{9}}
		if d := p.Decide(v, "case", []Role{CaseWorker}, time.Time{}); d.May(Look) || d.Seen() != 0 {
			t.Errorf("a case worker's program sees a case of somebody who is also %s: %v", walled, d.Seen())
		}
	}
	v := Viewer{Member: ident.ID{2}, Roles: []Role{CaseWorker}, Held: []Role{CaseWorker, Police}, Program: ident.ID{9}}
	if d := p.Decide(v, "case", []Role{CaseWorker}, time.Time{}); d.Sees(Health) || d.Sees(Shelter) || !d.Sees(Identity) {
		t.Errorf("the program of police who are also case workers sees %v", d.Seen())
	}
}

func TestRolesThatAreOnlyHeldOpenNothing(t *testing.T) {
	v := Viewer{Member: ident.ID{2}, Roles: []Role{Lawyer}, Held: []Role{Lawyer, CaseWorker}, Program: ident.ID{9}}
	all := Relation{Party: Everyone, Role: CaseWorker}
	if got := v.Scope().Match([]Relation{all}, time.Time{}); len(got) != 0 {
		t.Errorf("stands as %v", got)
	}
	if policy(t).Decide(Viewer{Member: ident.ID{2}, Roles: []Role{ServiceProvider}, Held: []Role{CaseWorker}}, "case", nil, time.Time{}).May("create") {
		t.Error("a role that is only held opens a case")
	}
}

func TestAProgramStandsInNoEmergency(t *testing.T) {
	me := ident.ID{2}
	glass := []Relation{{Party: me, Role: BreakGlass}}
	person := Viewer{Member: me, Roles: []Role{CaseWorker}}
	program := person
	program.Program = ident.ID{9}
	if len(person.Scope().Match(glass, time.Time{})) != 1 || len(program.Scope().Match(glass, time.Time{})) != 0 {
		t.Error("an emergency that a person opened is open to the program too, or not to the person")
	}
}
