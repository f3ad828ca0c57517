package directory

import (
	"context"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// SetOnDuty says that a member is on duty, or no longer: the member, or an administrator.
func (b *Book) SetOnDuty(ctx context.Context, d *record.Door, id ident.ID, on bool) error {
	return b.ownOrKept(ctx, d, id, func(_ *record.Tx, m *Member) error {
		if on && !m.Active() {
			return fault.Conflict("The account is closed.")
		}
		m.OnDuty = on
		if on {
			m.Note(changed("on_duty"))
		} else {
			m.Note(changed("off_duty"))
		}
		return nil
	})
}

// SetDeputy names who is called on in a member's place; zero for nobody. A
// deputy works for the same organisation: what is on a case is not passed between organisations this way.
func (b *Book) SetDeputy(ctx context.Context, d *record.Door, id, deputy ident.ID) error {
	if id == deputy {
		return fault.Invalid("deputy", "Nobody is their own deputy.")
	}
	organisation := ident.ID{}
	if !deputy.IsZero() {
		seen, err := b.Member(ctx, d, deputy)
		if err != nil {
			return err
		}
		if organisation = seen.Value().Organisation; !seen.Value().Active {
			return fault.Invalid("deputy", "The deputy's account is closed.")
		}
	}
	return b.ownOrKept(ctx, d, id, func(_ *record.Tx, m *Member) error {
		if !deputy.IsZero() && organisation != m.Organisation {
			return fault.Invalid("deputy", "A deputy works for the same organisation.")
		}
		m.Deputy = deputy
		m.Note(Changed{What: "deputy_set", ID: deputy})
		return nil
	})
}

// SetLanguages says which languages a member works in (BCP 47).
func (b *Book) SetLanguages(ctx context.Context, d *record.Door, id ident.ID, tags []string) error {
	return b.ownOrKept(ctx, d, id, func(_ *record.Tx, m *Member) error {
		var err error
		m.Languages, err = languages("languages", tags)
		m.Note(changed("languages_set"))
		return err
	})
}
