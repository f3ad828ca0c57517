package linkage

import (
	"errors"
	"fmt"
	"io"

	"github.com/cloudflare/circl/group"
)

// Token is what two operators together make of an input: the first 16 bytes of
// RFC 9497's output. Whoever has the token and not the key learns nothing of the
// input from it.
type Token [tokenSize]byte

// session is one evaluation of inputs with the help of two operators, from the
// asker's side:
//
//	blind → request → two answers → combine → check → two proofs → finish
//
// The answers come without proofs. Instead the asker draws d1…dn after they are
// there, and has M = d1·B1 + … + dn·Bn, one element more, evaluated with a
// proof. If any answer was wrong, the same sum over the answers differs from
// the proved one, but for one chance in 2^252 (Bellare, Garay, Rabin: batch
// verification, 1998). So a thousand elements cost an operator one proof.
type session struct {
	epoch    Epoch
	inputs   [][]byte
	blinds   []group.Scalar
	blinded  []group.Element
	answers  [2]part
	weights  [2]group.Scalar
	combined []group.Element // unblinded
	draws    []group.Scalar
	check    group.Element
}

// part is one operator's answer.
type part struct {
	operator int
	public   group.Element
	elements []group.Element
}

// blind is Blind of RFC 9497, 3.3.1, for each input.
func blind(epoch Epoch, inputs [][]byte, random io.Reader) (*session, error) {
	blinds := make([]group.Scalar, len(inputs))
	for i := range inputs {
		var err error
		if blinds[i], err = randomScalar(random); err != nil {
			return nil, err
		}
	}
	return blindWith(epoch, inputs, blinds)
}

func blindWith(epoch Epoch, inputs [][]byte, blinds []group.Scalar) (*session, error) {
	s := &session{epoch: epoch, inputs: inputs, blinds: blinds, blinded: make([]group.Element, len(inputs))}
	for i, input := range inputs {
		if len(input) > 0xffff {
			return nil, errors.New("an input is too long")
		}
		s.blinded[i] = suite.NewElement().Mul(hashToGroup(input), blinds[i])
	}
	return s, nil
}

// combine takes the answers of two operators and gives the element to be
// proved by both.
func (s *session) combine(a, b Evaluated, random io.Reader) ([]byte, error) {
	for i, answer := range []Evaluated{a, b} {
		elements, public, err := s.read(answer, len(s.blinded))
		if err != nil {
			return nil, err
		}
		s.answers[i] = part{answer.Operator, public, elements}
	}
	if a.Operator == b.Operator {
		return nil, errors.New("two answers of one operator")
	}
	s.weights[0], s.weights[1] = weights(a.Operator, b.Operator)
	s.unblind()

	s.draws = make([]group.Scalar, len(s.blinded))
	s.check = suite.NewElement()
	term := suite.NewElement()
	for i, e := range s.blinded {
		var err error
		if s.draws[i], err = randomScalar(random); err != nil {
			return nil, err
		}
		s.check.Add(s.check, term.Mul(e, s.draws[i]))
	}
	return write(s.check)
}

// unblind puts the two answers together: each has its weight over the blind.
func (s *session) unblind() {
	s.combined = make([]group.Element, len(s.blinded))
	factor, term := suite.NewScalar(), suite.NewElement()
	for i, inverse := range inverses(s.blinds) {
		s.combined[i] = suite.NewElement()
		for n, p := range s.answers {
			factor.Mul(s.weights[n], inverse)
			s.combined[i].Add(s.combined[i], term.Mul(p.elements[i], factor))
		}
	}
}

// finish takes the two proved elements and gives a token for each input. A
// proof or an answer that is wrong is a *WrongOperator.
func (s *session) finish(a, b Evaluated) ([]Token, error) {
	want := suite.NewElement()
	var raised [2]group.Element
	for i, answer := range []Evaluated{a, b} {
		if answer.Operator != s.answers[i].operator {
			return nil, errors.New("the proof is of another operator than the answer")
		}
		elements, public, err := s.read(answer, 1)
		if err != nil {
			return nil, err
		}
		if !proved(public, []group.Element{s.check}, elements, answer.Proof) {
			return nil, &WrongOperator{answer.Operator, "its proof does not hold"}
		}
		raised[i] = elements[0]
		want.Add(want, suite.NewElement().Mul(raised[i], s.weights[i]))
	}
	if !s.sum().IsEqual(want) {
		return nil, s.wrong(raised)
	}
	return s.tokens()
}

// sum is the drawn combination of the blinded results: d·r over the unblinded.
func (s *session) sum() group.Element {
	sum, term, factor := suite.NewElement(), suite.NewElement(), suite.NewScalar()
	for i, e := range s.combined {
		sum.Add(sum, term.Mul(e, factor.Mul(s.draws[i], s.blinds[i])))
	}
	return sum
}

// wrong names the operator whose answers are not what it proved.
func (s *session) wrong(raised [2]group.Element) error {
	for i, p := range s.answers {
		sum, term := suite.NewElement(), suite.NewElement()
		for n, e := range p.elements {
			sum.Add(sum, term.Mul(e, s.draws[n]))
		}
		if !sum.IsEqual(raised[i]) {
			return &WrongOperator{p.operator, "its answer is not of the key that it published"}
		}
	}
	return errors.New("the answers do not fit together")
}

func (s *session) tokens() ([]Token, error) {
	out := make([]Token, len(s.inputs))
	for i, input := range s.inputs {
		full, err := output(input, s.combined[i])
		if err != nil {
			return nil, err
		}
		copy(out[i][:], full[:])
	}
	return out, nil
}

// read checks the form of an answer with so many elements.
func (s *session) read(answer Evaluated, want int) ([]group.Element, group.Element, error) {
	if err := answer.valid(); err != nil {
		return nil, nil, err
	}
	if answer.Epoch != s.epoch.Number || len(answer.Elements) != want {
		return nil, nil, &WrongOperator{answer.Operator, fmt.Sprintf("it was asked for %d elements of epoch %d", want, s.epoch.Number)}
	}
	elements, err := readElements(answer.Elements)
	if err != nil {
		return nil, nil, &WrongOperator{answer.Operator, "its answer is no element"}
	}
	public, err := readElement(s.epoch.Shares[answer.Operator-1])
	return elements, public, err
}
