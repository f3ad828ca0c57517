package line

import (
	"bytes"
	"context"
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
	large := bytes.Repeat([]byte{7}, exchange.MaxMatching)
	answer, err := ask(large)
	if err != nil || !bytes.Equal(answer, large) || asked != "it-focal" {
		t.Errorf("%d bytes to the operator, asked by %q: %v", len(answer), asked, err)
	}
	_, err = ask(nil)
	is(t, err, exchange.ErrUsedUp)
	_, err = ask(append(large, 7))
	is(t, err, exchange.ErrOversize)
}
