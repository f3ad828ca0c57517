package directory

import (
	"strings"

	"golang.org/x/text/language"

	"palermo/fault"
)

// languages puts language tags into their usual form (BCP 47).
func languages(field string, tags []string) ([]string, error) {
	out := make([]string, 0, len(tags))
	for _, t := range tags {
		tag, err := language.Parse(t)
		if err != nil {
			return nil, fault.Invalid(field, "%s is not a language code. Write one such as en, ar or pt-BR.", t)
		}
		out = append(out, tag.String())
	}
	return out, nil
}

// country puts a country into its two letters (ISO 3166-1).
func country(field, code string) (string, error) {
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() {
		return "", fault.Invalid(field, "Write the country as two letters, such as KE or BR.")
	}
	return region.String(), nil
}

// text is a line somebody wrote: trimmed, not empty, not a book.
func text(field, value string) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", fault.Invalid(field, "This is needed.")
	}
	if len(value) > 500 {
		return "", fault.Invalid(field, "This is too long: keep it under 500 characters.")
	}
	return value, nil
}
