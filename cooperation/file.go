package cooperation

import (
	"context"
	"errors"
	"fmt"

	"palermo/exchange"
)

// Pack seals what waits for a node, to be carried as a file where there is no
// line. The messages go on waiting until their receipts come back.
func (k *Desk) Pack(ctx context.Context, node string) (exchange.Parcel, error) {
	to, err := k.Trust().Node(node, k.node.Now())
	if err != nil {
		return exchange.Parcel{}, err
	}
	ready, err := k.Outbox().Ready(ctx, node, exchange.At(k.node.Now()), packed)
	if err != nil {
		return exchange.Parcel{}, err
	}
	var p exchange.Parcel
	for _, w := range ready {
		if w.Ask {
			continue // late: its content is sent no more
		}
		signed, err := k.Outbox().Load(ctx, w.ID)
		if errors.Is(err, exchange.ErrWithdrawn) {
			continue
		}
		if err != nil {
			return p, err
		}
		sealed, err := signed.Seal(to)
		if err != nil {
			return p, err
		}
		p.Sealed = append(p.Sealed, sealed)
	}
	return p, nil
}

const packed = 1000 // messages in a file, at most

// Unpacked is what became of one thing in a file.
type Unpacked struct {
	Place string // "message 3"
	Err   error  // nil: taken
}

// Unpack takes what a file brings, each thing by itself, and gives the receipts to send back.
func (k *Desk) Unpack(ctx context.Context, p exchange.Parcel) (back exchange.Parcel, taken []Unpacked) {
	for i, s := range p.Sealed {
		r, err := k.Receiver().File(ctx, s)
		if err == nil {
			back.Receipts = append(back.Receipts, r)
		}
		taken = append(taken, Unpacked{Place: fmt.Sprintf("message %d", i+1), Err: err})
	}
	for i, r := range p.Receipts {
		taken = append(taken, Unpacked{Place: fmt.Sprintf("receipt %d", i+1), Err: k.receipt(ctx, r)})
	}
	return back, taken
}

// receipt takes a receipt that came in a file.
func (k *Desk) receipt(ctx context.Context, r exchange.SignedReceipt) error {
	said, err := r.Read()
	if err != nil {
		return err
	}
	signed, err := k.Outbox().Load(ctx, said.Message)
	if err != nil {
		return exchange.ErrWrongReceipt
	}
	awaited, err := signed.Awaited()
	if err != nil {
		return err
	}
	if _, err := r.Verify(awaited, k.Trust()); err != nil {
		return err
	}
	return k.Outbox().Delivered(ctx, said.Message, r)
}
