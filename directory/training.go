package directory

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
)

// Standing is whether a granted role is in force, and if not, why.
type Standing struct {
	Role   access.Role
	WhyNot []error // sentences that say what to do; empty when it is in force
}

// RolesOf says of each granted role whether it is in force. Every condition that is not known to be met is not met.
func RolesOf(m *Member, o *Organisation, courses []Course, now time.Time) []Standing {
	list := make([]Standing, 0, len(m.Grants))
	for _, g := range m.Grants {
		s := Standing{Role: g.Role, WhyNot: account(m, o)}
		if !g.Until.IsZero() && !now.Before(g.Until) {
			s.WhyNot = append(s.WhyNot, fault.Conflict("The role was given for a time that has ended. Ask an administrator."))
		}
		if !o.Allows(g.Role) {
			s.WhyNot = append(s.WhyNot, fault.Conflict(wrongHouse))
		}
		s.WhyNot = append(s.WhyNot, unposted(m, g.Role, now)...)
		s.WhyNot = append(s.WhyNot, untrained(m, g, courses, now)...)
		if g.Agreement != "" && !o.Agreed(g.Agreement, now) {
			s.WhyNot = append(s.WhyNot, fault.Conflict("The organisation has no agreement in force that covers: %s.", g.Agreement.Label()))
		}
		list = append(list, s)
	}
	return list
}

// account gives the reasons for which no role at all is in force.
func account(m *Member, o *Organisation) []error {
	var why []error
	if !m.Active() {
		why = append(why, fault.Conflict("The account is closed."))
	}
	if !o.Active() {
		why = append(why, fault.Conflict("The organisation takes part no longer."))
	}
	if m.MustSetUp() {
		why = append(why, fault.Conflict("Set up your sign-in first: a passkey, or a password and one-time codes."))
	}
	return why
}

// untrained names the courses that the grant, or the node, demands and the member lacks.
func untrained(m *Member, g Grant, courses []Course, now time.Time) []error {
	var why []error
	known := map[string]bool{}
	for i := range courses {
		c := &courses[i]
		known[c.Code] = true
		mandatory := c.Mandatory && c.Retired.IsZero() && slices.Contains(c.For, g.Role)
		if (mandatory || slices.Contains(g.Courses, c.Code)) && !c.Holds(m.Completions, now) {
			why = append(why, fault.Conflict("The course %s must be passed first, or again.", c.Code+" "+c.Title))
		}
	}
	for _, code := range g.Courses {
		if !known[code] {
			why = append(why, fault.Conflict("The course %s must be passed first, or again.", code))
		}
	}
	return why
}

// ActiveRoles are the roles in force.
func ActiveRoles(m *Member, o *Organisation, courses []Course, now time.Time) []access.Role {
	var roles []access.Role
	for _, s := range RolesOf(m, o, courses, now) {
		if len(s.WhyNot) == 0 {
			roles = append(roles, s.Role)
		}
	}
	slices.Sort(roles)
	return roles
}

// Viewer is the member at work: known by the name that others may know, in the roles in force.
func Viewer(m *Member, o *Organisation, courses []Course, now time.Time) access.Viewer {
	return access.Viewer{Member: m.RecordID(), Name: m.Known(), Organisation: m.Organisation,
		Roles: ActiveRoles(m, o, courses, now), OnDuty: m.OnDuty, FirstResponder: o.FirstResponder, Posting: posting(m)}
}
