package cooperation

import (
	"context"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// HandOver hands a procedure that came to this node to another organisation
// here: the house that would receive the person, the lawyer who was asked for.
// The other side is told that it was handed on, and to what kind of organisation.
// Whoever handed it over still sees that it moves, and nothing of what is in it.
type HandOver struct {
	To  ident.ID `label:"Organisation here that works on it from now on" kind:"organisation" optional:"true" here:"true"`
	Who string   `label:"What the other side is told of it" hint:"What kind of organisation it is, so that the person can be asked: a house for women, a legal aid office."`
}

// Check of what is told. To stays here, so the other side does not have it.
func (s *HandOver) Check(_ *Procedure, w Work) error {
	if !w.By.Member.IsZero() && s.To.IsZero() {
		return fault.Invalid("to", "Choose one of the answers.")
	}
	return nil
}

// There is what the other side said of the organisation that works on it there, or "".
func (v ProcedureView) There() string {
	if h := last[HandOver](&v.Procedure, "hand-over"); h != nil && v.Side == Asking {
		return h.Who
	}
	return ""
}

// WhyNot keeps with the focal point what came of the person, unless the message says that it may be passed on (rule 2).
func (s *HandOver) WhyNot(p *Procedure) error {
	switch {
	case p.Case != (casework.CaseID{}):
		return fault.Conflict("A case is linked to it: the organisation that works on the case works on this.")
	case p.keeps():
		return fault.Conflict("What came of the person may not be passed on.")
	}
	return nil
}

// keeps reports that something of the person came and may not be passed on.
func (p *Procedure) keeps() bool {
	for _, a := range p.Acts {
		if a.Side != p.Side && len(a.Sheets) > 0 && !a.PassOn {
			return true
		}
	}
	return false
}

// passesOn is implemented by acts in which the person may allow that what is
// sent goes on to the organisation that works on it there.
type passesOn interface{ mayBePassedOn() bool }

// mayWork refuses to hand over to organisations of other nodes, and to those that no case is for (rule 7).
func (k *Desk) mayWork(ctx context.Context, to ident.ID) error {
	node, err := k.Directory.NodeOf(ctx, to)
	if fault.Is(err, fault.CodeNotFound) || err == nil && (node != "" || k.Cases.KeptOff(to)) {
		return fault.Invalid("to", "Choose an organisation that helps people here.")
	}
	return err
}

// handOver moves the procedure to an organisation of this node.
func (k *Desk) handOver(tx *record.Tx, p *Procedure, to ident.ID) error {
	if to == p.Office {
		return fault.Invalid("to", "This organisation works on it already.")
	}
	if p.From.IsZero() {
		p.From = p.Office
	}
	return k.move(tx, p, to)
}

// goBack brings a procedure back to whoever handed it over, when something of
// the person comes that may not be passed on (rule 2).
func (k *Desk) goBack(tx *record.Tx, p *Procedure) error {
	to := p.From
	p.From, p.Case = ident.ID{}, casework.CaseID{}
	p.Note(done{What: "came_back"})
	return k.move(tx, p, to)
}

// move gives a procedure to an office, with the messages of its acts.
func (k *Desk) move(tx *record.Tx, p *Procedure, to ident.ID) error {
	p.Office = to
	return tx.Follow(access.Exchange, doExchange, func() error {
		for _, a := range p.Acts {
			if a.Message == (MessageID{}) {
				continue
			}
			m, err := record.Open(tx, k.Messages, a.Message)
			if err != nil {
				return err
			}
			m.Office = to
			m.Note(done{What: "handed_over"})
		}
		return nil
	})
}
