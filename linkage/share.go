package linkage

import (
	"errors"
	"fmt"
	"io"

	"github.com/cloudflare/circl/group"
)

// Operators hold a share of the key each, and two of them must help.
const Operators = 3

// Dealt is what one operator gives to the making of an epoch's key: what all
// may read, and a share for each operator, which only that one may. The key is
// the sum of what the three chose, so nobody ever held it, and it is unknown as
// long as one of them chose at random and kept it.
type Dealt struct {
	Public Contribution
	Shares [Operators][]byte // to operators 1, 2, 3, each sealed to it
}

// Deal chooses a line at random, whose value at zero is this operator's part of
// the key, and gives its values at 1, 2 and 3 (Shamir), with commitments to the
// two coefficients (Feldman).
func Deal(epoch uint32, operator int, random io.Reader) (Dealt, error) {
	if operator < 1 || operator > Operators {
		return Dealt{}, errors.New("operators are 1, 2 and 3")
	}
	part, err := randomScalar(random)
	if err != nil {
		return Dealt{}, err
	}
	return dealPart(epoch, operator, part, random)
}

func dealPart(epoch uint32, operator int, part group.Scalar, random io.Reader) (Dealt, error) {
	slope, err := randomScalar(random)
	if err != nil {
		return Dealt{}, err
	}
	d := Dealt{Public: Contribution{Epoch: epoch, Operator: operator}}
	for i, c := range []group.Scalar{part, slope} {
		if d.Public.Commitments[i], err = write(suite.NewElement().MulGen(c)); err != nil {
			return Dealt{}, err
		}
	}
	for i := range d.Shares {
		value := suite.NewScalar().Mul(slope, at(i+1))
		if d.Shares[i], err = value.Add(value, part).MarshalBinary(); err != nil {
			return Dealt{}, err
		}
	}
	return d, nil
}

// at is an operator's place on the line.
func at(operator int) group.Scalar { return suite.NewScalar().SetUint64(uint64(operator)) }

// WrongOperator names the operator whose share or answer is not what it is
// bound to. It is for people to hear of, whatever the program does next.
type WrongOperator struct {
	Operator int
	What     string
}

func (w *WrongOperator) Error() string { return fmt.Sprintf("operator %d: %s", w.Operator, w.What) }

// OperatorKey is one operator's share of an epoch's key. It is a secret.
type OperatorKey struct {
	Epoch    Epoch
	Operator int
	share    group.Scalar
	public   group.Element
}

// Assemble makes operator's key of what the three dealt: all contributions, and
// the share that each gave to this operator. A share that does not fit its
// contribution is a *WrongOperator, and the key must be made anew.
func Assemble(operator int, contributions [Operators]Contribution, shares [Operators][]byte) (*OperatorKey, error) {
	epoch, err := EpochOf(contributions)
	if err != nil {
		return nil, err
	}
	sum := suite.NewScalar()
	for i, data := range shares {
		share := suite.NewScalar()
		if err := share.UnmarshalBinary(data); err != nil {
			return nil, &WrongOperator{i + 1, "its share is no scalar"}
		}
		promised, err := contributions[i].valueAt(operator)
		if err != nil {
			return nil, err
		}
		if !suite.NewElement().MulGen(share).IsEqual(promised) {
			return nil, &WrongOperator{i + 1, "its share does not fit what it published"}
		}
		sum.Add(sum, share)
	}
	secret, err := sum.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return ReadOperatorKey(epoch, operator, secret)
}

// valueAt is the public image of the share that was promised to an operator.
func (c Contribution) valueAt(operator int) (group.Element, error) {
	list, err := readElements(c.Commitments[:])
	if err != nil {
		return nil, &WrongOperator{c.Operator, "its commitment is no element"}
	}
	value := suite.NewElement().Mul(list[1], at(operator))
	return value.Add(value, list[0]), nil
}

// EpochOf is what everybody knows of the key that the contributions make.
func EpochOf(contributions [Operators]Contribution) (Epoch, error) {
	e := Epoch{Number: contributions[0].Epoch}
	for operator := 1; operator <= Operators; operator++ {
		sum := suite.NewElement()
		for i, c := range contributions {
			if c.Epoch != e.Number || c.Operator != i+1 {
				return Epoch{}, &WrongOperator{i + 1, "its contribution is for another epoch or operator"}
			}
			value, err := c.valueAt(operator)
			if err != nil {
				return Epoch{}, err
			}
			sum.Add(sum, value)
		}
		var err error
		if e.Shares[operator-1], err = write(sum); err != nil {
			return Epoch{}, err
		}
	}
	return e, e.valid()
}

// ReadOperatorKey reads a share as Secret wrote it, and checks it against what
// the epoch says of this operator.
func ReadOperatorKey(epoch Epoch, operator int, secret []byte) (*OperatorKey, error) {
	if operator < 1 || operator > Operators {
		return nil, errors.New("operators are 1, 2 and 3")
	}
	public, err := readElement(epoch.Shares[operator-1])
	if err != nil {
		return nil, err
	}
	share := suite.NewScalar()
	if err := share.UnmarshalBinary(secret); err != nil {
		return nil, errors.New("this is no share of a key")
	}
	if !suite.NewElement().MulGen(share).IsEqual(public) {
		return nil, errors.New("this share is not the one that the epoch names")
	}
	return &OperatorKey{epoch, operator, share, public}, nil
}

// Secret is the share itself, for the vault alone.
func (k *OperatorKey) Secret() ([]byte, error) { return k.share.MarshalBinary() }

// weights are the Lagrange coefficients at zero of two operators.
func weights(a, b int) (ofA, ofB group.Scalar) {
	x, y := at(a), at(b)
	ofA = suite.NewScalar().Sub(y, x)
	ofA.Mul(y, ofA.Inv(ofA))
	ofB = suite.NewScalar().Sub(x, y)
	ofB.Mul(x, ofB.Inv(ofB))
	return ofA, ofB
}
