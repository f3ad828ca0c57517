package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"time"

	"palermo/cooperation"
	"palermo/exchange"
	"palermo/ident"
)

// referral measures messages from end to end: begun, signed, sealed, carried
// over TLS, committed with journal entries on both sides, receipt stored.
func referral(ctx context.Context, p *page) error {
	dir, clean, err := scratchFolder(p)
	if err != nil {
		return err
	}
	defer clean()
	here, there, err := pair(ctx, dir)
	if err != nil {
		return err
	}
	sender := newSender(here)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- sender.run(running) }()
	first, _, err := sender.flight(ctx, 8, 2*time.Second) // warm
	warmed := len(first)
	if err != nil {
		stop()
		return errors.Join(err, <-ended, there.stop())
	}
	used := processorTime()
	took, whole, err := sender.flight(ctx, 8, 8*time.Second)
	used = processorTime() - used
	stop()
	warm, all := warmed+len(took), time.Duration(0)
	err = errors.Join(err, <-ended, there.stop(), here.Close())
	if there.cmd.ProcessState != nil {
		all = there.cmd.ProcessState.UserTime() + there.cmd.ProcessState.SystemTime()
	}
	if err != nil {
		return err
	}
	slices.Sort(took)
	rate := float64(len(took)) / whole.Seconds()
	p.say("\n## A referral from end to end\n\nTwo processes on this machine. Each message opens a procedure on both sides; 8 are in flight.")
	p.table("what", "figure", "wanted")
	p.row("messages a second", fmt.Sprintf("%.0f", rate), "700: "+met(rate >= 700))
	p.row("processor time of the sending side, a message", ms(used/time.Duration(max(len(took), 1))), "")
	p.row("processor time of the receiving side, a message, its start included", ms(all/time.Duration(max(warm, 1))), "")
	p.row("p50", ms(quantile(took, 0.5)), "")
	p.row("p99", ms(quantile(took, 0.99)), "under 50 ms: "+met(quantile(took, 0.99) < 50*time.Millisecond))
	p.row("p99 in fdatasyncs of this disk", fmt.Sprintf("%.1f", float64(quantile(took, 0.99))/float64(max(p.fsync, 1))), "")
	return nil
}

// pair opens both nodes and makes them known to each other.
func pair(ctx context.Context, dir string) (*place, *other, error) {
	here, err := openPlace(ctx, "it", in(dir, "it"), "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	there, err := startOther(in(dir, "ng"), "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	card, err := here.card("IT")
	if err != nil {
		return nil, nil, err
	}
	bundle, err := trusted(card, there.card)
	if err != nil {
		return nil, nil, err
	}
	return here, there, errors.Join(here.Install(bundle), there.trusts(bundle))
}

// sender is the sending node with its courier; it hears when a receipt is stored.
type sender struct {
	*place
	mu      sync.Mutex
	carried map[ident.ID]cooperation.ProcedureID // by the message's number
	awaited map[cooperation.ProcedureID]chan struct{}
	early   map[cooperation.ProcedureID]bool // receipts that nobody awaits yet
}

func newSender(p *place) *sender {
	return &sender{place: p, carried: map[ident.ID]cooperation.ProcedureID{}, awaited: map[cooperation.ProcedureID]chan struct{}{}, early: map[cooperation.ProcedureID]bool{}}
}

// watched tells the sender of each receipt once it is committed.
type watched struct {
	exchange.Outbox
	s *sender
}

func (w watched) Load(ctx context.Context, id ident.ID) (exchange.Signed, error) {
	signed, err := w.Outbox.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	o, err := signed.Object()
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.s.carried[id] = cooperation.ProcedureOf(o.Procedure)
	return signed, err
}

func (w watched) Postponed(ctx context.Context, id ident.ID, attempts int, next exchange.Instant, reason error) error {
	return w.Outbox.Postponed(ctx, id, attempts, next, reason)
}

func (w watched) Delivered(ctx context.Context, id ident.ID, r exchange.SignedReceipt) error {
	if err := w.Outbox.Delivered(ctx, id, r); err != nil {
		return err
	}
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	p := w.s.carried[id]
	delete(w.s.carried, id)
	if c, ok := w.s.awaited[p]; ok {
		close(c)
		delete(w.s.awaited, p)
	} else {
		w.s.early[p] = true
	}
	return nil
}

// run keeps the journal and carries messages until ctx ends.
func (s *sender) run(ctx context.Context) error {
	client := s.Client()
	defer client.Close()
	courier := s.Abroad.NewCourier(client, rand.Float64)
	courier.Outbox = watched{courier.Outbox, s}
	carried := make(chan struct{})
	var trouble []error
	go func() {
		defer close(carried)
		courier.Run(ctx, s.Abroad.Wake(), time.Second, func(err error) { trouble = append(trouble, err) })
	}()
	err := s.Sequence(ctx)
	<-carried
	return errors.Join(append(trouble, err)...)
}

var question = &cooperation.Enquire{Topic: "services", Question: "Is there a place with a workshop for an adult who speaks Edo?"}

// message begins a procedure and returns when the receipt of its message is stored.
func (s *sender) message(ctx context.Context) (time.Duration, error) {
	begun := time.Now()
	id, err := s.Abroad.Begin(ctx, s.worker(), cooperation.Start{Type: "enquiry", Recipient: s.orgs["there"]}, question)
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	if s.early[id] {
		delete(s.early, id)
		s.mu.Unlock()
		return time.Since(begun), nil
	}
	c := make(chan struct{})
	s.awaited[id] = c
	s.mu.Unlock()
	select {
	case <-c:
		return time.Since(begun), nil
	case <-time.After(30 * time.Second):
		return 0, errors.New("no receipt within half a minute")
	}
}

// flight keeps so many messages in flight for a time, and gives how long each took.
func (s *sender) flight(ctx context.Context, hands int, lasts time.Duration) ([]time.Duration, time.Duration, error) {
	var mu sync.Mutex
	var took []time.Duration
	var errs []error
	var all sync.WaitGroup
	start := time.Now()
	for range hands {
		all.Go(func() {
			for time.Since(start) < lasts {
				d, err := s.message(ctx)
				mu.Lock()
				if err != nil {
					errs = append(errs, err)
				} else {
					took = append(took, d)
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	all.Wait()
	return took, time.Since(start), errors.Join(errs...)
}

// processorTime is what this process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
