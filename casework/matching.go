package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Matching is what this node keeps so that two States can find out whether
// they assist the same person: only for a person who agreed to it.
type Matching struct {
	Entry ident.ID // in the register of those who agreed; zero for none
	Asked []AskedWhether
}

// AskedWhether is that another State was asked whether it knows the person.
type AskedWhether struct {
	Question  ident.ID
	Recipient ident.ID // the organisation that stands for the other node
	State     string
	At, Until time.Time
	Withdrawn bool // the question, since the person agrees no more
}

// Agreeing is the register of those who agreed to matching. It follows every
// change of a case, in the same commit.
type Agreeing interface {
	// CaseChanged holds what is there true to the case, and withdraws what the person agrees to no more.
	CaseChanged(tx *record.Tx, c *Case) error
	// CaseErased takes out all that is there of the case.
	CaseErased(tx *record.Tx, c *Case) error
}

// AgreedToMatching gives the consents to matching that stand and say that the
// name may be used for it: without the name nobody is matched.
func (c *Case) AgreedToMatching(now time.Time) []consent.Consent {
	var agreed []consent.Consent
	for _, g := range c.Consents {
		if g.Purpose == consent.Matching && g.Data.Has(access.Identity) && g.Stands(now) {
			agreed = append(agreed, g)
		}
	}
	return agreed
}

// ClosedStates lists the States to whose authorities nothing may go (rule 3);
// all, where the door is closed and it is not known where the person is from.
func (c *Case) ClosedStates() (states []string, all bool) {
	_, closed := c.closedSince()
	_, known := c.fearedCountries()
	return c.NeverTo(), closed && !known
}

// AskedOther notes in the journal that another State was asked whether it knows the person.
type AskedOther struct{ Question ident.ID }

// Event names the note.
func (AskedOther) Event() string { return "asked_whether_known" }

// AskWhether notes on the case that another State was asked.
func (c *Case) AskWhether(a AskedWhether, by access.Viewer) error {
	if err := c.open(); err != nil {
		return err
	}
	c.Matching.Asked = append(c.Matching.Asked, a)
	c.Timeline = append(c.Timeline, Moment{At: a.At, Step: MomentAsked, Member: by.Member, Organisation: by.Organisation, Category: access.Consents})
	c.Base.Note(AskedOther{Question: a.Question})
	return nil
}

// MomentAsked is a line of the timeline that is no step.
const MomentAsked = "ask-whether"

// MayMatch refuses a State to which the door is closed, and one that the person
// did not name. It reads the same, and gives the consent that counts.
func (c *Case) MayMatch(recipient ident.ID, country string, now time.Time) (consent.Consent, error) {
	states, all := c.ClosedStates()
	for _, g := range c.AgreedToMatching(now) {
		if g.Recipient == recipient && !all && !slices.Contains(states, country) {
			return g, nil
		}
	}
	return consent.Consent{}, fault.Conflict("The person has not agreed that this State may be asked.")
}
