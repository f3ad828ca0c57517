package linkage

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

// published is testdata/vectors.json, for other implementations.
type published struct {
	Register string
	Shares   [Operators]string // of the key, secret: operators 1, 2, 3
	Epoch    string            // message
	Persons  []publishedPerson
	Messages map[string]string
}

type publishedPerson struct {
	Person Person
	Inputs []string
	Tokens []string
}

func TestThePublishedVectorsHold(t *testing.T) {
	got, err := json.MarshalIndent(publish(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const path = "testdata/vectors.json"
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(want), got) {
		t.Error("the vectors have changed: other implementations would meet nothing; if that is meant, change Rules and run with -update")
	}
}

func publish(t *testing.T) published {
	t.Helper()
	random := rand.NewChaCha8([32]byte{1}) // always the same: for vectors alone
	var dealt [Operators]Dealt
	var public [Operators]Contribution
	for i := range dealt {
		var err error
		if dealt[i], err = Deal(1, i+1, random); err != nil {
			t.Fatal(err)
		}
		public[i] = dealt[i].Public
	}
	out := published{Register: "IT-register", Messages: map[string]string{}}
	var keys [Operators]*OperatorKey
	for i := range keys {
		var err error
		if keys[i], err = Assemble(i+1, public, sharesFor(dealt, i+1)); err != nil {
			t.Fatal(err)
		}
		secret, err := keys[i].Secret()
		if err != nil {
			t.Fatal(err)
		}
		out.Shares[i] = hex.EncodeToString(secret)
	}
	out.Epoch = sent(t, keys[0].Epoch)
	c := clientOf(keys, nil, nil)
	c.Random = random
	for _, p := range publishedRecords {
		out.Persons = append(out.Persons, publishPerson(t, c, out.Register, p))
	}
	out.Messages["contribution"] = sent(t, public[0])
	r := Request{ID: bytes.Repeat([]byte{1}, idSize), Epoch: 1, Purpose: ForQuestion, Prove: true, Elements: [][]byte{keys[0].Epoch.Shares[1]}}
	out.Messages["request"] = sent(t, r)
	answer, err := keys[0].Answer(r, random)
	if err != nil {
		t.Fatal(err)
	}
	out.Messages["evaluated"] = sent(t, answer)
	q, _, err := Ask(context.Background(), c, Entry{Consent: "c", Until: year, Person: publishedRecords[0]}, out.Register, "IT", now, until)
	if err != nil {
		t.Fatal(err)
	}
	q.ID = bytes.Repeat([]byte{2}, idSize)
	out.Messages["question"] = sent(t, q)
	out.Messages["reply"] = sent(t, Reply{Question: q.ID, Speak: true})
	return out
}

func sent[M message](t *testing.T, m M) string {
	t.Helper()
	data, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(data)
}

func publishPerson(t *testing.T, c Client, register string, p Person) publishedPerson {
	t.Helper()
	out := publishedPerson{Person: p}
	var inputs [][]byte
	for _, text := range Texts(p) {
		inputs = append(inputs, text.Input(register))
		out.Inputs = append(out.Inputs, string(text.Input(register)))
	}
	tokens, _, err := c.Tokens(context.Background(), ForQuestion, inputs)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range tokens {
		out.Tokens = append(out.Tokens, hex.EncodeToString(token[:]))
	}
	return out
}

var publishedRecords = []Person{
	{
		Names: []string{"محمد أحمد عثمان"}, Born: "1996-07-14", Parents: []string{"Ahmed Osman Bashir"}, Nationalities: []string{"SD"},
		Documents: []Document{{"SD", "P 0123-4567"}}, Places: []string{"Khartoum"}, Addresses: []Address{{"Nile Street", "12", "11111"}},
	},
	{Names: []string{"李小明"}, Born: "1998-01-01", Nationalities: []string{"CN"}, Places: []string{"福清"}},
	{Names: []string{"OSAYUWAMEN Blessing Efe", "Joy Efe"}, Born: "2001", Nationalities: []string{"NG"}, Places: []string{"Benin City"}},
}
