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
