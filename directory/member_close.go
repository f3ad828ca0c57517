package directory

import (
	"context"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Deactivate closes a member's account and ends their sessions. What they did stays in the journal.
func (b *Book) Deactivate(ctx context.Context, d *record.Door, id ident.ID) error {
	if id == d.Viewer().Member {
		return fault.Denied("Nobody closes their own account. Ask another administrator.")
	}
	err := b.change(ctx, d, id, ActKeep, func(tx *record.Tx, m *Member) error {
		if !m.Left.IsZero() {
			return fault.Conflict("The account is closed already.")
		}
		m.Left, m.OnDuty = tx.Now(), false
		m.Note(changed("member_left"))
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, id)
}

// Reinvite opens a closed account again, or puts a new handed-over password in
// place of lost credentials; passkeys, codes and links to other providers go too. It gives the
// password to hand over. Whoever keeps accounts cannot take one over unseen:
// the member finds the old sign-in gone, and the auditor the entry.
func (b *Book) Reinvite(ctx context.Context, d *record.Door, id ident.ID) (handOver string, err error) {
	if id == d.Viewer().Member {
		return "", fault.Denied("Nobody resets their own sign-in. Ask another administrator.")
	}
	err = b.change(ctx, d, id, ActKeep, func(tx *record.Tx, m *Member) error {
		var err error
		if handOver, err = b.invite(tx, m); err != nil {
			return err
		}
		m.Left = time.Time{}
		m.Note(changed("sign_in_reset"))
		return nil
	})
	if err != nil {
		return "", err
	}
	return handOver, b.endAll(ctx, id)
}
