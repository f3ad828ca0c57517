package access

import (
	"slices"
	"time"

	"palermo/ident"
)

// Viewer is who asks: a member at work, or the node itself in one of its own roles.
type Viewer struct {
	Member       ident.ID // zero for the node itself
	Name         string
	Organisation ident.ID
	Roles        []Role // those in force: granted, trained for, agreed to
	OnDuty       bool
	// FirstResponder says that the organisation may refer, where a State names those that do.
	FirstResponder bool
	Posting        *Posting // of somebody whom another State sent; nil for everybody else
	// Program is the key of a program that acts for the member, in fewer roles than the member has; zero for a person.
	Program ident.ID
	// Held are all the roles that the member has, where the viewer acts in fewer. They open
	// nothing; the walls of rule 7 count them, or a narrower role would be a way around a wall.
	Held []Role
}

// Posting bounds what somebody sent by another State may look at, whatever is released to their host.
type Posting struct {
	State string // ISO 3166-1, two letters
	Looks Set
}

// Node is the viewer for the node's own work in one role.
func Node(role Role) Viewer { return Viewer{Name: string(role), Roles: []Role{role}} }

// Everyone is the party of a relation that holds for all members.
var Everyone = ident.ID{}

// Has reports whether the viewer acts in the role.
func (v Viewer) Has(r Role) bool { return slices.Contains(v.Scope().Roles, r) }

// held are the roles that count for a wall: those acted in, and all others the member has.
func (v Viewer) held() []Role {
	all := slices.Concat(v.Roles, v.Held)
	slices.Sort(all)
	return slices.Compact(all)
}

// Scope is what the viewer's relations are matched with: the parties the
// viewer is or belongs to, and the roles the viewer acts in. The store
// compiles it into SQL; Match is the same rule in Go.
type Scope struct {
	Parties []ident.ID
	Roles   []Role
}

// Scope of the viewer.
func (v Viewer) Scope() Scope {
	s := Scope{Parties: []ident.ID{Everyone}, Roles: slices.Clone(v.Roles)}
	if !v.Organisation.IsZero() {
		s.Parties = append(s.Parties, v.Organisation)
	}
	if !v.Member.IsZero() {
		s.Parties = append(s.Parties, v.Member)
		s.Roles = append(s.Roles, Member)
		if v.Program.IsZero() { // an emergency is opened by a person, for that person alone
			s.Roles = append(s.Roles, BreakGlass)
		}
	}
	if slices.Contains(v.Roles, Police) {
		s.Roles = append(s.Roles, AddressPolice)
	}
	return s
}

// Relation says that a party stands on a record in a role, until a time (zero: as long as it is listed).
type Relation struct {
	Party ident.ID
	Role  Role
	Until time.Time
}

// ForEveryone lets all members who act in one of the roles stand on a record.
func ForEveryone(roles ...Role) []Relation {
	list := make([]Relation, len(roles))
	for i, r := range roles {
		list[i] = Relation{Party: Everyone, Role: r}
	}
	return list
}

// Match gives the standing: the roles in which a relation in force and the scope agree.
func (s Scope) Match(relations []Relation, now time.Time) []Role {
	var standing []Role
	for _, r := range relations {
		over := !r.Until.IsZero() && !now.Before(r.Until)
		if !over && slices.Contains(s.Parties, r.Party) && slices.Contains(s.Roles, r.Role) && !slices.Contains(standing, r.Role) {
			standing = append(standing, r.Role)
		}
	}
	slices.Sort(standing)
	return standing
}
