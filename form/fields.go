package form

import (
	"strings"
)

func (r *runner) fields(parent *node, items []*Item, path string) []*Field {
	var all []*Field
	next := 0 // children come in the order of items
	for _, item := range items {
		first := next
		for next < len(parent.children) && parent.children[next].item == item {
			next++
		}
		own := parent.children[first:next]
		if item.Kind == KindRepeat {
			all = append(all, r.repeatField(parent, item, own, join(path, item.Name)))
			continue
		}
		for _, n := range own {
			all = append(all, r.field(n, join(path, item.Name)))
		}
	}
	return all
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

func (r *runner) field(n *node, path string) *Field {
	item := n.item
	relevant := r.relevant(n)
	f := &Field{
		Item: item, Kind: item.Kind, Path: path, Type: item.Type, Appearance: item.Appearance, Parameters: item.Parameters,
		Relevant: relevant, Supported: item.Type.Supported(),
		Visible: relevant && (item.Kind == KindGroup || item.Type.Asked() || item.Type == TypeNote),
		Image:   item.Media["image"].In(r.env.Language, r.def.DefaultLanguage),
	}
	f.Label, f.Hint, f.Guidance = r.words(item.Label, n), r.words(item.Hint, n), r.words(item.Guidance, n)
	if item.Kind == KindGroup {
		f.Children = r.fields(n, item.Children, path)
		f.Visible = relevant && anyVisible(f.Children) // an empty frame asks nothing
		return f
	}
	f.Value = r.value(n)
	f.ReadOnly = item.Calculation != nil || r.holds(item.ReadOnly, n)
	f.Required = relevant && item.Type.Asked() && item.Type.Supported() && r.holds(item.Required, n)
	if !f.Visible {
		return f
	}
	if item.Type.Select() {
		f.Options = r.options(n)
	}
	f.Problems = r.problems(n, f)
	return f
}

func anyVisible(fields []*Field) bool {
	for _, f := range fields {
		if f.Visible {
			return true
		}
	}
	return false
}

func (r *runner) holds(f *Formula, n *node) bool {
	return f != nil && f.root != nil && f.value(r.scope(n)).Bool()
}

func (r *runner) repeatField(parent *node, item *Item, own []*node, path string) *Field {
	at := &node{run: r, name: item.Name, item: item, parent: parent} // stands in where there is no instance
	relevant := r.relevant(at)
	f := &Field{
		Item: item, Kind: KindRepeat, Type: TypeRepeat, Path: path, Appearance: item.Appearance,
		Relevant: relevant, Visible: relevant, Supported: true,
		Label: r.words(item.Label, at), Hint: r.words(item.Hint, at),
		CanAdd: relevant && item.Count == nil && len(own) < maxInstances, CountName: path + countSuffix,
	}
	for i, n := range own {
		inner := &Field{
			Item: item, Kind: KindInstance, Index: i + 1, Path: path + "[" + itoa(i+1) + "]",
			Relevant: r.relevant(n), Visible: r.relevant(n), Supported: true, Label: r.words(item.Label, n),
		}
		inner.Children = r.fields(n, item.Children, inner.Path)
		f.Children = append(f.Children, inner)
	}
	return f
}

// words is a text in the language shown, with the answers it refers to.
func (r *runner) words(t Text, n *node) string {
	s := t.In(r.env.Language, r.def.DefaultLanguage)
	if !strings.Contains(s, "${") {
		return s
	}
	var out strings.Builder
	for _, p := range splitTemplate(s) {
		out.WriteString(p.plain)
		if p.ref == "" {
			continue
		}
		for _, found := range r.refer(p.ref, n) {
			if r.relevant(found) {
				out.WriteString(found.text())
				break
			}
		}
		if out.Len() > maxAnswer {
			break
		}
	}
	return out.String()
}
