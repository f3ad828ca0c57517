package jurisdiction

import (
	"time"
	_ "time/tzdata" // a deadline must not depend on what the machine has installed
)

// calendar counts days in one State.
type calendar struct {
	zone     *time.Location
	working  [7]bool
	holidays map[string]bool // "2026-04-03" or "12-25"
}

// newCalendar reads the merged profile. Without a zone it counts in UTC;
// without a working week, Monday to Friday; unknown holidays are not skipped,
// which can only make a deadline earlier.
func newCalendar(p *Profile) calendar {
	c := calendar{zone: time.UTC, holidays: map[string]bool{}}
	if zones, ok := p.TimeZones.Get(); ok && len(zones) > 0 {
		if zone, err := time.LoadLocation(string(zones[0])); err == nil {
			c.zone = zone
		}
	}
	week := p.WorkingWeek.Value
	if len(week) == 0 {
		week = []Weekday{"monday", "tuesday", "wednesday", "thursday", "friday"}
	}
	for _, day := range week {
		if n := day.day(); n >= 0 && n < 7 {
			c.working[n] = true
		}
	}
	for _, day := range p.Holidays.Value {
		c.holidays[string(day)] = true
	}
	return c
}

func (c calendar) isWorking(day time.Time) bool {
	return c.working[day.Weekday()] && !c.holidays[day.Format(time.DateOnly)] && !c.holidays[day.Format("01-02")]
}

// Civil days are counted at noon UTC, where no change of clocks can disturb them.
func (c calendar) civil(t time.Time) time.Time {
	y, m, d := t.In(c.zone).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}

func (c calendar) endOf(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, c.zone)
}

// mostSkipped bounds the search for working days: a calendar with no working
// day within a year falls back to counting every day.
const mostSkipped = 366

func (c calendar) add(p Period, from time.Time) time.Time {
	day := c.civil(from)
	switch p.Unit {
	case Days:
		return c.endOf(day.AddDate(0, 0, p.N))
	case WorkingDays:
		return c.endOf(c.workingDay(day, p.N))
	case CalendarMonths:
		return c.endOf(addMonths(day, p.N))
	default:
		return from.In(c.zone).Add(time.Duration(p.N) * time.Hour)
	}
}

func (c calendar) workingDay(day time.Time, n int) time.Time {
	for range n {
		next := day.AddDate(0, 0, 1)
		for skipped := 0; !c.isWorking(next) && skipped < mostSkipped; skipped++ {
			next = next.AddDate(0, 0, 1)
		}
		if !c.isWorking(next) {
			next = day.AddDate(0, 0, 1)
		}
		day = next
	}
	return day
}

// before is the mirror of add, for reminders: it never returns a time after due.
func (c calendar) before(p Period, due time.Time) time.Time {
	day := c.civil(due)
	switch p.Unit {
	case Days:
		return c.endOf(day.AddDate(0, 0, -p.N))
	case WorkingDays:
		for n, looked := 0, 0; n < p.N && looked < p.N+mostSkipped; looked++ {
			day = day.AddDate(0, 0, -1)
			if c.isWorking(day) {
				n++
			}
		}
		return c.endOf(day)
	case CalendarMonths:
		return c.endOf(addMonths(day, -p.N))
	default:
		return due.Add(-time.Duration(p.N) * time.Hour)
	}
}

// addMonths keeps the day of the month, or takes the month's last day where it has no such day.
func addMonths(day time.Time, n int) time.Time {
	y, m, d := day.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 12, 0, 0, 0, time.UTC).Day()
	return time.Date(y, m+time.Month(n), min(d, last), 12, 0, 0, 0, time.UTC)
}

// Location is the State's first time zone, or UTC where none is known.
func (p *Profile) Location() *time.Location { return p.calendar.zone }

// IsWorkingDay reports whether the day of t, in the State's time zone, is worked.
func (p *Profile) IsWorkingDay(t time.Time) bool {
	return p.calendar.isWorking(p.calendar.civil(t))
}

// Add returns the end of period counted from from: hours exactly; days,
// working days and months to the last second of the last day, in the State's
// time zone, the day of from not counted.
func (p *Profile) Add(period Period, from time.Time) time.Time { return p.calendar.add(period, from) }

// NotBefore returns the first moment at which something that must wait a
// whole period after from may be done: the moment after the period has ended.
func (p *Profile) NotBefore(period Period, from time.Time) time.Time {
	end := p.calendar.add(period, from)
	if period.Unit == Hours {
		return end
	}
	return end.Add(time.Second)
}
