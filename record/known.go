package record

import (
	"errors"
	"fmt"

	"palermo/fault"
	"palermo/ident"
	"palermo/vault"
)

// NamedID is the id of a record that stands for something outside, so that
// the same thing finds its record again. Only this node can make it from its
// name (version 8 of RFC 9562).
func (tx *Tx) NamedID(kind, name string) ident.ID {
	id := ident.ID(tx.door.node.Vault.Token("named:"+kind, name))
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// Known reports that a record of this id is there, or was and is erased. It
// tells nothing else, and is for whoever made the id from what they hold already.
func Known[T, R any](tx *Tx, k *Kind[T, R], id ID[T]) (bool, error) {
	node := tx.door.node
	_, err := node.Store.Load(tx.ctx, k.Name, ident.ID(id))
	if err == nil {
		return true, nil
	}
	if !errors.Is(err, ErrNoRow) {
		return false, fault.Unavailable(err, "The record cannot be read now. Try again.")
	}
	_, err = node.Vault.Key(tx.ctx, ident.ID(id), vault.Recovery)
	switch {
	case errors.Is(err, vault.ErrShredded):
		return true, nil
	case err == nil || errors.Is(err, vault.ErrNoWrap): // a key without a record: an earlier try broke off
		return false, nil
	}
	return false, fault.Unavailable(fmt.Errorf("key of a %s: %w", k.Name, err), "The record cannot be read now. Try again.")
}
