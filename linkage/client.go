package linkage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"palermo/fault"
)

// Client has inputs evaluated by two of the three operators.
type Client struct {
	Epoch Epoch
	// Ask carries a request to an operator and its answer back: the exchange in
	// a node, a call in a test. It is called for two operators at once.
	Ask    func(ctx context.Context, operator int, r Request) (Evaluated, error)
	Random io.Reader // crypto/rand.Reader
}

// Tokens gives the token of each input. It asks two operators, and the third
// where one of them does not answer or answers wrongly; those are named in
// wrong even where the tokens were had without them, since somebody must hear
// of it. The error is of kind unavailable when no two helped.
func (c Client) Tokens(ctx context.Context, purpose Purpose, inputs [][]byte) (tokens []Token, wrong []*WrongOperator, err error) {
	for batch := range slices.Chunk(inputs, MaxElements) {
		more, named, err := c.batch(ctx, purpose, batch)
		wrong = append(wrong, named...)
		if err != nil {
			return nil, wrong, err
		}
		tokens = append(tokens, more...)
	}
	return tokens, wrong, nil
}

// failure is that of one operator.
type failure struct {
	operator int
	err      error
}

func (f *failure) Error() string { return fmt.Sprintf("operator %d: %v", f.operator, f.err) }
func (f *failure) Unwrap() error { return f.err }

func (c Client) batch(ctx context.Context, purpose Purpose, inputs [][]byte) ([]Token, []*WrongOperator, error) {
	var wrong []*WrongOperator
	var failed []int
	var errs []error
	for _, pair := range [][2]int{{1, 2}, {1, 3}, {2, 3}} {
		if slices.Contains(failed, pair[0]) || slices.Contains(failed, pair[1]) {
			continue
		}
		tokens, err := c.try(ctx, purpose, inputs, pair)
		if err == nil {
			return tokens, wrong, nil
		}
		errs = append(errs, err)
		var named *WrongOperator
		var absent *failure
		switch {
		case errors.As(err, &named):
			wrong = append(wrong, named)
			failed = append(failed, named.Operator)
		case errors.As(err, &absent):
			failed = append(failed, absent.operator)
		default:
			return nil, wrong, err
		}
	}
	return nil, wrong, fault.Unavailable(errors.Join(errs...), "Two of the three operators must help, and they do not answer now. Try again later.")
}

// try has inputs evaluated by one pair of operators, under blinds of its own.
func (c Client) try(ctx context.Context, purpose Purpose, inputs [][]byte, pair [2]int) ([]Token, error) {
	s, err := blind(c.Epoch, inputs, c.Random)
	if err != nil {
		return nil, err
	}
	elements, err := writeAll(s.blinded)
	if err != nil {
		return nil, err
	}
	answers, err := c.both(ctx, pair, Request{Purpose: purpose, Elements: elements})
	if err != nil {
		return nil, err
	}
	check, err := s.combine(answers[0], answers[1], c.Random)
	if err != nil {
		return nil, err
	}
	proofs, err := c.both(ctx, pair, Request{Purpose: purpose, Prove: true, Elements: [][]byte{check}})
	if err != nil {
		return nil, err
	}
	return s.finish(proofs[0], proofs[1])
}

// both asks two operators at once, each under an id of its own.
func (c Client) both(ctx context.Context, pair [2]int, r Request) (answers [2]Evaluated, err error) {
	r.Epoch = c.Epoch.Number
	var requests [2]Request
	for i := range pair {
		requests[i] = r
		requests[i].ID = make([]byte, idSize)
		if _, err := io.ReadFull(c.Random, requests[i].ID); err != nil {
			return answers, fmt.Errorf("randomness: %w", err)
		}
	}
	var errs [2]error
	other := make(chan struct{})
	go func() {
		defer close(other)
		answers[1], errs[1] = c.one(ctx, pair[1], requests[1])
	}()
	answers[0], errs[0] = c.one(ctx, pair[0], requests[0])
	<-other
	for i, err := range errs {
		if err != nil {
			return answers, &failure{pair[i], err}
		}
	}
	return answers, nil
}

func (c Client) one(ctx context.Context, operator int, r Request) (Evaluated, error) {
	answer, err := c.Ask(ctx, operator, r)
	if err != nil {
		return Evaluated{}, err
	}
	if err := answer.valid(); err != nil {
		return Evaluated{}, &WrongOperator{operator, err.Error()}
	}
	if answer.Operator != operator || !slices.Equal(answer.ID, r.ID) {
		return Evaluated{}, &WrongOperator{operator, "it answered another request"}
	}
	return answer, nil
}
