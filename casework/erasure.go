package casework

import (
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Erasure is the proposal to erase the whole case and the second person's
// answer. Once approved, the case goes as soon as nothing that others must
// answer first is open; what that is, it does not say, for it could be a
// complaint about those who read it.
type Erasure struct {
	At         time.Time
	By         ident.ID
	Fields     ProposeErasure
	ApprovedAt time.Time // zero until then
	ApprovedBy ident.ID
}

// Retention is what is kept although the person asked otherwise, because a law demands it.
type Retention struct {
	At     time.Time
	By     ident.ID
	Until  time.Time
	Fields KeepByLaw
}

// KeepByLaw records a provision that demands to keep the case: the answer "retained" (rule 2).
type KeepByLaw struct {
	Provision string `label:"The provision" hint:"Law and article."`
	Reason    string `label:"Why it applies to this case" kind:"textarea"`
	Until     string `label:"Until" kind:"date"`
	Told      bool   `label:"The person was told, and how to complain about it"`
}

func (s *KeepByLaw) Possible(c *Case, w Work) error { return c.ownersOnly(w) }

func (s *KeepByLaw) Apply(c *Case, w Work) error {
	until, err := time.ParseInLocation(time.DateOnly, s.Until, w.Profile.Location())
	if err != nil || !until.After(w.Now) {
		return fault.Invalid("until", "Write a day to come.")
	}
	c.Retentions = append(c.Retentions, Retention{At: w.Now, By: w.By.Member, Until: until, Fields: *s})
	c.Erasure, c.PartErasure = nil, nil
	return nil
}

// retained gives the provision under which the case is kept now, or nil.
func (c *Case) retained(now time.Time) *Retention {
	for i := range c.Retentions {
		if now.Before(c.Retentions[i].Until) {
			return &c.Retentions[i]
		}
	}
	return nil
}

// refuses is why nothing is erased while the provision holds.
func (r *Retention) refuses() error {
	return fault.Conflict("A law demands to keep the case until %s.", r.Until.Format(time.DateOnly))
}

// erasureGround is why a case is erased.
type erasureGround string

func (erasureGround) Options() []input.Option {
	return []input.Option{{Value: "asked", Label: "The person asks for it"}, {Value: "period_over", Label: "The time for which it may be kept is over"},
		{Value: "no_purpose", Label: "It serves no purpose any more"}, {Value: "mistake", Label: "It was opened by mistake"}}
}

// ProposeErasure asks a second person to erase the case.
type ProposeErasure struct {
	Ground erasureGround `label:"Why the case is erased"`
	Reason string        `label:"What was looked at before: claims, proceedings, a law that demands to keep it" kind:"textarea"`
	Told   bool          `label:"The person knows that nothing can be brought back" hint:"Compensation and a review may need what is erased."`
}

func (s *ProposeErasure) Possible(c *Case, w Work) error {
	if err := c.ownersOnly(w); err != nil {
		return err
	}
	switch {
	case c.Closed == nil:
		return fault.Conflict("Only a closed case is erased. Close it first.")
	case c.retained(w.Now) != nil:
		return c.retained(w.Now).refuses()
	case c.Erasure != nil:
		return fault.Conflict("The erasure is proposed already.")
	case c.Hold != nil && c.Hold.Lifted.IsZero():
		return fault.Conflict("The authority that could remove the person is still told to wait.")
	}
	return nil
}

func (s *ProposeErasure) Apply(c *Case, w Work) error {
	c.Erasure = &Erasure{At: w.Now, By: w.By.Member, Fields: *s}
	return nil
}

// AnswerErasure is the second person's word.
type AnswerErasure struct {
	Erase  Answer `label:"Is the case erased?" hint:"With its documents, notes and the key that opens them. Only the journal's lines stay: that it was there, and who erased it."`
	Reason string `label:"Why" kind:"textarea"`
}

func (s *AnswerErasure) Possible(c *Case, w Work) error {
	switch {
	case c.Erasure == nil:
		return fault.Conflict("No erasure is proposed.")
	case !c.Erasure.ApprovedAt.IsZero():
		return fault.Conflict("The erasure is approved. The case goes as soon as everybody has answered what is open.")
	case w.By.Organisation != c.Owner && !w.By.Has(access.FocalPoint):
		return fault.Conflict("Somebody of the organisation responsible answers, or the focal point.")
	case c.Erasure.By == w.By.Member:
		return fault.Conflict("You proposed it; somebody else answers.")
	case c.Closed == nil:
		return fault.Conflict("Only a closed case is erased. Close it first.")
	}
	return nil
}

func (s *AnswerErasure) Apply(c *Case, w Work) error {
	if s.Erase == Yes {
		c.Erasure.ApprovedAt, c.Erasure.ApprovedBy = w.Now, w.By.Member
	} else {
		c.Erasure = nil
	}
	return nil
}

// ownersOnly refuses whoever is not of the organisation responsible.
func (c *Case) ownersOnly(w Work) error {
	if w.By.Organisation != c.Owner {
		return fault.Conflict("Only the organisation responsible does this.")
	}
	return nil
}

// goes reports that the case is to be erased now: approved, and nobody else has something to answer first.
func (c *Case) goes() bool {
	return c.Erasure != nil && !c.Erasure.ApprovedAt.IsZero() && c.Closed != nil && c.unheard() == nil && c.unreviewed() == nil
}

// eraseAll erases the case and every record that is there only for it.
func (k *Desk) eraseAll(tx *record.Tx, c *Case) error {
	why := string(c.Erasure.Fields.Ground)
	if err := record.Erase(tx, k.Kind, CaseID(c.RecordID()), why); err != nil {
		return err
	}
	if c.Hold != nil {
		if err := record.EraseToo(tx, k.Holds, c.Hold.Hold); err != nil {
			return err
		}
	}
	for _, b := range c.Interpreting {
		if b.Engagement == (record.ID[Engagement]{}) {
			continue
		}
		if err := k.eraseEngagement(tx, b.Engagement); err != nil {
			return err
		}
	}
	if k.Matching != nil {
		if err := k.Matching.CaseErased(tx, c); err != nil {
			return err
		}
	}
	if k.Abroad != nil && (len(c.Abroad) > 0 || c.Received != nil) {
		return k.Abroad.CaseErased(tx, c)
	}
	return nil
}

// eraseEngagement erases what an interpreter was told for the case. A threat that nobody has
// answered stays, with the interpreter whom it is about and nothing of the case: they are in danger
// whether or not the case is there (row 8c).
func (k *Desk) eraseEngagement(tx *record.Tx, id record.ID[Engagement]) error {
	threatened := false
	err := tx.Follow(access.BookingDesk, "do:protect", func() error {
		e, err := record.Open(tx, k.Engagements, id)
		if fault.Is(err, fault.CodeNotFound) || err == nil && e.unanswered() == nil {
			return nil
		}
		if err != nil {
			return err
		}
		threatened = true
		*e = Engagement{Base: e.Base, At: e.At, Interpreter: e.Interpreter, Pseudonym: e.Pseudonym, Threats: e.Threats,
			When: e.When, Ended: tx.Now(), Declined: e.Declined}
		e.Note(engaged{"engagement_detached"})
		return nil
	})
	if err != nil || threatened {
		return err
	}
	return record.EraseToo(tx, k.Engagements, id)
}

// erasureDuty reminds those who may answer a proposal.
const erasureDuty = "erasure_proposed"

func (c *Case) erasureDuty(focal ident.ID) []duty.Duty {
	if c.Erasure == nil || !c.Erasure.ApprovedAt.IsZero() {
		return nil
	}
	at := c.Erasure.At
	return []duty.Duty{{Name: erasureDuty, Since: at, Due: at.AddDate(0, 0, 7), Steps: []duty.Step{
		{Party: c.Owner, Role: access.CaseWorker, From: at}, {Party: c.Owner, Role: access.Advocate, From: at}, {Party: c.Owner, Role: access.FirstResponder, From: at},
		{Party: focal, Role: access.FocalPoint, From: at.AddDate(0, 0, 7)}}}}
}

// Shows the proposal before it is answered.
func (s *AnswerErasure) Shows(v *View, _ Work) []Entry { return v.keepingEntries() }
