// Package cooperationtest says whether two nodes agree on what they did
// together: the verdict on a simulation as on real processes.
package cooperationtest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"palermo/access"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/record"
)

// Side is one node, and the doors of those who work there.
type Side struct {
	Name  string
	Desk  *cooperation.Desk
	Doors []*record.Door
}

// See gives a procedure, and the door of who works on it there; an error where nobody sees it.
func (s Side) See(ctx context.Context, id cooperation.ProcedureID) (p cooperation.ProcedureView, door *record.Door, err error) {
	for _, door = range s.Doors {
		var r record.Redacted[cooperation.ProcedureView]
		if r, err = record.View(ctx, door, s.Desk.Procedures, id, record.Reason{Action: access.Look}); err == nil {
			return r.Value(), door, nil
		}
	}
	return p, nil, err
}

// Ends counts how messages ended.
type Ends map[string]int

// Agree gives what is wrong between two sides once everything has arrived: a
// procedure that one of them lacks or sees otherwise, an act that was lost or
// doubled, a message without an end, or with another one than its sender was told.
func Agree(ctx context.Context, a, b Side, ids []cooperation.ProcedureID) (Ends, error) {
	ends := Ends{}
	for _, id := range ids {
		if err := agree(ctx, a, b, id, ends); err != nil {
			return ends, fmt.Errorf("procedure %s: %w", id, err)
		}
	}
	return ends, nil
}

func agree(ctx context.Context, a, b Side, id cooperation.ProcedureID, ends Ends) error {
	x, atX, errX := a.See(ctx, id)
	y, atY, errY := b.See(ctx, id)
	if errX != nil && errY != nil {
		return nil // its first change was never committed
	}
	if err := errors.Join(errX, errY); err != nil {
		return fmt.Errorf("one side alone has it: %w", err)
	}
	if x.State != y.State || x.Disagrees() || y.Disagrees() || x.Sent != y.Heard || y.Sent != x.Heard {
		return fmt.Errorf("%s: %q and %q; sent %d and %d, heard %d and %d", x.Type, x.State, y.State, x.Sent, y.Sent, x.Heard, y.Heard)
	}
	for _, side := range []cooperation.Side{cooperation.Asking, cooperation.Asked} {
		if p, q := acts(x, side), acts(y, side); !slices.Equal(p, q) {
			return fmt.Errorf("%s: %s did %v, %s knows %v", x.Type, side, p, side.Other(), q)
		}
	}
	return errors.Join(ended(ctx, a, atX, b, atY, id, ends), ended(ctx, b, atY, a, atX, id, ends))
}

func acts(p cooperation.ProcedureView, side cooperation.Side) []string {
	var names []string
	for _, d := range p.Acts {
		if d.Side == side {
			names = append(names, d.Name+d.Refused)
		}
	}
	return names
}

// ended looks at what one side sent to the other in a procedure.
func ended(ctx context.Context, from Side, door *record.Door, to Side, there *record.Door, id cooperation.ProcedureID, ends Ends) error {
	way, err := from.Desk.Way(ctx, door, id)
	if err != nil {
		return err
	}
	for _, r := range way {
		m := r.Value()
		if !m.Out {
			continue
		}
		stored, err := to.Desk.Message(ctx, there, cooperation.MessageID(r.ID()))
		if err := verdict(&m, stored.Value(), err == nil && !stored.Value().Closed, ends); err != nil {
			return fmt.Errorf("message %s of %s, %s: %w", m.Number, from.Name, m.Act, err)
		}
	}
	return nil
}

func verdict(m *cooperation.MessageView, stored cooperation.MessageView, there bool, ends Ends) error {
	switch {
	case !m.Delivered.IsZero():
		ends["delivered"]++
		if !there || !slices.Equal(stored.Receipt, m.Receipt) {
			return errors.New("delivered, and not stored with that receipt")
		}
	case !m.Failed.IsZero():
		ends[m.Reason]++
		if there && exchange.Settles(exchange.FromReason(m.Reason)) {
			return fmt.Errorf("its sender was told %q, and it is stored", m.Reason)
		}
	case !m.Recalled.IsZero():
		ends["recalled"]++
	default:
		return errors.New("it has no end")
	}
	return nil
}
