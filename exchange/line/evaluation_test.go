package line

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"palermo/exchange"
)

func TestElementsGoToAnOperatorWhoKnowsWhoAsks(t *testing.T) {
	p := newPair(t)
	ask := func(content []byte) ([]byte, error) { return p.client[0].Evaluate(t.Context(), "ng-focal", content) }
	_, err := ask([]byte("elements"))
	is(t, err, exchange.ErrNotAnswered) // it is no operator
	var asked string
	p.server[1].Evaluate = func(_ context.Context, from exchange.Node, content []byte) ([]byte, error) {
		asked = from.Name
		if len(content) == 0 {
			return nil, exchange.ErrUsedUp
		}
		return content, nil
	}
	const most = 256<<10 - 4
	large := bytes.Repeat([]byte{7}, most)
	answer, err := ask(large)
	if err != nil || !bytes.Equal(answer, large) || asked != "it-focal" {
		t.Errorf("%d bytes to the operator, asked by %q: %v", len(answer), asked, err)
	}
	_, err = ask(nil)
	is(t, err, exchange.ErrUsedUp)
	_, err = ask(append(large, 7))
	is(t, err, exchange.ErrOversize)
}

// On the line an evaluation has the length of a sealed message, however many elements it has.
func TestAnEvaluationIsAsLongAsAMessage(t *testing.T) {
	for _, n := range []int{0, 34, 700, 2200, 139_300} {
		content := bytes.Repeat([]byte{7}, n)
		padded, err := exchange.PadEvaluation(content)
		if err != nil || !slices.Contains(exchange.SizeClasses(), len(padded)-exchange.SealOverhead) {
			t.Errorf("%d bytes become %d: %v", n, len(padded), err)
		}
		back, err := exchange.UnpadEvaluation(padded)
		if err != nil || !bytes.Equal(back, content) {
			t.Errorf("%d bytes come back as %d: %v", n, len(back), err)
		}
		padded[len(padded)-1] = 1
		_, err = exchange.UnpadEvaluation(padded)
		is(t, err, exchange.ErrMalformed)
		_, err = exchange.UnpadEvaluation(padded[1:])
		is(t, err, exchange.ErrMalformed)
	}
}
