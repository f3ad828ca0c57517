package linkage

import (
	"strings"
	"time"
)

// birth is a date of birth as far as it is known.
type birth struct {
	year string // 2006
	day  string // 2006-01-02; empty where the day is not known
}

// birthOf reads 2006-01-02, 2006-01 and 2006. The first of January is read as
// the year alone: offices write it where they know no more (and so those who
// were born on that day are matched by the year).
func birthOf(s string) birth {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		d, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		b := birth{year: s[:4]}
		if layout == time.DateOnly && !strings.HasSuffix(s, "-01-01") {
			b.day = s
		}
		if d.Year() < 1900 {
			return birth{}
		}
		return b
	}
	return birth{}
}
