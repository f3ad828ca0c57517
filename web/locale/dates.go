package locale

import (
	"strconv"
	"strings"
	"time"
)

// Date says a civil date, YYYY-MM-DD, in words: no reader takes 4 March for
// 3 April. What a person remembers may be less: YYYY-MM and YYYY are said as
// far as they go, and anything else is given back as it is.
func (l Locale) Date(civil string) string {
	if t, err := time.Parse("2006-01-02", civil); err == nil {
		return l.date(t)
	}
	if t, err := time.Parse("2006-01", civil); err == nil {
		// Translators: month and year, as in "March 2026".
		return l.C("date", "%[1]s %[2]s", l.month(t.Month()), strconv.Itoa(t.Year()))
	}
	return civil
}

// Time says a moment as the clocks in zone show it, to the minute. A nil zone
// is UTC, and then says so.
func (l Locale) Time(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	clock := "15:04"
	if zone == nil {
		zone, clock = time.UTC, "15:04 UTC"
	}
	t = t.In(zone)
	// Translators: a date and a time of day, as in "4 March 2026, 15:04".
	return l.C("date", "%[1]s, %[2]s", l.date(t), t.Format(clock))
}

func (l Locale) date(t time.Time) string {
	// Translators: day, month and year, as in "4 March 2026".
	return l.C("date", "%[1]s %[2]s %[3]s", strconv.Itoa(t.Day()), l.month(t.Month()), strconv.Itoa(t.Year()))
}

func (l Locale) month(m time.Month) string {
	switch m {
	case time.January:
		return l.C("month", "January")
	case time.February:
		return l.C("month", "February")
	case time.March:
		return l.C("month", "March")
	case time.April:
		return l.C("month", "April")
	case time.May:
		return l.C("month", "May")
	case time.June:
		return l.C("month", "June")
	case time.July:
		return l.C("month", "July")
	case time.August:
		return l.C("month", "August")
	case time.September:
		return l.C("month", "September")
	case time.October:
		return l.C("month", "October")
	case time.November:
		return l.C("month", "November")
	}
	return l.C("month", "December")
}

// Number says a whole number with the language's separators. Arabic uses the
// digits 0 to 9 as well, so that a reference or a date reads the same on
// every side of a telephone call.
func (l Locale) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	separator := ","
	switch l.Tag() {
	case "fr", "ru":
		separator = "\u202f"
	case "es":
		separator = "\u00a0"
		if len(digits) == 4 { // Spanish groups from five digits on
			return sign + digits
		}
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), separator)
}
