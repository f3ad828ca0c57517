package exchange

import "context"

// Take is Receive without the sealing, which costs the simulation too much.
func (d *Desk) Take(ctx context.Context, carrier string, m Signed) (SignedReceipt, error) {
	o, err := m.Object()
	if err != nil {
		return nil, err
	}
	return d.take(ctx, carrier, Opened{Object: o, Signed: m, Digest: m.Digest()}, o.ended(At(d.Now())))
}
