package record

import (
	"context"
	"fmt"
	"slices"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
)

// Erase makes the change take a record that it has opened out of the database:
// its document, index, duties and files, and after that its key, so that what
// the journal holds of it can be read no more. The journal keeps that it was
// there and who erased it; why is a short code.
func Erase[T, R any](tx *Tx, k *Kind[T, R], id ID[T], why string) error {
	for _, w := range tx.work {
		if o, ok := w.(*opened[T, R]); ok && o.row.ID == ident.ID(id) && o.row.Version > 0 {
			o.erased, tx.erasing = true, append(tx.erasing, o.row.ID)
			tx.why.Code = why
			return nil
		}
	}
	return fault.Internal(fmt.Errorf("a %s is to be erased that is not open", k.Name))
}

// EraseToo erases, in the same change, a record that is there only for one
// that is erased: who may erase that one may erase this. One that is gone already stays so.
func EraseToo[T, R any](tx *Tx, k *Kind[T, R], id ID[T]) error {
	for _, w := range tx.work {
		if o, ok := w.(*opened[T, R]); ok && o.row.ID == ident.ID(id) {
			o.erased, tx.erasing = true, append(tx.erasing, o.row.ID)
			return nil
		}
	}
	row, err := tx.door.load(tx.ctx, k.Name, ident.ID(id))
	if fault.Is(err, fault.CodeNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	tx.work, tx.erasing = append(tx.work, &opened[T, R]{kind: k, row: row, erased: true}), append(tx.erasing, row.ID)
	return nil
}

// erase puts the erasure of one record into the batch.
func (o *opened[T, R]) erase(tx *Tx, b *Batch) error {
	b.Checks = append(b.Checks, Check{Kind: o.kind.Name, ID: o.row.ID, Version: o.row.Version})
	b.Erase = append(b.Erase, o.row.ID)
	header := tx.door.header(tx.why, o.standing)
	entry, err := tx.door.erasure(o.kind.Name, o.row.ID, header)
	b.Entries = append(b.Entries, entry)
	return err
}

func (d *Door) erasure(kind string, id ident.ID, header journal.Header) (journal.Entry, error) {
	entry, err := d.entry(kind, []ident.ID{id}, d.node.Now())
	if err != nil {
		return entry, err
	}
	header.Action = journal.Erased
	if err := entry.Seal(d.node.Random, d.node.JournalKey(entry.At), header); err != nil {
		return entry, fault.Internal(err)
	}
	return entry, nil
}

// shred destroys the keys of what the change has erased, once that is durable.
func (tx *Tx) shred() error {
	if len(tx.erasing)+len(tx.files)+len(tx.gone) == 0 {
		return nil
	}
	node, ctx := tx.door.node, context.WithoutCancel(tx.ctx)
	if node.KeepErasures != nil {
		if err := node.KeepErasures(tx.erasing, node.Now()); err != nil {
			return fault.Unavailable(err, "It was erased, but the list of what was erased could not be written yet. The node tries again when it starts: tell the operator.")
		}
	}
	for _, id := range tx.erasing {
		if err := node.Vault.Shred(ctx, id); err != nil {
			return fault.Unavailable(err, "It was erased, but its key could not be destroyed yet. The node tries again when it starts: tell the operator.")
		}
		node.settled.Delete(id)
	}
	if err := node.Store.Forget(ctx); err != nil {
		return fault.Unavailable(err, "It was erased, but the log of the database could not be emptied yet. Tell the operator.")
	}
	return nil
}

// Restored writes into the journal that the node was restored from a backup:
// what was signed after it is not part of this history.
func (n *Node) Restored(ctx context.Context) error {
	door, now := n.For(access.Node(access.Clock)), n.Now()
	entry, err := door.entry("node", nil, now)
	if err != nil {
		return err
	}
	if err := entry.Seal(n.Random, n.JournalKey(now), door.header(Reason{Action: "restored", Code: "backup"}, nil)); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return n.Store.Commit(ctx, Batch{Now: now, Entries: []journal.Entry{entry}})
}

// Replay makes documents and keys agree on what was erased: after a node went
// down between the two, and after either was restored from an older backup. It
// runs before the node serves anyone.
func (n *Node) Replay(ctx context.Context) error {
	documents, err := n.Store.Erased(ctx)
	if err != nil {
		return fmt.Errorf("erasures: %w", err)
	}
	keys, err := n.Vault.Shredded(ctx)
	if err != nil {
		return fmt.Errorf("erasures: %w", err)
	}
	for _, id := range documents {
		if !slices.Contains(keys, [16]byte(id)) {
			if err := n.Vault.Shred(ctx, id); err != nil {
				return fmt.Errorf("erasures: %w", err)
			}
		}
	}
	batch, door := Batch{Now: n.Now()}, n.For(access.Node(access.Clock))
	for _, id := range keys {
		if slices.Contains(documents, ident.ID(id)) {
			continue
		}
		entry, err := door.erasure("erasure", ident.ID(id), door.header(Reason{Code: "replay"}, nil))
		if err != nil {
			return fmt.Errorf("erasures: %w", err)
		}
		batch.Erase, batch.Entries = append(batch.Erase, ident.ID(id)), append(batch.Entries, entry)
	}
	if len(batch.Erase) == 0 {
		return nil
	}
	return n.Store.Commit(ctx, batch)
}
