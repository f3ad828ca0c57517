package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"palermo/cooperation"
	"palermo/exchange"
	"palermo/ident"
)

// waiting measures what messages cost that wait for a dead node, and whether
// they come in the order of their deadlines when it returns.
func waiting(ctx context.Context, p *page) error {
	dir, clean, err := scratchFolder(p)
	if err != nil {
		return err
	}
	defer clean()
	here, there, err := pair(ctx, dir)
	if err != nil {
		return err
	}
	if err := there.stop(); err != nil {
		return err
	}
	before := memory()
	running, stop := context.WithCancel(ctx)
	s := newSender(here)
	ordered := &inOrder{Outbox: here.Abroad.Outbox()}
	client := here.Client()
	courier := here.Abroad.NewCourier(client, rand.Float64)
	courier.Outbox, courier.InFlight, courier.Backoff.Most = ordered, 1, 2*time.Second
	ended := make(chan error, 2)
	go func() { ended <- s.Sequence(running) }()
	go func() {
		courier.Run(running, here.Abroad.Wake(), time.Second, func(error) {})
		ended <- nil
	}()
	began := time.Now()
	err = s.begin(ctx, p.waiting)
	filled := time.Since(began)
	during := memory()
	var back *other
	address, unread := there.address()
	if err = errors.Join(err, unread); err == nil {
		back, err = startOther(there.dir, address)
	}
	if err == nil {
		err = back.trusts(nil)
	}
	began = time.Now()
	for end := time.Now().Add(20 * time.Minute); err == nil && ordered.count() < p.waiting; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			err = fmt.Errorf("only %d were delivered in twenty minutes", ordered.count())
		}
	}
	drained := time.Since(began)
	stop()
	err = errors.Join(err, <-ended, <-ended)
	client.Close()
	if back != nil {
		err = errors.Join(err, back.stop())
	}
	if err = errors.Join(err, here.Close()); err != nil {
		return err
	}
	grown := float64(during-before) / (1 << 20)
	p.say("\n## %d messages wait for a dead node", p.waiting)
	p.table("what", "figure", "wanted")
	p.row("memory that the sending process grew by", fmt.Sprintf("%.0f MiB", grown), "at most 100 MiB: "+met(grown <= 100))
	p.row("delivered out of the order of their deadlines", strconv.Itoa(ordered.wrong), "0: "+met(ordered.wrong == 0))
	p.row("written in", filled.Round(time.Second).String(), "")
	p.row("delivered, one at a time, within", drained.Round(time.Second).String(), "")
	return nil
}

// begin puts so many messages into the outbox.
func (s *sender) begin(ctx context.Context, n int) error {
	var all sync.WaitGroup
	errs := make([]error, 8)
	for i := range 8 {
		all.Go(func() {
			for range n / 8 {
				if _, err := s.Abroad.Begin(ctx, s.worker(), cooperation.Start{Type: "enquiry", Recipient: s.orgs["there"]}, question); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// inOrder counts what is delivered, and what came after a message with a later deadline.
type inOrder struct {
	exchange.Outbox
	mu        sync.Mutex
	deadlines map[ident.ID]exchange.Instant
	last      exchange.Instant
	delivered int
	wrong     int
}

func (o *inOrder) Load(ctx context.Context, id ident.ID) (exchange.Signed, error) {
	signed, err := o.Outbox.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	object, err := signed.Object()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.deadlines == nil {
		o.deadlines = map[ident.ID]exchange.Instant{}
	}
	o.deadlines[id] = object.Deadline
	return signed, err
}

func (o *inOrder) Delivered(ctx context.Context, id ident.ID, r exchange.SignedReceipt) error {
	if err := o.Outbox.Delivered(ctx, id, r); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	at := o.deadlines[id]
	delete(o.deadlines, id)
	if at < o.last {
		o.wrong++
	}
	o.last = max(o.last, at)
	o.delivered++
	return nil
}

func (o *inOrder) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.delivered
}

// memory is what this process holds, in bytes, once its rubbish is collected.
func memory() int64 {
	runtime.GC()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
