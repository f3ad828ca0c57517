package faults

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"palermo/cooperation"
	"palermo/cooperation/cooperationtest"
	"palermo/demo"
	"palermo/demo/walk"
	"palermo/exchange"
	"palermo/node"
	"palermo/record"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { must(t, l.Close()) }()
	return l.Addr().String()
}

// storm is how long faults go on, and from which seeds they are drawn.
func storm(t *testing.T) (seeds []uint64, lasts time.Duration) {
	t.Helper()
	if list := os.Getenv("PALERMO_FAULTS_SEEDS"); list != "" {
		n, err := strconv.ParseUint(list, 10, 64)
		must(t, err)
		for seed := range n {
			seeds = append(seeds, seed)
		}
		return seeds, 30 * time.Second
	}
	return []uint64{1}, 15 * time.Second
}

// Two nodes that are killed, cut off, slowed down and filled up, while their
// people work: nothing that a page said was done is lost or doubled, and both
// sides see the same.
func TestNothingIsLostOrDoubledBetweenProcesses(t *testing.T) {
	seeds, lasts := storm(t)
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			p := pair{settle(t, demo.Italy(), 0), settle(t, demo.Nigeria(), 1)}
			p.trust(t)
			for _, n := range p {
				if !n.start() {
					t.Fatalf("%s does not start: %s", n.name, n.process.errors.String())
				}
			}
			m := &matters{done: map[string]int{}, failed: map[string]int{}}
			ctx, over := context.WithCancel(t.Context())
			var working sync.WaitGroup
			for _, w := range p.workers(t, m, seed) {
				working.Go(func() { w.work(ctx) })
			}
			happened := p.weather(t, mathrand.New(mathrand.NewPCG(seed, 2)), time.Now().Add(lasts))
			over()
			working.Wait()
			t.Logf("faults: %v; %d procedures, %d acts that pages said were done; refused: %v", happened, len(m.known), sum(m.done), m.failed)
			p.arrive(t)
			p.judge(t, m)
		})
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// pair is Italy and Nigeria.
type pair [2]*place

// trust is a list of both, and has each take it.
func (p pair) trust(t *testing.T) {
	t.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	now := time.Now()
	list := exchange.TrustList{Version: 1, Threshold: 1, Signers: []exchange.Signer{{Name: "secretariat", Public: public}},
		Issued: exchange.At(now.Add(-time.Hour)), Expires: exchange.At(now.AddDate(1, 0, 0))}
	for _, n := range p {
		list = list.With(n.entry)
	}
	draft, err := list.Draft()
	must(t, err)
	signed, err := draft.Sign(list.Signers, key)
	must(t, err)
	trust, err := exchange.Install(signed, now)
	must(t, err)
	bundle, err := exchange.Encode(trust.Bundle())
	must(t, err)
	for _, n := range p {
		opened := n.open()
		must(t, errors.Join(opened.Install(bundle), opened.Close()))
	}
}

// workers are two people at each node, of whom one is the focal point.
func (p pair) workers(t *testing.T, m *matters, seed uint64) (all []*worker) {
	t.Helper()
	for i, logins := range [][]string{{"ines", "rosa"}, {"efosa", "ivie"}} {
		opened := p[i].open()
		recipient, err := opened.Directory.OrganisationAt(t.Context(), p[1-i].name)
		must(t, errors.Join(err, opened.Close()))
		for _, login := range logins {
			v, err := walk.SignIn(t.Context(), p[i].config.Address, p[i].account(login))
			must(t, err)
			all = append(all, &worker{matters: m, Rand: mathrand.New(mathrand.NewPCG(seed, uint64(10+len(all)))), place: p[i], visitor: v, recipient: recipient})
		}
	}
	return all
}

// weather has one fault after the other until the time is over, and ends calm.
func (p pair) weather(t *testing.T, r *mathrand.Rand, until time.Time) map[string]int {
	t.Helper()
	happened := map[string]int{}
	aWhile := func(from, to int) { time.Sleep(time.Duration(from+r.IntN(to-from)) * time.Millisecond) }
	for time.Now().Before(until) {
		aWhile(200, 1200)
		n := p[r.IntN(2)]
		fault := []string{"killed", "killed", "cut", "held", "slow", "reset", "full", "full and killed"}[r.IntN(8)]
		happened[fault]++
		switch fault {
		case "killed":
			must(t, n.kill())
			aWhile(0, 800)
			if !n.start() {
				t.Fatalf("%s does not start again: %s", n.name, n.process.errors.String())
			}
		case "cut":
			p.cut(t, n, func() { aWhile(300, 2500) })
		case "held":
			n.relay.hold()
			aWhile(300, 2500)
			n.relay.heal()
		case "slow":
			n.relay.slow(time.Duration(20+r.IntN(200)) * time.Millisecond)
			aWhile(300, 2500)
			n.relay.heal()
		case "reset":
			n.relay.reset()
		case "full", "full and killed":
			p.full(t, n, fault == "full and killed", func() { aWhile(300, 2000) })
		}
	}
	return happened
}

// cut takes a node's line down for a while; what was on it is not told.
func (p pair) cut(t *testing.T, n *place, during func()) {
	t.Helper()
	if os.Getenv(inside) == "" {
		n.relay.hold()
		during()
		n.relay.heal()
		return
	}
	must(t, ip("link set line-"+n.name+" down"))
	during()
	must(t, ip("link set line-"+n.name+" up"))
}

// full leaves no room on a node's disk for a while, and may kill it meanwhile.
func (p pair) full(t *testing.T, n *place, kill bool, during func()) {
	t.Helper()
	if !n.small {
		return
	}
	n.fill()
	during()
	started := true
	if kill {
		must(t, n.kill())
		started = n.start()
	}
	n.free()
	if !started && !n.start() {
		t.Fatalf("%s does not start again with room on its disk: %s", n.name, n.process.errors.String())
	}
}

// arrive lets everything come to its end: the nodes begin anew, and nobody disturbs them.
func (p pair) arrive(t *testing.T) {
	t.Helper()
	for _, n := range p {
		must(t, n.kill())
		if !n.start() {
			t.Fatalf("%s does not start: %s", n.name, n.process.errors.String())
		}
	}
	for _, n := range p {
		opened := n.open()
		for end := time.Now().Add(90 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			waiting, err := opened.Abroad.Outbox().Peers(t.Context())
			must(t, err)
			if len(waiting) == 0 {
				break
			}
			if time.Now().After(end) {
				t.Errorf("something waits at %s still", n.name)
				break
			}
		}
		must(t, opened.Close())
	}
	for _, n := range p {
		n.stop()
		if n.process.err != nil {
			t.Errorf("%s did not end in order: %v\n%s", n.name, n.process.err, n.process.errors.String())
		}
		if err := n.verify(); err != nil {
			t.Error(err)
		}
	}
}

// judge compares both sides, and with what pages said was done.
func (p pair) judge(t *testing.T, m *matters) {
	t.Helper()
	var sides [2]cooperationtest.Side
	seen := map[cooperation.ProcedureID]bool{}
	var all []cooperation.ProcedureID
	for i, logins := range [][]string{{"ines", "rosa"}, {"efosa"}} {
		opened := p[i].open()
		defer func() { must(t, opened.Close()) }()
		sides[i] = cooperationtest.Side{Name: p[i].name, Desk: opened.Abroad}
		for _, login := range logins {
			door := opened.Record.For(p[i].account(login).Viewer)
			sides[i].Doors = append(sides[i].Doors, door)
			for _, id := range everything(t, opened, door) {
				if !seen[id] {
					seen[id], all = true, append(all, id)
				}
			}
		}
	}
	ends, err := cooperationtest.Agree(t.Context(), sides[0], sides[1], all)
	t.Logf("%d procedures at both nodes; how messages ended: %v", len(all), ends)
	if err != nil {
		t.Error(err)
	}
	if ends["delivered"] < 100 {
		t.Errorf("%d messages were delivered: this proves little", ends["delivered"])
	}
	for what, times := range m.done {
		path, act, _ := strings.Cut(what, " ")
		id, err := record.ParseID[cooperation.Procedure](strings.TrimPrefix(path, "/abroad/"))
		must(t, err)
		v, _, err := sides[0].See(t.Context(), id)
		did := 0
		for _, d := range v.Acts {
			if d.Name == act {
				did++
			}
		}
		if err != nil || did < times {
			t.Errorf("pages said %d times that %s was done; it was %d times (%v)", times, what, did, err)
		}
	}
}

// everything lists the procedures that somebody works on.
func everything(t *testing.T, n *node.Node, door *record.Door) (ids []cooperation.ProcedureID) {
	t.Helper()
	var before record.Cursor
	for {
		page, err := n.Abroad.List(t.Context(), door, before, 100)
		must(t, err)
		for _, r := range page {
			ids, before = append(ids, cooperation.ProcedureID(r.ID())), r.Cursor()
		}
		if len(page) < 100 {
			return ids
		}
	}
}
