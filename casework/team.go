package casework

import (
	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
)

// HandOver makes another organisation responsible for assistance, with the
// person's consent; the one before learns what became of the referral, and nothing else.
type HandOver struct {
	Organisation ident.ID `label:"Organisation that takes over" kind:"organisation"`
	Agreed       bool     `label:"The organisation agreed to take over"`
}

func (s *HandOver) Possible(c *Case, w Work) error {
	if w.By.Organisation != c.Owner {
		return fault.Conflict("Only the organisation responsible hands the case over.")
	}
	return c.open()
}

func (s *HandOver) Apply(c *Case, w Work) error {
	switch {
	case s.Organisation == c.Owner:
		return fault.Invalid("organisation", "This organisation is responsible already.")
	case !s.Agreed:
		return fault.Invalid("agreed", "Ask the organisation first.")
	case !c.consented(consent.Assistance, w.Now, s.Organisation):
		return fault.Invalid("organisation", "The person has not consented to assistance by this organisation. Record the consent first.")
	}
	before := c.Owner
	c.Owner = s.Organisation
	c.Team = append(c.Team, Assignment{Organisation: before, Role: access.FirstResponder, Since: w.Now, HandedOver: true,
		Mandate: access.Of(access.Summary), Provision: "The organisation that handed the case over learns what became of it."})
	return nil
}

// EndPart takes an organisation off the case; what consent released to it is
// shown no longer.
type EndPart struct {
	Organisation ident.ID `label:"Organisation" kind:"organisation"`
	Reason       string   `label:"Why" kind:"textarea"`
}

func (s *EndPart) Possible(c *Case, w Work) error {
	for _, a := range c.Team {
		if a.Until.IsZero() && a.Role != access.DecisionMaker {
			return c.open()
		}
	}
	return fault.Conflict("No other organisation takes part in the case.")
}

func (s *EndPart) Apply(c *Case, w Work) error {
	ended := false
	for i := range c.Team {
		a := &c.Team[i]
		if a.Organisation != s.Organisation || !a.Until.IsZero() {
			continue
		}
		if a.Role == access.DecisionMaker && !c.Identification.settled() {
			return fault.Conflict("The competent authority stays on the case until it has decided.")
		}
		a.Until, ended = w.Now, true
	}
	if !ended {
		return fault.Invalid("organisation", "This organisation is not on the case.")
	}
	return nil
}

// settled reports that no decision or review of the authority is to come.
func (i *Identification) settled() bool {
	return i.Referral == nil || !i.undecided() && i.openReview() == nil
}
