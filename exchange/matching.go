package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// Matching is what the States agreed on so that two of them can find out
// whether they assist the same person (docs/linkage.md): who holds a share of
// the key, which key is in force, and how much a State may ask. It stands in
// the signed list, so that no operator can show different nodes different keys.
type Matching struct {
	Epoch     uint32     `cbor:"1,keyasint"` // of the key, from 1
	Until     Instant    `cbor:"2,keyasint"` // then the shares are destroyed
	Operators []Operator `cbor:"3,keyasint"` // three, in the order of their numbers
	Questions uint32     `cbor:"4,keyasint"` // that a State may ask of a register in a day
	Elements  uint32     `cbor:"5,keyasint"` // that a State may have evaluated in an epoch for its register
}

// Operator is a node that holds a share of the key, and the public image of the share.
type Operator struct {
	Node  string `cbor:"1,keyasint"`
	Share []byte `cbor:"2,keyasint"`
}

// Operators of a key; two of them must help.
const operators = 3

// MaxEvaluation is the length of the largest padded evaluation: whoever reads one stops there.
const MaxEvaluation = 256<<10 + SealOverhead

// PadEvaluation makes what an operator is asked, or answers, exactly as long as
// a sealed object of its size class, so that on the line it cannot be told from
// one, nor how many elements it has. It fails with ErrOversize.
func PadEvaluation(content []byte) ([]byte, error) {
	padded, err := pad(content)
	if err != nil || len(padded)+SealOverhead > MaxEvaluation {
		return nil, ErrOversize
	}
	return append(padded, make([]byte, SealOverhead)...), nil
}

// UnpadEvaluation gives what PadEvaluation padded. It fails with ErrMalformed or ErrOversize.
func UnpadEvaluation(padded []byte) ([]byte, error) {
	size := len(padded) - SealOverhead
	switch {
	case len(padded) > MaxEvaluation:
		return nil, ErrOversize
	case !fits(size) || bytes.ContainsFunc(padded[size:], func(r rune) bool { return r != 0 }):
		return nil, malformed("evaluation.padding", errors.New("no size class, or not zero"))
	}
	return unpad(padded[:size])
}

// Number is the operator that a node is, from 1; 0 for none.
func (m *Matching) Number(node string) int {
	return slices.IndexFunc(m.Operators, func(o Operator) bool { return o.Node == node }) + 1
}

// Check says what cannot be: an ErrMalformed with the place.
func (m *Matching) Check() error {
	at := func(what string) error { return malformed("matching."+what, fmt.Errorf("epoch %d", m.Epoch)) }
	switch {
	case m.Epoch == 0:
		return at("epoch")
	case m.Until <= 0:
		return at("until")
	case len(m.Operators) != operators:
		return at("operators")
	case m.Questions == 0 || m.Elements == 0:
		return at("allowance")
	}
	for _, o := range m.Operators {
		if len(o.Share) != 32 {
			return at("share")
		}
	}
	return nil
}

// checkMatching holds that each operator is a node of the list, and no two are
// of one State: a State with two shares could test guesses alone.
func (l TrustList) checkMatching() error {
	if l.Matching == nil {
		return nil
	}
	if err := l.Matching.Check(); err != nil {
		return err
	}
	var seen []string
	for _, o := range l.Matching.Operators {
		i := slices.IndexFunc(l.Nodes, func(n Node) bool { return n.Name == o.Node })
		if i < 0 {
			return malformed("matching.operators", fmt.Errorf("%.70q is no node of the list", o.Node))
		}
		body := "node " + o.Node
		if l.Nodes[i].State != "" {
			body = "State " + l.Nodes[i].State
		}
		if slices.Contains(seen, body) || slices.Contains(seen, "node "+o.Node) {
			return malformed("matching.operators", errors.New("two are of one State"))
		}
		seen = append(seen, body)
	}
	return nil
}
