package jurisdiction

import (
	"slices"
	"time"
)

// Clock is a deadline that somebody has. It starts at From, and Until stops it.
type Clock struct {
	Key         string       `yaml:"key,required"`
	Title       string       `yaml:"title,required"` // English, and the key of its translations
	From        Event        `yaml:"from,required"`
	Until       Event        `yaml:"until,required"`
	Applies     Applies      `yaml:"applies"`
	Period      Period       `yaml:"period,required"`
	Every       Period       `yaml:"every"`         // again and again after it was due, until it is done
	Remind      Period       `yaml:"remind_before"` // so long before it is due
	Responsible Role         `yaml:"responsible,required"`
	Alert       []Role       `yaml:"alert"` // who sees it at once, beside the one responsible
	Escalate    []Escalation `yaml:"escalate"`
	Basis       `yaml:",inline"`
}

// Escalation names who is told next, and how long after the clock was due.
type Escalation struct {
	After Period `yaml:"after,required"`
	To    Role   `yaml:"to,required"`
}

// Own reports that the clock is the project's default: no law says so.
func (c Clock) Own() bool { return c.Status == Project }

// Clock returns the clock with this name.
func (p *Profile) Clock(name string) (Clock, bool) {
	for _, clock := range p.Clocks {
		if clock.Key == name {
			return clock, true
		}
	}
	return Clock{}, false
}

// ClocksFrom lists the clocks that an event starts for a person.
func (p *Profile) ClocksFrom(event Event, child, unaccompanied bool) []Clock {
	var started []Clock
	for _, clock := range p.Clocks {
		if clock.From == event && clock.Applies.Covers(child, unaccompanied) {
			started = append(started, clock)
		}
	}
	return started
}

// Due is when the clock, started at from, has run out.
func (p *Profile) Due(clock Clock, from time.Time) time.Time { return p.Add(clock.Period, from) }

// Step is one moment in the life of a duty.
type Step struct {
	At   time.Time
	To   Role
	Kind string // reminder, due, escalation
}

// Steps lists who is told when, for a clock started at from: a reminder, the
// due time, then each escalation, in the order of time.
func (p *Profile) Steps(clock Clock, from time.Time) []Step {
	due := p.Due(clock, from)
	steps := []Step{{At: due, To: clock.Responsible, Kind: "due"}}
	if !clock.Remind.IsZero() {
		if at := p.calendar.before(clock.Remind, due); at.After(from) {
			steps = append(steps, Step{At: at, To: clock.Responsible, Kind: "reminder"})
		}
	}
	for _, next := range clock.Escalate {
		steps = append(steps, Step{At: p.Add(next.After, due), To: next.To, Kind: "escalation"})
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps
}

// NextDue is when a clock that was due at due, and is still not done, is due
// again; false where it does not repeat.
func (p *Profile) NextDue(clock Clock, due time.Time) (time.Time, bool) {
	if clock.Every.IsZero() || clock.Every.N == 0 {
		return time.Time{}, false
	}
	return p.Add(clock.Every, due), true
}
