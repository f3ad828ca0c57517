package record

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/vault"
)

// Node is what every door of one node shares.
type Node struct {
	Store  Store
	Vault  *vault.Vault
	Policy *access.Policy
	Now    func() time.Time
	Random io.Reader
	Log    *slog.Logger // of what is tried again later, without personal data; nil for none

	// KeepErasures adds to the list of what was erased that lives apart from both
	// databases and their backups; nil for none.
	KeepErasures func(erased []ident.ID, at time.Time) error

	settled sync.Map // record → how many parties that left are known to have no wrap
}

// JournalKey seals the headers of one day (UTC): a key a day keeps the number
// of random nonces under one key far below 2^32.
func (n *Node) JournalKey(at time.Time) vault.Key {
	return n.Vault.Named("journal:" + at.UTC().Format(time.DateOnly))
}

// Drafts gives the key that seals what a member keeps unsaved on a device, the
// same each time and known to the member's own signed-in pages alone, and a
// name for the member that tells nothing.
func (n *Node) Drafts(member ident.ID) (scope [16]byte, key [32]byte) {
	return n.Vault.Token("drafts", member.String()), n.Vault.Named("drafts:" + member.String())
}

// Door is the one way in and out, for one viewer.
type Door struct {
	node   *Node
	viewer access.Viewer
}

// For opens the door for a viewer.
func (n *Node) For(v access.Viewer) *Door { return &Door{node: n, viewer: v} }

// Viewer is who came through this door.
func (d *Door) Viewer() access.Viewer { return d.viewer }

// Now is the node's time.
func (d *Door) Now() time.Time { return d.node.Now() }

var errUnseen = fault.NotFound("There is no such record, or you may not see it.")

const tries = 16 // of a change that others overtake

// Do runs fn and commits everything that it opened and created, or nothing.
// fn may run again when another change came first: no I/O in it; time, ids and
// randomness come from Tx. A record that a member's change opened and left as it was
// is a look, and journalled as one. Faults of fn come back as they are.
func Do(ctx context.Context, d *Door, why Reason, fn func(*Tx) error) error {
	for range tries {
		tx := &Tx{ctx: ctx, door: d, why: why, now: d.node.Now()}
		if err := fn(tx); err != nil {
			return err
		}
		batch, err := tx.batch()
		if err != nil {
			return err
		}
		if batch.empty() { // nothing was opened, or only by the node itself
			return nil
		}
		err = d.node.Store.Commit(ctx, batch)
		if err == nil {
			tx.settle()
			return tx.shred()
		}
		if !errors.Is(err, ErrStale) {
			return fault.Unavailable(err, "It could not be saved. Nothing was changed; try again.")
		}
	}
	return fault.Conflict("Others kept changing this record at the same moment. Nothing was changed; try again.")
}

// Update is a Do of one record.
func Update[T, R any](ctx context.Context, d *Door, k *Kind[T, R], id ID[T], why Reason, fn func(*T) error) error {
	return Do(ctx, d, why, func(tx *Tx) error {
		v, err := Open(tx, k, id)
		if err != nil {
			return err
		}
		return fn(v)
	})
}

// View gives what the viewer may see of a record, once the look is in the journal.
func View[T, R any](ctx context.Context, d *Door, k *Kind[T, R], id ID[T], why Reason) (Redacted[R], error) {
	s, err := view(ctx, d, k, id, why)
	return s.seen, err
}

func view[T, R any](ctx context.Context, d *Door, k *Kind[T, R], id ID[T], why Reason) (shown[T, R], error) {
	row, err := d.load(ctx, k.Name, ident.ID(id))
	if err != nil {
		return shown[T, R]{}, err
	}
	now := d.node.Now()
	s, err := show(ctx, d, k, row, access.Everything, now)
	if err != nil {
		return shown[T, R]{}, err
	}
	if err := d.look(ctx, k.Name, why, []ident.ID{row.ID}, []journal.Way{way(s.seen.decision)}, now); err != nil {
		return shown[T, R]{}, err
	}
	return s, nil
}

// load gives a row; a record that there is not is one that may not be seen.
func (d *Door) load(ctx context.Context, kind string, id ident.ID) (Row, error) {
	row, err := d.node.Store.Load(ctx, kind, id)
	if errors.Is(err, ErrNoRow) {
		return row, errUnseen
	}
	if err != nil {
		return row, fault.Unavailable(err, "The record cannot be read now. Try again.")
	}
	return row, nil
}

// shown is a row as it was opened and as it may be seen. Only seen leaves this package.
type shown[T, R any] struct {
	seen  Redacted[R]
	value *T
	key   vault.Key
}

// show opens a row and redacts it to at most the asked categories; the caller
// journals the look before it answers.
func show[T, R any](ctx context.Context, d *Door, k *Kind[T, R], row Row, asked access.Set, now time.Time) (shown[T, R], error) {
	decision := d.decide(k.Name, row, now)
	if !decision.May(access.Look) {
		return shown[T, R]{}, errUnseen
	}
	v, key, err := open(ctx, d, k, row, now)
	if err != nil {
		return shown[T, R]{}, err
	}
	decision = decision.Within(asked)
	if k.Released != nil {
		decision = decision.Within(k.Released(v, d.viewer, decision.Standing, now))
	}
	seen := Redacted[R]{value: k.Redact(v, decision), id: row.ID, version: row.Version, sort: row.Sort, decision: decision}
	return shown[T, R]{seen: seen, value: v, key: key}, nil
}

func (d *Door) decide(kind string, row Row, now time.Time) access.Decision {
	return d.node.Policy.Decide(d.viewer, kind, d.viewer.Scope().Match(row.Relations, now), now)
}

// look writes the journal entry of a read, with the way in which each record
// was seen; nothing is answered before it is durable.
func (d *Door) look(ctx context.Context, kind string, why Reason, subjects []ident.ID, ways []journal.Way, now time.Time) error {
	entry, err := d.entry(kind, subjects, now)
	if err != nil {
		return err
	}
	header := d.header(why, nil)
	header.Look(ways)
	if err := entry.Seal(d.node.Random, d.node.JournalKey(entry.At), header); err != nil {
		return fault.Internal(err)
	}
	if err := d.node.Store.Commit(ctx, Batch{Now: now, Entries: []journal.Entry{entry}}); err != nil {
		return fault.Unavailable(err, "The journal cannot be written now, so nothing is shown. Try again.")
	}
	return nil
}

// way is how a decision lets a record be seen.
func way(decision access.Decision) journal.Way {
	w := journal.Way{Standing: roleNames(decision.Standing)}
	for _, c := range decision.Seen().List() {
		w.Seen = append(w.Seen, c.String())
	}
	return w
}

func roleNames(roles []access.Role) []string {
	var list []string
	for _, r := range roles {
		list = append(list, string(r))
	}
	return list
}

func (d *Door) entry(kind string, subjects []ident.ID, now time.Time) (journal.Entry, error) {
	id, err := ident.New(now, d.node.Random)
	if err != nil {
		return journal.Entry{}, fault.Internal(err)
	}
	return journal.Entry{ID: id, Seq: -1, At: now, Kind: kind, Subjects: subjects}, nil
}

func (d *Door) header(why Reason, standing []access.Role) journal.Header {
	return journal.Header{Member: d.viewer.Member, Name: d.viewer.Name, Organisation: d.viewer.Organisation, Program: d.viewer.Program,
		Standing: roleNames(standing), Action: string(why.Action), Why: why.Code}
}

// open unseals a row for the viewer: with the key of a party through which the viewer stands on it.
func open[T, R any](ctx context.Context, d *Door, k *Kind[T, R], row Row, now time.Time) (*T, vault.Key, error) {
	d.node.settleOnce(ctx, row, now)
	key, err := d.node.key(ctx, row.ID, d.holder(row, now))
	if err != nil {
		if errors.Is(err, vault.ErrShredded) {
			return nil, key, errUnseen
		}
		return nil, key, fault.Unavailable(err, "The record's key cannot be opened now. Tell the operator.")
	}
	v, err := decode(k, key, row)
	return v, key, err
}

// holder is the party whose wrap opens the record for this viewer.
func (d *Door) holder(row Row, now time.Time) vault.Holder {
	scope := d.viewer.Scope()
	for _, r := range row.Relations {
		if r.Party != access.Everyone && r.Role != access.BreakGlass && len(scope.Match([]access.Relation{r}, now)) > 0 {
			return Holder(r.Party)
		}
	}
	return vault.Recovery
}

// Holder is the key holder that a party is.
func Holder(party ident.ID) vault.Holder { return vault.Holder(party.String()) }
