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
	Values map[string]string `yaml:"values"`
}

type mapped struct {
	Mapping
	now time.Time
}

// Mapped reads tables by a mapping. Refused (invalid): a mapping of fields that there are not.
func Mapped(yamlText []byte, now time.Time) (Format, error) {
	m := mapped{now: now}
	d := yaml.NewDecoder(bytes.NewReader(yamlText))
	d.KnownFields(true)
	if err := d.Decode(&m.Mapping); err != nil && !errors.Is(err, io.EOF) {
		return nil, &fault.Fault{Code: fault.CodeInvalid, Message: "The mapping cannot be read as YAML.", Cause: err}
	}
	fields, taken := input.Describe(&casework.DescribePerson{}), map[string]bool{}
	for column, t := range m.Columns {
		if !slices.ContainsFunc(fields, func(f input.Field) bool { return f.Name == t.Field }) {
			return nil, fault.Invalid(column, "The mapping names a field that there is not: %s.", t.Field)
		}
		if taken[t.Field] {
			return nil, fault.Invalid(column, "The mapping fills a field from two columns: %s.", t.Field)
		}
		taken[t.Field] = true
	}
	if len(m.Columns) == 0 {
		return nil, fault.Invalid("", "The mapping names no column.")
	}
	return m, nil
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

func (m mapped) row(cells []casework.Cell, refuse func(column, reason string)) casework.DescribePerson {
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
			refuse(columns[one.Field], fmt.Sprintf(one.Message, one.Args...))
		}
	}
	return p
}
