package record

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"palermo/vault"
)

// Reindex writes the columns, tokens, relations and duties of every record of
// a kind anew from its document, which stays as it is, and so does its place
// in the journal. It is the operator's, after a change of how a kind is indexed.
func Reindex[T, R any](ctx context.Context, n *Node, k *Kind[T, R], done func(records int)) error {
	f := Find{Kind: k.Name, Now: n.Now(), Limit: 200}
	count := 0
	for {
		rows, err := n.Store.Find(ctx, f)
		if err != nil {
			return fmt.Errorf("reindex %s: %w", k.Name, err)
		}
		for _, row := range rows {
			if err := reindex(ctx, n, k, row); err != nil {
				return fmt.Errorf("reindex %s %s: %w", k.Name, row.ID, err)
			}
			f.Before = Cursor{Sort: row.Sort, ID: row.ID}
		}
		count += len(rows)
		done(count)
		if len(rows) < f.Limit {
			return nil
		}
	}
}

func reindex[T, R any](ctx context.Context, n *Node, k *Kind[T, R], row Row) error {
	for range tries {
		key, err := n.Vault.Key(ctx, row.ID, vault.Recovery)
		if errors.Is(err, vault.ErrShredded) {
			return nil
		}
		if err != nil {
			return err
		}
		v, err := decode(k, key, row)
		if err != nil {
			return err
		}
		index := k.Index(v)
		put := Put{Row: row, Was: row.Version, Anew: true, Digest: sha256.Sum256(row.Sealed), State: index.State, Tokens: n.tokens(k.Name, index.Words)}
		put.Relations, put.Sort = index.Relations, index.Sort
		if k.Duties != nil {
			put.Duties = k.Duties(v)
		}
		err = n.Store.Commit(ctx, Batch{Now: n.Now(), Puts: []Put{put}})
		if err == nil {
			n.settle(ctx, row.ID, index.Relations, n.Now()) // by the document: the columns may have been lost
		}
		if !errors.Is(err, ErrStale) {
			return err
		}
		if row, err = n.Store.Load(ctx, k.Name, row.ID); err != nil { // somebody changed it meanwhile
			return err
		}
	}
	return ErrStale
}
