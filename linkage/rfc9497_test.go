package linkage

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
)

// vectorSet is one suite and mode of RFC 9497's appendix A.
type vectorSet struct {
	Mode          int
	Seed, KeyInfo string
	Secret        string `json:"skSm"`
	Public        string `json:"pkSm"`
	Vectors       []vector
}

type vector struct {
	Input, Blind, BlindedElement, EvaluationElement, Output string
	Proof                                                   struct{ Proof, R string }
}

func readVectors(t *testing.T) []vectorSet {
	t.Helper()
	data, err := os.ReadFile("testdata/rfc9497-ristretto255.json")
	if err != nil {
		t.Fatal(err)
	}
	var sets []vectorSet
	if err := json.Unmarshal(data, &sets); err != nil {
		t.Fatal(err)
	}
	return sets
}

func unhex(t *testing.T, list string) (out [][]byte) {
	t.Helper()
	for part := range strings.SplitSeq(list, ",") {
		b, err := hex.DecodeString(part)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

func scalars(t *testing.T, list [][]byte) (out []group.Scalar) {
	t.Helper()
	for _, b := range list {
		s := suite.NewScalar()
		if err := s.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func wantBytes(t *testing.T, what string, got, want [][]byte) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !bytes.Equal(got[i], want[i]) {
			t.Errorf("%s %d: %x, want %x", what, i, got[i], want[i])
		}
	}
}

// Any two of three operators who share the RFC's key give what the RFC says
// one server gives, and one who holds it whole gives the RFC's proof.
func TestTwoOperatorsGiveWhatRFC9497Says(t *testing.T) {
	ran := 0
	for _, set := range readVectors(t) {
		if set.Mode != int(oprf.VerifiableMode) {
			continue
		}
		secret := scalars(t, unhex(t, set.Secret))[0]
		for _, pair := range [][2]int{{1, 2}, {1, 3}, {3, 2}} {
			keys := sharing(t, secret)
			for _, v := range set.Vectors {
				vectorByTwo(t, v, keys[pair[0]-1], keys[pair[1]-1])
				ran++
			}
		}
		for _, v := range set.Vectors {
			proofOfOne(t, v, secret, unhex(t, set.Public)[0])
		}
	}
	if ran != 9 {
		t.Errorf("%d vectors ran, want 9", ran)
	}
}

// sharing shares one key among three operators.
func sharing(t *testing.T, secret group.Scalar) (keys [Operators]*OperatorKey) {
	t.Helper()
	d, err := dealPart(1, 1, secret, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	epoch := Epoch{Number: 1}
	for i := range keys {
		value, err := d.Public.valueAt(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		if epoch.Shares[i], err = write(value); err != nil {
			t.Fatal(err)
		}
	}
	for i := range keys {
		if keys[i], err = ReadOperatorKey(epoch, i+1, d.Shares[i]); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func vectorByTwo(t *testing.T, v vector, a, b *OperatorKey) {
	t.Helper()
	s, err := blindWith(a.Epoch, unhex(t, v.Input), scalars(t, unhex(t, v.Blind)))
	if err != nil {
		t.Fatal(err)
	}
	blinded, err := writeAll(s.blinded)
	if err != nil {
		t.Fatal(err)
	}
	wantBytes(t, "blinded element", blinded, unhex(t, v.BlindedElement))
	ask := func(k *OperatorKey, prove bool, elements [][]byte) Evaluated {
		e, err := k.Answer(Request{ID: make([]byte, idSize), Epoch: 1, Purpose: ForQuestion, Prove: prove, Elements: elements}, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	check, err := s.combine(ask(a, false, blinded), ask(b, false, blinded), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.finish(ask(a, true, [][]byte{check}), ask(b, true, [][]byte{check})); err != nil {
		t.Fatal(err)
	}
	evaluated := make([]group.Element, len(s.combined))
	var outputs [][]byte
	for i, e := range s.combined {
		evaluated[i] = suite.NewElement().Mul(e, s.blinds[i])
		full, err := output(s.inputs[i], e)
		if err != nil {
			t.Fatal(err)
		}
		outputs = append(outputs, full[:])
	}
	together, err := writeAll(evaluated)
	if err != nil {
		t.Fatal(err)
	}
	wantBytes(t, "evaluated element", together, unhex(t, v.EvaluationElement))
	wantBytes(t, "output", outputs, unhex(t, v.Output))
}

func proofOfOne(t *testing.T, v vector, secret group.Scalar, public []byte) {
	t.Helper()
	key, err := readElement(public)
	if err != nil {
		t.Fatal(err)
	}
	blinded, err := readElements(unhex(t, v.BlindedElement))
	if err != nil {
		t.Fatal(err)
	}
	raised, err := readElements(unhex(t, v.EvaluationElement))
	if err != nil {
		t.Fatal(err)
	}
	whole := &OperatorKey{share: secret, public: key}
	got, err := whole.prove(blinded, raised, scalars(t, unhex(t, v.Proof.R))[0])
	if err != nil {
		t.Fatal(err)
	}
	wantBytes(t, "proof", [][]byte{got}, unhex(t, v.Proof.Proof))
	if !proved(key, blinded, raised, got) {
		t.Error("the RFC's proof does not hold")
	}
	got[0] ^= 1
	if proved(key, blinded, raised, got) {
		t.Error("an altered proof holds")
	}
}

// The library itself, in both modes: what an operator of another make runs.
func TestTheLibraryPassesRFC9497(t *testing.T) {
	for _, set := range readVectors(t) {
		info, seed := unhex(t, set.KeyInfo)[0], unhex(t, set.Seed)[0]
		key, err := oprf.DeriveKey(oprf.SuiteRistretto255, oprf.Mode(set.Mode), seed, info)
		if err != nil {
			t.Fatal(err)
		}
		secret, err := key.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		wantBytes(t, "key", [][]byte{secret}, unhex(t, set.Secret))
		for _, v := range set.Vectors {
			server := oprf.NewServer(oprf.SuiteRistretto255, key).FullEvaluate
			if set.Mode == int(oprf.VerifiableMode) {
				server = oprf.NewVerifiableServer(oprf.SuiteRistretto255, key).FullEvaluate
			}
			var got [][]byte
			for _, input := range unhex(t, v.Input) {
				out, err := server(input)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, out)
			}
			wantBytes(t, "output", got, unhex(t, v.Output))
		}
	}
}
