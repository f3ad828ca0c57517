package exchange_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	. "palermo/exchange"
	"palermo/exchange/exchangetest"
)

// A simulation is some nodes in a world where everything goes wrong that can:
// programs die between any two writes, disks are full, messages are lost,
// doubled, late, overtaken, lines are cut, clocks jump. All of it comes from
// one seed, so that what was found once is found again.
type simulation struct {
	*exchangetest.Weather
	world *exchangetest.World
	nodes []*simulated
	now   time.Time
	seals bool // with the real sealing, which is slow
	sent  []sent
}

type simulated struct {
	*exchangetest.Program
	n       int
	sim     *simulation
	memory  *exchangetest.Memory
	inbox   Inbox
	courier *Courier
	desk    *Desk
	clock   time.Duration // how wrong it is
}

type sent struct {
	from, to int
	m        Signed
	o        Object
}

// A plant is a mistake put into each node, which the simulation must find.
type plant func(*simulated)

func newSimulation(world *exchangetest.World, seed uint64, p plant) *simulation {
	s := &simulation{Weather: exchangetest.NewWeather(seed), world: world, now: exchangetest.Noon, seals: seed%256 == 0}
	for n := range world.Nodes {
		node := &simulated{n: n, sim: s, memory: exchangetest.NewMemory()}
		node.Program = &exchangetest.Program{Name: world.Nodes[n].Name(), Weather: s.Weather}
		node.memory.Fault = node.Fault
		node.inbox = node.memory
		node.start()
		if p != nil {
			p(node)
			node.start()
		}
		s.nodes = append(s.nodes, node)
	}
	return s
}

// start is the program begun anew: what was in memory only is gone.
func (n *simulated) start() {
	n.Start()
	now := func() time.Time { return n.sim.now.Add(n.clock) }
	n.desk = &Desk{Inbox: n.inbox, Keys: n.sim.world.Nodes[n.n], Trust: func() *Trust { return n.sim.world.Trust }, Now: now}
	var outbox Outbox = n.memory
	if n.courier != nil {
		outbox = n.courier.Outbox
	}
	n.courier = &Courier{Name: n.sim.world.Nodes[n.n].Name(), Outbox: outbox, Line: n, Now: now, Random: n.sim.Float64, Backoff: Usual, Batch: 3}
}

// Carry is the way to another node and back, with all that may befall it.
func (n *simulated) Carry(ctx context.Context, to string, m Signed) (SignedReceipt, error) {
	other := n.sim.named(to)
	arrives := func() (SignedReceipt, error) { return other.take(ctx, n, m) }
	return n.sim.Travel(n.Program, other.Program, m, arrives)
}

// Ask travels as a message does.
func (n *simulated) Ask(ctx context.Context, awaited Receipt) (SignedReceipt, error) {
	other := n.sim.named(awaited.By)
	arrives := func() (SignedReceipt, error) { return other.desk.Asked(ctx, n.courier.Name, awaited) }
	return n.sim.Travel(n.Program, other.Program, n.memory.Out[awaited.Message].Message, arrives)
}

func (s *simulation) named(name string) *simulated {
	for _, n := range s.nodes {
		if n.courier.Name == name {
			return n
		}
	}
	return nil
}

func (n *simulated) take(ctx context.Context, from *simulated, m Signed) (SignedReceipt, error) {
	if !n.sim.seals {
		return n.desk.Take(ctx, from.courier.Name, m)
	}
	entry, err := n.sim.world.Trust.Node(n.courier.Name, n.sim.now)
	if err != nil {
		return nil, err
	}
	sealed, err := m.Seal(entry)
	if err != nil {
		return nil, err
	}
	return n.desk.Receive(ctx, from.courier.Name, sealed)
}

// step lets one thing happen.
func (s *simulation) step(t testing.TB) {
	n := s.nodes[s.IntN(len(s.nodes))]
	switch s.IntN(12) {
	case 0, 1:
		s.send(t, n)
	case 2:
		n.Dies(1 + s.IntN(4))
	case 3:
		n.start()
	case 4:
		n.Full = !n.Full
	case 5:
		s.Cut(n.Name, s.nodes[s.IntN(len(s.nodes))].Name, s.IntN(2) == 0)
	case 6:
		n.clock = time.Duration(s.IntN(7)-3) * 40 * time.Minute
	case 7:
		s.Arrive()
	case 8:
		s.withdraw(n)
	default:
		s.now = s.now.Add(time.Duration(1+s.IntN(600)) * time.Second)
		if !n.Down {
			_, _ = n.courier.Round(context.Background()) // its errors are the faults above
		}
	}
}

func (s *simulation) send(t testing.TB, from *simulated) {
	if from.Down || len(s.sent) >= 8 {
		return
	}
	to := (from.n + 1 + s.IntN(len(s.nodes)-1)) % len(s.nodes)
	o := s.world.Object(from.n, to, len(s.sent), s.now, time.Duration(1+s.IntN(180))*time.Minute)
	m, err := Sign(o, s.world.Nodes[from.n])
	if err != nil {
		t.Fatal(err)
	}
	err = from.memory.Add(m)
	if from.memory.Out[o.ID] != nil { // committed, whether it was heard or not
		s.sent = append(s.sent, sent{from.n, to, m, o})
	} else if err == nil {
		t.Fatal("a commit without a row")
	}
}

func (s *simulation) withdraw(n *simulated) {
	if n.Down || s.IntN(3) > 0 {
		return
	}
	for _, m := range s.sent {
		if row := n.memory.Out[m.o.ID]; m.from == n.n && row != nil && !row.Ended() {
			_ = n.memory.Withdraw(m.o.ID) // or not: its faults are those above
			return
		}
	}
}

// settle mends the world and lets everything come to its end.
func (s *simulation) settle() {
	s.Clear()
	for _, n := range s.nodes {
		if n.Down {
			n.start()
		}
	}
	for range 60 {
		for _, n := range s.nodes {
			_, _ = n.courier.Round(context.Background()) // a mistake planted in the outbox shows in the verdict
		}
		s.now = s.now.Add(6 * time.Minute)
	}
	for s.Arrive() {
	}
}

// verdict is what must hold whatever befell.
func (s *simulation) verdict() error {
	for _, m := range s.sent {
		o := m.o
		row := s.nodes[m.from].memory.Out[o.ID]
		stored := s.nodes[m.to].memory.In[exchangetest.Key{From: o.From, ID: o.ID}]
		there := stored != nil && !stored.Closed
		switch {
		case there && stored.Effects != 1:
			return fmt.Errorf("message %s was acted on %d times", o.ID, stored.Effects)
		case row == nil:
			return fmt.Errorf("message %s was lost by its sender", o.ID)
		case !row.Ended():
			return fmt.Errorf("message %s has no end", o.ID)
		case there && stored.Digest != m.m.Digest():
			return fmt.Errorf("another message is stored as %s", o.ID)
		case row.Receipt != nil && !there:
			return fmt.Errorf("receipt for %s, which is not stored", o.ID)
		case row.Failure != nil && there:
			return fmt.Errorf("sender of %s was told %q, and it is stored", o.ID, Reason(row.Failure))
		case row.Failure != nil && !Settles(row.Failure):
			return fmt.Errorf("message %s ended uncertain: %q", o.ID, Reason(row.Failure))
		case row.Failure != nil && s.nodes[m.from].memory.Told[o.ID] == 0:
			return fmt.Errorf("nobody was told of %s", o.ID)
		}
	}
	return nil
}

// simulate plays one seed.
func simulate(t testing.TB, world *exchangetest.World, seed uint64, p plant) (*simulation, error) {
	s := newSimulation(world, seed, p)
	for range 120 {
		s.step(t)
	}
	s.settle()
	return s, s.verdict()
}

// seeds is how many are played: PALERMO_SEEDS, or ten thousand.
func seeds(t *testing.T) uint64 {
	if testing.Short() {
		return 500
	}
	if more := os.Getenv("PALERMO_SEEDS"); more != "" {
		n, err := strconv.ParseUint(more, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return 10_000
}

func threeNodes(t testing.TB) *exchangetest.World {
	return exchangetest.NewWorld(t, exchangetest.Pinned{Name: "it-focal", State: "IT"},
		exchangetest.Pinned{Name: "ng-focal", State: "NG"}, exchangetest.Pinned{Name: "secretariat"})
}

func TestNothingIsLostOrDoubledWhateverFails(t *testing.T) {
	world, ended := threeNodes(t), map[string]int{}
	for seed := range seeds(t) {
		s, err := simulate(t, world, seed, nil)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, n := range s.nodes {
			for _, row := range n.memory.Out {
				if row.Receipt != nil {
					ended["delivered"]++
				} else {
					ended[Reason(row.Failure)]++
				}
			}
		}
	}
	t.Logf("how messages ended: %v", ended)
	for _, end := range []string{"delivered", "never-stored", "deadline-passed"} {
		if ended[end] == 0 {
			t.Errorf("the simulation never comes to %q: it is too tame", end)
		}
	}
}
