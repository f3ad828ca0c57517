package cooperation

import (
	"slices"

	"palermo/casework"
	"palermo/fault"
	"palermo/record"
)

// bind has a case carry all that its messages say of how it may be handled: of
// several the strictest word counts.
func bind(r *casework.Received, m *Message) {
	r.NeverTo = append(r.NeverTo, m.Handling.NeverTo...)
	slices.Sort(r.NeverTo)
	r.NeverTo = slices.Compact(r.NeverTo)
	if !m.Until.IsZero() && (r.Until.IsZero() || m.Until.Before(r.Until)) {
		r.Until = m.Until
	}
	r.Data |= m.Scope
	r.NotCourt = r.NotCourt || !m.Handling.MayBeUsedInCourt
	r.NotPassOn = r.NotPassOn || !m.Handling.MayBePassedOn
}

// opensCase is implemented by acts that open a case here from what came.
type opensCase interface{ opensCase() bool }

func (*TakeOver) opensCase() bool { return true }

// openCase opens a case of this State from the sheets that came. A sheet that
// cannot be taken as a step stays to be read on the procedure.
func (k *Desk) openCase(tx *record.Tx, p *Procedure) error {
	if p.Side != Asked || p.Case != (casework.CaseID{}) {
		return nil
	}
	received := &casework.Received{Peer: p.Peer, Procedure: p.RecordID()}
	var sheets []casework.Sheet
	for _, a := range p.Acts {
		if len(a.Sheets) == 0 || a.Side == p.Side {
			continue
		}
		sheets = append(sheets, a.Sheets...)
		m, err := record.Open(tx, k.Messages, a.Message)
		if err != nil {
			return err
		}
		bind(received, m)
	}
	if len(sheets) == 0 {
		return fault.Conflict("Nothing of the person has come, or it was erased.")
	}
	id, err := k.Cases.OpenFrom(tx, sheets, received)
	if err != nil {
		return err
	}
	p.Case = id
	return nil
}
