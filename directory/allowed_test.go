package directory

import (
	"slices"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/input"
)

// Rule 7, by whose member somebody is.
func TestARoleIsGivenOnlyInAHouseThatMayHaveIt(t *testing.T) {
	helps := []access.Role{access.CaseWorker, access.ServiceProvider, access.ShelterManager, access.Lawyer, access.Advocate,
		access.Guardian, access.SupportPerson, access.Interpreter, access.BookingDesk, access.ComplaintsBody}
	coerces := []OrganisationKind{PoliceForce, LabourInspectorate, ImmigrationService, Prosecution, Court, Consulate}
	keeps := []access.Role{access.Administrator, access.Auditor, access.Statistician}
	for _, o := range OrganisationKind("").Options() {
		kind := OrganisationKind(o.Value)
		org := &Organisation{Kind: kind, FirstResponder: true}
		if len(allowed[kind]) == 0 {
			t.Errorf("%s: no role at all", kind)
		}
		for _, role := range access.Roles() {
			got := org.Allows(role)
			switch {
			case kind == ImmigrationService && got != (role == access.ImmigrationOfficer || role == access.RemovalAuthority):
				t.Errorf("an immigration authority's %s: %v", role, got)
			case slices.Contains(coerces, kind) && got && (slices.Contains(helps, role) || slices.Contains(keeps, role)):
				t.Errorf("%s has a %s", kind, role)
			case kind != ImmigrationService && got && (role == access.ImmigrationOfficer || role == access.RemovalAuthority):
				t.Errorf("%s enforces immigration law as %s", kind, role)
			case got && role == access.DecisionMaker && kind != CompetentAuthority, got && role == access.Police && kind != PoliceForce,
				got && role == access.Judge && kind != Court, got && role == access.Prosecutor && kind != Prosecution,
				got && role == access.ComplaintsBody && kind != ComplaintsBody, got && role == access.Rapporteur && kind != RapporteurOffice:
				t.Errorf("%s has a %s", kind, role)
			}
		}
	}
	for _, role := range access.Roles() {
		if !slices.ContainsFunc(OrganisationKind("").Options(), func(o input.Option) bool {
			return (&Organisation{Kind: OrganisationKind(o.Value)}).Allows(role)
		}) {
			t.Errorf("nobody can be %s", role)
		}
		if (&Organisation{Kind: "unheard_of"}).Allows(role) && role != access.FocalPoint {
			t.Errorf("a kind that is not known has a %s", role)
		}
	}
}

func TestAnOfficerIsNotMadeACaseWorker(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	police, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Police", Kind: PoliceForce, Country: "IT", FirstResponder: true})
	r.must(err)
	_, _, err = r.AddMember(r.ctx, keep, AddMember{Login: "carlo", Name: "Carlo Neri", Organisation: police, Roles: []access.Role{access.CaseWorker}, Password: goodPassword})
	r.refused(fault.CodeInvalid, err)
	carlo, _, err := r.AddMember(r.ctx, keep, AddMember{Login: "carlo", Name: "Carlo Neri", Organisation: police, Roles: []access.Role{access.Police}, Password: goodPassword})
	r.must(err)
	r.refused(fault.CodeInvalid, r.GrantRole(r.ctx, keep, carlo, Grant{Role: access.Advocate}))
	r.must(r.GrantRole(r.ctx, keep, carlo, Grant{Role: access.FirstResponder}))
}

// What was given is looked at again: an organisation that becomes another takes no role with it.
func TestARoleEndsWhenItsHouseMayNotHaveIt(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	if v := r.door("rosa").Viewer(); !v.Has(access.CaseWorker) {
		t.Fatal("a case worker of an organisation that helps")
	}
	r.must(r.ChangeOrganisation(r.ctx, keep, r.org, AddOrganisation{Name: "Border Service", Kind: ImmigrationService, Country: "IT"}))
	if v := r.door("rosa").Viewer(); len(v.Roles) != 0 {
		t.Errorf("immigration enforcement acts as %v", v.Roles)
	}
	conditions, err := r.Conditions(r.ctx, keep, id)
	r.must(err)
	if len(conditions) != 1 || len(conditions[0].WhyNot) != 1 {
		t.Errorf("%+v", conditions)
	}
}

func TestAnAuthorityNamesTheCountryItWorksFor(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	_, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Embassy", Kind: Consulate})
	r.refused(fault.CodeInvalid, err)
	_, err = r.Add(r.ctx, keep, AddOrganisation{Name: "Society", Kind: NGO, ForState: true})
	r.refused(fault.CodeInvalid, err)
	id, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Embassy", Kind: Consulate, Country: "NG"})
	r.must(err)
	if n, known := r.NatureOf(id); !known || !n.Authority || n.Country != "NG" {
		t.Errorf("%+v, %v", n, known)
	}
	r.must(r.ChangeOrganisation(r.ctx, keep, id, AddOrganisation{Name: "Society", Kind: NGO}))
	if n, _ := r.NatureOf(id); n.Authority || n.Country != "" {
		t.Errorf("after the change: %+v", n)
	}
}

// Another process of the node knows nothing until it has read.
func TestWhatOrganisationsAreIsLearned(t *testing.T) {
	r := open(t)
	other := New(r.node, r.store)
	if _, known := other.NatureOf(r.org); known {
		t.Fatal("known without reading")
	}
	r.must(other.Learn(r.ctx))
	if n, known := other.NatureOf(r.org); !known || n.Kind != NGO {
		t.Errorf("%+v, %v", n, known)
	}
}
