package directory

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// GrantRole gives a member a role, with its conditions, or changes the
// conditions; one that the organisation's kind allows (rule 7). Nobody changes
// their own roles. Faults: invalid, denied, not found.
func (b *Book) GrantRole(ctx context.Context, d *record.Door, id ident.ID, g Grant) error {
	if id == d.Viewer().Member {
		return errOwnRoles
	}
	return b.change(ctx, d, id, ActGrant, func(tx *record.Tx, m *Member) error {
		o, err := record.Open(tx, b.organisations, record.ID[Organisation](m.Organisation))
		if err != nil {
			return err
		}
		if g.Role.Known() && !o.Allows(g.Role) {
			return fault.Invalid("role", wrongHouse)
		}
		g := g
		g.By, g.At, g.Courses = tx.Viewer().Member, tx.Now(), slices.Clone(g.Courses)
		if err := m.grant(g); err != nil {
			return err
		}
		m.Note(RoleGranted{Grant: *m.Granted(g.Role)})
		return nil
	})
}

var errOwnRoles = fault.Denied("Nobody changes their own roles. Ask another administrator.")

// RevokeRole takes a role back, for a reason, and ends the member's sessions.
func (b *Book) RevokeRole(ctx context.Context, d *record.Door, id ident.ID, r access.Role, why string) error {
	if id == d.Viewer().Member {
		return errOwnRoles
	}
	if why = strings.TrimSpace(why); why == "" {
		return fault.Invalid("why", "Write the reason.")
	}
	err := b.change(ctx, d, id, ActGrant, func(_ *record.Tx, m *Member) error {
		i := slices.IndexFunc(m.Grants, func(g Grant) bool { return g.Role == r })
		if i < 0 {
			return fault.NotFound("The member does not have this role.")
		}
		m.Grants = slices.Delete(m.Grants, i, i+1)
		m.Note(RoleRevoked{Role: r, Why: why})
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, id)
}
