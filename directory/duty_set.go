package directory

import (
	"context"

	"palermo/access"
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

// Reach is where and when a member can be called on.
type Reach struct {
	Districts []string // empty for the whole country
	Hours     string
}

// SetReach says it: the member, or an administrator.
func (b *Book) SetReach(ctx context.Context, d *record.Door, id ident.ID, s Reach) error {
	return b.ownOrKept(ctx, d, id, func(_ *record.Tx, m *Member) error {
		districts := make([]string, 0, len(s.Districts))
		for _, name := range s.Districts {
			name, err := text("districts", name)
			if err != nil {
				return err
			}
			districts = append(districts, name)
		}
		if len(s.Hours) > 500 {
			return fault.Invalid("hours", "This is too long: keep it under 500 characters.")
		}
		m.Districts, m.Hours = districts, s.Hours
		m.Note(changed("reach_set"))
		return nil
	})
}

// SetReference makes a judge or prosecutor the one whom colleagues turn to in the
// member's districts (row 16), or no longer: an administrator.
func (b *Book) SetReference(ctx context.Context, d *record.Door, id ident.ID, on bool) error {
	return b.change(ctx, d, id, ActKeep, func(_ *record.Tx, m *Member) error {
		if on && m.Granted(access.Judge) == nil && m.Granted(access.Prosecutor) == nil {
			return fault.Conflict("Only a judge or a prosecutor is a reference for colleagues.")
		}
		m.Reference = on
		m.Note(changed("reference_set"))
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
