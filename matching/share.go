package matching

import (
	"context"
	"time"

	"palermo/access"
	"palermo/exchange"
	"palermo/record"
)

// Share is this node's part of the key of an epoch: a secret, which only the
// node itself opens, and which is erased with the key that seals it when the
// epoch has ended.
type Share struct {
	record.Base
	Epoch     uint32
	Operators []string // the nodes, in the order of their numbers
	Since     time.Time
	Dealt     []byte // what this node published of its part (linkage.Contribution)
	Own       []byte // what it dealt to itself
	Secret    []byte // the share, once all three had dealt
}

// ShareView is what may be shown: that there is one.
type ShareView struct {
	Epoch    uint32
	Since    time.Time
	Complete bool
}

func newShareKind() *record.Kind[Share, ShareView] {
	return &record.Kind[Share, ShareView]{
		Name: "matching_share", Schema: 1,
		Index: func(s *Share) record.Index {
			return record.Index{State: prepared, Sort: s.Since, Relations: nodeAlone()}
		},
		Redact: func(s *Share, d access.Decision) ShareView {
			if !d.May(doExchange) {
				return ShareView{}
			}
			return ShareView{Epoch: s.Epoch, Since: s.Since, Complete: len(s.Secret) > 0}
		},
	}
}

// shareOf is the only place of an epoch's share. An epoch whose share was
// erased is not begun again.
func shareOf(epoch uint32) record.ID[Share] {
	return record.ID[Share](derived("share", string([]byte{byte(epoch >> 24), byte(epoch >> 16), byte(epoch >> 8), byte(epoch)})))
}

// lookBack is how many epochs before the one in force are looked at for a share that was left.
const lookBack = 8

// destroy erases the shares of keys that have ended: what was made under them
// can then be tested against guesses by nobody (docs/linkage.md).
func (k *Desk) destroy(ctx context.Context) error {
	m := k.abroad.Trust().List().Matching
	if m == nil {
		return nil
	}
	last := m.Epoch - 1
	if !k.node.Now().Before(m.Until.Time()) {
		last = m.Epoch
	}
	k.mu.Lock()
	before := k.destroyed
	k.mu.Unlock()
	if last <= before {
		return nil
	}
	for e := last; e > before && e > 0 && last-e < lookBack; e-- {
		if err := k.eraseShare(ctx, e); err != nil {
			return err
		}
	}
	k.mu.Lock()
	k.destroyed = last
	k.mu.Unlock()
	return nil
}

func (k *Desk) eraseShare(ctx context.Context, epoch uint32) error {
	return k.do(ctx, func(tx *record.Tx) error {
		if _, err := record.Open(tx, k.Shares, shareOf(epoch)); err != nil {
			if none(err) {
				return nil
			}
			return err
		}
		return record.Erase(tx, k.Shares, shareOf(epoch), "epoch_over")
	})
}

// dealt is what one operator seals to another: what all may know of its part, and this one's share.
type dealt struct {
	Epoch        uint32   `cbor:"1,keyasint"`
	Operators    []string `cbor:"2,keyasint"`
	Contribution []byte   `cbor:"3,keyasint"`
	Share        []byte   `cbor:"4,keyasint"`
}

const kindShare = "match.share"

// shareOnItsWay is how long a dealt share may be on its way.
const shareOnItsWay = 30 * day

// entryOf gives the operators' entries of the trust list.
func (k *Desk) entryOf(name string) (exchange.Node, error) {
	return k.abroad.Trust().Node(name, k.node.Now())
}
