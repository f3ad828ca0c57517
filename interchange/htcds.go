package interchange

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"palermo/casework"
	"palermo/fault"
)

//go:embed htcds-2.0.json
var htcdsFields []byte

// htcds is the Human Trafficking Case Data Standard 2.0.
type htcds struct {
	byName map[string]htcdsField
	now    time.Time
}

type htcdsField struct {
	Name   string   `json:"name"`
	Label  string   `json:"label"`
	Type   string   `json:"type"`
	Values []string `json:"values"`
	Labels []string `json:"labels"`
}

// HTCDS reads files whose headings are the standard's names of fields.
func HTCDS(now time.Time) (Format, error) {
	fields, err := htcdsByName()
	return htcds{byName: fields, now: now}, err
}

func htcdsByName() (map[string]htcdsField, error) {
	var standard struct {
		Entities map[string][]htcdsField `json:"entities"`
	}
	if err := json.Unmarshal(htcdsFields, &standard); err != nil {
		return nil, fault.Internal(err)
	}
	fields := map[string]htcdsField{}
	for _, list := range standard.Entities {
		for _, f := range list {
			if f.Name != "" {
				fields[folded(f.Name)] = f
			}
		}
	}
	return fields, nil
}

// folded compares names as people copy them: prs_First_Name is prs_FirstName.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

func (h htcds) name() string     { return "htcds" }
func (h htcds) historical() bool { return false }

func (h htcds) begin(header []string) []Refusal {
	if slices.ContainsFunc(header, func(c string) bool { return h.byName[folded(c)].Name != "" }) {
		return nil
	}
	return []Refusal{{Row: 1, Reason: "No heading is a field of HTCDS 2.0, such as prs_FirstName."}}
}

func (h htcds) row(cells []casework.Cell, refuse func(column string, reason Phrase)) casework.DescribePerson {
	said := map[string]string{}
	for _, c := range cells {
		value := strings.TrimSpace(c.Value)
		f, known := h.byName[folded(c.Column)]
		if !known || value == "" {
			continue
		}
		if reason := f.refuses(value); reason != "" {
			refuse(c.Column, reason)
		}
		said[f.Name] = value
	}
	words := func(names ...string) string {
		var list []string
		for _, n := range names {
			if said[n] != "" {
				list = append(list, said[n])
			}
		}
		return strings.Join(list, " ")
	}
	return casework.DescribePerson{Name: words("prs_FirstName", "prs_MiddleName", "prs_SecondName"), BirthDate: said["prs_Birthdate"],
		Age: ageOf(said["prs_Birthdate"], h.now), Gender: htcdsGender(said["prs_Gender"]), Nationality: nationalities(said["prs_Citizenship"]),
		Languages: words("prs_PrimaryLanguage", "prs_SecondaryLanguage"), Documents: said["prs_IdentityNumber"]}
}

// refuses says why a value is none of the field's, or nothing.
func (f htcdsField) refuses(value string) Phrase {
	switch f.Type {
	case "Date":
		return refusesDate(value)
	case "Number":
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			return "Write a number."
		}
	case "Checkbox":
		if !slices.Contains([]string{"true", "false", "yes", "no", "1", "0"}, strings.ToLower(value)) {
			return "Write true or false."
		}
	case "Picklist", "Multiselect Picklist":
		if f.Name == "prs_Citizenship" {
			return refusesCountries(value)
		}
		if len(f.Values) < 2 { // a list that is kept elsewhere, such as languages
			return ""
		}
		values := []string{value}
		if strings.HasPrefix(f.Type, "Multi") || f.Name == "vic_ForcedLabourIndustry" { // several in the standard's own form
			values = f.parted(value)
		}
		for _, v := range values {
			if v = strings.TrimSpace(v); v != "" && !slices.Contains(f.Values, v) && !slices.Contains(f.Labels, v) {
				return "This is none of the values of the standard."
			}
		}
	}
	return ""
}

// parted takes several values apart: with semicolons, or with spaces as an XLSForm writes them.
func (f htcdsField) parted(value string) []string {
	if strings.Contains(value, ";") || slices.Contains(f.Labels, value) {
		return strings.Split(value, ";")
	}
	return strings.Fields(value)
}

func htcdsGender(value string) casework.Gender {
	switch value {
	case "Feminine", "TransgenderFeminine", "Transgender Feminine":
		return "woman"
	case "Masculine", "TransgenderMasculine", "Transgender Masculine":
		return "man"
	case "NonConforming", "Non-Conforming":
		return "other"
	case "":
		return ""
	}
	return "unsaid"
}
