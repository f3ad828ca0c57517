package linkage

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
)

// operators makes an epoch's key as three operators do.
func operators(t testing.TB, epoch uint32) [Operators]*OperatorKey {
	t.Helper()
	var dealt [Operators]Dealt
	var public [Operators]Contribution
	for i := range dealt {
		var err error
		if dealt[i], err = Deal(epoch, i+1, rand.Reader); err != nil {
			t.Fatal(err)
		}
		public[i] = dealt[i].Public
	}
	var keys [Operators]*OperatorKey
	for i := range keys {
		key, err := Assemble(i+1, public, sharesFor(dealt, i+1))
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = key
	}
	return keys
}

func sharesFor(dealt [Operators]Dealt, operator int) (shares [Operators][]byte) {
	for i, d := range dealt {
		shares[i] = d.Shares[operator-1]
	}
	return shares
}

var errAbsent = errors.New("no line")

// clientOf asks operators through the messages as they go over the line.
// Absent ones do not answer; spoil may alter what is answered.
func clientOf(keys [Operators]*OperatorKey, absent []int, spoil func(Request, *Evaluated)) Client {
	return Client{
		Epoch:  keys[0].Epoch,
		Random: rand.Reader,
		Ask: func(_ context.Context, operator int, r Request) (Evaluated, error) {
			for _, a := range absent {
				if a == operator {
					return Evaluated{}, errAbsent
				}
			}
			sent, err := Encode(r)
			if err != nil {
				return Evaluated{}, err
			}
			got, err := Decode[Request](sent)
			if err != nil {
				return Evaluated{}, err
			}
			answer, err := keys[operator-1].Answer(got, rand.Reader)
			if err != nil {
				return Evaluated{}, err
			}
			if spoil != nil {
				spoil(got, &answer)
			}
			if sent, err = Encode(answer); err != nil {
				return Evaluated{}, err
			}
			return Decode[Evaluated](sent)
		},
	}
}

func inputsOf(texts ...string) (out [][]byte) {
	for _, t := range texts {
		out = append(out, []byte(t))
	}
	return out
}
