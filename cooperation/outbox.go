package cooperation

import (
	"context"
	"errors"
	"slices"
	"time"

	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Outbox is what waits to be sent: messages that were committed together with
// the act that they tell of. The courier of package exchange works on it.
type Outbox struct{ desk *Desk }

var _ exchange.Outbox = Outbox{}

const doExchange = "do:exchange"

// Peers names the nodes to which something waits.
func (o Outbox) Peers(ctx context.Context) ([]string, error) {
	all, err := o.nodes(ctx)
	var peers []string
	for _, n := range all {
		something, failed := record.Any(ctx, o.desk.door(), o.desk.Messages, record.Query[Message]{States: []string{to(waiting, n), to(asking, n)}})
		if failed != nil {
			return nil, failed
		}
		if something {
			peers = append(peers, n)
		}
	}
	return peers, err
}

// nodes are those of the trust list and of the directory: what waits for a node
// that a new list has dropped must not be forgotten.
func (o Outbox) nodes(ctx context.Context) ([]string, error) {
	all, err := o.desk.Directory.Nodes(ctx)
	for _, n := range o.desk.Trust().List().Nodes {
		all = append(all, n.Name)
	}
	slices.Sort(all)
	return slices.Compact(all), err
}

// Ready lists what may be tried now, earliest deadline first; what is only asked for comes last.
func (o Outbox) Ready(ctx context.Context, peer string, now exchange.Instant, limit int) ([]exchange.Waiting, error) {
	ready, err := o.rows(ctx, to(waiting, peer), limit, look{limit, pages}, func(m *Message) bool { return !m.Next.After(now.Time()) })
	if err != nil || len(ready) == limit {
		return ready, err
	}
	late, err := o.rows(ctx, to(asking, peer), limit-len(ready), look{limit, pages}, func(m *Message) bool { return !m.Next.After(now.Time()) })
	return append(ready, late...), err
}

// Overdue lists what has passed its deadline without a receipt. What waits
// stands in the order of deadlines, so mostly the first row says that there is nothing.
func (o Outbox) Overdue(ctx context.Context, now exchange.Instant, limit int) ([]exchange.Waiting, error) {
	all, err := o.nodes(ctx)
	if err != nil {
		return nil, err
	}
	overdue := func(m *Message) bool { return m.Deadline.Before(now.Time()) }
	var rows []exchange.Waiting
	for _, n := range all {
		first, err := o.rows(ctx, to(waiting, n), 1, look{1, 1}, overdue)
		if err == nil && len(first) > 0 {
			first, err = o.rows(ctx, to(waiting, n), limit-len(rows), look{limit, pages}, overdue)
		}
		if rows = append(rows, first...); err != nil || len(rows) == limit {
			return rows, err
		}
	}
	return rows, nil
}

// look is how far into the outbox is read, at most: so many pages of so many rows.
type look struct{ page, pages int }

// pages are read for what may be tried: rows that must still wait lie before it.
const pages = 10

// rows gives those of a state that are taken, page by page.
func (o Outbox) rows(ctx context.Context, state string, limit int, far look, take func(*Message) bool) ([]exchange.Waiting, error) {
	var rows []exchange.Waiting
	q := record.Query[Message]{Why: record.Reason{Action: "look", Code: "outbox"}, States: []string{state}, Limit: min(far.page, 200)}
	for range far.pages {
		n := 0
		for r, err := range record.List(ctx, o.desk.door(), o.desk.Messages, q) {
			if err != nil {
				return nil, err
			}
			n, q.Before = n+1, r.Cursor()
			m := r.Value().Message
			if len(rows) < limit && take(&m) {
				rows = append(rows, exchange.Waiting{ID: m.Number, Digest: m.Digest, To: m.Peer, Deadline: exchange.At(m.Deadline), Attempts: m.Attempts, Next: exchange.At(m.Next), Ask: m.Ask, Emergency: m.Emergency})
			}
		}
		if n < q.Limit || len(rows) == limit {
			break
		}
	}
	return rows, nil
}

// Load gives the message as it was signed.
func (o Outbox) Load(ctx context.Context, id ident.ID) (exchange.Signed, error) {
	var signed exchange.Signed
	err := record.Do(ctx, o.desk.door(), record.Reason{Action: doExchange}, func(tx *record.Tx) error {
		m, err := record.Open(tx, o.desk.Messages, o.id(id))
		if err != nil {
			return err
		}
		if !m.Recalled.IsZero() || len(m.Signed) == 0 {
			return exchange.ErrWithdrawn
		}
		signed = m.Signed
		return nil
	})
	return signed, err
}

func (o Outbox) id(number ident.ID) MessageID { return messageID(o.desk.Keys.Name(), number) }

// done writes what came of a message. Its particulars tell nothing of the person.
type done struct {
	What   string
	Reason string `json:",omitempty"`
}

func (d done) Event() string { return d.What }

func (o Outbox) write(ctx context.Context, id ident.ID, note done, fn func(*Message, time.Time) error) error {
	return record.Do(ctx, o.desk.door(), record.Reason{Action: doExchange}, func(tx *record.Tx) error {
		m, err := record.Open(tx, o.desk.Messages, o.id(id))
		if err != nil {
			return err
		}
		if m.state() == settled {
			return nil // another process was first, or it was recalled meanwhile
		}
		m.Note(note)
		return fn(m, tx.Now())
	})
}

// Delivered keeps the receipt.
func (o Outbox) Delivered(ctx context.Context, id ident.ID, r exchange.SignedReceipt) error {
	return o.write(ctx, id, done{What: "message_delivered"}, func(m *Message, now time.Time) error {
		m.Receipt, m.Delivered, m.Ask, m.Trouble = r, now, false, ""
		m.Undelivered = Undelivered{}
		return nil
	})
}

// Postponed keeps when it is tried again.
func (o Outbox) Postponed(ctx context.Context, id ident.ID, attempts int, next exchange.Instant, reason error) error {
	return o.write(ctx, id, done{What: "message_postponed", Reason: exchange.Reason(reason)}, func(m *Message, _ time.Time) error {
		m.Attempts, m.Next, m.Trouble = attempts, next.Time(), exchange.Reason(reason)
		return nil
	})
}

// Late tells a person that there is no receipt though the deadline has passed.
func (o Outbox) Late(ctx context.Context, id ident.ID, now exchange.Instant) error {
	return o.write(ctx, id, done{What: "message_late"}, func(m *Message, _ time.Time) error {
		m.Ask, m.Undelivered = true, Undelivered{Failed: now.Time(), Reason: exchange.Reason(exchange.ErrDeadlinePassed)}
		return nil
	})
}

// Failed tells a person why it was refused. Unless the reason settles it
// (exchange.Settles), an earlier attempt may be stored all the same.
func (o Outbox) Failed(ctx context.Context, id ident.ID, reason error, now exchange.Instant) error {
	return o.write(ctx, id, done{What: "message_failed", Reason: exchange.Reason(reason)}, func(m *Message, _ time.Time) error {
		m.Ask, m.Undelivered = false, Undelivered{Failed: now.Time(), Reason: exchange.Reason(reason)}
		return nil
	})
}

// errNone reports that there is no such record.
func errNone(err error) bool {
	return fault.Is(err, fault.CodeNotFound) && !errors.Is(err, exchange.ErrNeverStored)
}
