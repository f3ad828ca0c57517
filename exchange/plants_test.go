package exchange_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	. "palermo/exchange"
	"palermo/exchange/exchangetest"
	"palermo/ident"
)

// The mistakes that a store could make. Each wraps the memory of a node and
// spoils one promise of Outbox or Inbox.

// forgetful does not look whether a message is there, and acts on it again.
type forgetful struct{ *exchangetest.Memory }

func (f forgetful) Find(context.Context, string, ident.ID) (Entry, error) {
	return Entry{}, ErrNeverStored
}

func (f forgetful) Store(ctx context.Context, m Opened, r SignedReceipt) error {
	err := f.Memory.Store(ctx, m, r)
	if errors.Is(err, ErrAlteredCopy) {
		f.In[exchangetest.Key{From: m.From, ID: m.ID}].Effects++
		return nil
	}
	return err
}

// hasty says that it has stored what the disk refused.
type hasty struct{ *exchangetest.Memory }

func (h hasty) Store(ctx context.Context, m Opened, r SignedReceipt) error {
	err := h.Memory.Store(ctx, m, r)
	if errors.Is(err, exchangetest.ErrFull) {
		return nil
	}
	return err
}

// leaky closes an id, and stores under it all the same.
type leaky struct{ *exchangetest.Memory }

func (leaky) Close(context.Context, string, ident.ID, Instant) error { return nil }

// careless takes a message that could not be sent out of the outbox.
type careless struct{ *exchangetest.Memory }

func (c careless) Postponed(ctx context.Context, id ident.ID, attempts int, next Instant, reason error) error {
	delete(c.Out, id)
	return nil
}

// silent marks what is late, and tells nobody.
type silent struct{ *exchangetest.Memory }

func (s silent) Failed(ctx context.Context, id ident.ID, reason error, now Instant) error {
	err := s.Memory.Failed(ctx, id, reason, now)
	s.Told[id] = 0
	return err
}

func TestTheSimulationFindsMistakes(t *testing.T) {
	world := threeNodes(t)
	for _, test := range []struct {
		mistake, verdict string
		plant            plant
	}{
		{"acts on a copy again", "acted on 2 times", func(n *simulated) { n.inbox = forgetful{n.memory} }},
		{"gives a receipt for what is not stored", "which is not stored", func(n *simulated) { n.inbox = hasty{n.memory} }},
		{"stores what it said it will not", "and it is stored", func(n *simulated) { n.inbox = leaky{n.memory} }},
		{"drops what could not be sent", "was lost", func(n *simulated) { n.courier.Outbox = careless{n.memory} }},
		{"tells nobody", "nobody was told", func(n *simulated) { n.courier.Outbox = silent{n.memory} }},
	} {
		t.Run(test.mistake, func(t *testing.T) {
			for seed := range uint64(10_000) {
				_, err := simulate(t, world, seed, test.plant)
				if err != nil && strings.Contains(err.Error(), test.verdict) {
					t.Logf("found by seed %d: %v", seed, err)
					return
				}
			}
			t.Error("ten thousand seeds did not find it")
		})
	}
}
