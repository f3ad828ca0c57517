package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"palermo/fault"
)

// Limits on answers.
const (
	maxAnswer    = 100_000 // bytes of one answer
	maxInstances = 500     // instances of one repeat
	maxNodes     = 50_000  // answers of a whole form, unanswered ones included
)

// Answers are the answers to a form, by name. They are nested as the form is:
//
//	{"consent": "yes", "person": {"name": "A", "languages": "fr wo"}, "child": [{"age": "4"}, {"age": "7"}]}
//
// An answer is a string in ODK's spelling (numbers with a point, dates
// year-month-day, several choices parted by a space), a group is Answers, a
// repeat is []Answers. A name that is there with "" was left empty on purpose;
// a name that is not there was never asked, and a default applies.
type Answers map[string]any

// ReadAnswers reads answers from JSON. It takes numbers, true and false, and
// arrays of chosen names as well as strings, and answers by plain name where
// groups were left out and the name is the only one of its kind. Refused
// (invalid): what is no JSON object, names the form does not know, or the
// wrong shape for a group or repeat.
func (d *Definition) ReadAnswers(data []byte) (Answers, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var raw map[string]any
	if err := decoder.Decode(&raw); err != nil || raw == nil {
		return nil, &fault.Fault{Code: fault.CodeInvalid, Message: "The answers are not a JSON object of names and answers.", Cause: err}
	}
	answers := Answers{}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		item := d.byPath[name]
		if item == nil {
			item = d.lonely(name)
		}
		if item == nil {
			errs = append(errs, fault.Invalid(name, "The form has no question of this name."))
			continue
		}
		errs = append(errs, put(answers.group(item), item, raw[name]))
	}
	if err := fault.All(errs...); err != nil {
		return nil, err
	}
	return answers, nil
}

// lonely is the one item of a name that stands in no repeat.
func (d *Definition) lonely(name string) *Item {
	all := d.byName[name]
	if len(all) != 1 {
		return nil
	}
	for p := all[0].Parent; p != nil; p = p.Parent {
		if p.Kind == KindRepeat {
			return nil
		}
	}
	return all[0]
}

// group is where the answer to an item outside repeats is kept; groups on the way are made.
func (a Answers) group(item *Item) Answers {
	at := a
	for _, g := range item.lineage() {
		if g == item {
			break
		}
		inner, ok := at[g.Name].(Answers)
		if !ok {
			inner = Answers{}
			at[g.Name] = inner
		}
		at = inner
	}
	return at
}

// put stores what JSON gave for an item.
func put(into Answers, item *Item, v any) error {
	switch item.Kind {
	case KindGroup:
		inner, ok := v.(map[string]any)
		if !ok {
			return fault.Invalid(item.Path, "This is a group: its answers belong in an object.")
		}
		at, _ := into[item.Name].(Answers)
		if at == nil {
			at = Answers{}
		}
		into[item.Name] = at
		return putAll(at, item, inner)
	case KindRepeat:
		list, ok := v.([]any)
		if !ok || len(list) > maxInstances {
			return fault.Invalid(item.Path, "This is a repeat: its answers belong in an array of at most %d objects.", maxInstances)
		}
		var errs []error
		all := make([]Answers, len(list))
		for i, one := range list {
			inner, ok := one.(map[string]any)
			if !ok {
				return fault.Invalid(item.Path, "This is a repeat: its answers belong in an array of objects.")
			}
			all[i] = Answers{}
			errs = append(errs, putAll(all[i], item, inner))
		}
		into[item.Name] = all
		return fault.All(errs...)
	}
	s, err := scalar(v)
	if err != nil || len(s) > maxAnswer {
		return fault.Invalid(item.Path, "This answer must be a text, a number, true or false, or a list of chosen names.")
	}
	into[item.Name] = s
	return nil
}

func putAll(into Answers, parent *Item, raw map[string]any) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		i := slices.IndexFunc(parent.Children, func(c *Item) bool { return c.Name == name })
		if i < 0 {
			errs = append(errs, fault.Invalid(parent.Path+"/"+name, "The form has no question of this name."))
			continue
		}
		errs = append(errs, put(into, parent.Children[i], raw[name]))
	}
	return fault.All(errs...)
}

func scalar(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return fmt.Sprint(v), nil
	case []any:
		var words []string
		for _, one := range v {
			s, ok := one.(string)
			if !ok {
				return "", fmt.Errorf("a list of %T", one)
			}
			words = append(words, s)
		}
		return strings.Join(words, " "), nil
	}
	return "", fmt.Errorf("a %T", v)
}

// UnmarshalJSON reads answers as WriteJSON and encoding/json write them,
// without a form at hand: objects become Answers, arrays of objects
// []Answers, all else strings.
func (a *Answers) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var raw map[string]any
	if err := decoder.Decode(&raw); err != nil {
		return err
	}
	all, err := typed(raw)
	*a = all
	return err
}

func typed(raw map[string]any) (Answers, error) {
	all := make(Answers, len(raw))
	for name, v := range raw {
		switch v := v.(type) {
		case map[string]any:
			inner, err := typed(v)
			if err != nil {
				return nil, err
			}
			all[name] = inner
			continue
		case []any:
			if list, ok, err := typedList(v); err != nil {
				return nil, err
			} else if ok {
				all[name] = list
				continue
			}
		}
		s, err := scalar(v)
		if err != nil {
			return nil, fault.Invalid(name, "This answer must be a text, a number, true or false, or a list of chosen names.")
		}
		all[name] = s
	}
	return all, nil
}

// typedList reads a repeat; false for a list of chosen names. An empty array is a repeat without instances.
func typedList(list []any) ([]Answers, bool, error) {
	all := make([]Answers, 0, len(list))
	for _, one := range list {
		inner, ok := one.(map[string]any)
		if !ok {
			return nil, false, nil
		}
		t, err := typed(inner)
		if err != nil {
			return nil, false, err
		}
		all = append(all, t)
	}
	return all, true, nil
}
