package cooperation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"palermo/cooperation"
	"palermo/exchange"
)

// settle mends the world, lets everything come to its end, and has people do
// what they are told to: send again what did not arrive.
func (h *trial) settle(t *testing.T) {
	t.Helper()
	h.Clear()
	for _, s := range h.nodes {
		s.clock = 0
		s.start(t)
	}
	for h.rounds(t); h.Arrive() || h.again(t); h.rounds(t) {
	}
}

func (h *trial) rounds(t *testing.T) {
	t.Helper()
	for idle := 0; idle < 2; h.w.now = h.w.now.Add(10 * time.Minute) {
		idle++
		for _, s := range h.nodes {
			for more := true; more; {
				var err error
				more, err = s.courier.Round(context.Background())
				must(t, err)
			}
			if peers, err := s.desk.Outbox().Peers(context.Background()); err != nil {
				t.Fatal(err)
			} else if len(peers) > 0 {
				idle = 0
			}
		}
	}
}

// again sends what failed, and reports whether there was any.
func (h *trial) again(t *testing.T) (any bool) {
	t.Helper()
	for _, s := range h.nodes {
		for _, id := range h.order {
			for _, m := range h.way(t, s, id) {
				if m.Failed.IsZero() || !m.Seen.IsZero() || !m.Out {
					continue
				}
				any = true
				h.done["failed: "+m.Reason]++
				err := s.desk.Resend(context.Background(), s.at(id), m.ID)
				if err != nil {
					t.Fatalf("%s was told that %s did not arrive, and cannot send it again: %v", s.Program.Name, m.Act, err)
				}
			}
		}
	}
	return any
}

type message struct {
	cooperation.MessageView
	ID cooperation.MessageID
}

func (h *trial) way(t *testing.T, s *seat, id cooperation.ProcedureID) []message {
	t.Helper()
	list, err := s.desk.Way(context.Background(), s.at(id), id)
	must(t, err)
	var all []message
	for _, r := range list {
		all = append(all, message{r.Value(), cooperation.MessageID(r.ID())})
	}
	return all
}

// verdict is what must hold whatever befell.
func (h *trial) verdict(t *testing.T) error {
	for _, id := range h.order {
		a, errA := h.see(h.nodes[0], id)
		b, errB := h.see(h.nodes[1], id)
		if errA != nil && errB != nil {
			continue // what was begun when the program died, and never committed
		}
		if err := errors.Join(errA, errB); err != nil {
			return fmt.Errorf("procedure %s is at one side alone: %w", id, err)
		}
		if a.State != b.State || a.Disagrees() || b.Disagrees() || a.Sent != b.Heard || b.Sent != a.Heard {
			return fmt.Errorf("%s %s: %q and %q; sent %d and %d, heard %d and %d", a.Type, id, a.State, b.State, a.Sent, b.Sent, a.Heard, b.Heard)
		}
		for _, side := range []cooperation.Side{cooperation.Asking, cooperation.Asked} {
			if x, y := acts(a, side), acts(b, side); !slices.Equal(x, y) {
				return fmt.Errorf("%s %s: one side knows the acts %v, the other %v", a.Type, id, x, y)
			}
		}
		for i, s := range h.nodes {
			for _, m := range h.way(t, s, id) {
				if err := h.ended(h.nodes[1-i], m); err != nil {
					return fmt.Errorf("%s %s of %s: %w", m.Act, m.Number, s.Program.Name, err)
				}
			}
		}
	}
	return nil
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

// ended says what is wrong with the end of a message.
func (h *trial) ended(at *seat, m message) error {
	if !m.Out {
		return nil
	}
	r, err := at.desk.Message(context.Background(), at.at(m.Procedure), m.ID)
	there := err == nil && !r.Value().Closed
	switch {
	case !m.Delivered.IsZero():
		h.done["delivered"]++
		if !there || !slices.Equal(r.Value().Receipt, m.Receipt) {
			return errors.New("delivered, and not stored with that receipt")
		}
	case !m.Failed.IsZero():
		if there && exchange.Settles(exchange.FromReason(m.Reason)) {
			return fmt.Errorf("its sender was told %q, and it is stored", m.Reason)
		}
	case !m.Recalled.IsZero():
		h.done["recalled"]++
	default:
		return errors.New("it has no end")
	}
	return nil
}

// holds reports whether data of the person is at the other node still.
func (h *trial) holds() error {
	for _, id := range h.order {
		p, err := h.see(h.nodes[1], id)
		if err == nil && holdsAnything(p) {
			return fmt.Errorf("%s %s: consent was withdrawn, and the other side holds what was sent", p.Type, id)
		}
	}
	return nil
}
