package directory

import (
	"context"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Add takes an organisation into the directory. Faults: invalid, denied.
func (b *Book) Add(ctx context.Context, d *record.Door, f AddOrganisation) (ident.ID, error) {
	var id record.ID[Organisation]
	err := record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		var err error
		id, err = b.createOrganisation(tx, f)
		return err
	})
	b.forgetAll()
	return ident.ID(id), err
}

func (b *Book) createOrganisation(tx *record.Tx, f AddOrganisation) (record.ID[Organisation], error) {
	o := &Organisation{Added: tx.Now()}
	if err := o.set(f); err != nil {
		return o.ID(), err
	}
	o.Note(changed("organisation_added"))
	id, err := record.Create(tx, b.organisations, o)
	b.note(OrganisationView{ID: ident.ID(id), Organisation: *o}) // if it is not kept after all, nobody names it
	return id, err
}

// ChangeOrganisation writes the facts of an organisation anew. Faults: invalid, denied, not found.
func (b *Book) ChangeOrganisation(ctx context.Context, d *record.Door, id ident.ID, f AddOrganisation) error {
	return b.changeOrganisation(ctx, d, id, ActKeep, func(_ *record.Tx, o *Organisation) error {
		o.Note(changed("organisation_changed"))
		return o.set(f)
	})
}

// CloseOrganisation says that an organisation takes part no longer, and
// with it none of its members.
func (b *Book) CloseOrganisation(ctx context.Context, d *record.Door, id ident.ID) error {
	return b.changeOrganisation(ctx, d, id, ActKeep, func(tx *record.Tx, o *Organisation) error {
		if !o.Active() {
			return fault.Conflict("The organisation is closed already.")
		}
		o.Closed = tx.Now()
		o.Note(changed("organisation_closed"))
		return nil
	})
}

// ReopenOrganisation lets an organisation take part again.
func (b *Book) ReopenOrganisation(ctx context.Context, d *record.Door, id ident.ID) error {
	return b.changeOrganisation(ctx, d, id, ActKeep, func(_ *record.Tx, o *Organisation) error {
		if o.Active() {
			return fault.Conflict("The organisation takes part already.")
		}
		o.Closed = time.Time{}
		o.Note(changed("organisation_reopened"))
		return nil
	})
}

// SetEscalation sets the order in which members are called on when a duty is
// not done. It says nothing of who is on duty; they do, by SetOnDuty.
func (b *Book) SetEscalation(ctx context.Context, d *record.Door, id ident.ID, order []ident.ID) error {
	return b.changeOrganisation(ctx, d, id, ActKeep, func(tx *record.Tx, o *Organisation) error {
		seen := map[ident.ID]bool{}
		for _, member := range order {
			if seen[member] {
				return fault.Invalid("order", "Somebody stands in the order twice.")
			}
			seen[member] = true
		}
		o.Escalation = order
		o.Note(changed("escalation_set"))
		return nil
	})
}
