package matching

import (
	"context"
	"time"

	"palermo/exchange"
	"palermo/ident"
	"palermo/linkage"
	"palermo/record"
)

// hurry is how long before its end a question is compared although not
// everybody is prepared: the operators may have been out of reach.
const hurry = 12 * time.Hour

// compare holds new questions against the register, and makes a match of what
// meets. It waits until everybody who agreed is prepared.
func (k *Desk) compare(ctx context.Context, all bool) error {
	m, _, err := k.terms()
	if unavailable(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for r, err := range each(ctx, k.door(), k.Heards, fresh) {
		if err != nil {
			return err
		}
		h := r.Value()
		if !all && k.node.Now().Before(h.Until.Add(-hurry)) {
			continue
		}
		k.lookBy(h.Until)
		if err := k.compareOne(ctx, HeardID(r.ID()), &h, m); err != nil {
			return err
		}
	}
	return nil
}

// lookBy has the end of a question looked at in time.
func (k *Desk) lookBy(until time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if until.Before(k.due) {
		k.due = until
	}
}

func (k *Desk) compareOne(ctx context.Context, id HeardID, h *Heard, m exchange.Matching) error {
	recipient, err := k.abroad.Directory.OrganisationAt(ctx, h.From)
	if err != nil {
		return err
	}
	found, err := k.meets(ctx, h, recipient, m)
	if err != nil {
		return err
	}
	return k.do(ctx, func(tx *record.Tx) error {
		h, err := record.Open(tx, k.Heards, id)
		if err != nil || !h.Compared.IsZero() || !h.over().IsZero() {
			return err
		}
		for _, f := range found {
			if err := k.met(tx, id, h, recipient, f); err != nil {
				return err
			}
		}
		h.Compared, h.Question = tx.Now(), nil
		h.Note(happened{What: "match_compared", Peer: h.From})
		return k.abroad.Forget(tx, h.Message)
	})
}

// meets gives the entries that may be the person of the question. A question
// that the rules refuse meets nothing, and looks to its sender like any other.
func (k *Desk) meets(ctx context.Context, h *Heard, recipient ident.ID, m exchange.Matching) ([]linkage.Match, error) {
	from, err := k.entryOf(h.From)
	if err != nil || !takesPart(from) || recipient.IsZero() {
		return nil, nil
	}
	q, err := linkage.Decode[linkage.Question](h.Question)
	if err != nil {
		return nil, err // it was read when it came
	}
	r, err := k.registerFor(ctx, recipient, m.Epoch)
	if err != nil {
		return nil, err
	}
	found, err := r.Matches(q, linkage.Asker{State: bodyOf(from)}, k.node.Now())
	if err != nil {
		return nil, nil // its key or its time has ended since it came
	}
	return found, nil
}

// met keeps a match, if consent and door still allow it.
func (k *Desk) met(tx *record.Tx, id HeardID, h *Heard, recipient ident.ID, f linkage.Match) error {
	entry, err := ident.Parse(f.Ref)
	if err != nil {
		return err
	}
	e, err := record.Open(tx, k.Entries, EntryID(entry))
	if none(err) || err == nil && !e.open(recipient, h.State, tx.Now()) {
		return nil
	}
	if err != nil {
		return err
	}
	m := &Match{Heard: id, From: h.From, State: h.State, Recipient: recipient, Entry: EntryID(entry), Case: e.Case, Owner: e.Owner, Focal: k.cases.Focal(),
		Score: f.Score, Keys: f.Keys, OneName: f.OneName, Found: tx.Now(), Until: h.Until}
	m.Note(happened{What: "match_found", Peer: h.From})
	made, err := record.Create(tx, k.Matches, m)
	if err != nil {
		return err
	}
	e.Met, h.Met = append(e.Met, made), append(h.Met, made)
	e.Note(happened{What: "match_found", Peer: h.From})
	return nil
}

// stamp tells whether the register changed: how many are in it, and the last change.
type stamp struct {
	epoch uint32
	count int
	last  record.Cursor
}

// registerFor gives the register of those who agreed to be matched with the
// State for which an organisation stands. It is read again after any change.
func (k *Desk) registerFor(ctx context.Context, recipient ident.ID, epoch uint32) (*linkage.Register, error) {
	now, err := k.stampNow(ctx, epoch)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.registers == nil || k.stamp != now {
		if k.registers, err = k.read(ctx, epoch); err != nil {
			return nil, err
		}
		k.stamp = now
	}
	if r, ok := k.registers[recipient]; ok {
		return r, nil
	}
	return linkage.NewRegister(k.abroad.Keys.Name(), epoch, nil), nil
}

func (k *Desk) stampNow(ctx context.Context, epoch uint32) (stamp, error) {
	s := stamp{epoch: epoch}
	var err error
	if s.count, err = record.Count(ctx, k.door(), k.Entries, record.Query[Entry]{States: []string{prepared}, Limit: 1}); err != nil {
		return s, err
	}
	q := record.Query[Entry]{Why: record.Reason{Action: "look", Code: purpose}, States: []string{prepared}, Limit: 1}
	for r, err := range record.List(ctx, k.door(), k.Entries, q) {
		if err != nil {
			return s, err
		}
		s.last = r.Cursor()
	}
	return s, nil
}

// read gathers the register by who may be answered, and erases whoever's consent has ended.
func (k *Desk) read(ctx context.Context, epoch uint32) (map[ident.ID]*linkage.Register, error) {
	by := map[ident.ID][]linkage.Prepared{}
	var over []EntryID
	now := k.node.Now()
	for r, err := range each(ctx, k.door(), k.Entries, prepared) {
		if err != nil {
			return nil, err
		}
		e := r.Value()
		if e.ended(now) {
			over = append(over, EntryID(r.ID()))
			continue
		}
		p := linkage.Prepared{Ref: r.ID().String(), Epoch: e.Epoch, Closed: e.Closed, Tokens: e.Tokens}
		for _, recipient := range e.recipients() {
			p.Until = e.until(recipient)
			by[recipient] = append(by[recipient], p)
		}
	}
	for _, id := range over {
		if err := k.do(ctx, func(tx *record.Tx) error { return k.eraseEntry(tx, id) }); err != nil {
			return nil, err
		}
	}
	registers := map[ident.ID]*linkage.Register{}
	for recipient, list := range by {
		registers[recipient] = linkage.NewRegister(k.abroad.Keys.Name(), epoch, list)
	}
	return registers, nil
}
