// Package input turns a struct into what a person is asked, and what the
// person sent back into the struct. A page and the JSON API read the same
// struct, so they cannot drift apart.
//
// Fields are described by tags: label (an English phrase, translated on the
// page), hint, kind ("text" when absent, "textarea", "date", "organisation",
// "member", "language", "country", "hidden"), and optional:"true". Options come
// from a type's Options method. A nested struct is not asked for.
package input

import (
	"encoding"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// Option is one of the values that a choice has.
type Option struct {
	Value string
	Label string // an English phrase
	Hint  string
}

// Chooser is a type whose values are listed.
type Chooser interface{ Options() []Option }

// File is what a person attached.
type File struct {
	Name  string
	Bytes []byte `json:"-"`
}

// Field is one thing that is asked.
type Field struct {
	Name     string // in the form and in JSON
	Label    string
	Hint     string
	Kind     string // text, textarea, date, datetime, number, choice, choices, yes, organisation, member, language, country, file, hidden
	Options  []Option
	Required bool
	Value    string
	Values   []string
}

// Several reports whether the field has a list of answers.
func (f Field) Several() bool { return f.Kind == "choices" || f.Kind == "team" }

// Describe lists the fields of a struct with their present values.
func Describe(v any) []Field {
	rv := reflect.Indirect(reflect.ValueOf(v))
	var fields []Field
	for _, i := range asked(rv.Type()) {
		f := describe(rv.Type().Field(i))
		f.Value, f.Values = text(rv.Field(i))
		fields = append(fields, f)
	}
	return fields
}

// Values is what Decode, in UTC, reads back into a struct of the same type.
func Values(v any) url.Values {
	values := url.Values{}
	for _, f := range Describe(v) {
		switch {
		case len(f.Values) > 0:
			values[f.Name] = f.Values
		case f.Value != "" && !(f.Kind == "yes" && f.Value == "false"):
			values.Set(f.Name, f.Value)
		}
	}
	return values
}

// Name of a struct's field in forms and JSON.
func Name(tag reflect.StructField) string {
	if name, _, _ := strings.Cut(tag.Tag.Get("json"), ","); name != "" {
		return name
	}
	var b strings.Builder
	for i, r := range tag.Name {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 && !(tag.Name[i-1] >= 'A' && tag.Name[i-1] <= 'Z') {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func kind(tag reflect.StructField) (string, []Option) {
	t := tag.Type
	if t.Kind() == reflect.Slice {
		if c, ok := reflect.Zero(t.Elem()).Interface().(Chooser); ok {
			return "choices", c.Options()
		}
	}
	zero := reflect.Zero(t).Interface()
	if c, ok := zero.(Chooser); ok {
		return "choice", c.Options()
	}
	switch zero.(type) {
	case access.Set:
		return "choices", categories()
	case time.Time:
		return "datetime", nil
	case File:
		return "file", nil
	case bool:
		return "yes", nil
	case int:
		return "number", nil
	}
	if k := tag.Tag.Get("kind"); k != "" {
		return k, nil
	}
	return "text", nil
}

func categories() []Option {
	var options []Option
	for _, c := range access.Categories() {
		options = append(options, Option{Value: c.String(), Label: c.Label()})
	}
	return options
}

func text(v reflect.Value) (string, []string) {
	switch x := v.Interface().(type) {
	case access.Set:
		var values []string
		for _, c := range x.List() {
			values = append(values, c.String())
		}
		return "", values
	case time.Time:
		if x.IsZero() {
			return "", nil
		}
		return x.Format("2006-01-02T15:04"), nil
	case File:
		return "", nil
	case encoding.TextMarshaler:
		b, err := x.MarshalText()
		if err != nil {
			return "", nil
		}
		return string(b), nil
	}
	if ids, ok := v.Interface().([]ident.ID); ok {
		var values []string
		for _, id := range ids {
			values = append(values, id.String())
		}
		return "", values
	}
	if v.Kind() == reflect.Slice {
		var values []string
		for i := range v.Len() {
			values = append(values, fmt.Sprint(v.Index(i).Interface()))
		}
		return "", values
	}
	if v.Kind() == reflect.Int && v.Int() == 0 {
		return "", nil
	}
	return fmt.Sprint(v.Interface()), nil
}

// Decode fills the struct that v points to from what was sent. Every field
// that is missing or not understood is named in the joined faults. Instants
// are read in zone.
func Decode(values url.Values, files map[string]File, v any, zone *time.Location) error {
	rv := reflect.ValueOf(v).Elem()
	var faults []error
	for _, i := range asked(rv.Type()) {
		if err := set(rv.Field(i), describe(rv.Type().Field(i)), values, files, zone); err != nil {
			faults = append(faults, err)
		}
	}
	return fault.All(faults...)
}

// asked gives the indexes of the fields that have a label.
func asked(t reflect.Type) []int {
	var indexes []int
	for i := range t.NumField() {
		if _, ok := t.Field(i).Tag.Lookup("label"); ok {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

func describe(tag reflect.StructField) Field {
	f := Field{Name: Name(tag), Label: tag.Tag.Get("label"), Hint: tag.Tag.Get("hint")}
	f.Kind, f.Options = kind(tag)
	f.Required = tag.Tag.Get("optional") == "" && f.Kind != "yes"
	return f
}

func set(v reflect.Value, f Field, values url.Values, files map[string]File, zone *time.Location) error {
	if v.Type() == reflect.TypeFor[[]ident.ID]() {
		return setIDs(v, f, values[f.Name])
	}
	sent := strings.TrimSpace(values.Get(f.Name))
	if f.Kind == "choices" {
		return setChoices(v, f, values[f.Name])
	}
	if f.Kind == "yes" {
		v.SetBool(sent == "yes" || sent == "true" || sent == "on")
		return nil
	}
	if f.Kind == "file" {
		file, ok := files[f.Name]
		if !ok && f.Required {
			return fault.Invalid(f.Name, "Choose a file.")
		}
		v.Set(reflect.ValueOf(file))
		return nil
	}
	if sent == "" {
		if f.Required {
			return fault.Invalid(f.Name, "This is needed.")
		}
		v.SetZero()
		return nil
	}
	if f.Kind == "choice" && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == sent }) {
		return fault.Invalid(f.Name, "Choose one of the answers.")
	}
	return setOne(v, f, sent, zone)
}

func setOne(v reflect.Value, f Field, sent string, zone *time.Location) error {
	switch f.Kind {
	case "datetime":
		at, err := time.ParseInLocation("2006-01-02T15:04", sent, zone)
		if err != nil {
			return fault.Invalid(f.Name, "Write a date and a time.")
		}
		v.Set(reflect.ValueOf(at.UTC()))
		return nil
	case "number":
		n, err := strconv.Atoi(sent)
		if err != nil || n < 0 {
			return fault.Invalid(f.Name, "Write a number.")
		}
		v.SetInt(int64(n))
		return nil
	case "date":
		if _, err := time.Parse(time.DateOnly, sent); err != nil {
			return fault.Invalid(f.Name, "Write a date.")
		}
	}
	if v.Type() == reflect.TypeFor[ident.ID]() {
		id, err := ident.Parse(sent)
		if err != nil {
			return fault.Invalid(f.Name, "Choose one of the answers.")
		}
		v.Set(reflect.ValueOf(id))
		return nil
	}
	if len(sent) > 20_000 {
		return fault.Invalid(f.Name, "This is too long: keep it under 20,000 characters.")
	}
	v.SetString(sent)
	return nil
}

// setIDs reads several of what can be chosen at this node or on this case.
func setIDs(v reflect.Value, f Field, sent []string) error {
	if f.Required && len(sent) == 0 {
		return fault.Invalid(f.Name, "Choose at least one answer.")
	}
	ids := make([]ident.ID, 0, len(sent))
	for _, s := range sent {
		id, err := ident.Parse(s)
		if err != nil {
			return fault.Invalid(f.Name, "Choose one of the answers.")
		}
		ids = append(ids, id)
	}
	v.Set(reflect.ValueOf(ids))
	return nil
}

func setChoices(v reflect.Value, f Field, sent []string) error {
	for _, s := range sent {
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == s }) {
			return fault.Invalid(f.Name, "Choose one of the answers.")
		}
	}
	if f.Required && len(sent) == 0 {
		return fault.Invalid(f.Name, "Choose at least one answer.")
	}
	if v.Type() == reflect.TypeFor[access.Set]() {
		var all access.Set
		for _, s := range sent {
			c, err := access.ParseCategory(s)
			if err != nil {
				return fault.Invalid(f.Name, "Choose one of the answers.")
			}
			all |= access.Of(c)
		}
		v.Set(reflect.ValueOf(all))
		return nil
	}
	list := reflect.MakeSlice(v.Type(), 0, len(sent))
	for _, s := range sent {
		item := reflect.New(v.Type().Elem()).Elem()
		item.SetString(s)
		list = reflect.Append(list, item)
	}
	v.Set(list)
	return nil
}
