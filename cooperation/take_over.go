package cooperation

import (
	"palermo/casework"
	"palermo/fault"
	"palermo/record"
)

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
		received.NeverTo, received.Until, received.NotCourt = m.Handling.NeverTo, m.Until, !m.Handling.MayBeUsedInCourt
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
