package cooperation

import (
	"slices"

	"palermo/access"
	"palermo/casework"
	"palermo/ident"
	"palermo/record"
)

// CaseErased follows from the erasure of a case, in the same commit: what went
// to other nodes is recalled or asked to be erased (rule 2), and what the
// procedures and their settled messages say of the person goes here. That there
// was a procedure stays, and nothing leads from it to the case.
func (k *Desk) CaseErased(tx *record.Tx, c *casework.Case) error {
	var asked []ident.ID
	for _, a := range c.Abroad {
		if slices.Contains(asked, a.Recipient) {
			continue
		}
		asked = append(asked, a.Recipient)
		every := func(*Procedure, *Message) bool { return true }
		if err := k.recall(tx, c, a.Recipient, every, func(p *Procedure) error { return k.empty(tx, p) }); err != nil {
			return err
		}
	}
	if c.Received == nil || c.Received.Procedure.IsZero() {
		return nil
	}
	return tx.Follow(access.Exchange, doExchange, func() error {
		p, err := record.Open(tx, k.Procedures, ProcedureID(c.Received.Procedure))
		if errNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		return k.empty(tx, p)
	})
}

// empty takes the person out of a procedure.
func (k *Desk) empty(tx *record.Tx, p *Procedure) error {
	for i := range p.Acts {
		act := &p.Acts[i]
		act.Sheets, act.Fields, act.Erased = nil, nil, tx.Now()
		m, err := record.Open(tx, k.Messages, act.Message)
		if errNone(err) {
			continue
		}
		if err != nil {
			return err
		}
		if m.state() == settled && len(m.Signed) > 0 {
			m.Signed, m.Scope = nil, 0
			m.Note(done{What: "content_erased"})
		}
	}
	p.Early, p.Case = nil, casework.CaseID{}
	p.Note(done{What: "content_erased"})
	return nil
}
