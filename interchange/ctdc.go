package interchange

import (
	"slices"
	"strings"

	"palermo/casework"
)

// CTDC reads the Victim-Perpetrator set of the Counter-Trafficking Data
// Collaborative: synthetic rows about nobody, kept as historical cases.
func CTDC() Format { return ctdc{} }

type ctdc struct{}

func (ctdc) name() string     { return "ctdc" }
func (ctdc) historical() bool { return true }

func (ctdc) begin(header []string) []Refusal {
	var refused []Refusal
	for _, needed := range []string{"gender", "majorityStatus", "isForcedLabour", "isSexualExploit"} {
		if !slices.Contains(header, needed) {
			refused = append(refused, Refusal{1, needed, "The set has this column, and the file does not."})
		}
	}
	return refused
}

func (ctdc) row(cells []casework.Cell, refuse func(column string, reason Phrase)) casework.DescribePerson {
	var p casework.DescribePerson
	for _, c := range cells {
		switch {
		case c.Column == "gender":
			p.Gender = ctdcGender(c.Value)
		case c.Column == "majorityStatus":
			switch c.Value {
			case "Adult":
				p.Age = casework.Adult
			case "Minor":
				p.Age = casework.Child
			case "", "Unknown":
			default:
				refuse(c.Column, "This is none of the values of the set.")
			}
		case strings.HasPrefix(c.Column, "is") && !slices.Contains([]string{"", "0", "1", "-99"}, c.Value):
			refuse(c.Column, "This is none of the values of the set.")
		}
	}
	return p
}

func ctdcGender(value string) casework.Gender {
	switch {
	case value == "Female":
		return "woman"
	case value == "Male":
		return "man"
	case strings.HasPrefix(value, "Trans"), value == "NonConforming":
		return "other"
	}
	return ""
}
