package interchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"palermo/casework"
	"palermo/fault"
	"palermo/input"
)

// Mapping says what the columns of somebody's own table mean:
//
//	columns:
//	  Nom: {field: name}
//	  Sexe: {field: gender, values: {F: woman, M: man}}
type Mapping struct {
	Columns map[string]Target `yaml:"columns"`
}

// Target is a field of the person; values turn what the table says into what the field knows.
type Target struct {
	Field  string            `yaml:"field"`
	Values map[string]string `yaml:"values,omitempty"`
}

type mapped struct {
	Mapping
	now time.Time
}

// ReadMapping reads a mapping as a file. Refused (invalid): what is none, and fields that there are not.
func ReadMapping(yamlText []byte) (Mapping, error) {
	var m Mapping
	d := yaml.NewDecoder(bytes.NewReader(yamlText))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil && !errors.Is(err, io.EOF) {
		return m, &fault.Fault{Code: fault.CodeInvalid, Message: "The mapping cannot be read as YAML.", Cause: err}
	}
	return m, m.check()
}

// YAML is the mapping as a file that can be taken again.
func (m Mapping) YAML() ([]byte, error) {
	text, err := yaml.Marshal(m)
	if err != nil {
		return nil, fault.Internal(err)
	}
	return text, nil
}

func (m Mapping) check() error {
	taken := map[string]bool{}
	for column, t := range m.Columns {
		if !slices.ContainsFunc(Fields(), func(f input.Field) bool { return f.Name == t.Field }) {
			return fault.Invalid(column, "The mapping names a field that there is not: %s.", t.Field)
		}
		if taken[t.Field] {
			return fault.Invalid(column, "The mapping fills a field from two columns: %s.", t.Field)
		}
		taken[t.Field] = true
	}
	if len(m.Columns) == 0 {
		return fault.Invalid("", "The mapping names no column.")
	}
	return nil
}

// Format reads tables by the mapping.
func (m Mapping) Format(now time.Time) (Format, error) {
	return mapped{Mapping: m, now: now}, m.check()
}

// Fields are what a column can fill.
func Fields() []input.Field { return input.Describe(&casework.DescribePerson{}) }

// FixedAnswers are the answers of a field that has a list of them; nil of any other.
func FixedAnswers(field string) []input.Option {
	for _, f := range Fields() {
		if f.Name == field && f.Kind == "choice" {
			return f.Options
		}
	}
	return nil
}

// suggested maps the headings that are a field's name.
func suggested(headings []string) Mapping {
	m := Mapping{Columns: map[string]Target{}}
	for _, f := range Fields() {
		for _, h := range headings {
			if folded(h) == folded(f.Name) || folded(h) == folded(f.Label) {
				m.Columns[h] = Target{Field: f.Name}
				break
			}
		}
	}
	return m
}

func (m mapped) name() string     { return "csv" }
func (m mapped) historical() bool { return false }

func (m mapped) begin(header []string) []Refusal {
	var refused []Refusal
	for column := range m.Columns {
		if !slices.Contains(header, column) {
			refused = append(refused, Refusal{1, column, "The mapping names this column, and the file does not have it."})
		}
	}
	return refused
}

func (m mapped) row(cells []casework.Cell, refuse func(column string, reason Phrase)) casework.DescribePerson {
	values, columns := url.Values{}, map[string]string{}
	for _, c := range cells {
		t, ok := m.Columns[c.Column]
		value := strings.TrimSpace(c.Value)
		if !ok || value == "" {
			continue
		}
		columns[t.Field] = c.Column
		if to, turned := t.Values[value]; turned {
			value = to
		} else if len(t.Values) > 0 {
			refuse(c.Column, "The mapping does not say what this value means.")
			continue
		}
		if reason := refusesDate(value); t.Field == "birth_date" && reason != "" {
			refuse(c.Column, reason)
			continue
		}
		if reason := refusesCountries(value); t.Field == "nationality" && reason != "" {
			refuse(c.Column, reason)
			continue
		}
		if t.Field == "nationality" {
			value = nationalities(value)
		}
		values.Set(t.Field, value)
	}
	if values.Get("age") == "" {
		values.Set("age", string(ageOf(values.Get("birth_date"), m.now)))
	}
	var p casework.DescribePerson
	for _, one := range fault.Each(input.Decode(values, nil, &p, time.UTC)) {
		if one.Field != "age" || values.Get("age") != "" { // nothing is known of the age: then nothing is said
			refuse(columns[one.Field], Phrase(fmt.Sprintf(one.Message, one.Args...)))
		}
	}
	return p
}
