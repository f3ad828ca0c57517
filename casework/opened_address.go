package casework

import (
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
)

// OpenedAddress is the exception of rule 7: in an emergency one police
// organisation sees where the person sleeps, for hours, and nothing else of the
// case. Somebody else looks at the reason afterwards.
type OpenedAddress struct {
	At       time.Time
	By       ident.ID
	Until    time.Time
	Fields   OpenAddress
	Reviewed time.Time
	Review   ReviewOpenedAddress
}

// addressHours is the longest that an address stays open.
const addressHours = 12

// OpenAddress opens it.
type OpenAddress struct {
	Police ident.ID `label:"Police who must go there" kind:"organisation" hint:"They see the address, and nothing else of the case."`
	Hours  int      `label:"For how many hours" hint:"At most 12."`
	Reason string   `label:"What the emergency is" kind:"textarea" hint:"Somebody else looks at it afterwards."`
}

func (s *OpenAddress) Possible(c *Case, w Work) error {
	if err := c.open(); err != nil {
		return err
	}
	if w.By.Organisation != c.Owner && !w.By.Has(access.FocalPoint) {
		return fault.Conflict("The organisation responsible, or the national focal point, opens the address.")
	}
	if n := c.sleeps(); n == nil || n.Address == "" {
		return fault.Conflict("No address is recorded.")
	}
	return nil
}

func (s *OpenAddress) Apply(c *Case, w Work) error {
	switch {
	case !newFence(w.Profile, w.Focal, w.Organisation).of(s.Police).Police:
		return fault.Invalid("police", "The address is opened to police alone.")
	case s.Hours < 1 || s.Hours > addressHours:
		return fault.Invalid("hours", "Between 1 and 12 hours.")
	case len([]rune(s.Reason)) < 10:
		return fault.Invalid("reason", "Say what the emergency is.")
	}
	c.Addresses = append(c.Addresses, OpenedAddress{At: w.Now, By: w.By.Member, Until: w.Now.Add(time.Duration(s.Hours) * time.Hour), Fields: *s})
	return nil
}

// addressOpen reports that the address is open to an organisation now.
func (c *Case) addressOpen(organisation ident.ID, now time.Time) bool {
	for _, a := range c.Addresses {
		if a.Fields.Police == organisation && now.Before(a.Until) {
			return true
		}
	}
	return false
}

// addressAlone shows where the person sleeps now to whom it was opened.
func addressAlone(v *View, c *Case) {
	n := c.sleeps()
	switch last := len(v.Nights) - 1; {
	case n == nil:
	case last >= 0: // who sees the places without their addresses
		v.Nights[last].Address = n.Address
	default:
		v.Nights = []Accommodation{{Address: n.Address}}
	}
}

func (c *Case) unreviewedAddress() *OpenedAddress {
	for i := range c.Addresses {
		if c.Addresses[i].Reviewed.IsZero() {
			return &c.Addresses[i]
		}
	}
	return nil
}

// addressDuty is the second person's: in the day of those who answer for the
// case, and of the auditor, until somebody has looked at the reason.
const addressDuty = "address_opened"

func (c *Case) addressDuties(focal ident.ID) []duty.Duty {
	a := c.unreviewedAddress()
	if a == nil {
		return nil
	}
	return []duty.Duty{{Name: addressDuty, Since: a.At, Due: a.At.Add(24 * time.Hour), Steps: []duty.Step{
		{Party: c.Owner, Role: access.CaseWorker, From: a.At}, {Party: focal, Role: access.FocalPoint, From: a.At},
		{Party: access.Everyone, Role: access.Auditor, From: a.At}}}}
}

// ReviewOpenedAddress is the second person's word. A no closes the address at once.
type ReviewOpenedAddress struct {
	Right   Answer `label:"Was there an emergency?"`
	Finding string `label:"What was found, and what follows" kind:"textarea"`
}

func (s *ReviewOpenedAddress) Possible(c *Case, w Work) error {
	a := c.unreviewedAddress()
	if a == nil {
		return fault.Conflict("No address was opened to police.")
	}
	if a.By == w.By.Member {
		return fault.Conflict("You opened it; somebody else reviews it.")
	}
	return nil
}

// Proposal is what was opened, to whom, and why.
func (s *ReviewOpenedAddress) Proposal(c *Case, _ Work) Entry { return c.unreviewedAddress().entry() }

func (s *ReviewOpenedAddress) Apply(c *Case, w Work) error {
	a := c.unreviewedAddress()
	a.Reviewed, a.Review = w.Now, *s
	if s.Right == No && w.Now.Before(a.Until) {
		a.Until = w.Now
	}
	return nil
}

func (a *OpenedAddress) entry() Entry {
	e := entry("Address opened to police in an emergency", a.At, a.By, &a.Fields)
	e.Fields = append(e.Fields, instant("Until", a.Until))
	if !a.Reviewed.IsZero() {
		e.Fields = append(e.Fields, instant("Reviewed", a.Reviewed), fact("What was found, and what follows", "textarea", a.Review.Finding))
	}
	return e
}
