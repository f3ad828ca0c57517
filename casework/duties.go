package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/jurisdiction"
)

// duties says what is due on the case: each clock of the jurisdiction that an
// event started and no later event stopped. A closed case owes an answer to
// a complaint, to a request about data and to a proposal to erase it, and a
// review of an emergency opening, nothing else.
func duties(c *Case, p *jurisdiction.Profile, focal ident.ID) []duty.Duty {
	var due []duty.Duty
	if c.Historical {
		return nil
	}
	if e := c.unreviewed(); e != nil {
		due = append(due, e.duty(c, focal))
	}
	due = append(due, c.removalDuty(focal)...)
	due = append(due, c.erasureDuty(focal)...)
	due = append(due, c.partErasureDuty(focal)...)
	due = append(due, c.contactDuties(focal)...)
	due = append(due, c.withdrawnDuties(focal)...)
	due = append(due, c.participationDuties()...)
	due = append(due, c.addressDuties(focal)...)
	due = append(due, c.bookingDuties()...)
	child := c.Person.ProtectedAsChild(c.Opened)
	for _, clock := range p.Clocks {
		if clock.Responsible == jurisdiction.Role(access.RemovalAuthority) {
			continue // the hold has this clock: its authority sees no case
		}
		if c.Closed != nil && !aboutComplaints(clock) && clock.From != "data_requested" {
			continue // closing ends what is due, but not an unheard complaint
		}
		started, running := c.runs(clock)
		if running && clock.Applies.Covers(child, child && c.Child.Guardian.IsZero()) {
			due = append(due, c.due(clock, started, p, focal))
		}
	}
	return due
}

// due is a running clock with who sees it from when.
func (c *Case) due(clock jurisdiction.Clock, started time.Time, p *jurisdiction.Profile, focal ident.ID) duty.Duty {
	d := duty.Duty{Name: clock.Key, Since: started, Due: p.Due(clock, started)}
	tell := func(role jurisdiction.Role, from time.Time) {
		for _, who := range c.answerable(role, focal) {
			if aboutComplaints(clock) && who.Party == c.Owner {
				continue // a complaint may be about them
			}
			who.From = from
			if !slices.ContainsFunc(d.Steps, func(s duty.Step) bool { return s.Party == who.Party && s.Role == who.Role }) {
				d.Steps = append(d.Steps, who)
			}
		}
	}
	tell(clock.Responsible, started) // the one who must act sees it at once
	for _, role := range clock.Alert {
		tell(role, started)
	}
	for _, step := range p.Steps(clock, started) {
		tell(step.To, step.At)
	}
	return d
}

// aboutComplaints tells a clock of the body that hears complaints.
func aboutComplaints(clock jurisdiction.Clock) bool {
	return clock.Responsible == jurisdiction.Role(access.ComplaintsBody)
}

// runs tells whether the clock's last start has not been stopped.
func (c *Case) runs(clock jurisdiction.Clock) (started time.Time, running bool) {
	for _, o := range c.Happened {
		switch o.Event {
		case string(clock.From):
			started, running = o.At, true
		case string(clock.Until):
			running = false
		case referralWithdrawn:
			running = running && !ofReferral(clock)
		}
	}
	return started, running
}

// ofReferral tells the clocks that end with the referral: the authority's, and
// those of the referral itself.
func ofReferral(clock jurisdiction.Clock) bool {
	return clock.Responsible == jurisdiction.Role(access.DecisionMaker) || clock.From == "referred"
}

// answerable finds who on this case acts in the jurisdiction's role; where
// nobody does, the owner's case workers, and for escalation the focal point.
func (c *Case) answerable(role jurisdiction.Role, focal ident.ID) []duty.Step {
	as := access.Role(role)
	var who []duty.Step
	for _, a := range c.Team {
		if as == access.Police && !c.searchedBy(a.Organisation) {
			continue // police on the case for another reason are not told where the person is, or is not
		}
		if a.Role == as && a.Until.IsZero() {
			who = append(who, duty.Step{Party: a.Organisation, Role: as})
		}
	}
	switch {
	case len(who) > 0:
	case as == access.ComplaintsBody || as == access.Auditor: // never those who may be complained about, or looked at
		who = []duty.Step{{Party: access.Everyone, Role: as}}
	case as == access.FocalPoint:
		who = []duty.Step{{Party: focal, Role: access.FocalPoint}}
	case as == access.Advocate:
		who = []duty.Step{{Party: c.Owner, Role: access.Advocate}, {Party: c.Owner, Role: access.CaseWorker}}
	default:
		who = []duty.Step{{Party: c.Owner, Role: access.CaseWorker}, {Party: c.Owner, Role: access.FirstResponder}}
	}
	return who
}
