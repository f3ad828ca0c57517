package linkage

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAnyTwoOperatorsGiveTheSameToken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := operatorsDrawn(t)
		inputs := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 80), 1, 4).Draw(t, "inputs")
		var first []Token
		for absent := range Operators + 1 { // none, then each in turn
			tokens, wrong, err := clientOf(keys, []int{absent}, nil).Tokens(context.Background(), ForQuestion, inputs)
			if err != nil || len(wrong) != 0 {
				t.Fatal(err, wrong)
			}
			if first == nil {
				first = tokens
			}
			if !slices.Equal(tokens, first) {
				t.Fatalf("without operator %d other tokens", absent)
			}
		}
	})
}

func operatorsDrawn(t *rapid.T) (keys [Operators]*OperatorKey) {
	var dealt [Operators]Dealt
	var public [Operators]Contribution
	random := bytes.NewReader(rapid.SliceOfN(rapid.Byte(), 64*8, 64*8).Draw(t, "randomness"))
	for i := range dealt {
		var err error
		if dealt[i], err = Deal(7, i+1, random); err != nil {
			t.Skip(err)
		}
		public[i] = dealt[i].Public
	}
	for i := range keys {
		var err error
		if keys[i], err = Assemble(i+1, public, sharesFor(dealt, i+1)); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func TestOneOperatorAloneGivesNothing(t *testing.T) {
	keys := operators(t, 1)
	for _, absent := range [][]int{{1, 2}, {1, 3}, {2, 3}} {
		tokens, _, err := clientOf(keys, absent, nil).Tokens(context.Background(), ForQuestion, inputsOf("somebody"))
		if err == nil || tokens != nil {
			t.Errorf("without %v: %v %v", absent, tokens, err)
		}
		if !errors.Is(err, errAbsent) {
			t.Errorf("the cause is lost: %v", err)
		}
	}
}

func TestOneAnswerTwiceIsNotTwoAnswers(t *testing.T) {
	keys := operators(t, 1)
	s, err := blind(keys[0].Epoch, inputsOf("somebody"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	elements, err := writeAll(s.blinded)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := keys[0].Answer(Request{ID: make([]byte, idSize), Epoch: 1, Purpose: ForQuestion, Elements: elements}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.combine(answer, answer, rand.Reader); err == nil {
		t.Error("one operator was taken for two")
	}
}

// A share fits every key: for any other key there is a line through the share
// that one operator holds. So a share alone says nothing of the key.
func TestAShareAloneFitsEveryKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := bytes.NewReader(rapid.SliceOfN(rapid.Byte(), 128, 128).Draw(t, "randomness"))
		share, err := randomScalar(random)
		if err != nil {
			t.Skip(err)
		}
		key, err := randomScalar(random)
		if err != nil {
			t.Skip(err)
		}
		own := rapid.IntRange(1, Operators).Draw(t, "operator")
		other := own%Operators + 1
		// The other's share that makes (own, share) and (other, x) meet zero in key.
		ofOwn, ofOther := weights(own, other)
		x := suite.NewScalar().Sub(key, suite.NewScalar().Mul(ofOwn, share))
		x.Mul(x, suite.NewScalar().Inv(ofOther))
		third := other%Operators + 1
		slope := suite.NewScalar().Sub(x, share)
		slope.Mul(slope, suite.NewScalar().Inv(suite.NewScalar().Sub(at(other), at(own))))
		y := suite.NewScalar().Mul(slope, at(third))
		y.Add(y, key)
		// The three lie on one line: the third with the first gives the same key.
		a, b := weights(own, third)
		again := suite.NewScalar().Mul(a, share)
		again.Add(again, suite.NewScalar().Mul(b, y))
		if !again.IsEqual(key) {
			t.Fatal("no line fits")
		}
	})
}

func TestAWrongShareIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var dealt [Operators]Dealt
		var public [Operators]Contribution
		for i := range dealt {
			var err error
			if dealt[i], err = Deal(1, i+1, rand.Reader); err != nil {
				t.Fatal(err)
			}
			public[i] = dealt[i].Public
		}
		wrong := rapid.IntRange(1, Operators).Draw(t, "who")
		to := rapid.IntRange(1, Operators).Draw(t, "to")
		shares := sharesFor(dealt, to)
		shares[wrong-1] = bytes.Clone(shares[wrong-1])
		shares[wrong-1][rapid.IntRange(0, 30).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "change"))
		_, err := Assemble(to, public, shares)
		var named *WrongOperator
		if !errors.As(err, &named) || named.Operator != wrong {
			t.Fatalf("operator %d dealt a wrong share to %d: %v", wrong, to, err)
		}
	})
}

func TestAShareOfAnotherEpochIsNoKey(t *testing.T) {
	old, now := operators(t, 1), operators(t, 2)
	secret, err := old[0].Secret()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadOperatorKey(now[0].Epoch, 1, secret); err == nil {
		t.Error("the old share opens the new epoch")
	}
	again, err := ReadOperatorKey(old[0].Epoch, 1, secret)
	if err != nil || !again.share.IsEqual(old[0].share) {
		t.Error("a share does not come back as it was written", err)
	}
	mixed := now[0].Epoch
	mixed.Shares[2] = old[0].Epoch.Shares[2]
	if mixed.valid() == nil {
		t.Error("shares of two keys pass for one")
	}
}

func TestAWrongAnswerIsNamedAndTheThirdHelps(t *testing.T) {
	keys, others := operators(t, 1), operators(t, 1)
	inputs := inputsOf("one", "two", "three")
	want, _, err := clientOf(keys, nil, nil).Tokens(context.Background(), ForQuestion, inputs)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := map[string]func(Request, *Evaluated){
		"one element of another key": func(r Request, e *Evaluated) {
			if foreign, err := others[1].Answer(r, rand.Reader); err == nil && !r.Prove {
				e.Elements[1] = foreign.Elements[1]
			}
		},
		"all elements of another key": func(r Request, e *Evaluated) {
			if foreign, err := others[1].Answer(r, rand.Reader); err == nil {
				e.Elements, e.Proof = foreign.Elements, foreign.Proof
			}
		},
		"two elements exchanged": func(_ Request, e *Evaluated) {
			if len(e.Elements) > 1 {
				e.Elements[0], e.Elements[1] = e.Elements[1], e.Elements[0]
			}
		},
		"what was sent":         func(r Request, e *Evaluated) { e.Elements = r.Elements },
		"no element":            func(_ Request, e *Evaluated) { e.Elements[0] = bytes.Repeat([]byte{0xff}, elementSize) },
		"the identity":          func(_ Request, e *Evaluated) { e.Elements[0] = make([]byte, elementSize) },
		"too few":               func(_ Request, e *Evaluated) { e.Elements = append(e.Elements, e.Elements[0]) },
		"no proof":              func(_ Request, e *Evaluated) { e.Proof = nil },
		"an altered proof":      func(r Request, e *Evaluated) { alter(r, e) },
		"another request's id":  func(_ Request, e *Evaluated) { e.ID = bytes.Repeat([]byte{1}, idSize) },
		"another operator's":    func(_ Request, e *Evaluated) { e.Operator = 3 },
		"another epoch's":       func(_ Request, e *Evaluated) { e.Epoch = 9 },
		"not an answer at all":  func(_ Request, e *Evaluated) { e.ID = []byte("what?") },
		"elements of odd sizes": func(_ Request, e *Evaluated) { e.Elements[0] = e.Elements[0][:31] },
	}
	for name, spoil := range spoilt {
		t.Run(name, func(t *testing.T) {
			c := clientOf(keys, nil, nil)
			honest := c.Ask
			c.Ask = func(ctx context.Context, operator int, r Request) (Evaluated, error) {
				e, err := honest(ctx, operator, r)
				if operator == 2 && err == nil {
					spoil(r, &e)
				}
				return e, err
			}
			tokens, wrong, err := c.Tokens(context.Background(), ForQuestion, inputs)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(tokens, want) {
				t.Error("other tokens than the key's")
			}
			if len(wrong) != 1 || wrong[0].Operator != 2 {
				t.Errorf("named: %v", wrong)
			}
		})
	}
}

func alter(r Request, e *Evaluated) {
	if r.Prove {
		e.Proof = bytes.Clone(e.Proof)
		e.Proof[40] ^= 1
	}
}

func TestOldTokensMeetNothingInTheNextEpoch(t *testing.T) {
	inputs := inputsOf("somebody")
	var seen []Token
	for epoch := range uint32(2) {
		tokens, _, err := clientOf(operators(t, epoch), nil, nil).Tokens(context.Background(), ForQuestion, inputs)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(seen, tokens[0]) {
			t.Error("two epochs share a token")
		}
		seen = append(seen, tokens...)
	}
}

// What an operator sees of one input is never twice the same.
func TestAnOperatorSeesNoPersonTwice(t *testing.T) {
	keys := operators(t, 1)
	seen := map[string]bool{}
	c := clientOf(keys, nil, nil)
	honest := c.Ask
	c.Ask = func(ctx context.Context, operator int, r Request) (Evaluated, error) {
		if operator == 1 {
			for _, e := range r.Elements {
				if seen[string(e)] {
					t.Error("an element came twice")
				}
				seen[string(e)] = true
			}
		}
		return honest(ctx, operator, r)
	}
	for range 3 {
		if _, _, err := c.Tokens(context.Background(), ForQuestion, inputsOf("somebody", "somebody")); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 9 { // two blinded ones and the one to be proved, three times
		t.Errorf("%d elements seen", len(seen))
	}
}
