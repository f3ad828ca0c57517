package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// LookDelay is an order for which the person is not told yet that one authority
// has looked: with its provision, its end and a second person. Nothing else
// keeps a look from the person, and when it ends every look is told.
type LookDelay struct {
	At           time.Time
	By           ident.ID
	Organisation ident.ID // whose looks are not told yet
	Until        time.Time
	Fields       DelayTelling
	ConfirmedAt  time.Time // zero until then
	ConfirmedBy  ident.ID
	Refused      time.Time
}

const longestDelay = 90 * 24 * time.Hour

// DelayTelling records the order, for the looks of one's own authority.
type DelayTelling struct {
	Order     string `label:"The order: who gave it, and its number"`
	Provision string `label:"The provision" hint:"Law and article."`
	Reason    string `label:"What harm it would do to tell now" kind:"textarea"`
	Until     string `label:"Until" kind:"date" hint:"At most 90 days. Then the looks are told, unless there is a new order."`
}

func (s *DelayTelling) Possible(_ *Case, _ Work) error { return nil }

func (s *DelayTelling) Apply(c *Case, w Work) error {
	until, err := time.ParseInLocation(time.DateOnly, s.Until, w.Profile.Location())
	if err != nil || !until.After(w.Now) || until.Sub(w.Now) > longestDelay {
		return fault.Invalid("until", "Write a day to come, within 90 days.")
	}
	c.LookDelays = append(c.LookDelays, LookDelay{At: w.Now, By: w.By.Member, Organisation: w.By.Organisation, Until: until, Fields: *s})
	return nil
}

// ConfirmDelay is the second person's word; without it nothing is delayed.
type ConfirmDelay struct {
	Confirm Answer `label:"Is there such an order, and must telling wait?"`
}

func (c *Case) waitingDelay(now time.Time) *LookDelay {
	for i := range c.LookDelays {
		if x := &c.LookDelays[i]; x.ConfirmedAt.IsZero() && x.Refused.IsZero() && now.Before(x.Until) {
			return x
		}
	}
	return nil
}

func (s *ConfirmDelay) Possible(c *Case, w Work) error {
	x := c.waitingDelay(w.Now)
	if x == nil {
		return fault.Conflict("No order waits for a second person.")
	}
	if x.By == w.By.Member {
		return fault.Conflict("You recorded it; somebody else answers.")
	}
	return nil
}

func (s *ConfirmDelay) Apply(c *Case, w Work) error {
	x := c.waitingDelay(w.Now)
	if s.Confirm == Yes {
		x.ConfirmedAt, x.ConfirmedBy = w.Now, w.By.Member
	} else {
		x.Refused = w.Now
	}
	return nil
}

// Stands reports whether the order delays telling at the instant.
func (x LookDelay) Stands(now time.Time) bool {
	return !x.ConfirmedAt.IsZero() && x.ConfirmedBy != x.By && !x.ConfirmedBy.IsZero() && now.Before(x.Until)
}

// delaysApart shows an order to the authority that recorded it, to those who
// confirm it and to the auditor.
func delaysApart(v *View, c *Case, d access.Decision) {
	all := d.May("do:confirm_delay") || slices.Contains(d.Standing, access.Auditor)
	for _, x := range c.LookDelays {
		if d.Sees(access.Delays) && (all || x.Organisation == d.Viewer.Organisation) {
			v.LookDelays = append(v.LookDelays, x)
		}
		if x.Stands(d.At) {
			v.untold = append(v.untold, x.Organisation)
		}
	}
}

// told leaves out of a case's history what the reader must not learn: who
// complained and that somebody hears complaints; looks that an order delays.
// The auditor sees all of it, each of the others what is theirs.
func told(lines []record.Line, by access.Viewer, untold []ident.ID) []record.Line {
	if by.Has(access.Auditor) {
		return lines
	}
	return slices.DeleteFunc(lines, func(l record.Line) bool {
		of := stepCategory(l.Header.Action)
		opened := stepCategory(l.Header.Why)
		complaint := of == access.Complaints || opened == access.Complaints || slices.Contains(l.Header.Standing, string(access.ComplaintsBody))
		delay := of == access.Delays || opened == access.Delays || slices.Contains(untold, l.Header.Organisation)
		return complaint && !by.Has(access.ComplaintsBody) || delay && !by.Has(access.FocalPoint)
	})
}

// stepCategory is the category of the step of a name, or Summary for what is none.
func stepCategory(name string) access.Category {
	info, ok := Find(name)
	if !ok {
		return access.Summary
	}
	return info.Category
}

// Shows the order before it is answered.
func (s *ConfirmDelay) Shows(v *View, _ Work) []Entry { return v.delayEntries() }
