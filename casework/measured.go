package casework

import (
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/jurisdiction"
)

// ActCount is counting a case among others; policies.cedar lets the node alone do it, never a member.
const ActCount access.Action = "do:count"

// Measured is what a case adds to figures: times and numbers. No name, no
// place, no word that anybody wrote; it goes to statistics and nowhere else (rule 9).
type Measured struct {
	Presumed     time.Time // a victim; zero if not
	Told         time.Time // of the rights for the first time; zero if never (row 7b)
	Compensation bool      // told of a way to compensation
	ConfinedFrom time.Time // the first night in a place that recommendation 7 (a) discourages
	ConfinedDays int       // so far
	Recovery     time.Time // the period's first day; zero where none was granted (row 7i)
	RecoveryDays int
	Referred     time.Time // to the competent authority (row 14)
	ReferredBy   ident.ID
	Decided      time.Time // for the first time
	DecidedBy    time.Time // by when the State's clock asks for it; zero where the State has no such clock
}

// measured is what a case that is not historical adds.
func measured(c *Case, now time.Time, p *jurisdiction.Profile) *Measured {
	if c.Historical {
		return nil
	}
	i := &c.Identification
	m := &Measured{Presumed: i.Presumed, ConfinedDays: c.ConfinedDays(now, p.Location())}
	for _, b := range c.Briefings {
		if m.Told.IsZero() || b.At.Before(m.Told) {
			m.Told = b.At
		}
		m.Compensation = m.Compensation || slices.ContainsFunc(b.Fields.Items, Right.compensation)
	}
	for _, n := range c.Nights {
		if n.Kind.Confining() && (m.ConfinedFrom.IsZero() || n.From.Before(m.ConfinedFrom)) {
			m.ConfinedFrom = n.From
		}
	}
	if r := i.Recovery; r != nil {
		m.Recovery, m.RecoveryDays = r.Start, int(r.End.Sub(r.Start).Hours()/24)
	}
	if r := i.Referral; r != nil {
		m.Referred, m.ReferredBy = r.At, r.Organisation
	}
	if d := slices.IndexFunc(i.Decisions, func(d Decision) bool { return d.Stage == "first" }); d >= 0 {
		m.Decided = i.Decisions[d].At
		m.DecidedBy = c.dueBefore("first_decision", m.Decided, p)
	}
	return m
}

func (r Right) compensation() bool { return strings.HasPrefix(string(r), "compensation_") }

// dueBefore is when the authority's clock that an event stops had run out, as it was last started before that.
func (c *Case) dueBefore(until jurisdiction.Event, at time.Time, p *jurisdiction.Profile) time.Time {
	var due time.Time
	for _, clock := range p.Clocks {
		if clock.Until != until || clock.Responsible != jurisdiction.Role(access.DecisionMaker) || !clock.Every.IsZero() {
			continue // to tell the person where it stands, again and again, is not to decide
		}
		for _, o := range c.Happened {
			if o.Event == string(clock.From) && !o.At.After(at) {
				due = p.Due(clock, o.At)
			}
		}
	}
	return due
}
