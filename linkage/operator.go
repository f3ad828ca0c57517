package linkage

import (
	"bytes"
	"io"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/zk/dleq"

	"palermo/fault"
)

// Answer raises each element to this operator's share. An operator sees
// elements that are blinded, each with a scalar of its own: it cannot tell one
// person from another, nor that it saw one before. What it must do besides is
// to count (Allowance) and to journal who asked for how many.
func (k *OperatorKey) Answer(r Request, random io.Reader) (Evaluated, error) {
	if err := r.valid(); err != nil {
		return Evaluated{}, fault.Invalid("", "The request cannot be read: %s", err.Error())
	}
	if r.Epoch != k.Epoch.Number {
		return Evaluated{}, fault.Conflict("This key has ended. Ask again under the one in force.")
	}
	elements, err := readElements(r.Elements)
	if err != nil {
		return Evaluated{}, fault.Invalid("", "The request cannot be read: %s", err.Error())
	}
	raised := make([]group.Element, len(elements))
	for i, e := range elements {
		raised[i] = suite.NewElement().Mul(e, k.share)
	}
	out := Evaluated{ID: bytes.Clone(r.ID), Epoch: r.Epoch, Operator: k.Operator}
	if out.Elements, err = writeAll(raised); err != nil {
		return Evaluated{}, err
	}
	if !r.Prove {
		return out, nil
	}
	secret, err := randomScalar(random)
	if err != nil {
		return Evaluated{}, fault.Internal(err)
	}
	out.Proof, err = k.prove(elements, raised, secret)
	return out, err
}

// prove is GenerateProof of RFC 9497, 2.2.1.
func (k *OperatorKey) prove(elements, raised []group.Element, secret group.Scalar) ([]byte, error) {
	p, err := dleq.Prover{Params: proof}.ProveBatchWithRandomnessRFC9497(k.share, k.public, elements, raised, secret)
	if err != nil {
		return nil, err
	}
	return p.MarshalBinary()
}

// proved reports whether the proof ties raised to elements by the share whose
// image is public: VerifyProof of RFC 9497, 2.2.2.
func proved(public group.Element, elements, raised []group.Element, data []byte) bool {
	var p dleq.Proof
	if err := p.UnmarshalBinary(suite, data); err != nil {
		return false
	}
	return dleq.Verifier{Params: proof}.VerifyBatchRFC9497(public, elements, raised, &p)
}
