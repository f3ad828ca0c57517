package casework

import (
	"time"

	"palermo/duty"
	"palermo/ident"
	"palermo/jurisdiction"
)

// Alarm is a duty that must stand on the case itself, not only in a list of the
// day: the person is confined, or missing (row 7a). Told says who must act, from when.
type Alarm struct {
	duty.Duty
	Missing bool
}

// alarms are those that are running. A closed case raises none.
func alarms(c *Case, p *jurisdiction.Profile, focal ident.ID) []Alarm {
	var list []Alarm
	for _, d := range duties(c, p, focal) {
		clock, known := p.Clock(d.Name)
		if known && (clock.From == "detained" || clock.From == "missing") {
			list = append(list, Alarm{Duty: d, Missing: clock.From == "missing"})
		}
	}
	return list
}

// Again says how often a duty has come due and was not done, and when it comes
// due next: what repeats is computed from the clock and now, nothing counts it.
// Zero where the clock does not repeat, or is not due yet.
func (k *Desk) Again(name string, due, now time.Time) (times int, next time.Time) {
	clock, known := k.Profile.Clock(name)
	if !known {
		return 0, next
	}
	for next = due; !now.Before(next); times++ {
		later, repeats := k.Profile.NextDue(clock, next)
		if !repeats || !later.After(next) {
			return 0, time.Time{}
		}
		next = later
	}
	return times, next
}
