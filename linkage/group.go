package linkage

import (
	"crypto"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/zk/dleq"
)

// The suite is ristretto255-SHA512 of RFC 9497 in its verifiable mode, so that
// each operator is a server as in that RFC and any library of it can check one.
const (
	suiteContext = "OPRFV1-\x01-ristretto255-SHA512" // RFC 9497, 3.1
	elementSize  = 32
	proofSize    = 64
)

var (
	suite = group.Ristretto255
	proof = dleq.Params{G: suite, H: crypto.SHA512, DST: []byte(suiteContext)}
)

// hashToGroup is HashToGroup of RFC 9497, 4.1.
func hashToGroup(input []byte) group.Element {
	return suite.HashToElement(input, []byte("HashToGroup-"+suiteContext))
}

// randomScalar draws a scalar that is not zero, by reducing 512 bits.
func randomScalar(random io.Reader) (group.Scalar, error) {
	var seed [64]byte
	for range 8 {
		if _, err := io.ReadFull(random, seed[:]); err != nil {
			return nil, fmt.Errorf("randomness: %w", err)
		}
		if s := suite.HashToScalar(seed[:], []byte("palermo/linkage/scalar")); !s.IsZero() {
			return s, nil
		}
	}
	return nil, errors.New("randomness: nothing but zero")
}

// readElement refuses what is no element of the group, and the identity (RFC
// 9497, 2.1).
func readElement(data []byte) (group.Element, error) {
	e := suite.NewElement()
	if len(data) != elementSize {
		return nil, errors.New("an element has 32 bytes")
	}
	if err := e.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("no element of the group: %w", err)
	}
	if e.IsIdentity() {
		return nil, errors.New("the identity is no answer")
	}
	return e, nil
}

func readElements(list [][]byte) ([]group.Element, error) {
	out := make([]group.Element, len(list))
	for i, data := range list {
		var err error
		if out[i], err = readElement(data); err != nil {
			return nil, fmt.Errorf("element %d: %w", i, err)
		}
	}
	return out, nil
}

// write is an element's one encoding.
func write(e group.Element) ([]byte, error) { return e.MarshalBinaryCompress() }

func writeAll(list []group.Element) ([][]byte, error) {
	out := make([][]byte, len(list))
	for i, e := range list {
		var err error
		if out[i], err = write(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// output is Finalize of RFC 9497, 3.3.2, after unblinding.
func output(input []byte, unblinded group.Element) ([sha512.Size]byte, error) {
	element, err := write(unblinded)
	if err != nil {
		return [sha512.Size]byte{}, err
	}
	var b []byte
	for _, part := range [][]byte{input, element} {
		b = binary.BigEndian.AppendUint16(b, uint16(len(part)))
		b = append(b, part...)
	}
	return sha512.Sum512(append(b, "Finalize"...)), nil
}

// inverses gives 1/s for each scalar at the price of one inversion, by
// Montgomery's trick. None of them may be zero.
func inverses(list []group.Scalar) []group.Scalar {
	before := make([]group.Scalar, len(list))
	all := suite.NewScalar().SetUint64(1)
	for i, s := range list {
		before[i] = all.Copy()
		all.Mul(all, s)
	}
	rest := suite.NewScalar().Inv(all)
	out := make([]group.Scalar, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		out[i] = suite.NewScalar().Mul(rest, before[i])
		rest.Mul(rest, list[i])
	}
	return out
}
