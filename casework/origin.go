package casework

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"palermo/fault"
)

// closedSince is when the door to the country of origin closed: at the first
// word of the person or of family, since the last time that it was opened.
func (c *Case) closedSince() (since time.Time, closed bool) {
	for _, s := range c.Protection.Stages {
		switch {
		case s.Kind == "ended":
			closed = false
		case !closed:
			since, closed = s.At, true
		}
	}
	for _, m := range c.Family {
		if m.Fields.Protection && !m.At.Before(c.Protection.ended()) && (!closed || m.At.Before(since)) {
			since, closed = m.At, true
		}
	}
	return since, closed
}

// ended is the last time that the need for protection ended, zero if it never did.
func (p Protection) ended() time.Time {
	for i := len(p.Stages) - 1; i >= 0; i-- {
		if p.Stages[i].Kind == "ended" {
			return p.Stages[i].At
		}
	}
	return time.Time{}
}

// fearedCountries are nationalities and the countries that somebody fears;
// known, whether anything is known of where the person is from.
func (c *Case) fearedCountries() (list []string, known bool) {
	list = countries(c.Person.Nationality)
	for _, s := range c.Protection.Stages {
		list = append(list, countries(s.Fears)...)
	}
	known = len(list) > 0
	for _, m := range c.Family {
		if m.Fields.Protection {
			list = append(list, countries(m.Fields.Countries)...)
		}
	}
	return list, known
}

// countries reads codes of two letters out of a text; what is no country is left out.
func countries(text string) []string {
	var list []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' }) {
		if region, err := language.ParseRegion(word); err == nil && region.IsCountry() {
			list = append(list, region.String())
		}
	}
	return list
}

// countryCodes puts what somebody wrote into codes of two letters. A name that
// nobody can compare would leave the door of rule 3 open.
func countryCodes(field, text string) (string, error) {
	list := countries(text)
	if words := len(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' })); words != len(list) {
		return "", fault.Invalid(field, "Write each country as two letters, such as NG or IT.")
	}
	return strings.Join(list, " "), nil
}
