package form

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// secondary writes the instances that expressions look into: lists of choices
// that are filtered, shuffled or named by instance(), files of choices, and
// the answers that were saved last.
func (x *xform) secondary() {
	needed, files := x.def.instances()
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		x.list(name)
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		scheme := "jr://file/"
		if strings.EqualFold(path.Ext(file), ".csv") {
			scheme = "jr://file-csv/"
		}
		x.leaf("instance", "", "id", instanceOf(file), "src", scheme+file)
	}
	if x.def.says(lastSaved) {
		x.leaf("instance", "", "id", "__last-saved", "src", "jr://instance/last-saved")
	}
}

// instances are the lists and the files that stand as instances.
func (d *Definition) instances() (lists, files map[string]bool) {
	lists, files = map[string]bool{}, map[string]bool{}
	for item := range d.All() {
		switch {
		case d.files[item.List]:
			files[item.List] = true
		case item.ofInstance():
			lists[item.List] = true
		}
		for _, n := range item.formulas() {
			visit(n.formula.root, func(e expr) {
				if c, ok := e.(*call); ok && c.name == "instance" && len(c.args) == 1 {
					if name, ok := c.args[0].(stringLit); ok && d.Lists[string(name)] != nil {
						lists[string(name)] = true
					}
				}
			})
		}
	}
	return lists, files
}

// ofInstance reports whether the question's choices are looked up, and not written beside it.
func (i *Item) ofInstance() bool {
	return i.Type.Select() && !strings.HasPrefix(i.List, "${") &&
		(i.ChoiceFilter != nil || i.shuffled() || i.Type == TypeRank)
}

func (i *Item) shuffled() bool { return strings.EqualFold(i.Parameters["randomize"], "true") }

// instanceOf is a file's name as the id of an instance.
func instanceOf(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// says reports whether an expression, or a text that is shown, contains words.
func (d *Definition) says(words string) bool {
	for item := range d.All() {
		for _, n := range item.formulas() {
			if strings.Contains(n.formula.Source, words) {
				return true
			}
		}
		for _, t := range []Text{item.Label, item.Hint, item.Guidance, item.ConstraintMessage, item.RequiredMessage} {
			for _, s := range t {
				if strings.Contains(s, words) {
					return true
				}
			}
		}
	}
	return false
}

func (x *xform) list(name string) {
	x.open("instance", "id", name)
	x.open("root")
	for i, c := range x.listed(name) {
		x.open("item")
		for _, column := range slices.Sorted(maps.Keys(c.Columns)) {
			x.leaf(column, c.Columns[column])
		}
		x.leaf("name", c.Name)
		if x.itexts {
			x.leaf("itextId", choiceID(name, i))
		} else {
			x.leaf("label", c.Label.In("", ""))
		}
		x.end("item")
	}
	x.end("root")
	x.end("instance")
}

// itemset asks the instance.
func (x *xform) itemset(item *Item) {
	value, label, nodeset := "name", "label", ""
	switch file := x.def.files[item.List]; {
	case strings.HasPrefix(item.List, "${"):
		name := strings.TrimSpace(strings.Trim(item.List, "${}"))
		to := x.def.named(name, item)
		value, label = to.Name, to.Name
		nodeset = "/data/" + to.Parent.Path + "[./" + to.Name + " != '']"
	case file:
		nodeset = "instance('" + instanceOf(item.List) + "')/root/item"
		value, label = or(item.Parameters["value"], "name"), or(item.Parameters["label"], "label")
	default:
		nodeset = "instance('" + item.List + "')/root/item"
		if x.itexts {
			label = "jr:itext(itextId)"
		}
	}
	if item.ChoiceFilter != nil {
		nodeset += "[" + x.refer(item.ChoiceFilter.Source, item, x.pathFromChoice) + "]"
	}
	if item.shuffled() {
		seed := item.Parameters["seed"]
		if seed != "" {
			seed = "," + x.refer(seed, item, x.path)
		}
		nodeset = "randomize(" + nodeset + seed + ")"
	}
	x.open("itemset", "nodeset", nodeset)
	x.leaf("value", "", "ref", value)
	x.leaf("label", "", "ref", label)
	x.end("itemset")
}

// pathFromChoice is a path within a filter: what is relative begins at the question.
func (x *xform) pathFromChoice(to, from *Item) string {
	p := x.path(to, from)
	if p[0] != '/' {
		return "current()/" + p
	}
	return p
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
