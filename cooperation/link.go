package cooperation

import (
	"context"

	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// LinkCase names a case of this State by its reference, which tells nothing.
type LinkCase struct {
	Reference string `label:"Reference of the case" hint:"Such as K7QF-29MD. It stands at the top of the case."`
}

// links says why no case can be linked to the procedure, or nil.
func (p *Procedure) links() error {
	switch {
	case p.Side != Asked || !p.Definition().Person && p.Definition().Others == "":
		return fault.Conflict("A case is linked only to what another State began about a person.")
	case p.State.Ended():
		return fault.Conflict("The procedure has ended.")
	case p.Case != (casework.CaseID{}):
		return fault.Conflict("A case is linked to it already.")
	}
	return nil
}

// unlinked refuses what this side would say of a person whose case it has not
// linked: only the case knows to whom the door is closed (rule 3). An end, a
// word without the person and handing it over are possible.
func (p *Procedure) unlinked(i Info) error {
	d := p.Definition()
	if i.speaks() && p.Side == Asked && d.Person && d.Holds == Asked && p.Case == (casework.CaseID{}) {
		return fault.Conflict(othersFirst)
	}
	return nil
}

// Link links a case of this State to a procedure that another State began
// about the same person. From then on the case decides: nothing goes to a peer
// to which its door is closed (rule 3), and a fear that is stated later ends
// the procedure. The other side learns nothing of it.
func (k *Desk) Link(ctx context.Context, d *record.Door, id ProcedureID, s LinkCase) error {
	reference, ok := ident.ParseReference(s.Reference)
	if !ok {
		return fault.Invalid("reference", "Write the reference as it stands at the top of the case.")
	}
	found, err := k.Cases.SearchCases(ctx, d, reference)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fault.Invalid("reference", "There is no such case, or you may not see it.")
	}
	return k.do(ctx, d, func(tx *record.Tx) error {
		p, err := k.own(tx, id)
		if err != nil {
			return err
		}
		if why := p.links(); why != nil {
			return why
		}
		c, err := record.Open(tx, k.Cases.Kind, casework.CaseID(found[0].ID()))
		if err != nil {
			return err
		}
		if err := k.Cases.MayWork(c, tx.Viewer(), tx.Now()); err != nil {
			return err
		}
		if k.closed(c, p) {
			return fault.Conflict("This is not possible with this organisation.")
		}
		p.Case = casework.CaseID(found[0].ID())
		p.Note(done{What: "case_linked"})
		c.Link(casework.Abroad{Procedure: ident.ID(id), Recipient: p.Recipient, Began: tx.Now()}, string(p.Type), tx.Viewer())
		return nil
	})
}
