package exchange

import (
	"encoding/pem"
	"errors"
	"fmt"
	"io"
)

// MaxParcel is the length of a file at which whoever reads one stops.
const MaxParcel = 64 << 20

// Parcel is what a file carries in place of a line: sealed objects, receipts, or both.
type Parcel struct {
	Sealed   []Sealed
	Receipts []SignedReceipt
}

// Write writes the parcel as text, a block for each.
func (p Parcel) Write(w io.Writer) error {
	for _, s := range p.Sealed {
		if err := ArmourSealed.Write(w, s); err != nil {
			return err
		}
	}
	for _, r := range p.Receipts {
		if err := ArmourReceipt.Write(w, r); err != nil {
			return err
		}
	}
	return nil
}

// ReadParcel reads a file. It fails with ErrOversize, or with ErrMalformed and
// the number of the block that cannot be: nothing of the file counts then.
func ReadParcel(r io.Reader) (Parcel, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxParcel+1))
	if err != nil {
		return Parcel{}, fmt.Errorf("read parcel: %w", err)
	}
	if len(text) > MaxParcel {
		return Parcel{}, ErrOversize
	}
	var p Parcel
	for n := 1; ; n++ {
		block, rest := pem.Decode(text)
		if block == nil {
			if n == 1 {
				return Parcel{}, malformed("file", errors.New("no block of PALERMO text"))
			}
			return p, nil
		}
		text = rest
		switch a := Armour(block.Type); {
		case len(block.Headers) > 0 || a != ArmourSealed && a != ArmourReceipt:
			return Parcel{}, malformed(fmt.Sprintf("file.block %d", n), fmt.Errorf("%.40q is neither a message nor a receipt", block.Type))
		case len(block.Bytes) > a.most():
			return Parcel{}, ErrOversize
		case a == ArmourSealed:
			p.Sealed = append(p.Sealed, block.Bytes)
		default:
			p.Receipts = append(p.Receipts, block.Bytes)
		}
	}
}
