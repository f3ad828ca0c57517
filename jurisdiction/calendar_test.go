package jurisdiction

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func drawProfile(t *rapid.T) *Profile {
	p := &Profile{}
	zone := rapid.SampledFrom([]Zone{"Europe/London", "Europe/Rome", "Africa/Lagos", "Asia/Bangkok", "America/Argentina/Buenos_Aires", "Africa/Cairo", "Pacific/Apia"}).Draw(t, "zone")
	p.TimeZones = Fact[[]Zone]{Value: []Zone{zone}, Known: true}
	p.Holidays.Value = rapid.SliceOfN(rapid.SampledFrom([]Holiday{"01-01", "12-25", "12-26", "2026-04-03", "2026-04-06", "2026-05-04"}), 0, 6).Draw(t, "holidays")
	if rapid.Bool().Draw(t, "friday off") {
		p.WorkingWeek.Value = []Weekday{"sunday", "monday", "tuesday", "wednesday", "thursday"}
	}
	p.calendar = newCalendar(p)
	return p
}

func drawInstant(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(1735689600, 1830297600).Draw(t, "at"), 0) // 2025 to 2027
}

func TestWorkingDaysCountExactlyTheDaysWorked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, from := drawProfile(t), drawInstant(t)
		n := rapid.IntRange(1, 60).Draw(t, "n")
		due := p.Add(Period{n, WorkingDays}, from)
		if !p.IsWorkingDay(due) {
			t.Fatalf("due on a day off: %s", due)
		}
		worked, c := 0, p.calendar
		for day := c.civil(from); day.Before(c.civil(due)); {
			day = day.AddDate(0, 0, 1)
			if c.isWorking(day) {
				worked++
			}
		}
		if worked != n {
			t.Fatalf("%d working days between %s and %s, want %d", worked, from, due, n)
		}
	})
}

func TestALongerOrLaterStartedPeriodEndsNoEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, from := drawProfile(t), drawInstant(t)
		unit := rapid.SampledFrom([]Unit{Hours, Days, WorkingDays, CalendarMonths}).Draw(t, "unit")
		n := rapid.IntRange(1, 40).Draw(t, "n")
		due := p.Add(Period{n, unit}, from)
		if !due.After(from) {
			t.Fatalf("due %s before it began %s", due, from)
		}
		if p.Add(Period{n + 1, unit}, from).Before(due) {
			t.Fatal("a longer period ends earlier")
		}
		later := from.Add(time.Duration(rapid.Int64Range(0, 1e6).Draw(t, "later")) * time.Second)
		if p.Add(Period{n, unit}, later).Before(due) {
			t.Fatal("a later start ends earlier")
		}
	})
}

func TestAReminderComesBeforeTheDueTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, due := drawProfile(t), drawInstant(t)
		unit := rapid.SampledFrom([]Unit{Hours, Days, WorkingDays, CalendarMonths}).Draw(t, "unit")
		if at := p.calendar.before(Period{rapid.IntRange(1, 20).Draw(t, "n"), unit}, due); !at.Before(due) {
			t.Fatalf("%s is not before %s", at, due)
		}
	})
}

func TestPeriodsAreCountedInTheStatesTimeZone(t *testing.T) {
	p := load(t, "gb")
	for _, c := range []struct {
		period Period
		from   string // UTC
		want   string // local
	}{
		// 23:30 UTC in June is the next day in London.
		{Period{1, Days}, "2026-06-01T23:30:00Z", "2026-06-03 23:59:59"},
		// Over the change of clocks 24 hours stay 24 hours.
		{Period{24, Hours}, "2026-03-28T12:00:00Z", "2026-03-29 13:00:00"},
		{Period{1, CalendarMonths}, "2026-01-31T12:00:00Z", "2026-02-28 23:59:59"},
		{Period{1, CalendarMonths}, "2024-01-31T12:00:00Z", "2024-02-29 23:59:59"},
		{Period{12, CalendarMonths}, "2024-02-29T12:00:00Z", "2025-02-28 23:59:59"},
		// Friday evening to Monday.
		{Period{1, WorkingDays}, "2026-06-05T20:00:00Z", "2026-06-08 23:59:59"},
		{Period{0, Hours}, "2026-06-05T20:00:00Z", "2026-06-05 21:00:00"},
	} {
		from, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := p.Add(c.period, from), at(t, p, c.want); !got.Equal(want) {
			t.Errorf("%s from %s: %s, want %s", c.period, c.from, got, want)
		}
	}
}

func TestACalendarWithoutAnyWorkingDayStillEnds(t *testing.T) {
	c := calendar{zone: time.UTC, holidays: map[string]bool{}}
	from := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	if got := c.add(Period{2, WorkingDays}, from); got.Day() != 3 {
		t.Error(got)
	}
}

func TestAMissingChildIsRaisedWithinTheHour(t *testing.T) {
	p := load(t, "default")
	from := time.Date(2026, 6, 6, 22, 0, 0, 0, time.UTC)
	clocks := p.ClocksFrom("missing", true, false)
	if len(clocks) != 1 || clocks[0].Key != "missing_child" {
		t.Fatalf("%+v", clocks)
	}
	steps := p.Steps(clocks[0], from)
	if !steps[0].At.Equal(from.Add(time.Hour)) || steps[0].Kind != "due" || !steps[2].At.Equal(from.Add(4*time.Hour)) {
		t.Errorf("%+v", steps)
	}
	if want := []Role{"focal_point", "guardian", "police"}; !slices.Equal(clocks[0].Alert, want) {
		t.Errorf("told at once: %v, want %v", clocks[0].Alert, want)
	}
	if again, ok := p.NextDue(clocks[0], steps[0].At); !ok || !again.Equal(from.Add(25*time.Hour)) {
		t.Errorf("%s %v", again, ok)
	}
}

func TestDetentionIsRaisedAtOnceAndDaily(t *testing.T) {
	p := load(t, "default")
	clock, _ := p.Clock("detention_alarm")
	from := time.Date(2026, 6, 6, 22, 0, 0, 0, time.UTC)
	if due := p.Due(clock, from); !due.Equal(from) {
		t.Error(due)
	}
	if clock.Every != (Period{24, Hours}) {
		t.Error(clock.Every)
	}
}
