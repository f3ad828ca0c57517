package linkage

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// decoders read each kind of message and write it again.
var decoders = map[string]func([]byte) ([]byte, error){
	"epoch": again[Epoch], "contribution": again[Contribution], "request": again[Request],
	"evaluated": again[Evaluated], "question": again[Question], "reply": again[Reply],
}

func again[M message](data []byte) ([]byte, error) {
	m, err := Decode[M](data)
	if err != nil {
		return nil, err
	}
	return Encode(m)
}

// samples holds one message of each kind.
func samples(t testing.TB) map[string][]byte {
	t.Helper()
	keys := operators(t, 1)
	d, err := Deal(1, 2, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	r := Request{ID: make([]byte, idSize), Epoch: 1, Purpose: ForQuestion, Prove: true, Elements: [][]byte{keys[0].Epoch.Shares[0]}}
	e, err := keys[1].Answer(r, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	q := Question{ID: make([]byte, idSize), Rules: Rules, Epoch: 1, Register: "IT-register", Until: until.Unix()}
	for i := range QuestionSize {
		token := make([]byte, tokenSize)
		token[0] = byte(i)
		q.Tokens = append(q.Tokens, token)
	}
	out := map[string][]byte{}
	keep := func(name string, data []byte, err error) {
		if err != nil {
			t.Fatal(name, err)
		}
		out[name] = data
	}
	data, err := Encode(keys[0].Epoch)
	keep("epoch", data, err)
	data, err = Encode(d.Public)
	keep("contribution", data, err)
	data, err = Encode(r)
	keep("request", data, err)
	data, err = Encode(e)
	keep("evaluated", data, err)
	data, err = Encode(q)
	keep("question", data, err)
	data, err = Encode(Reply{Question: q.ID, Speak: true})
	keep("reply", data, err)
	return out
}

func TestAMessageHasOneEncoding(t *testing.T) {
	for name, data := range samples(t) {
		got, err := decoders[name](data)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: %v", name, err)
		}
		for other, read := range decoders {
			if other != name {
				if _, err := read(data); err == nil {
					t.Errorf("a %s is read as %s", name, other)
				}
			}
		}
		for cut := range data {
			if _, err := decoders[name](data[:cut]); err == nil {
				t.Errorf("%s is read from its first %d bytes", name, cut)
			}
		}
		if _, err := decoders[name](append(bytes.Clone(data), 0)); err == nil {
			t.Errorf("%s is read with a byte more", name)
		}
	}
}

func TestForeignBytesAreRefused(t *testing.T) {
	reply, err := Encode(Reply{Question: make([]byte, idSize)})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"a length longer than need be": "9802" + hex.EncodeToString(reply[1:]),
		"a list without end":           "9f" + hex.EncodeToString(reply[1:]) + "ff",
		"a tag":                        "c1" + hex.EncodeToString(reply),
		"a field too many":             "83" + hex.EncodeToString(reply[1:]) + "f6",
		"a field too few":              "81" + hex.EncodeToString(reply[1:18]),
		"a map":                        "a0",
		"nothing":                      "",
	} {
		data, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if m, err := Decode[Reply](data); err == nil {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if _, err := Decode[Reply](make([]byte, maxMessage+1)); err == nil {
		t.Error("an endless message is read")
	}
	many := Request{ID: make([]byte, idSize), Purpose: ForRegister, Elements: slices.Repeat([][]byte{make([]byte, elementSize)}, MaxElements+1)}
	if _, err := Encode(many); err == nil {
		t.Error("too many elements are sent")
	}
	many.Elements, many.Prove = many.Elements[:MaxProved+1], true
	if _, err := Encode(many); err == nil {
		t.Error("too many proofs are asked for")
	}
	full := Request{ID: make([]byte, idSize), Purpose: ForRegister, Elements: slices.Repeat([][]byte{make([]byte, elementSize)}, MaxElements)}
	data, err := Encode(full)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decode[Request](data); err != nil {
		t.Errorf("the largest request is refused: %v", err)
	}
}

// Whatever bytes come, a reader refuses them or gives the message that has just
// them as its encoding; and an operator or a register goes on.
func FuzzMessages(f *testing.F) {
	for _, data := range samples(f) {
		f.Add(data)
	}
	published, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range regexp.MustCompile(`"8[0-9a-f]{20,}"`).FindAllString(string(published), -1) {
		data, err := hex.DecodeString(strings.Trim(text, `"`))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	keys := operators(f, 1)
	r := NewRegister("IT-register", 1, nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, read := range decoders {
			if got, err := read(data); err == nil && !bytes.Equal(got, data) {
				t.Errorf("%s: another encoding", name)
			}
		}
		if request, err := Decode[Request](data); err == nil && len(request.Elements) < 8 {
			if answer, err := keys[0].Answer(request, rand.Reader); err == nil {
				if _, err := Encode(answer); err != nil {
					t.Errorf("an answer that cannot be sent: %v", err)
				}
			}
		}
		if q, err := Decode[Question](data); err == nil {
			if list, err := r.Matches(q, Asker{State: "FR"}, now); err == nil && list != nil {
				t.Errorf("an empty register knows %v", list)
			}
		}
	})
}

// A dealt share or a kept key comes from outside as well.
func FuzzShares(f *testing.F) {
	keys := operators(f, 1)
	secret, err := keys[0].Secret()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(secret, uint8(1))
	f.Add(make([]byte, 32), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, operator uint8) {
		key, err := ReadOperatorKey(keys[0].Epoch, int(operator), data)
		if err == nil && (operator != 1 || !bytes.Equal(data, secret)) {
			t.Errorf("another share is taken for operator %d's: %v", key.Operator, data)
		}
	})
}
