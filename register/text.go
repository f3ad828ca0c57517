package register

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"palermo/fault"
)

// line is a line that must be there.
func line(field, text string) error {
	if strings.TrimSpace(text) == "" {
		return fault.Invalid(field, "This is needed.")
	}
	return short(field, text, 200)
}

// short is text that may be missing.
func short(field, text string, most int) error {
	if len([]rune(text)) > most {
		return fault.Invalid(field, "This is too long: keep it under %d characters.", most)
	}
	return nil
}

func date(field, text string) error {
	if text == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return fault.Invalid(field, "Write a date.")
	}
	return nil
}

func country(field, code string) error {
	if code == "" {
		return nil
	}
	if r, err := language.ParseRegion(code); err != nil || !r.IsCountry() || r.String() != code {
		return fault.Invalid(field, "Write the country as two letters, such as KE or BR.")
	}
	return nil
}

// Tags are the language codes that somebody wrote one after the other.
func Tags(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}

func languages(field, text string) error {
	if err := short(field, text, 200); err != nil {
		return err
	}
	for _, t := range Tags(text) {
		if _, err := language.Parse(t); err != nil {
			return fault.Invalid(field, "%s is not a language code. Write one such as en, ar or pt-BR.", t)
		}
	}
	return nil
}

func telephone(field, text string) error {
	if text != "" && !numberOnly.MatchString(text) {
		return fault.Invalid(field, "Write a telephone number with its country code, such as +39 06 1234.")
	}
	return nil
}

func email(field, text string) error {
	if text != "" && !emailOnly.MatchString(text) {
		return fault.Invalid(field, "This is no e-mail address.")
	}
	return nil
}

func degrees(field, text string, most float64) error {
	if text == "" {
		return nil
	}
	if d, err := strconv.ParseFloat(text, 64); err != nil || d < -most || d > most || len(text) > 12 {
		return fault.Invalid(field, "Write degrees with a point, such as 37.5; south and west with a minus.")
	}
	return nil
}

var (
	numberOnly = regexp.MustCompile(`^\+?[0-9][0-9 ()/-]{1,28}[0-9]$`)
	emailOnly  = regexp.MustCompile(`^[^\s@]{1,80}@[^\s@]{1,80}\.[^\s@]{2,20}$`)
	reachable  = regexp.MustCompile(`\S@\S+\.\S|\+?\d[\d ()/-]{5,}\d`)
	// street is a house number beside a word that streets are called by, in the
	// languages in which cards are likely to be written, a postcode before a
	// town, or degrees. It cannot know every address: whoever publishes reads.
	street = regexp.MustCompile(`(?i)\b(via|viale|piazza|corso|vicolo|rue|avenue|boulevard|place|calle|avenida|plaza|rua|praça|street|st\.|road|rd\.|lane|close|crescent|drive|way|square|plot|house no|apartment|flat)\b[^.\n]{0,40}?\d|\d+\s?[a-z]?,?\s+(\p{L}+\s+){0,3}(street|st\.|road|rd\.|lane|avenue|close|crescent|drive|way|square)|\p{L}+(straße|strasse|weg|gasse|platz)\s+\d|(улица|ул\.|проспект|переулок|дом)\s*[^.\n]{0,30}\d|شارع|\d{1,3}\.\d{3,}\s*[,;°]`)
)

// impersonal refuses what somebody could be reached by.
func impersonal(field, text string) error {
	if reachable.MatchString(text) {
		return fault.Invalid(field, "This has an e-mail address or a telephone number in it. Take it out.")
	}
	return nil
}

// hidden refuses what a place where people are sheltered could be found by (rule 7).
func hidden(field, text string) error {
	if reachable.MatchString(text) || street.MatchString(text) {
		return fault.Invalid(field, "Where people are sheltered is published nowhere: no address, no telephone number of the house. Say who refers to it.")
	}
	return nil
}
