package record

import (
	"context"
	"encoding/json"
	"fmt"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// Compare lists what the viewer of the door may see of a kind, looks at each record that all name, one by one, and
// gives a sentence for every record or text that a list shows and a look does not, or a look shows and a list leaves out.
// It is a kind's own proof that List is the filter of View; a node's test asks it of every kind that there is.
func (k *Kind[T, R]) Compare(ctx context.Context, d *Door, all []ident.ID) (wrong []string, err error) {
	listed := map[ident.ID]bool{}
	for line, err := range Every(ctx, d, k, Query[T]{Why: Reason{Action: access.Look, Code: "compare"}, Limit: 200}) {
		if err != nil {
			return nil, err
		}
		listed[line.ID()] = true
		seen, err := View(ctx, d, k, ID[T](line.ID()), Reason{Action: access.Look, Code: "compare"})
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%s %s is listed, and a look at it is refused: %v", k.Name, line.ID(), err))
			continue
		}
		more, err := more(line.value, seen.value)
		if err != nil {
			return nil, err
		}
		for _, text := range more {
			wrong = append(wrong, fmt.Sprintf("%s %s: a line shows %q, and a look does not", k.Name, line.ID(), text))
		}
	}
	for _, id := range all {
		_, err := View(ctx, d, k, ID[T](id), Reason{Action: access.Look, Code: "compare"})
		if err != nil && !fault.Is(err, fault.CodeNotFound) {
			return nil, err
		}
		if err == nil && !listed[id] {
			wrong = append(wrong, fmt.Sprintf("%s %s may be looked at, and no list has it", k.Name, id))
		}
	}
	return wrong, nil
}

// Title is the kind's name.
func (k *Kind[T, R]) Title() string { return k.Name }

// more are the texts of one view that another has nowhere.
func more(line, whole any) ([]string, error) {
	has := map[string]bool{}
	err := texts(whole, func(text string) { has[text] = true })
	if err != nil {
		return nil, err
	}
	var list []string
	err = texts(line, func(text string) {
		if !has[text] {
			list = append(list, text)
		}
	})
	return list, err
}

// texts does something with every text of a value.
func texts(x any, do func(string)) error {
	document, err := json.Marshal(x)
	if err != nil {
		return err
	}
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		return err
	}
	walk(value, do)
	return nil
}

func walk(x any, do func(string)) {
	switch x := x.(type) {
	case string:
		do(x)
	case []any:
		for _, y := range x {
			walk(y, do)
		}
	case map[string]any:
		for _, y := range x {
			walk(y, do)
		}
	}
}
