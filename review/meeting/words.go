package meeting

import (
	"fmt"
	"strings"
	"time"
)

// The report is an English document: its sentences are not translated here.

// day is a date as the United Nations write it: 2 July 2018.
func day(d Date) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("2 January 2006")
}

// days are those of a session: "2 and 3 July 2018", "27 to 29 January 2010".
func (s *Session) days() string {
	from, errFrom := time.Parse(time.DateOnly, string(s.From))
	to, errTo := time.Parse(time.DateOnly, string(s.To))
	if errFrom != nil || errTo != nil || from.Equal(to) {
		return day(s.From)
	}
	join := " to "
	if to.Sub(from) == 24*time.Hour {
		join = " and "
	}
	begin := "2 January 2006"
	switch {
	case from.Month() == to.Month() && from.Year() == to.Year():
		begin = "2"
	case from.Year() == to.Year():
		begin = "2 January"
	}
	return from.Format(begin) + join + day(s.To)
}

// and joins a list without a comma before its last.
func and(list []string) string { return joined(list, ", ") }

// joined puts a mark between; before the last stands "and", after a semicolon with one.
func joined(list []string, mark string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := " and "
	if mark == "; " {
		last = "; and "
	}
	return strings.Join(list[:len(list)-1], mark) + last + list[len(list)-1]
}

// and2 joins with an article before all but the first.
func and2(list []string, article string) string {
	words := make([]string, len(list))
	for i, x := range list {
		if words[i] = x; i > 0 {
			words[i] = article + x
		}
	}
	return and(words)
}

func were(list []string) string {
	if len(list) == 1 {
		return " was represented by an observer."
	}
	return " were represented by observers."
}

// ordinals are meetings: "1st and 2nd meetings".
func ordinals(numbers []int) string {
	var words []string
	for _, n := range numbers {
		end := "th"
		if n%100 < 11 || n%100 > 13 {
			end = map[int]string{1: "st", 2: "nd", 3: "rd"}[n%10]
		}
		if end == "" {
			end = "th"
		}
		words = append(words, fmt.Sprint(n, end))
	}
	if len(words) == 1 {
		return words[0] + " meeting"
	}
	return and(words) + " meetings"
}

func items(numbers []int) string {
	var words []string
	for _, n := range numbers {
		words = append(words, fmt.Sprint(n))
	}
	if len(words) == 1 {
		return "item " + words[0]
	}
	return "items " + and(words)
}

func count(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}
