package names

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Kinds of the terms of a date: the day is Exact, the month with its year
// Folded, the year alone Phonetic. They meet only their like, as those of names.

// DateTerms indexes a civil date (2006-01-02, also 2006-01 or 2006): the date
// itself and the month and year it lies in. A date that is not one has none.
func DateTerms(iso string) []Term {
	var out []Term
	for _, t := range DateQuery(iso) {
		for text := t.Text; text != ""; {
			out = append(out, dateTerm(text))
			cut := strings.LastIndexByte(text, '-')
			text = text[:max(cut, 0)]
		}
	}
	var set termSet
	set.add(out...)
	return set.terms
}

// DateQuery gives the readings of a date as people type it, in digits of any
// script and with any punctuation: year first, or year last with the day and
// the month in either order where both are possible. Months by name and
// calendars other than the Gregorian are not read; a year outside 1900–2100 is
// refused rather than taken for one.
func DateQuery(s string) []Term {
	s = clip(s, 40)
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '-' || r == '/' || r == '.' || r == '،' || r == '年' || r == '月' || r == '日' ||
			unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r)
	})
	var n [3]int
	if len(fields) == 0 || len(fields) > 3 {
		return nil
	}
	for i, f := range fields {
		v, ok := number(f)
		if !ok {
			return nil
		}
		n[i] = v
	}
	var set termSet
	add := func(year, month, day int) {
		if text := iso(year, month, day, len(fields)); text != "" {
			set.add(dateTerm(text))
		}
	}
	switch len(fields) {
	case 1:
		add(n[0], 1, 1)
	case 2:
		add(n[0], n[1], 1)
		add(n[1], n[0], 1)
	case 3:
		add(n[0], n[1], n[2])
		add(n[2], n[1], n[0])
		add(n[2], n[0], n[1])
	}
	return set.terms
}

func number(f string) (int, bool) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return digit(r)
		}
		return 'x'
	}, f)
	v, err := strconv.Atoi(digits)
	return v, err == nil && len(digits) <= 4
}

// iso writes the date in as many parts as were given, or "" if there is no such
// day.
func iso(year, month, day, parts int) string {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1900 || year > 2100 || d.Year() != year || int(d.Month()) != month || d.Day() != day {
		return ""
	}
	return d.Format("2006-01-02")[:[]int{4, 7, 10}[parts-1]]
}

func dateTerm(text string) Term {
	switch len(text) {
	case 10:
		return Term{text, Exact}
	case 7:
		return Term{text, Folded}
	}
	return Term{text, Phonetic}
}
