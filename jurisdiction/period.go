package jurisdiction

import "strconv"

// Unit is what a period is counted in.
type Unit string

const (
	Hours          Unit = "hours"
	Days           Unit = "days"
	WorkingDays    Unit = "working_days"
	CalendarMonths Unit = "calendar_months"
)

func (u Unit) refuse() string {
	return oneOf("unit", string(u), string(Hours), string(Days), string(WorkingDays), string(CalendarMonths))
}

// Period is a length of time as a law says it: 5 working days, 1 month.
type Period struct {
	N    int  `yaml:"n,required"`
	Unit Unit `yaml:"unit,required"`
}

// IsZero reports that no period is stated. Zero hours is a period: at once.
func (p Period) IsZero() bool { return p.Unit == "" }

// Ten years: beyond it a period is a typing error.
func (u Unit) longest() int {
	switch u {
	case Hours:
		return 24 * 3660
	case CalendarMonths:
		return 120
	}
	return 3660
}

func (p Period) refuse() string {
	if p.Unit == "" || p.Unit.refuse() != "" {
		return "" // said already, at the unit
	}
	if p.N < 0 || (p.N == 0 && p.Unit != Hours) {
		return "a period is 1 or more; for “at once” write 0 hours"
	}
	if p.N > p.Unit.longest() {
		return "a period of " + p.String() + " is longer than ten years"
	}
	return ""
}

// String is the period in English, for messages and gaps; pages translate it.
func (p Period) String() string {
	if p.N == 0 {
		return "at once"
	}
	names := map[Unit][2]string{
		Hours: {"hour", "hours"}, Days: {"day", "days"},
		WorkingDays: {"working day", "working days"}, CalendarMonths: {"month", "months"},
	}
	name := names[p.Unit][1]
	if p.N == 1 {
		name = names[p.Unit][0]
	}
	return strconv.Itoa(p.N) + " " + name
}
