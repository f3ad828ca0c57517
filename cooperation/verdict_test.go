package cooperation_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"palermo/cooperation"
	"palermo/cooperation/cooperationtest"
	"palermo/record"
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
func (h *trial) verdict() error {
	ends, err := cooperationtest.Agree(context.Background(), h.nodes[0].side(), h.nodes[1].side(), h.order)
	for end, n := range ends {
		h.done[end] += n
	}
	return err
}

func (s *seat) side() cooperationtest.Side {
	return cooperationtest.Side{Name: s.Program.Name, Desk: s.desk, Doors: []*record.Door{s.door, s.focal()}}
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
