package casework

import (
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// ChildProtection is what a child is owed besides everything else (row 7l, rule 6).
type ChildProtection struct {
	Guardian      ident.ID // the organisation or office that the guardian belongs to
	GuardianName  string
	GuardianSince time.Time
}

// AppointGuardian names the guardian of a child, or of a person protected as a child.
type AppointGuardian struct {
	Organisation ident.ID `label:"Guardian's office" kind:"organisation"`
	Name         string   `label:"Guardian's name"`
}

func (s *AppointGuardian) Possible(c *Case, w Work) error {
	if !c.Person.ProtectedAsChild(w.Now) {
		return fault.Conflict("The person is an adult.")
	}
	return c.open()
}

func (s *AppointGuardian) Apply(c *Case, w Work) error {
	c.Child.Guardian, c.Child.GuardianName, c.Child.GuardianSince = s.Organisation, s.Name, w.Now
	c.Team = append(c.Team, Assignment{Organisation: s.Organisation, Role: access.Guardian, Since: w.Now,
		Mandate:   access.Everything &^ access.Of(access.Screening, access.Privileged, access.Interpreters, access.Complaints),
		Provision: "The guardian acts for the child."})
	c.happened("guardian_appointed", w.Now)
	return nil
}
