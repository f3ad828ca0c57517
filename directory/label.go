package directory

import (
	"strings"

	"golang.org/x/text/language"

	"palermo/fault"
	"palermo/input"
)

// choice is a value from a short list.
type choice interface {
	~string
	input.Chooser
}

// label is the English phrase for a value; the value itself when the list does not have it.
func label[C choice](value C) string {
	for _, o := range value.Options() {
		if o.Value == string(value) {
			return o.Label
		}
	}
	return string(value)
}

// listed refuses a value that is not on its list.
func listed[C choice](field string, value C) error {
	for _, o := range value.Options() {
		if o.Value == string(value) {
			return nil
		}
	}
	return fault.Invalid(field, "Choose one of the answers.")
}

func eachListed[C choice](field string, values []C) error {
	for _, v := range values {
		if err := listed(field, v); err != nil {
			return err
		}
	}
	return nil
}

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
