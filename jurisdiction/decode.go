package jurisdiction

import (
	"reflect"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// decoder turns a YAML tree into a Profile by the tags of its fields, and
// notes everything that is wrong, with the place, instead of stopping.
type decoder struct {
	code     string            // of the profile being read
	sources  map[string]Source // its own and those of what it extends
	problems []Problem
	refs     []reference
	places   map[string]*yaml.Node
}

// reference is a name that must be defined somewhere in the merged profile.
type reference struct {
	node *yaml.Node
	path string
	kind string
	name string
}

const mostProblems = 1000

func (d *decoder) refuse(n *yaml.Node, path, reason string) {
	if len(d.problems) < mostProblems {
		d.problems = append(d.problems, Problem{Line: n.Line, Column: n.Column, Path: path, Reason: reason})
	}
}

// value reads n into v and then asks v itself whether it is acceptable.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string) {
	d.places[path] = n
	before := len(d.problems)
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, path)
	case reflect.Map:
		d.table(n, v, path)
	case reflect.Slice:
		d.list(n, v, path)
	default:
		d.scalar(n, v, path)
	}
	if len(d.problems) > before {
		return
	}
	if r, ok := v.Interface().(interface{ refuse() string }); ok {
		if reason := r.refuse(); reason != "" {
			d.refuse(n, path, reason)
		}
	}
	d.note(n, v, path)
}

func (d *decoder) note(n *yaml.Node, v reflect.Value, path string) {
	if r, ok := v.Interface().(interface{ refers() string }); ok {
		d.refs = append(d.refs, reference{node: n, path: path, kind: r.refers(), name: v.String()})
	}
}

const longestText = 4000

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.ScalarNode {
		d.refuse(n, path, "wants a single value, not "+kindName(n))
		return
	}
	tag := n.ShortTag()
	switch v.Kind() {
	case reflect.String:
		_, vocabulary := v.Interface().(interface{ refuse() string })
		switch {
		case strings.TrimSpace(n.Value) == "" || tag == "!!null":
			d.refuse(n, path, "is empty: leave the line out and it becomes a gap")
		case tag != "!!str" && !vocabulary:
			d.refuse(n, path, "wants text: put "+quote(n.Value)+" in quotation marks")
		case len(n.Value) > longestText:
			d.refuse(n, path, "is longer than "+strconv.Itoa(longestText)+" bytes")
		default:
			v.SetString(n.Value)
		}
	case reflect.Int:
		number, err := strconv.Atoi(n.Value)
		if err != nil || tag != "!!int" {
			d.refuse(n, path, "wants a whole number, not "+quote(n.Value))
			return
		}
		v.SetInt(int64(number))
	case reflect.Bool:
		if tag != "!!bool" {
			d.refuse(n, path, "wants true or false, not "+quote(n.Value))
			return
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
	default:
		d.refuse(n, path, "cannot be set in a profile")
	}
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.SequenceNode {
		d.refuse(n, path, "wants a list, not "+kindName(n))
		return
	}
	if len(n.Content) == 0 {
		d.refuse(n, path, "is an empty list: leave it out and it becomes a gap")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	firsts := map[string]*yaml.Node{}
	for i, item := range n.Content {
		name := itemName(item)
		at := path + "[" + strconv.Itoa(i) + "]"
		if name != "" {
			at = path + "[" + name + "]"
			if first, twice := firsts[name]; twice {
				d.refuse(item, at, "is there twice: first at line "+strconv.Itoa(first.Line))
			} else {
				firsts[name] = item
			}
		}
		d.value(item, out.Index(i), at)
	}
	v.Set(out)
}

// itemName is what tells an item of a list from the others: its key, or itself.
func itemName(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "key" && n.Content[i+1].Kind == yaml.ScalarNode {
				return n.Content[i+1].Value
			}
		}
	}
	return ""
}

func (d *decoder) table(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.refuse(n, path, "wants names with values, not "+kindName(n))
		return
	}
	out := reflect.MakeMapWithSize(v.Type(), len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		keyNode, valueNode := n.Content[i], n.Content[i+1]
		at := join(path, keyNode.Value)
		key := reflect.New(v.Type().Key()).Elem()
		before := len(d.problems)
		d.value(keyNode, key, at)
		if len(d.problems) > before {
			continue
		}
		if out.MapIndex(key).IsValid() {
			d.refuse(keyNode, at, "is there twice")
			continue
		}
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(valueNode, item, at)
		out.SetMapIndex(key, item)
	}
	v.Set(out)
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "names with values"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		return quote(n.Value)
	}
	return "this"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
