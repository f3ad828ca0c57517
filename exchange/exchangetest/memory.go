package exchangetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"palermo/exchange"
	"palermo/ident"
)

// Memory is the boxes of one node. What is written stays when the program that
// used it dies; Fault can make any write fail, before or after it is done.
type Memory struct {
	mu  sync.Mutex
	Out map[ident.ID]*Row
	In  map[Key]*Stored
	// Told counts, by message, how often a person was told of it.
	Told map[ident.ID]int
	// Turned is what was not taken.
	Turned []exchange.Refusal
	// Fault is asked before each write and after it; an error before means that
	// nothing is written, and one after that nobody hears that it was. Nil: never.
	Fault func(after bool) error
}

// Row is a message in the outbox.
type Row struct {
	exchange.Waiting
	Message exchange.Signed
	Receipt exchange.SignedReceipt // when it was delivered
	Failure error                  // when it was refused for good
}

// Ended reports whether nothing is left to do.
func (r *Row) Ended() bool { return r.Receipt != nil || r.Failure != nil }

// Key names a message at its receiver.
type Key struct {
	From string
	ID   ident.ID
}

// Stored is a message in the inbox; Effects counts how often it was acted on.
type Stored struct {
	exchange.Entry
	Effects int
}

// NewMemory gives empty boxes.
func NewMemory() *Memory {
	return &Memory{Out: map[ident.ID]*Row{}, In: map[Key]*Stored{}, Told: map[ident.ID]int{}}
}

var (
	_ exchange.Outbox = (*Memory)(nil)
	_ exchange.Inbox  = (*Memory)(nil)
)

// write does it, unless Fault says otherwise. A refusal of do writes nothing.
func (m *Memory) write(do func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Fault != nil {
		if err := m.Fault(false); err != nil {
			return err
		}
	}
	if err := do(); err != nil {
		return err
	}
	if m.Fault != nil {
		return m.Fault(true)
	}
	return nil
}

// Add puts a message into the outbox.
func (m *Memory) Add(s exchange.Signed) error {
	o, err := s.Object()
	if err != nil {
		return err
	}
	return m.write(func() error {
		m.Out[o.ID] = &Row{Waiting: exchange.Waiting{ID: o.ID, Digest: s.Digest(), To: o.To, Deadline: o.Deadline}, Message: s}
		return nil
	})
}

// Withdraw takes a message back: it is sent no more, and whether it is stored is asked.
func (m *Memory) Withdraw(id ident.ID) error {
	return m.write(func() error { m.Out[id].Ask = true; return nil })
}

// Peers names the nodes to which something waits.
func (m *Memory) Peers(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	peers := map[string]bool{}
	for _, r := range m.Out {
		if !r.Ended() {
			peers[r.To] = true
		}
	}
	return slices.Sorted(maps.Keys(peers)), nil
}

// Ready lists what may be tried now, earliest deadline first.
func (m *Memory) Ready(_ context.Context, to string, now exchange.Instant, limit int) ([]exchange.Waiting, error) {
	return m.list(limit, func(r *Row) bool { return r.To == to && r.Next <= now }), nil
}

// Overdue lists what has passed its deadline and is not yet marked.
func (m *Memory) Overdue(_ context.Context, now exchange.Instant, limit int) ([]exchange.Waiting, error) {
	return m.list(limit, func(r *Row) bool { return !r.Ask && r.Deadline < now }), nil
}

func (m *Memory) list(limit int, is func(*Row) bool) []exchange.Waiting {
	m.mu.Lock()
	defer m.mu.Unlock()
	var rows []exchange.Waiting
	for _, r := range m.Out {
		if !r.Ended() && is(r) {
			rows = append(rows, r.Waiting)
		}
	}
	slices.SortFunc(rows, func(a, b exchange.Waiting) int {
		return cmp.Or(cmp.Compare(a.Deadline, b.Deadline), slices.Compare(a.ID[:], b.ID[:]))
	})
	return rows[:min(limit, len(rows))]
}

// Load gives the message, or exchange.ErrWithdrawn.
func (m *Memory) Load(_ context.Context, id ident.ID) (exchange.Signed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.Out[id]; !r.Ask {
		return r.Message, nil
	}
	return nil, exchange.ErrWithdrawn
}

// Delivered ends the row with its receipt.
func (m *Memory) Delivered(_ context.Context, id ident.ID, r exchange.SignedReceipt) error {
	return m.write(func() error { m.Out[id].Receipt = r; return nil })
}

// Postponed sets the row's next attempt.
func (m *Memory) Postponed(_ context.Context, id ident.ID, attempts int, next exchange.Instant, _ error) error {
	return m.write(func() error { m.Out[id].Attempts, m.Out[id].Next = attempts, next; return nil })
}

// Late tells a person, and marks the row.
func (m *Memory) Late(_ context.Context, id ident.ID, _ exchange.Instant) error {
	return m.write(func() error { m.Out[id].Ask = true; m.Told[id]++; return nil })
}

// Failed tells a person, and ends the row.
func (m *Memory) Failed(_ context.Context, id ident.ID, reason error, _ exchange.Instant) error {
	return m.write(func() error { m.Out[id].Failure = reason; m.Told[id]++; return nil })
}

// Find gives what is known of a message.
func (m *Memory) Find(_ context.Context, from string, id ident.ID) (exchange.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.In[Key{from, id}]; ok {
		return s.Entry, nil
	}
	return exchange.Entry{}, exchange.ErrNeverStored
}

// Store keeps a message and acts on it, once.
func (m *Memory) Store(_ context.Context, o exchange.Opened, r exchange.SignedReceipt) error {
	return m.write(func() error {
		key := Key{o.From, o.ID}
		if _, ok := m.In[key]; ok {
			return exchange.ErrAlteredCopy
		}
		m.In[key] = &Stored{Entry: exchange.Entry{Digest: o.Digest, Receipt: r}, Effects: 1}
		return nil
	})
}

// Close keeps that nothing will be stored under the id.
func (m *Memory) Close(_ context.Context, from string, id ident.ID, _ exchange.Instant) error {
	return m.write(func() error {
		if _, ok := m.In[Key{from, id}]; ok {
			return exchange.ErrAlteredCopy
		}
		m.In[Key{from, id}] = &Stored{Entry: exchange.Entry{Closed: true}}
		return nil
	})
}

// Refused keeps what was not taken.
func (m *Memory) Refused(_ context.Context, r exchange.Refusal) error {
	return m.write(func() error { m.Turned = append(m.Turned, r); return nil })
}
