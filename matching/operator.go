package matching

import (
	"context"
	"errors"

	"palermo/exchange"
	"palermo/fault"
	"palermo/linkage"
	"palermo/record"
)

// Evaluate raises the blinded elements of a request to this node's share of the
// key. It answers only who takes part, counts what its State asks for, and
// journals that before it answers; what the elements are it cannot know. It
// fails with a refusal of package exchange, which is journalled too.
func (k *Desk) Evaluate(ctx context.Context, from exchange.Node, request []byte) ([]byte, error) {
	answer, err := k.evaluate(ctx, from, request)
	if err != nil {
		return nil, k.abroad.Receiver().Refuse(ctx, from.Name, err)
	}
	return answer, nil
}

func (k *Desk) evaluate(ctx context.Context, from exchange.Node, request []byte) ([]byte, error) {
	m, epoch, err := k.terms()
	if err != nil {
		return nil, exchange.ErrNotAnswered
	}
	r, err := linkage.Decode[linkage.Request](request)
	switch {
	case err != nil:
		return nil, &exchange.Malformed{Where: "matching.request", Cause: err}
	case !takesPart(from):
		return nil, exchange.ErrNotAnswered
	case r.Epoch > m.Epoch:
		return nil, exchange.ErrBehindTrustList
	case r.Epoch != m.Epoch:
		return nil, exchange.ErrNotAnswered
	}
	var key *linkage.OperatorKey
	err = k.do(ctx, func(tx *record.Tx) error {
		if key, err = k.key(tx, m, epoch); err != nil {
			return err
		}
		return k.count(tx, evaluations, bodyOf(from), m, len(r.Elements), func(a linkage.Allowance, s linkage.Spent, day string) (linkage.Spent, error) {
			return a.Evaluate(s, r, day)
		})
	})
	if err != nil {
		return nil, err
	}
	answer, err := key.Answer(r, k.node.Random)
	if fault.Is(err, fault.CodeInvalid) {
		return nil, &exchange.Malformed{Where: "matching.elements", Cause: err}
	}
	if err != nil {
		return nil, err
	}
	return linkage.Encode(answer)
}

// key opens this node's share of the key in force.
func (k *Desk) key(tx *record.Tx, m exchange.Matching, epoch linkage.Epoch) (*linkage.OperatorKey, error) {
	number := m.Number(k.abroad.Keys.Name())
	if number == 0 {
		return nil, exchange.ErrNotAnswered
	}
	s, err := record.Open(tx, k.Shares, shareOf(m.Epoch))
	if none(err) || err == nil && len(s.Secret) == 0 {
		return nil, exchange.ErrUnavailable // the ceremony is not at its end here
	}
	if err != nil {
		return nil, err
	}
	return linkage.ReadOperatorKey(epoch, number, s.Secret)
}

// client has inputs evaluated by two operators; this node asks itself like any other.
func (k *Desk) client(m exchange.Matching, epoch linkage.Epoch) linkage.Client {
	return linkage.Client{Epoch: epoch, Random: k.node.Random, Ask: func(ctx context.Context, operator int, r linkage.Request) (linkage.Evaluated, error) {
		request, err := linkage.Encode(r)
		if err != nil {
			return linkage.Evaluated{}, err
		}
		var answer []byte
		if name := m.Operators[operator-1].Node; name == k.abroad.Keys.Name() {
			var self exchange.Node
			if self, err = k.own(); err == nil {
				answer, err = k.Evaluate(ctx, self, request)
			}
		} else {
			answer, err = k.line.Evaluate(ctx, name, request)
		}
		if err != nil {
			return linkage.Evaluated{}, err
		}
		out, err := linkage.Decode[linkage.Evaluated](answer)
		if err != nil {
			return out, &linkage.WrongOperator{Operator: operator, What: err.Error()}
		}
		return out, nil
	}}
}

// wrong has people hear of an operator that answered wrongly, whatever else comes of it.
func (k *Desk) wrong(ctx context.Context, m exchange.Matching, named []*linkage.WrongOperator) error {
	var errs []error
	for _, w := range named {
		err := k.abroad.Receiver().Refuse(ctx, m.Operators[w.Operator-1].Node, exchange.ErrWrongOperator)
		if !errors.Is(err, exchange.ErrWrongOperator) { // it could not be journalled
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
