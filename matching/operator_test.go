package matching_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/exchange"
	"palermo/fault"
	"palermo/linkage"
	"palermo/matching"
	"palermo/record"
)

func TestTwoOfThreeOperatorsAreEnoughAndOneIsNot(t *testing.T) {
	w := newWorld(t, sqlite)
	w.silent["secretariat"] = true
	w.known()
	s := w.asker(here)
	_, err := s.asks("at ng")
	must(t, err)
	w.rounds()
	if len(w.found("ng")) != 1 {
		t.Error("two operators did not find the person")
	}
	w.silent["ng"] = true
	_, err = s.asks("at ng")
	refused(t, err, fault.CodeUnavailable)
}

// Whoever is not prepared yet would be missed: the question waits for them.
func TestAQuestionIsComparedOnceEverybodyIsPrepared(t *testing.T) {
	w := newWorld(t, sqlite)
	w.rounds()
	_, err := w.asker(here).asks("at ng")
	must(t, err)
	w.silent["it"], w.silent["secretariat"] = true, true
	w.person("ng", itohan).agrees("at it")
	ng, it := w.places["ng"], w.places["it"]
	_, err = it.courier.Round(t.Context())
	must(t, err)
	if err := ng.Matching.Round(t.Context()); !fault.Is(err, fault.CodeUnavailable) {
		t.Fatalf("the round of Nigeria without operators: %v", err)
	}
	w.silent = map[string]bool{}
	w.rounds()
	if len(w.found("ng")) != 1 {
		t.Error("the person was not found once the operators were back")
	}
}

// evaluates sends one request of so many elements, as a node, to an operator.
func (w *world) evaluates(from, operator string, epoch uint32, elements int) error {
	w.t.Helper()
	var inputs [][]byte
	for i := range elements {
		inputs = append(inputs, linkage.Text{Key: linkage.ByNamesAndYear, Text: string(rune('a' + i%26))}.Input("it"))
	}
	m := w.list.Matching
	e := linkage.Epoch{Number: epoch}
	for i, o := range m.Operators {
		e.Shares[i] = o.Share
	}
	var once sync.Once
	var said error
	c := linkage.Client{Epoch: e, Random: w.places[from].Record.Random, Ask: func(ctx context.Context, _ int, r linkage.Request) (linkage.Evaluated, error) {
		once.Do(func() {
			var request []byte
			if request, said = linkage.Encode(r); said == nil {
				_, said = hand{w, from}.Evaluate(ctx, operator, request)
			}
		})
		return linkage.Evaluated{}, exchange.ErrNoAnswer // one request is enough
	}}
	if _, _, err := c.Tokens(w.t.Context(), linkage.ForQuestion, inputs); err == nil {
		w.t.Fatal("a token without an answer")
	}
	return said
}

func TestAnOperatorAnswersOnlyWhoTakesPartAndUnderTheKeyInForce(t *testing.T) {
	w := newWorld(t, sqlite)
	for _, x := range []struct {
		from, operator string
		epoch          uint32
		want           error
	}{
		{"it", "secretariat", 1, nil},
		{"ministry", "secretariat", 1, exchange.ErrNotAnswered}, // it may enforce immigration law
		{"secretariat", "it", 1, exchange.ErrNotAnswered},       // it assists nobody
		{"it", "ministry", 1, exchange.ErrNotAnswered},          // no operator
		{"it", "secretariat", 2, exchange.ErrBehindTrustList},
	} {
		if err := w.evaluates(x.from, x.operator, x.epoch, 3); !errors.Is(err, x.want) {
			t.Errorf("%s asks %s under key %d: %v, want %v", x.from, x.operator, x.epoch, err, x.want)
		}
	}
}

// An operator counts a State's elements, whichever of its nodes asks, and journals the count before it answers.
func TestAnOperatorCountsAndStops(t *testing.T) {
	w := newWorld(t, sqlite)
	const aDay = 5 * 2 * (linkage.QuestionSize + 1)
	must(t, w.evaluates("it", "secretariat", 1, aDay))
	if err := w.evaluates("it", "secretariat", 1, 1); !errors.Is(err, exchange.ErrUsedUp) {
		t.Errorf("more than was agreed: %v", err)
	}
	must(t, w.evaluates("ng", "secretariat", 1, 1))
	p := w.places["secretariat"]
	for r, err := range record.List(t.Context(), p.Record.For(access.Node(access.Exchange)), p.Matching.Counts, record.Query[matching.Count]{}) {
		must(t, err)
		if c := r.Value(); c.Body == "IT" && c.Spent.Elements != aDay {
			t.Errorf("counted %+v", c)
		}
	}
	refusals, err := p.Abroad.Refused(t.Context(), p.focal(), record.Cursor{}, 10)
	must(t, err)
	if len(refusals) == 0 || refusals[0].Value().Reason != "used-up" {
		t.Errorf("the focal point of the operator is shown %+v", refusals)
	}
}

// With the next key everybody is prepared anew, and the share of the last is destroyed at every operator.
func TestANewEpochBeginsTheRegisterAnewAndDestroysTheLastShare(t *testing.T) {
	w := newWorld(t, sqlite)
	w.known()
	w.key(2)
	w.rounds()
	_, err := w.asker(here).asks("at ng")
	must(t, err)
	w.rounds()
	if len(w.found("ng")) != 1 {
		t.Error("the person is not found under the new key")
	}
	for _, name := range operators {
		p, left := w.places[name], []uint32(nil)
		for r, err := range record.List(t.Context(), p.Record.For(access.Node(access.Exchange)), p.Matching.Shares, record.Query[matching.Share]{}) {
			must(t, err)
			left = append(left, r.Value().Epoch)
		}
		if len(left) != 1 || left[0] != 2 {
			t.Errorf("%s holds the shares of %v", name, left)
		}
	}
	w.now = w.now.AddDate(0, 4, 0)
	w.rounds()
	n, err := record.Count(t.Context(), w.places["it"].Record.For(access.Node(access.Exchange)), w.places["it"].Matching.Shares, record.Query[matching.Share]{})
	must(t, err)
	if n != 0 {
		t.Error("the share of a key that has ended is still there")
	}
}

func TestAQuestionUnderAnEndedKeyIsNotAnsweredAndItsSenderKnows(t *testing.T) {
	w := newWorld(t, sqlite)
	w.known()
	s := w.asker(here)
	_, err := s.asks("at ng")
	must(t, err)
	w.key(2)
	w.rounds()
	if met := w.found("ng"); len(met) != 0 {
		t.Errorf("a question of the last key met %+v", met)
	}
	due, err := record.Day(t.Context(), w.places["it"].focal(), 50)
	must(t, err)
	told := false
	for _, i := range due {
		told = told || i.Name == "message_not_delivered"
	}
	if !told {
		t.Error("nobody is told that the question was not taken")
	}
}

func TestADealtShareIsForOneOperatorAndOneKey(t *testing.T) {
	w := newWorld(t, sqlite)
	deal := func(name string, epoch uint32) []exchange.Sealed {
		part, err := w.places[name].Matching.Deal(t.Context(), epoch, operators)
		must(t, err)
		return part
	}
	it := w.places["it"].Matching
	_, err := it.Deal(t.Context(), 1, operators)
	refused(t, err, fault.CodeConflict)
	_, err = it.Deal(t.Context(), 2, []string{"it", "ng"})
	refused(t, err, fault.CodeInvalid)
	_, err = w.places["ministry"].Matching.Deal(t.Context(), 2, operators)
	refused(t, err, fault.CodeInvalid)
	own, ng, other := deal("it", 2), deal("ng", 2), deal("ng", 3)
	_, err = it.Assemble(t.Context(), 2, append(own, ng...))
	refused(t, err, fault.CodeInvalid) // the secretariat's is missing
	_, err = it.Assemble(t.Context(), 2, append(deal("secretariat", 2), other...))
	refused(t, err, fault.CodeInvalid) // Nigeria's is for another key
}

// With "talk to us" go the States to whose authorities nothing of it may be passed on.
func TestTalkToUsCarriesWhatBindsBothStates(t *testing.T) {
	w := newWorld(t, sqlite)
	first := itohan
	first.Nationality = "GH"
	there := w.person("ng", first)
	there.agrees("at it")
	there.takes("seek-protection", &casework.SeekProtection{Kind: "fear", Fears: "GH"})
	w.rounds()
	asking := here
	asking.Nationality = "GH"
	s := w.asker(asking)
	_, err := s.asks("at ng")
	must(t, err)
	w.rounds()
	must(t, w.answers("ng", true))
	w.rounds()
	if q := s.said(); len(q.NeverTo) != 1 || q.NeverTo[0] != "GH" {
		t.Errorf("the asker reads %+v", q)
	}
}
