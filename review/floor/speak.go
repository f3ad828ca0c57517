package floor

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/review/instrument"
)

// Ask puts a delegation on the list of speakers. A delegate and an observer ask
// for their own delegation, the secretariat for any; a point of order is a
// State's. Faults: conflict, denied, not found.
func (k *Room) Ask(ctx context.Context, d *record.Door, id ID, delegation ident.ID, order bool) error {
	return k.change(ctx, d, id, ActSpeak, "floor_asked", func(tx *record.Tx, s *Session) error {
		viewer := tx.Viewer()
		if delegation != viewer.Organisation && !viewer.Has(access.Secretariat) {
			return fault.Denied("A delegation asks for the floor for itself.")
		}
		p := s.present(delegation)
		switch {
		case s.Meeting == 0:
			return errNotOpen
		case p == nil:
			return fault.Conflict("The secretariat first notes the delegation as present.")
		case order && p.Group != "party" && p.Group != "not_party":
			return fault.Denied("A State raises a point of order.")
		case slices.ContainsFunc(s.Floor, func(q Request) bool {
			return q.Delegation == delegation && q.Order == order && (q.Waits() || q.Speaks())
		}):
			return fault.Conflict("The delegation is on the list of speakers.")
		}
		request, err := tx.NewID()
		if err != nil {
			return err
		}
		s.Floor = append(slices.Clone(s.Floor), Request{ID: request, Delegation: delegation, Name: p.Name, Item: s.Item, Order: order, Asked: tx.Now()})
		return nil
	})
}

// Leave takes a request off the list: a delegation its own, the Chair any. Faults: denied, not found.
func (k *Room) Leave(ctx context.Context, d *record.Door, id ID, request ident.ID) error {
	return k.change(ctx, d, id, ActSpeak, "floor_left", func(tx *record.Tx, s *Session) error {
		q, err := s.request(request)
		if err != nil {
			return err
		}
		if q.Delegation != tx.Viewer().Organisation && !tx.Viewer().Has(access.Chair) {
			return fault.Denied("A delegation takes its own name off the list.")
		}
		q.Left = true
		return nil
	})
}

// Give gives the floor. Whoever has it has spoken, or is interrupted where it
// is a point of order. Faults: conflict, denied, not found.
func (k *Room) Give(ctx context.Context, d *record.Door, id ID, request ident.ID) error {
	return k.change(ctx, d, id, ActChair, "floor_given", func(tx *record.Tx, s *Session) error {
		if s.Meeting == 0 {
			return errNotOpen
		}
		q, err := s.request(request)
		if err != nil {
			return err
		}
		first := s.Waiting()[0]
		if first.Order && !q.Order {
			return fault.Conflict("A point of order comes first.")
		}
		if now := s.Speaker(); now != nil && q.Order && !now.Order {
			now.Spoken, now.Began = now.Took(tx.Now()), time.Time{}
		} else if err := s.end(tx.Now()); err != nil {
			return err
		}
		q.Began, q.Item = tx.Now(), s.Item
		return nil
	})
}

// End ends the statement of whoever has the floor. Faults: conflict, denied.
func (k *Room) End(ctx context.Context, d *record.Door, id ID) error {
	return k.change(ctx, d, id, ActChair, "statement_ended", func(tx *record.Tx, s *Session) error {
		if s.Speaker() == nil {
			return fault.Conflict("Nobody has the floor.")
		}
		return s.end(tx.Now())
	})
}

// end makes of whoever has the floor a speaker of the report; a point of order is none.
func (s *Session) end(now time.Time) error {
	q := s.Speaker()
	if q == nil {
		return nil
	}
	q.Spoken, q.Ended = q.Took(now), now
	p := s.present(q.Delegation)
	if q.Order || p == nil {
		return nil
	}
	l, err := instrument.Open()
	if err != nil {
		return fault.Internal(err)
	}
	to, name := &s.Facts.Speakers, l.State(q.Name).Code
	switch p.Group {
	case "party":
		to.Parties = once(to.Parties, name)
	case "not_party":
		to.Observers = once(to.Observers, name)
	default:
		to.Organizations = once(to.Organizations, name)
	}
	if q.Item != 0 {
		to.Items = once(to.Items, q.Item)
	}
	return nil
}
