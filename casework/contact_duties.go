package casework

import (
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
)

// A plan is asked again when it is older than this, or after a danger was recorded.
const contactPlanLasts = 30 * 24 * time.Hour

const (
	contactDangerDuty = "contact_danger"
	contactAgainDuty  = "safe_contact_again"
)

// stale says that the plan is to be asked again, nil while it is not.
func (p *SafeContact) stale(now time.Time) error {
	if p == nil || now.Before(p.At.Add(contactPlanLasts)) {
		return nil
	}
	return fault.Conflict("The plan is more than thirty days old. Ask first whether it still holds.")
}

// unsafe is when, after an instant, a contact went wrong; zero if none did.
func (c *Case) unsafe(after time.Time) time.Time {
	var at time.Time
	for _, x := range c.Contacts {
		if x.Came != nil && x.Came.Reply.danger() && !x.CameAt.Before(after) {
			at = x.CameAt
		}
	}
	return at
}

// danger is when, after an instant, a danger was recorded that the plan may not know of.
func (c *Case) danger(after time.Time) time.Time {
	at := c.unsafe(after)
	later := func(t time.Time) {
		if t.After(after) && t.After(at) {
			at = t
		}
	}
	for _, r := range c.Risks {
		if r.Fields.Level == "high" || r.Fields.Level == "immediate" {
			later(r.At)
		}
	}
	for _, m := range c.Missing {
		later(m.At)
	}
	for _, f := range c.Family {
		later(f.DangerSince)
	}
	return at
}

// contactDuties are to look at the person's safety after a contact went wrong,
// until a risk assessment, and to ask the plan again.
func (c *Case) contactDuties(focal ident.ID) []duty.Duty {
	if c.Closed != nil {
		return nil
	}
	var due []duty.Duty
	add := func(name string, since, until time.Time) {
		due = append(due, duty.Duty{Name: name, Since: since, Due: until, Steps: []duty.Step{
			{Party: c.Owner, Role: access.CaseWorker, From: since}, {Party: c.Owner, Role: access.FirstResponder, From: since},
			{Party: focal, Role: access.FocalPoint, From: until}}})
	}
	var assessed time.Time
	if n := len(c.Risks); n > 0 {
		assessed = c.Risks[n-1].At
	}
	if at := c.unsafe(time.Time{}); at.After(assessed) {
		add(contactDangerDuty, at, at.Add(4*time.Hour))
	}
	if p := c.SafeContact; p != nil {
		since := p.At.Add(contactPlanLasts)
		if at := c.danger(p.At); !at.IsZero() && at.Before(since) {
			since = at
		}
		add(contactAgainDuty, since, since.Add(48*time.Hour))
	}
	return due
}
