package form

import (
	"slices"
	"strings"
)

// Option is a choice as it is shown.
type Option struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	Image    string `json:"image,omitempty"`
	Selected bool   `json:"selected,omitempty"`
}

// choices lists what a select may offer before its filter.
func (d *Definition) choices(item *Item) []Choice {
	lists := d.Lists
	if item.external || lists[item.List] == nil {
		lists = d.external
	}
	list := lists[item.List]
	if list == nil {
		return nil
	}
	if !item.Other || slices.ContainsFunc(list.Choices, func(c Choice) bool { return c.Name == "other" }) {
		return list.Choices
	}
	other := Choice{Name: "other", Label: Text{}}
	for _, language := range d.Languages {
		other.Label[language] = otherLabels(language)[0]
	}
	return append(slices.Clone(list.Choices), other)
}

// options are the choices that the filter lets through, in the language shown.
func (r *runner) options(n *node) []Option {
	chosen := strings.Fields(r.value(n))
	if n.item.Type == TypeOne {
		chosen = []string{r.value(n)}
	}
	var all []Option
	for _, c := range r.def.choices(n.item) {
		if c.Name == "" || !r.passes(n, c) {
			continue
		}
		all = append(all, Option{
			Name: c.Name, Label: r.choiceWords(c, n), Image: c.Media["image"].In(r.env.Language, r.def.DefaultLanguage),
			Selected: slices.Contains(chosen, c.Name),
		})
	}
	return all
}

func (r *runner) passes(n *node, c Choice) bool {
	f := n.item.ChoiceFilter
	if f == nil || f.root == nil {
		return true
	}
	if !r.spend(len(c.Columns) + 3) {
		return false
	}
	s := r.scope(n)
	s.here = r.choiceNode(c, nil)
	return f.value(s).Bool()
}

// choiceNode is a choice as expressions see it: name, label and its own columns are its children.
func (r *runner) choiceNode(c Choice, parent *node) *node {
	n := &node{run: r, name: "item", parent: parent}
	add := func(name, text string) {
		n.children = append(n.children, &node{run: r, name: name, raw: text, parent: n})
	}
	add("name", c.Name)
	add("label", r.choiceText(c))
	for header, text := range c.Columns {
		add(header, strings.TrimSpace(text))
	}
	return n
}

// instance is what instance('list') gives: root/item, each choice an item.
func (r *runner) instance(name string) []*node {
	if n, ok := r.lists[name]; ok {
		return []*node{n}
	}
	list := r.def.Lists[name]
	if list == nil {
		list = r.def.external[name]
	}
	if list == nil {
		return nil
	}
	top := &node{run: r, name: "instance"}
	root := &node{run: r, name: "root", parent: top}
	top.children = []*node{root}
	for _, c := range list.Choices {
		root.children = append(root.children, r.choiceNode(c, root))
	}
	r.lists[name] = top
	return []*node{top}
}

func (r *runner) choiceText(c Choice) string {
	if s := c.Label.In(r.env.Language, r.def.DefaultLanguage); s != "" {
		return s
	}
	return c.Name
}

// choiceWords is the label with the answers it refers to.
func (r *runner) choiceWords(c Choice, n *node) string {
	if s := r.words(c.Label, n); s != "" {
		return s
	}
	return c.Name
}

// choiceLabel is the label of a chosen name; the name itself where there is no such choice.
func (r *runner) choiceLabel(item *Item, name string) string {
	for _, c := range r.def.choices(item) {
		if c.Name == name {
			return r.choiceText(c)
		}
	}
	return name
}
