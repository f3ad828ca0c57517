package directory

import (
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
)

func TestAnUntrainedOfficerHasNoRole(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	_, err := r.AddCourse(r.ctx, keep, CourseFacts{Code: "id-1", Title: "Identification", For: []access.Role{access.Police}, ValidMonths: 24})
	r.must(err)
	r.must(r.ChangeOrganisation(r.ctx, keep, r.org, AddOrganisation{Name: "Police", Kind: PoliceForce, Country: "IT"}))
	id := r.member("carlo", "Carlo Neri", Grant{Role: access.Police, Courses: []string{"ID-1"}})
	if v := r.door("carlo").Viewer(); len(v.Roles) != 0 {
		t.Fatalf("untrained, and acts as %v", v.Roles)
	}
	conditions, err := r.Conditions(r.ctx, keep, id)
	r.must(err)
	if len(conditions) != 1 || len(conditions[0].WhyNot) != 1 {
		t.Errorf("%+v", conditions)
	}
	r.must(r.RecordCompletion(r.ctx, keep, id, "ID-1", r.now.AddDate(0, 0, -3)))
	if v := r.door("carlo").Viewer(); !v.Has(access.Police) {
		t.Fatalf("trained, and acts as %v", v.Roles)
	}
	r.now = r.now.AddDate(2, 0, 0)
	if v := r.door("carlo").Viewer(); v.Has(access.Police) {
		t.Error("the course ran out, and the role is in force")
	}
}

func TestAMandatoryCourseTakesTheRoleFromWhoDidNotPassIt(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker}, Grant{Role: access.Auditor})
	course, err := r.AddCourse(r.ctx, keep, CourseFacts{Code: "T1", Title: "Trauma", For: []access.Role{access.CaseWorker}, Mandatory: true})
	r.must(err)
	if v := r.door("rosa").Viewer(); v.Has(access.CaseWorker) || !v.Has(access.Auditor) {
		t.Errorf("%v", v.Roles)
	}
	r.must(r.RetireCourse(r.ctx, keep, course))
	if v := r.door("rosa").Viewer(); !v.Has(access.CaseWorker) {
		t.Errorf("%v", v.Roles)
	}
}

func TestARoleThatHangsOnAnAgreementEndsWithIt(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker, Agreement: CoversAssistance})
	if v := r.door("rosa").Viewer(); v.Has(access.CaseWorker) {
		t.Fatal("without any agreement")
	}
	signed, err := r.Sign(r.ctx, keep, r.org, SignAgreement{With: "Ministry", Form: Formal, Title: "Assistance 2026", Covers: []Cover{CoversAssistance}, From: r.now.Add(-time.Hour)})
	r.must(err)
	if v := r.door("rosa").Viewer(); !v.Has(access.CaseWorker) {
		t.Fatal("with the agreement")
	}
	r.must(r.EndAgreement(r.ctx, keep, r.org, signed))
	if v := r.door("rosa").Viewer(); v.Has(access.CaseWorker) {
		t.Error("after its end")
	}
}

func TestWhoMustSetUpHasNoRole(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	m := &Member{Grants: []Grant{{Role: access.CaseWorker}}}
	for name, c := range map[string]Credentials{
		"nothing":           {},
		"the one given":     {Password: "x", Initial: true, TOTP: TOTP{Confirmed: true}},
		"no codes":          {Password: "x"},
		"codes unconfirmed": {Password: "x", Pending: TOTP{Secret: "y"}},
	} {
		m.Credentials = c
		if roles := ActiveRoles(m, &Organisation{Kind: NGO}, nil, now); len(roles) != 0 {
			t.Errorf("%s: %v", name, roles)
		}
	}
	m.Credentials = Credentials{Passkeys: []Passkey{{ID: []byte("k")}}}
	if roles := ActiveRoles(m, &Organisation{Kind: NGO}, nil, now); len(roles) != 1 {
		t.Errorf("with a passkey: %v", roles)
	}
}

func TestNobodyGivesThemselvesRolesNorTraining(t *testing.T) {
	r := open(t)
	admin := r.door("admin")
	r.refused(fault.CodeDenied, r.GrantRole(r.ctx, admin, r.admin, Grant{Role: access.CaseWorker}))
	r.refused(fault.CodeDenied, r.RecordCompletion(r.ctx, admin, r.admin, "ID-1", r.now))
	id := r.member("rosa", "Rosa Ferlito")
	r.refused(fault.CodeDenied, r.GrantRole(r.ctx, r.door("rosa"), id, Grant{Role: access.Administrator}))
	r.must(r.GrantRole(r.ctx, admin, id, Grant{Role: access.CaseWorker}))
}
