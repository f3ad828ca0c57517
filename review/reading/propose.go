package reading

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/review/questionnaire"
)

// Draft is a proposal as somebody brings it.
type Draft struct {
	Act    questionnaire.Act
	Key    string // of the question; of the one to stand after, for a new one
	After  string // of a move: the question to stand after; empty for the beginning
	Base   string // the words that the delegation had before it
	Text   string
	Reason string
	Oral   bool // made orally, and written down by the secretariat or the Chair (para. 33)
}

// check says what of it cannot be kept.
func (x *Draft) check() error {
	var errs []error
	if (x.Act == questionnaire.Replace || x.Act == questionnaire.Insert) && strings.TrimSpace(x.Text) == "" {
		errs = append(errs, fault.Invalid("text", "This is needed."))
	}
	if x.Act == questionnaire.Replace && x.Text == x.Base {
		errs = append(errs, fault.Invalid("text", "These are the words that stand there already."))
	}
	for field, text := range map[string]string{"text": x.Text, "base": x.Base, "reason": x.Reason} {
		if len([]rune(text)) > 8000 {
			errs = append(errs, fault.Invalid(field, "This is too long: keep it under %d characters.", 8000))
		}
	}
	return fault.All(errs...)
}

// Propose writes down a delegation's proposal. A delegate and an observer
// propose for their own delegation; the secretariat and the Chair write down
// what a delegation said. Words that have changed since it had them before it
// do not hinder it: it is shown against both. Faults: invalid, denied, not found.
func (k *Room) Propose(ctx context.Context, d *record.Door, id ID, by Delegation, x Draft) (ProposalID, error) {
	var made ProposalID
	if err := x.check(); err != nil {
		return made, err
	}
	err := k.change(ctx, d, id, ActPropose, func(tx *record.Tx, r *Reading) error {
		var err error
		made, err = k.propose(tx, id, r, by, x)
		return err
	})
	return made, err
}

func (k *Room) propose(tx *record.Tx, id ID, r *Reading, by Delegation, x Draft) (ProposalID, error) {
	viewer := tx.Viewer()
	if by.ID != viewer.Organisation && !viewer.Has(access.Secretariat) && !viewer.Has(access.Chair) {
		return ProposalID{}, fault.Denied("A delegation proposes for itself.")
	}
	if _, err := r.Question(x.Key); err != nil {
		return ProposalID{}, err
	}
	p := &Proposal{Reading: id, Delegation: by.ID, Observer: by.ID == viewer.Organisation && viewer.Has(access.Observer) && !viewer.Has(access.Delegate),
		Proposal: questionnaire.Proposal{Act: x.Act, Key: x.Key, By: by.Name, Base: x.Base, Text: x.Text, Reason: strings.TrimSpace(x.Reason), Oral: x.Oral, At: tx.Now()}}
	switch x.Act {
	case questionnaire.Insert:
		key, err := tx.NewID()
		if err != nil {
			return ProposalID{}, err
		}
		p.Key, p.After, p.Proposal.Base = key.String(), x.Key, ""
	case questionnaire.Move:
		if p.After = x.After; p.After != "" {
			if _, err := r.Question(p.After); err != nil {
				return ProposalID{}, err
			}
		}
		p.Proposal.Base, p.Text = "", ""
	case questionnaire.Delete:
		p.Text = ""
	case questionnaire.Replace:
	default:
		return ProposalID{}, fault.Invalid("act", "Choose one of the answers.")
	}
	p.Note(happened{What: "proposal_made", Key: p.Shown()})
	made, err := record.Create(tx, k.Proposals, p)
	if err != nil {
		return made, err
	}
	r.opened(p.Shown(), made)
	r.Note(happened{What: "proposal_made", Key: p.Shown()})
	return made, nil
}

// on opens a proposal that is not decided, with its reading.
func (k *Room) on(ctx context.Context, d *record.Door, id ProposalID, action access.Action, fn func(*record.Tx, *Proposal, *Reading) error) error {
	var at ID
	err := record.Do(ctx, d, record.Reason{Action: action}, func(tx *record.Tx) error {
		p, err := record.Open(tx, k.Proposals, id)
		if err != nil {
			return err
		}
		if p.Outcome != "" {
			return fault.Conflict("This proposal is decided already.")
		}
		at = p.Reading
		r, err := record.Open(tx, k.Readings, p.Reading)
		if err != nil {
			return err
		}
		return fn(tx, p, r)
	})
	if err == nil {
		k.live.changed(at)
	}
	return err
}

// Sponsor adds the viewer's delegation to those who want a proposal. Faults: conflict, denied, not found.
func (k *Room) Sponsor(ctx context.Context, d *record.Door, id ProposalID, name string) error {
	return k.on(ctx, d, id, ActPropose, func(tx *record.Tx, p *Proposal, _ *Reading) error {
		viewer := tx.Viewer()
		if !viewer.Has(access.Delegate) {
			return fault.Denied("The delegation of a State sponsors a proposal.")
		}
		if p.Wants(viewer.Organisation) {
			return fault.Conflict("Your delegation proposes or sponsors this already.")
		}
		p.With = append(slices.Clone(p.With), Delegation{ID: viewer.Organisation, Name: name, At: tx.Now()})
		p.Sponsors = append(slices.Clone(p.Sponsors), name)
		p.Note(happened{What: "proposal_sponsored", Key: p.Shown()})
		return nil
	})
}

// Wants reports that a delegation proposes or sponsors it.
func (p *Proposal) Wants(delegation ident.ID) bool {
	return p.Delegation == delegation || slices.ContainsFunc(p.With, func(d Delegation) bool { return d.ID == delegation })
}

// Withdraw takes a delegation's own proposal back. With sponsors it stays, and
// the first of them proposes it from then on. Faults: conflict, denied, not found.
func (k *Room) Withdraw(ctx context.Context, d *record.Door, id ProposalID) error {
	return k.on(ctx, d, id, ActPropose, func(tx *record.Tx, p *Proposal, r *Reading) error {
		if p.Delegation != tx.Viewer().Organisation {
			return fault.Denied("A delegation withdraws its own proposal.")
		}
		if len(p.With) > 0 {
			p.Delegation, p.By, p.Observer = p.With[0].ID, p.With[0].Name, false
			p.With, p.Sponsors = slices.Clone(p.With[1:]), slices.Clone(p.Sponsors[1:])
			p.Note(happened{What: "proposal_taken_over", Key: p.Shown()})
			return nil
		}
		p.Outcome, p.Decided = Withdrawn, tx.Now()
		r.closed(p.Shown(), id)
		p.Note(happened{What: "proposal_withdrawn", Key: p.Shown()})
		r.Note(happened{What: "proposal_withdrawn", Key: p.Shown()})
		return nil
	})
}
