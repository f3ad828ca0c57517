package casework

import (
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
)

// withdrawReferral ends the referral when the person has withdrawn the consent
// that it rests on. The authority decides no more and sees nothing more; it is
// told, so that it closes its file. What was decided, and a recovery period
// that runs, stay the person's. Where law refers a child, nothing is withdrawn.
func (c *Case) withdrawReferral(w Work) {
	r := c.Identification.Referral
	if r == nil || c.consented(consent.Referral, w.Now, r.Authority) {
		return
	}
	for _, a := range c.Team {
		if a.Organisation == r.Authority && a.Role == access.DecisionMaker && a.Mandate != 0 {
			return
		}
	}
	ended := *r
	ended.Withdrawn = w.Now
	c.Identification.Withdrawals = append(c.Identification.Withdrawals, ended)
	c.Identification.Referral = nil
	if review := c.Identification.openReview(); review != nil {
		review.DecidedAt, review.Reasons = w.Now, "The person has withdrawn the referral."
	}
	c.happened(referralWithdrawn, w.Now)
}

// referralWithdrawn stops the authority's clocks.
const referralWithdrawn = "referral_withdrawn"

// withdrawn is a referral that was withdrawn and whose authority has not closed its file; nil if there is none.
func (c *Case) withdrawn() *Referral {
	list := c.Identification.Withdrawals
	for i := range list {
		if list[i].FileClosed.IsZero() {
			return &list[i]
		}
	}
	return nil
}

// withdrawnDuty tells the authority; silence reaches the focal point.
const withdrawnDuty = "referral_withdrawn"

func (c *Case) withdrawnDuties(focal ident.ID) []duty.Duty {
	r := c.withdrawn()
	if r == nil {
		return nil
	}
	d := duty.Duty{Name: withdrawnDuty, Since: r.Withdrawn, Due: r.Withdrawn.Add(72 * time.Hour)}
	d.Steps = []duty.Step{{Party: r.Authority, Role: access.DecisionMaker, From: r.Withdrawn}, {Party: focal, Role: access.FocalPoint, From: d.Due}}
	return []duty.Duty{d}
}

const closeReferral = "close-referral"

// CloseReferral is the authority's word that it has closed its file; with it
// the authority leaves the case.
type CloseReferral struct {
	Erased bool `label:"What was received is erased, or kept under a provision that the person was told"`
}

func (s *CloseReferral) Possible(c *Case, w Work) error {
	r := c.withdrawn()
	switch {
	case r == nil:
		return fault.Conflict("No referral was withdrawn.")
	case r.Authority != w.By.Organisation:
		return fault.Conflict("The authority that received the referral closes it.")
	}
	return nil
}

func (s *CloseReferral) Apply(c *Case, w Work) error {
	if !s.Erased {
		return fault.Invalid("erased", "Erase it first, or tell the person under which provision it is kept.")
	}
	r := c.withdrawn()
	r.FileClosed = w.Now
	if again := c.Identification.Referral; again != nil && again.Authority == r.Authority {
		return nil // the person has allowed it anew
	}
	for i := range c.Team {
		if a := &c.Team[i]; a.Organisation == r.Authority && a.Role == access.DecisionMaker && a.Until.IsZero() {
			a.Until = w.Now
		}
	}
	return nil
}
