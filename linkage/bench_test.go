package linkage

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"

	"github.com/cloudflare/circl/oprf"
)

// Run with -cpu 1: the same core for all. docs/linkage.md has the figures.

const benchBatch = 1024

func benchInputs() (out [][]byte) {
	for i := range benchBatch {
		out = append(out, fmt.Appendf(nil, "palermo/linkage/1|IT-register|names+year|MUHMT+UTMN|%d", i))
	}
	return out
}

func rate(b *testing.B, each int) {
	b.ReportMetric(float64(b.N*each)/b.Elapsed().Seconds(), "tokens/s")
}

// The whole way of a token: asker and two operators, messages and checks.
func BenchmarkTokens(b *testing.B) {
	c := clientOf(operators(b, 1), nil, nil)
	inputs := benchInputs()
	for b.Loop() {
		if _, _, err := c.Tokens(context.Background(), ForRegister, inputs); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, benchBatch)
}

// The library alone, one server that holds the whole key, without messages.
func BenchmarkTokensCircl(b *testing.B) {
	b.Run("verifiable", func(b *testing.B) {
		key, err := oprf.GenerateKey(oprf.SuiteRistretto255, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		client, server := oprf.NewVerifiableClient(oprf.SuiteRistretto255, key.Public()), oprf.NewVerifiableServer(oprf.SuiteRistretto255, key)
		circl(b, client.Blind, server.Evaluate, client.Finalize)
	})
	b.Run("base", func(b *testing.B) {
		key, err := oprf.GenerateKey(oprf.SuiteRistretto255, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		client, server := oprf.NewClient(oprf.SuiteRistretto255), oprf.NewServer(oprf.SuiteRistretto255, key)
		circl(b, client.Blind, server.Evaluate, client.Finalize)
	})
}

func circl(b *testing.B, blind func([][]byte) (*oprf.FinalizeData, *oprf.EvaluationRequest, error),
	evaluate func(*oprf.EvaluationRequest) (*oprf.Evaluation, error), finalize func(*oprf.FinalizeData, *oprf.Evaluation) ([][]byte, error)) {
	b.Helper()
	inputs := benchInputs()
	for b.Loop() {
		data, request, err := blind(inputs)
		if err != nil {
			b.Fatal(err)
		}
		answer, err := evaluate(request)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := finalize(data, answer); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, benchBatch)
}

// One operator: from the bytes of a request to the bytes of its answer.
func BenchmarkOperator(b *testing.B) {
	key := operators(b, 1)[0]
	s, err := blind(key.Epoch, benchInputs(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	elements, err := writeAll(s.blinded)
	if err != nil {
		b.Fatal(err)
	}
	sent, err := Encode(Request{ID: make([]byte, idSize), Epoch: 1, Purpose: ForRegister, Elements: elements})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := Decode[Request](sent)
		if err != nil {
			b.Fatal(err)
		}
		answer, err := key.Answer(r, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Encode(answer); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, benchBatch)
}

// The library's part of the same: to multiply what it has in memory.
func BenchmarkOperatorCircl(b *testing.B) {
	key, err := oprf.GenerateKey(oprf.SuiteRistretto255, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	_, request, err := oprf.NewClient(oprf.SuiteRistretto255).Blind(benchInputs())
	if err != nil {
		b.Fatal(err)
	}
	base, verifiable := oprf.NewServer(oprf.SuiteRistretto255, key), oprf.NewVerifiableServer(oprf.SuiteRistretto255, key)
	for name, evaluate := range map[string]func(*oprf.EvaluationRequest) (*oprf.Evaluation, error){"base": base.Evaluate, "verifiable": verifiable.Evaluate} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := evaluate(request); err != nil {
					b.Fatal(err)
				}
			}
			rate(b, benchBatch)
		})
	}
}

// person makes the n-th of a register, with a name of three parts, parents and a place.
func person(n int) Person {
	given := []string{"Amina", "Blessing", "Халима", "محمد", "Oksana", "Linh", "Fatoumata", "Grace", "李小明", "Ivan"}
	family := []string{"Yusuf", "Osayuwamen", "Каримова", "عثمان", "Kovalska", "Nguyen", "Diallo", "Okonkwo", "Wang", "Sidorov", "Hassan"}
	return Person{
		Names:   []string{given[n%10] + " " + given[n/10%10] + " " + family[n%11]},
		Born:    fmt.Sprintf("%d-%02d-%02d", 1980+n%27, 1+n%12, 1+n%28),
		Parents: []string{given[n/7%10] + " " + family[n%11]}, Nationalities: []string{"NG"},
		Places: []string{family[n/3%11]}, Documents: []Document{{"NG", fmt.Sprintf("A%07d", n)}},
	}
}

// The preparation of a register of 13,005 persons, asker and both operators on
// this one machine. One round is enough: -benchtime 1x.
func BenchmarkPrepareRegister(b *testing.B) {
	const persons = 13_005
	c := clientOf(operators(b, 1), nil, nil)
	var entries []Entry
	for n := range persons {
		entries = append(entries, Entry{Ref: fmt.Sprint(n), Consent: "c", Until: year, Person: person(n)})
	}
	for b.Loop() {
		prepared, _, err := Prepare(context.Background(), c, "IT-register", entries)
		if err != nil {
			b.Fatal(err)
		}
		sum := 0
		for _, p := range prepared {
			sum += len(p.Tokens)
		}
		b.ReportMetric(float64(sum)/persons, "texts/person")
	}
}

// A question from the record to the matches in a register of 13,005, asker,
// both operators and responder on one machine.
func BenchmarkQuestion(b *testing.B) {
	c := clientOf(operators(b, 1), nil, nil)
	e := Entry{Ref: "x", Consent: "c", Until: year, Person: person(3)}
	r := wideRegister(b, c, e)
	for b.Loop() {
		q, _, err := Ask(context.Background(), c, e, "IT-register", "IT", now, until)
		if err != nil {
			b.Fatal(err)
		}
		list, err := r.Matches(q, Asker{State: "NG"}, now)
		if err != nil || len(list) != 1 {
			b.Fatal(list, err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/question")
}

// wideRegister holds e, and as many tokens beside it as 13,005 persons have.
func wideRegister(b *testing.B, c Client, e Entry) *Register {
	b.Helper()
	prepared, _, err := Prepare(context.Background(), c, "IT-register", []Entry{e})
	if err != nil {
		b.Fatal(err)
	}
	for n := range 13_004 {
		p := Prepared{Ref: fmt.Sprint(n), Epoch: 1, Until: year}
		for k := range 30 {
			t := KeyToken{Key: Key(k%8 + 1)}
			if _, err := rand.Read(t.Token[:]); err != nil {
				b.Fatal(err)
			}
			p.Tokens = append(p.Tokens, t)
		}
		prepared = append(prepared, p)
	}
	return NewRegister("IT-register", 1, prepared)
}
