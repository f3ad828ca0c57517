package interchange

import (
	"strings"
	"time"

	"palermo/casework"
)

// refusesDate takes a year, a month or a day. A spreadsheet writes an empty
// date as the first days of 1900, which would make somebody very old.
func refusesDate(value string) Phrase {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if at, err := time.Parse(layout, value); err == nil {
			if at.Year() <= 1900 {
				return "A spreadsheet writes an empty date like this. Leave the cell empty, or write the date."
			}
			return ""
		}
	}
	return "Write the date as year, month and day: 1999-04-23."
}

// refusesCountries takes codes of two letters (ISO 3166-1): NA is Namibia, and
// 00 says that it is not known.
func refusesCountries(value string) Phrase {
	for _, code := range codes(value) {
		if code != unknownCountry && (len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
			return "Write each country as two letters, such as NG or IT."
		}
	}
	return ""
}

const unknownCountry = "00"

func codes(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == ',' || r == ' ' })
}

func nationalities(value string) string {
	var known []string
	for _, code := range codes(value) {
		if code != unknownCountry {
			known = append(known, code)
		}
	}
	return strings.Join(known, " ")
}

// ageOf says what a whole date of birth makes certain; nothing of any other.
func ageOf(birth string, now time.Time) casework.AgeGroup {
	born, err := time.Parse(time.DateOnly, birth)
	switch {
	case err != nil:
		return ""
	case now.Before(born.AddDate(18, 0, 0)):
		return casework.Child
	}
	return casework.Adult
}
