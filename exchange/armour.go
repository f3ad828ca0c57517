package exchange

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
)

// Armour is what a file holds, as its first line says. The text goes through
// e-mail and over a memory stick unharmed; it hides nothing that the bytes do not.
type Armour string

// What travels as a file.
const (
	ArmourSealed     Armour = "PALERMO SEALED OBJECT"
	ArmourReceipt    Armour = "PALERMO RECEIPT"
	ArmourList       Armour = "PALERMO TRUST LIST"
	ArmourRevocation Armour = "PALERMO REVOCATION"
	ArmourCard       Armour = "PALERMO NODE CARD"
	ArmourMatching   Armour = "PALERMO MATCHING KEY"  // what the signers put into the list of the key under which persons are matched
	ArmourSigner     Armour = "PALERMO SIGNER"        // the public key of a signer of trust lists
	ArmourSecret     Armour = "PALERMO SIGNER SECRET" // and its secret: 32 bytes, on a guarded disk
)

// most is the length of the bytes within.
func (a Armour) most() int {
	switch a {
	case ArmourSealed:
		return MaxSealed
	case ArmourList:
		return MaxList
	}
	return 16 << 10
}

// Write writes the bytes as text with the armour's heading.
func (a Armour) Write(w io.Writer, b []byte) error {
	if len(b) > a.most() {
		return ErrOversize
	}
	return pem.Encode(w, &pem.Block{Type: string(a), Bytes: b})
}

// Read reads the bytes of a file with this heading, and no more of it than may
// be. It fails with ErrMalformed or ErrOversize.
func (a Armour) Read(r io.Reader) ([]byte, error) {
	most := a.most()/3*4 + a.most()/48 + 4096 // in base64, with a line's end every 64 letters, and the headings
	text, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", a, err)
	}
	if len(text) > most {
		return nil, ErrOversize
	}
	block, rest := pem.Decode(bytes.TrimSpace(text))
	switch {
	case block == nil || len(bytes.TrimSpace(rest)) > 0 || len(block.Headers) > 0:
		return nil, malformed("file", errors.New("not one block of PALERMO text"))
	case block.Type != string(a):
		return nil, malformed("file", fmt.Errorf("%.40q where %q belongs", block.Type, string(a)))
	case len(block.Bytes) > a.most():
		return nil, ErrOversize
	}
	return block.Bytes, nil
}
