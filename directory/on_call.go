package directory

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// OnCall gives who of an organisation is called on now in a role, and who is
// next: zero where nobody is. Without a role, anybody of the organisation.
func (b *Book) OnCall(ctx context.Context, d *record.Door, organisation ident.ID, role access.Role) (now, next ident.ID, err error) {
	seen, err := b.Organisation(ctx, d, organisation)
	if err != nil {
		return now, next, err
	}
	members, err := b.MembersOf(ctx, d, organisation)
	if err != nil {
		return now, next, err
	}
	line := Line(seen.Value().Escalation, members, role)
	if len(line) > 0 {
		now = line[0].ID
	}
	if len(line) > 1 {
		next = line[1].ID
	}
	return now, next, nil
}

// Line is the order in which members are called on: those on duty, then the
// deputies of those who are not, then the others; each in the organisation's
// order, and those without a place in it by name. Interpreters are in no line.
func Line(order []ident.ID, members []MemberView, role access.Role) []MemberView {
	line := slices.DeleteFunc(slices.Clone(members), func(m MemberView) bool {
		return !m.Active || m.Interpreter || role != "" && !slices.Contains(m.Roles, role)
	})
	stands := map[ident.ID]bool{} // for somebody who is not on duty
	for _, m := range line {
		if !m.OnDuty {
			stands[m.Deputy] = true
		}
	}
	rank := func(m MemberView) int {
		switch {
		case m.OnDuty:
			return 0
		case stands[m.ID]:
			return 1
		}
		return 2
	}
	place := func(m MemberView) int {
		if i := slices.Index(order, m.ID); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(line, func(a, b MemberView) int {
		if byRank := rank(a) - rank(b); byRank != 0 {
			return byRank
		}
		if byPlace := place(a) - place(b); byPlace != 0 {
			return byPlace
		}
		return strings.Compare(a.Name, b.Name)
	})
	return line
}

// Turn is the line of an organisation in one role: who is called on now, who next.
type Turn struct {
	Role         access.Role
	Organisation ident.ID
	Name         string // of the organisation
	Telephone    string
	Line         []MemberView
}

// dutyRoles are those whom others must reach at any hour: the focal point first,
// then reference judges and prosecutors (row 16), then those who help and decide.
func dutyRoles() []access.Role {
	return []access.Role{access.FocalPoint, access.Judge, access.Prosecutor, access.Police, access.DecisionMaker, access.CaseWorker,
		access.ShelterManager, access.Guardian, access.BookingDesk}
}

// WhoIsOnDuty lists the lines of all organisations, by role; with a district,
// only members who work there or in the whole country.
func (b *Book) WhoIsOnDuty(ctx context.Context, d *record.Door, district string) ([]Turn, error) {
	var words []string
	for _, r := range dutyRoles() {
		words = append(words, roleWord(r))
	}
	members, err := all(ctx, d, b.members, record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open"}, Words: [][]string{words}})
	if err != nil {
		return nil, err
	}
	organisations, err := b.AllOrganisations(ctx, d)
	var turns []Turn
	for _, r := range dutyRoles() {
		for _, o := range organisations {
			here := slices.DeleteFunc(slices.Clone(members), func(m MemberView) bool { return m.Organisation != o.ID || !m.answersFor(r, district) })
			if line := Line(o.Escalation, here, r); len(line) > 0 && o.Active() {
				turns = append(turns, Turn{Role: r, Organisation: o.ID, Name: o.Name, Telephone: o.Contact.Telephone, Line: line})
			}
		}
	}
	return turns, err
}

// answersFor reports whether a member is one to turn to in a role in a district:
// of judges and prosecutors only those who are a reference for colleagues.
func (m MemberView) answersFor(r access.Role, district string) bool {
	if (r == access.Judge || r == access.Prosecutor) && !m.Reference {
		return false
	}
	same := func(d string) bool { return strings.EqualFold(d, strings.TrimSpace(district)) }
	return strings.TrimSpace(district) == "" || len(m.Districts) == 0 || slices.ContainsFunc(m.Districts, same)
}
