package matching

import (
	"context"
	"errors"
	"slices"
	"time"

	"palermo/exchange"
	"palermo/fault"
	"palermo/linkage"
	"palermo/record"
)

// Deal begins a key at this operator: it draws its part, keeps what belongs to
// itself, and seals to each of the other two what is theirs. The sealed objects
// may travel by any hand. Faults: invalid, conflict where this node has dealt already.
func (k *Desk) Deal(ctx context.Context, epoch uint32, operators []string) ([]exchange.Sealed, error) {
	number, err := k.among(operators)
	if err != nil {
		return nil, err
	}
	if epoch == 0 {
		return nil, fault.Invalid("epoch", "Epochs are numbered from 1.")
	}
	part, err := linkage.Deal(epoch, number, k.node.Random)
	if err != nil {
		return nil, err
	}
	public, err := linkage.Encode(part.Public)
	if err != nil {
		return nil, err
	}
	err = k.do(ctx, func(tx *record.Tx) error {
		_, err := record.Open(tx, k.Shares, shareOf(epoch))
		if err == nil {
			return fault.Conflict("This node has dealt for this epoch already. Take the next number.")
		}
		if !none(err) {
			return err
		}
		s := &Share{Epoch: epoch, Operators: operators, Since: tx.Now(), Dealt: public, Own: part.Shares[number-1]}
		s.Note(happened{What: "matching_share_dealt"})
		return record.CreateAs(tx, k.Shares, shareOf(epoch), s)
	})
	if err != nil {
		return nil, err
	}
	var out []exchange.Sealed
	for i, name := range operators {
		if i+1 == number {
			continue
		}
		sealed, err := k.sealShare(name, dealt{Epoch: epoch, Operators: operators, Contribution: public, Share: part.Shares[i]})
		if err != nil {
			return nil, err
		}
		out = append(out, sealed)
	}
	return out, nil
}

// among is this node's number among the operators, all of whom the trust list has.
func (k *Desk) among(operators []string) (int, error) {
	number := slices.Index(operators, k.abroad.Keys.Name()) + 1
	if len(operators) != linkage.Operators || number == 0 {
		return 0, fault.Invalid("operators", "Name the three operators in their order, this node among them.")
	}
	for _, name := range operators {
		if _, err := k.entryOf(name); err != nil {
			return 0, err
		}
	}
	return number, nil
}

func (k *Desk) sealShare(to string, d dealt) (exchange.Sealed, error) {
	n, err := k.entryOf(to)
	if err != nil {
		return nil, err
	}
	body, err := exchange.Encode(d)
	if err != nil {
		return nil, err
	}
	o := exchange.Object{From: k.abroad.Keys.Name(), To: to, Kind: kindShare, Purpose: purpose, Body: body,
		Sent: exchange.At(k.node.Now()), Deadline: exchange.At(k.node.Now().Add(shareOnItsWay)), List: k.abroad.Trust().List().Version}
	if o.ID, err = exchange.NewID(k.node.Random); err == nil {
		o.Procedure, err = exchange.NewID(k.node.Random)
	}
	if err != nil {
		return nil, fault.Internal(err)
	}
	signed, err := exchange.Sign(o, k.abroad.Keys)
	if err != nil {
		return nil, err
	}
	return signed.Seal(n)
}

// Assemble makes this operator's share of what the other two dealt, and gives
// what the signers put into the trust list. An operator whose share does not
// fit what it published is named, and all begin anew with the next number.
// Faults: invalid, not found where this node has not dealt, conflict.
func (k *Desk) Assemble(ctx context.Context, epoch uint32, parcel []exchange.Sealed) (exchange.Matching, error) {
	var made exchange.Matching
	err := k.do(ctx, func(tx *record.Tx) error {
		s, err := record.Open(tx, k.Shares, shareOf(epoch))
		if err != nil {
			return err
		}
		if len(s.Secret) > 0 {
			return fault.Conflict("The share of this epoch is there already.")
		}
		key, err := k.assemble(s, parcel)
		if err != nil {
			return err
		}
		if s.Secret, err = key.Secret(); err != nil {
			return err
		}
		s.Dealt, s.Own = nil, nil
		s.Note(happened{What: "matching_share_complete"})
		made = exchange.Matching{Epoch: epoch}
		for i, name := range s.Operators {
			made.Operators = append(made.Operators, exchange.Operator{Node: name, Share: key.Epoch.Shares[i]})
		}
		return nil
	})
	return made, err
}

func (k *Desk) assemble(s *Share, parcel []exchange.Sealed) (*linkage.OperatorKey, error) {
	var contributions [linkage.Operators]linkage.Contribution
	var shares [linkage.Operators][]byte
	number := slices.Index(s.Operators, k.abroad.Keys.Name()) + 1
	take := func(i int, public, share []byte) (err error) {
		shares[i] = share
		contributions[i], err = linkage.Decode[linkage.Contribution](public)
		return err
	}
	if err := take(number-1, s.Dealt, s.Own); err != nil {
		return nil, err
	}
	for _, sealed := range parcel {
		from, d, err := k.openShare(sealed)
		if errors.Is(err, exchange.ErrDoesNotOpen) || errors.Is(err, exchange.ErrUnknownEpoch) {
			continue // another operator's
		}
		if err != nil {
			return nil, err
		}
		i := slices.Index(s.Operators, from)
		if i < 0 || d.Epoch != s.Epoch || !slices.Equal(d.Operators, s.Operators) {
			return nil, fault.Invalid("", "What %s dealt is for another key.", from)
		}
		if err := take(i, d.Contribution, d.Share); err != nil {
			return nil, err
		}
	}
	for i, share := range shares {
		if share == nil {
			return nil, fault.Invalid("", "What %s dealt is missing.", s.Operators[i])
		}
	}
	return linkage.Assemble(number, contributions, shares)
}

func (k *Desk) openShare(s exchange.Sealed) (from string, d dealt, err error) {
	o, err := exchange.Open(s, k.abroad.Keys, k.abroad.Trust(), k.node.Now())
	if err != nil {
		return "", d, err
	}
	if o.Kind != kindShare {
		return "", d, exchange.ErrUnknownKind
	}
	return o.From, d, exchange.Decode(o.Body, &d)
}

// Terms complete what an assembled key needs to stand in the trust list.
func Terms(m exchange.Matching, until time.Time, questions, persons uint32) exchange.Matching {
	m.Until, m.Questions, m.Elements = exchange.At(until), questions, persons*elementsOfAPerson
	return m
}

// elementsOfAPerson is twice what a person has on average, and some for those who change.
const elementsOfAPerson = 40
