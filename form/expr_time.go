package form

import (
	"fmt"
	"math"
	"strings"
	"time"
)

func timeFunction(name string) (function, bool) {
	switch name {
	case "today":
		return function{0, 0, func(c *scope, _ []expr) value { return text(c.run.env.Now.Format("2006-01-02")) }}, true
	case "now":
		return function{0, 0, func(c *scope, _ []expr) value { return text(c.run.env.Now.Format(time.RFC3339)) }}, true
	case "date":
		return function{1, 1, func(c *scope, a []expr) value { return toDate(a[0].eval(c), "2006-01-02") }}, true
	case "date-time":
		return function{1, 1, func(c *scope, a []expr) value { return toDate(a[0].eval(c), time.RFC3339) }}, true
	case "decimal-date-time":
		return function{1, 1, func(c *scope, a []expr) value { return number(toNumber(toDate(a[0].eval(c), time.RFC3339).s)) }}, true
	case "decimal-time":
		return function{1, 1, func(c *scope, a []expr) value { return number(decimalTime(c.string(a, 0))) }}, true
	case "format-date", "format-date-time":
		return function{2, 2, func(c *scope, a []expr) value {
			t, ok := parseInstant(toDate(a[0].eval(c), time.RFC3339).s)
			if !ok {
				return text("")
			}
			return text(formatDate(t, c.string(a, 1)))
		}}, true
	}
	return function{}, false
}

// toDate reads days since 1970 or a text; what is no date is empty.
func toDate(v value, layout string) value {
	s := v.String()
	if t, ok := parseInstant(s); ok {
		return text(t.Format(layout))
	}
	n := v.Number()
	if math.IsNaN(n) || math.Abs(n) > 3_000_000 { // 8,000 years and more
		return text("")
	}
	return text(time.Unix(0, 0).UTC().Add(time.Duration(math.Round(math.Mod(n, 1)*86400))*time.Second).AddDate(0, 0, int(n)).Format(layout))
}

func decimalTime(s string) float64 {
	if t, ok := parseInstant(s); ok {
		return float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400
	}
	for _, layout := range []string{"15:04", "15:04:05", "15:04:05Z07:00", "15:04:05.000Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400
		}
	}
	return math.NaN()
}

// formatDate knows the letters of ODK's format-date.
func formatDate(t time.Time, format string) string {
	var out strings.Builder
	runes := []rune(format)
	for i := 0; i < len(runes); i++ {
		if runes[i] != '%' || i+1 == len(runes) {
			out.WriteRune(runes[i])
			continue
		}
		i++
		switch runes[i] {
		case 'Y':
			fmt.Fprintf(&out, "%04d", t.Year())
		case 'y':
			fmt.Fprintf(&out, "%02d", t.Year()%100)
		case 'm':
			fmt.Fprintf(&out, "%02d", int(t.Month()))
		case 'n':
			fmt.Fprintf(&out, "%d", int(t.Month()))
		case 'b':
			out.WriteString(t.Format("Jan"))
		case 'd':
			fmt.Fprintf(&out, "%02d", t.Day())
		case 'e':
			fmt.Fprintf(&out, "%d", t.Day())
		case 'a':
			out.WriteString(t.Format("Mon"))
		case 'H':
			fmt.Fprintf(&out, "%02d", t.Hour())
		case 'h':
			fmt.Fprintf(&out, "%d", t.Hour())
		case 'M':
			fmt.Fprintf(&out, "%02d", t.Minute())
		case 'S':
			fmt.Fprintf(&out, "%02d", t.Second())
		case '3':
			fmt.Fprintf(&out, "%03d", t.Nanosecond()/1e6)
		case 'W':
			_, week := t.ISOWeek()
			fmt.Fprintf(&out, "%02d", week)
		default:
			out.WriteRune('%')
			out.WriteRune(runes[i])
		}
	}
	return out.String()
}
