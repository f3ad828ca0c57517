package record

import (
	"context"
	"errors"
	"slices"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/vault"
)

// The relations of a record say who stands on it; the wraps of its key follow.
// Keys are another database, so the two never commit together: a wrap is added
// before the change that brings a party, and destroyed after the change that
// takes it off. What failed in between is made good at the next opening, in
// either direction.

// stands are the parties with a relation in force, who have the record's key.
func stands(relations []access.Relation, now time.Time) []ident.ID {
	var parties []ident.ID
	for _, r := range relations {
		over := !r.Until.IsZero() && !now.Before(r.Until)
		if over || r.Party == access.Everyone || r.Role == access.BreakGlass || slices.Contains(parties, r.Party) {
			continue
		}
		parties = append(parties, r.Party)
	}
	return parties
}

// fresh are those who came to stand on a record by a change.
func fresh(before, after []access.Relation, now time.Time) []vault.Holder {
	stood := stands(before, now)
	var holders []vault.Holder
	for _, p := range stands(after, now) {
		if !slices.Contains(stood, p) {
			holders = append(holders, Holder(p))
		}
	}
	return holders
}

// gone counts the parties of relations that stand no longer.
func gone(relations []access.Relation, now time.Time) int {
	standing := stands(relations, now)
	var parties []ident.ID
	for _, r := range relations {
		if r.Party != access.Everyone && r.Role != access.BreakGlass && !slices.Contains(standing, r.Party) && !slices.Contains(parties, r.Party) {
			parties = append(parties, r.Party)
		}
	}
	return len(parties)
}

// settle destroys the wraps of those who stand on a record no longer. It does
// not fail: whoever has lost their standing is refused by policy already, and
// the next opening tries again.
func (n *Node) settle(ctx context.Context, id ident.ID, relations []access.Relation, now time.Time) {
	err := n.revoke(ctx, id, stands(relations, now))
	switch {
	case err == nil:
		n.settled.Store(id, gone(relations, now))
	case errors.Is(err, vault.ErrShredded):
	case n.Log != nil:
		n.Log.Warn("wraps of those who left a record are still there", "record", id, "cause", err)
	}
}

func (n *Node) revoke(ctx context.Context, id ident.ID, standing []ident.ID) error {
	holders, err := n.Vault.Holders(ctx, id)
	if err != nil {
		return err
	}
	for _, h := range holders {
		if h == vault.Recovery || slices.ContainsFunc(standing, func(p ident.ID) bool { return Holder(p) == h }) {
			continue
		}
		if err := n.Vault.Revoke(ctx, id, h); err != nil {
			return err
		}
	}
	return nil
}

// settleOnce is settle where this process has not yet seen it done.
func (n *Node) settleOnce(ctx context.Context, row Row, now time.Time) {
	left := gone(row.Relations, now)
	if known, ok := n.settled.Load(row.ID); left == 0 || ok && known == left {
		return
	}
	n.settle(ctx, row.ID, row.Relations, now)
}

// key opens a record's data key for a holder; one who stands on the record and
// has no wrap gets it anew.
func (n *Node) key(ctx context.Context, id ident.ID, h vault.Holder) (vault.Key, error) {
	key, err := n.Vault.Key(ctx, id, h)
	if !errors.Is(err, vault.ErrNoWrap) || h == vault.Recovery {
		return key, err
	}
	if err := n.Vault.Grant(ctx, id, h); err != nil {
		return key, err
	}
	return n.Vault.Key(ctx, id, h)
}
