package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/input"
)

// Became is what became of a referral, for the organisation that referred or
// handed over (row 7m): that it was acknowledged, what was decided, until when
// the recovery period lasts. No reason, and nothing else about the person.
type Became struct {
	Referred     time.Time
	Acknowledged time.Time
	First        *Outcome
	Recovery     time.Time // until when; zero where there is none
	Second       *Outcome
	Closed       time.Time
}

// Outcome is a decision without its reasons.
type Outcome struct {
	At       time.Time
	Positive bool
}

// became is told to those who see decisions anyway, and to the organisation
// that referred or handed over, as long as it stands on the case.
func (c *Case) became(d access.Decision) *Became {
	r := c.Identification.Referral
	if r == nil || !d.Sees(access.Summary) {
		return nil
	}
	referred := r.Organisation == d.Viewer.Organisation && slices.ContainsFunc(d.Standing, c.ownStanding)
	for _, a := range c.Team {
		referred = referred || a.HandedOver && a.Until.IsZero() && a.Organisation == d.Viewer.Organisation && d.Viewer.Has(a.Role)
	}
	if !referred && !d.Sees(access.Decisions) {
		return nil
	}
	i := &c.Identification
	b := &Became{Referred: r.At, Acknowledged: r.Acknowledged, First: outcome(i.decision("first")), Second: outcome(i.decision("second"))}
	if i.Recovery != nil {
		b.Recovery = i.Recovery.End
	}
	if c.Closed != nil {
		b.Closed = c.Closed.At
	}
	return b
}

func outcome(d *Decision) *Outcome {
	if d == nil {
		return nil
	}
	return &Outcome{At: d.At, Positive: d.Positive}
}

// Stage is the last that became of it, a phrase.
func (b *Became) Stage(now time.Time) string {
	switch {
	case b.Second != nil && b.Second.Positive:
		return "Second decision: positive"
	case b.Second != nil:
		return "Second decision: negative"
	case now.Before(b.Recovery):
		return "In the recovery period"
	case b.First != nil && b.First.Positive:
		return "First decision: positive"
	case b.First != nil:
		return "First decision: negative"
	case !b.Acknowledged.IsZero():
		return "Referral acknowledged"
	}
	return "Referred to the competent authority"
}

// Entry shows it on the case.
func (b *Became) Entry() Entry {
	e := Entry{Title: "What became of the referral", Fields: []input.Field{instant("Referred", b.Referred)}}
	add := func(label string, at time.Time) {
		if !at.IsZero() {
			e.Fields = append(e.Fields, instant(label, at))
		}
	}
	add("Acknowledged", b.Acknowledged)
	if o := b.First; o != nil {
		add(map[bool]string{true: "First decision: positive", false: "First decision: negative"}[o.Positive], o.At)
	}
	add("Recovery period until", b.Recovery)
	if o := b.Second; o != nil {
		add(map[bool]string{true: "Second decision: positive", false: "Second decision: negative"}[o.Positive], o.At)
	}
	add("Closed", b.Closed)
	return e
}
