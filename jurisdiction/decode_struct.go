package jurisdiction

import (
	"reflect"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// field is one key that a file may write, and where it goes.
type field struct {
	index    []int
	required bool
}

// fieldsOf reads the yaml tags of a struct, embedded ones included.
func fieldsOf(t reflect.Type) (map[string]field, []string) {
	fields, names := map[string]field{}, []string(nil)
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" || name == "-" || !f.IsExported() {
			continue
		}
		fields[name] = field{index: f.Index, required: options == "required"}
		names = append(names, name)
	}
	return fields, names
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		reason := "wants names with values, not " + kindName(n)
		if _, fact := v.Interface().(factual); fact {
			reason = "is a bare value: a fact needs value, source and status"
		}
		d.refuse(n, path, reason)
		return
	}
	fields, names := fieldsOf(v.Type())
	written := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := join(path, key.Value)
		f, known := fields[key.Value]
		if !known {
			d.refuse(key, at, unknownKey(key.Value, names))
			continue
		}
		if first, twice := written[key.Value]; twice {
			d.refuse(key, at, "is there twice: first at line "+strconv.Itoa(first.Line))
			continue
		}
		written[key.Value] = key
		d.value(value, v.FieldByIndex(f.index), at)
	}
	for _, name := range names {
		if fields[name].required && written[name] == nil {
			d.refuse(n, path, quote(name)+" is missing")
		}
	}
	d.founded(n, v, path, written)
}

func unknownKey(key string, names []string) string {
	if near := nearest(key, names); near != "" {
		return "unknown key " + quote(key) + ": did you mean " + quote(near) + "?"
	}
	return "unknown key " + quote(key) + ": known here are " + strings.Join(names, ", ")
}

// founded holds the first rule of this room: a fact without a source is a gap.
func (d *decoder) founded(n *yaml.Node, v reflect.Value, path string, written map[string]*yaml.Node) {
	basisField := v.FieldByName("Basis")
	if !basisField.IsValid() {
		return
	}
	basis := basisField.Addr().Interface().(*Basis)
	basis.From = d.code
	if _, fact := v.Interface().(factual); fact {
		_, hasValue := written["value"]
		gap := written["gap"]
		switch {
		case hasValue && gap != nil:
			d.refuse(gap, join(path, "gap"), "a fact has a value or is a gap, not both")
			return
		case gap != nil:
			if source := written["source"]; source != nil {
				d.cite(basis, source, join(path, "source"))
			}
			return
		case !hasValue:
			d.refuse(n, path, "has neither a value nor a gap")
			return
		}
		v.Addr().Interface().(interface{ markKnown() }).markKnown()
	}
	source := written["source"]
	if source == nil {
		d.refuse(n, path, "has no source: a fact without a source is a gap (name a source, or leave it out)")
	} else {
		d.cite(basis, source, join(path, "source"))
	}
	if written["status"] == nil {
		d.refuse(n, path, "has no status: seen, secondary, unverified or project")
	}
}

func (d *decoder) cite(basis *Basis, key *yaml.Node, path string) {
	if basis.Source == "" {
		return // refused already
	}
	source, ok := d.sources[basis.Source]
	if !ok {
		reason := "source " + quote(basis.Source) + " is not in sources, here or in what this file extends"
		if near := nearest(basis.Source, sortedKeys(d.sources)); near != "" {
			reason += ": did you mean " + quote(near) + "?"
		}
		d.refuse(key, path, reason)
		return
	}
	basis.Title, basis.Place = source.Title, source.Place
}
