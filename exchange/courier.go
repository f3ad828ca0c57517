package exchange

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"palermo/ident"
)

// Waiting is a row of the outbox: enough to decide, without the content.
type Waiting struct {
	ID       ident.ID
	Digest   Digest
	To       string
	Deadline Instant
	Attempts int
	Next     Instant // not before
	// Ask: the deadline has passed or the message was taken back, after it may
	// have been sent. Its content is sent no more; whether it is stored is asked.
	Ask bool
	// Emergency: it goes also while the courier is held.
	Emergency bool
}

// Outbox is what waits to be sent. The row is written in the commit of the
// change that it tells of. Each method commits before it returns; an error
// means that nothing was written.
type Outbox interface {
	// Peers names the nodes to which something waits.
	Peers(ctx context.Context) ([]string, error)
	// Ready lists what may be tried now, earliest deadline first.
	Ready(ctx context.Context, to string, now Instant, limit int) ([]Waiting, error)
	// Overdue lists what has passed its deadline and is not yet marked Ask.
	Overdue(ctx context.Context, now Instant, limit int) ([]Waiting, error)
	// Load gives the message, or ErrWithdrawn.
	Load(ctx context.Context, id ident.ID) (Signed, error)
	// Delivered: it is stored over there. The row has ended.
	Delivered(ctx context.Context, id ident.ID, r SignedReceipt) error
	// Postponed: it is tried again. The reason is for the page that shows its way.
	Postponed(ctx context.Context, id ident.ID, attempts int, next Instant, reason error) error
	// Late: there is no receipt and the deadline has passed. A person is told;
	// the row stays, with Ask, until the other node says which it is.
	Late(ctx context.Context, id ident.ID, now Instant) error
	// Failed: it was refused for good. A person is told why, and unless Settles
	// says so of the reason, that an earlier attempt may be stored. The row has ended.
	Failed(ctx context.Context, id ident.ID, reason error, now Instant) error
}

// Line carries to one node. A refusal of the other node comes back as the
// error of its name (FromReason); trouble on the way is ErrNoAnswer.
type Line interface {
	// Carry seals, sends, and gives the receipt, verified.
	Carry(ctx context.Context, to string, m Signed) (SignedReceipt, error)
	// Ask has the other node say for good whether the message is stored: its
	// receipt, verified, or ErrNeverStored.
	Ask(ctx context.Context, awaited Receipt) (SignedReceipt, error)
}

// Courier carries what waits, earliest deadline first, until there is a
// receipt or a person was told. A node that cannot be reached is tried again
// ever more rarely, for all of its messages at once: forty thousand of them
// cost it one attempt.
type Courier struct {
	Name     string // of our own node
	Outbox   Outbox
	Line     Line
	Now      func() time.Time
	Random   func() float64 // uniform in [0,1): spreads the attempts of many nodes
	Backoff  Backoff
	InFlight int // to one node at a time; zero is one
	Batch    int // rows in memory for one node; zero is 100
	// Held reports that nothing but emergencies may go: a node whose journal
	// cannot be published would send what it could not prove. Nil: never.
	Held func() bool

	mu    sync.Mutex
	peers map[string]quiet
}

// quiet is a node that could not be reached.
type quiet struct {
	failures int
	until    Instant
}

// Round tells of what is late and then goes to one node after the other, with
// one batch of what waits for it. It reports whether there may be more to do
// at once. The error is the outbox's; nothing is lost by it.
func (c *Courier) Round(ctx context.Context) (more bool, err error) {
	peers, more, err := c.begin(ctx, true)
	for _, to := range peers {
		full, failed := c.visit(ctx, to)
		more, err = more || full, errors.Join(err, failed)
	}
	return more && err == nil, err
}

// begin tells of what is late, where it is time to, and names the nodes to which something waits.
func (c *Courier) begin(ctx context.Context, timed bool) (peers []string, more bool, err error) {
	if timed {
		more, err = c.late(ctx)
	}
	if err != nil {
		return nil, false, err
	}
	peers, err = c.Outbox.Peers(ctx)
	return peers, more, err
}

// Run carries until ctx ends, to all nodes at the same time: a slow one holds
// up no other. It looks when it is woken because something was put into the
// outbox, and at least so often. What the outbox refuses is told to trouble,
// and tried again.
func (c *Courier) Run(ctx context.Context, wake <-chan struct{}, every time.Duration, trouble func(error)) {
	type visited struct {
		to   string
		full bool
		err  error
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	done, away := make(chan visited), map[string]bool{}
	missed := map[string]bool{} // something came for them while the courier was there
	timed := true               // what is late is looked for at times, not whenever something new comes
	for {
		peers, again, err := c.begin(ctx, timed)
		timed = again
		if err != nil && ctx.Err() == nil {
			trouble(err)
		}
		for _, to := range peers {
			if missed[to] = away[to]; missed[to] {
				continue
			}
			away[to] = true
			go func() {
				full, err := c.visit(ctx, to)
				done <- visited{to, full, err}
			}()
		}
		for !again {
			select {
			case <-ctx.Done():
				for range away {
					<-done
				}
				return
			case v := <-done:
				delete(away, v.to)
				if v.err != nil && ctx.Err() == nil {
					trouble(v.err)
				}
				again = v.err == nil && (v.full || missed[v.to])
			case <-wake:
				again = true
			case <-tick.C:
				again, timed = true, true
			}
		}
	}
}

func (c *Courier) late(ctx context.Context) (more bool, err error) {
	now := At(c.Now())
	rows, err := c.Outbox.Overdue(ctx, now, c.batch())
	if err != nil {
		return false, err
	}
	for _, w := range rows {
		if err := c.Outbox.Late(ctx, w.ID, now); err != nil {
			return false, err
		}
	}
	return len(rows) == c.batch(), nil
}

// visit takes one batch to one node.
func (c *Courier) visit(ctx context.Context, to string) (full bool, err error) {
	now := At(c.Now())
	if until := c.quietUntil(to); until > now && until <= now+Instant(c.Backoff.Most.Microseconds()) { // or else the clock was set back
		return false, nil
	}
	held := c.Held != nil && c.Held()
	limit := c.batch()
	if held {
		limit = max(limit, heldBatch)
	}
	rows, err := c.Outbox.Ready(ctx, to, now, limit)
	if held {
		rows = slices.DeleteFunc(rows, func(w Waiting) bool { return !w.Emergency })
	}
	if err != nil || len(rows) == 0 {
		return false, err
	}
	reached, rest := true, rows
	if c.failing(to) { // the first goes alone: should the node still be down, it is one attempt for all
		reached, err = c.carry(ctx, rows[0])
		rest = rows[1:]
	}
	if err == nil && reached {
		reached, err = c.carryAll(ctx, rest)
	}
	return reached && !held && len(rows) == c.batch(), err
}

// heldBatch is how many rows are looked through for emergencies.
const heldBatch = 1000

// failing reports that the node could not be reached last time.
func (c *Courier) failing(to string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, failing := c.peers[to]
	return failing
}

// carryAll carries the rows in their order, so many at once as may be, until one meets trouble.
func (c *Courier) carryAll(ctx context.Context, rows []Waiting) (reached bool, err error) {
	type result struct {
		reached bool
		err     error
	}
	queue, results, many := make(chan Waiting), make(chan result), max(c.InFlight, 1)
	for range many {
		go func() {
			r := result{reached: true}
			for w := range queue {
				if r.reached && r.err == nil {
					r.reached, r.err = c.carry(ctx, w)
				}
			}
			results <- r
		}()
	}
	for _, w := range rows {
		queue <- w
	}
	close(queue)
	reached = true
	for range many {
		r := <-results
		reached, err = reached && r.reached, errors.Join(err, r.err)
	}
	return reached, err
}

// carry makes one attempt and writes what came of it. The node was reached
// when it answered anything of its own but trouble.
func (c *Courier) carry(ctx context.Context, w Waiting) (reached bool, err error) {
	receipt, refused := c.attempt(ctx, w)
	now := At(c.Now())
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case refused == nil:
		c.answered(w.To)
		return true, c.Outbox.Delivered(ctx, w.ID, receipt)
	case errors.Is(refused, errOutbox):
		next := now + Instant(c.Backoff.After(w.Attempts, c.Random()).Microseconds()) // one row that cannot be read holds up no other
		return false, errors.Join(refused, c.Outbox.Postponed(ctx, w.ID, w.Attempts+1, next, ErrUnavailable))
	case errors.Is(refused, ErrWithdrawn):
		return true, nil
	case errors.Is(refused, ErrNoAnswer): // it is nothing about this message: the node waits, not the row
		c.silent(w.To, now)
		return false, c.Outbox.Postponed(ctx, w.ID, w.Attempts+1, now, refused)
	case Passes(refused): // the row waits, lest it hold up those behind it; a node in trouble of its own is spared until the next round
		c.answered(w.To)
		next := now + Instant(c.Backoff.After(w.Attempts, c.Random()).Microseconds())
		return Reason(refused) != "unavailable", c.Outbox.Postponed(ctx, w.ID, w.Attempts+1, next, refused)
	}
	c.answered(w.To)
	return true, c.Outbox.Failed(ctx, w.ID, refused, now)
}

var errOutbox = errors.New("the outbox could not be read")

func (c *Courier) attempt(ctx context.Context, w Waiting) (SignedReceipt, error) {
	if w.Ask {
		return c.Line.Ask(ctx, Receipt{Message: w.ID, Digest: w.Digest, From: c.Name, By: w.To})
	}
	m, err := c.Outbox.Load(ctx, w.ID)
	if errors.Is(err, ErrWithdrawn) {
		return nil, err
	}
	if err != nil {
		return nil, errors.Join(errOutbox, err)
	}
	return c.Line.Carry(ctx, w.To, m)
}

func (c *Courier) batch() int {
	if c.Batch == 0 {
		return 100
	}
	return c.Batch
}

func (c *Courier) quietUntil(to string) Instant {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.peers[to].until
}

func (c *Courier) answered(to string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.peers, to)
}

func (c *Courier) silent(to string, now Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.peers == nil {
		c.peers = map[string]quiet{}
	}
	q := c.peers[to]
	if q.until > now { // another attempt of the same moment said so already
		return
	}
	c.peers[to] = quiet{failures: q.failures + 1, until: now + Instant(c.Backoff.After(q.failures, c.Random()).Microseconds())}
}
