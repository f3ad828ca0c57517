package input

import (
	"slices"

	"palermo/fault"
)

// Choice is a value from a short list.
type Choice interface {
	~string
	Chooser
}

// Label is the English phrase for a value; the value itself where its list does not have it.
func Label[C Choice](value C) string {
	for _, o := range value.Options() {
		if o.Value == string(value) {
			return o.Label
		}
	}
	return string(value)
}

// Listed refuses a value that is not on its list.
func Listed[C Choice](field string, value C) error {
	if slices.ContainsFunc(value.Options(), func(o Option) bool { return o.Value == string(value) }) {
		return nil
	}
	return fault.Invalid(field, "Choose one of the answers.")
}

// EachListed refuses the first value that is not on its list.
func EachListed[C Choice](field string, values []C) error {
	for _, v := range values {
		if err := Listed(field, v); err != nil {
			return err
		}
	}
	return nil
}
