package directory

import (
	"context"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// change is a change of one member's record.
func (b *Book) change(ctx context.Context, d *record.Door, id ident.ID, action access.Action, fn func(*record.Tx, *Member) error) error {
	err := record.Do(ctx, d, record.Reason{Action: action}, func(tx *record.Tx) error {
		m, err := record.Open(tx, b.members, record.ID[Member](id))
		if err != nil {
			return err
		}
		if m.Stranger {
			return fault.NotFound("There is no such member.")
		}
		return fn(tx, m)
	})
	if err == nil {
		b.forget(id)
	}
	return err
}

// own is a change that the viewer makes to their own account: the policy lets
// every member come to do:own_account, and this is where it is their own.
func (b *Book) own(ctx context.Context, d *record.Door, fn func(*record.Tx, *Member) error) error {
	if d.Viewer().Member.IsZero() || !d.Viewer().Program.IsZero() {
		return fault.Denied("Only the member can do this.")
	}
	return b.change(ctx, d, d.Viewer().Member, ActOwnAccount, fn)
}

// ownOrKept is a change that a member makes to their own account, or an administrator to anybody's.
func (b *Book) ownOrKept(ctx context.Context, d *record.Door, id ident.ID, fn func(*record.Tx, *Member) error) error {
	if d.Viewer().Member == id {
		return b.own(ctx, d, fn)
	}
	return b.change(ctx, d, id, ActKeep, fn)
}

func (b *Book) changeOrganisation(ctx context.Context, d *record.Door, id ident.ID, action access.Action, fn func(*record.Tx, *Organisation) error) error {
	var now Organisation
	err := record.Do(ctx, d, record.Reason{Action: action}, func(tx *record.Tx) error {
		o, err := record.Open(tx, b.organisations, record.ID[Organisation](id))
		if err != nil {
			return err
		}
		err = fn(tx, o)
		now = *o
		return err
	})
	if err == nil {
		b.note(OrganisationView{ID: id, Organisation: now})
	}
	b.forgetAll()
	return err
}

func (b *Book) changeCourse(ctx context.Context, d *record.Door, id ident.ID, fn func(*Course) error) error {
	err := record.Update(ctx, d, b.courses, record.ID[Course](id), record.Reason{Action: ActTrain}, fn)
	b.forgetAll()
	return err
}
