package form

import (
	"maps"
	"slices"
	"strings"
)

// itext holds every text in each language; what a language lacks is "-", as the reference converter has it.
func (x *xform) itext() {
	if !x.translated() {
		return
	}
	x.open("itext")
	for _, language := range x.def.Languages {
		title := language
		if title == "" {
			title = "default"
		}
		standard := ""
		if language == x.def.DefaultLanguage {
			standard = "true()"
		}
		x.open("translation", "lang", title, "default", standard)
		for item := range x.def.All() {
			at := "/data/" + item.Path
			x.value(at+":label", item.Label, language, item)
			x.value(at+":hint", item.Hint, language, item)
			x.value(at+":jr:constraintMsg", item.ConstraintMessage, language, item)
			x.value(at+":jr:requiredMsg", item.RequiredMessage, language, item)
		}
		for _, name := range slices.Sorted(maps.Keys(x.def.Lists)) {
			for i, c := range x.def.Lists[name].Choices {
				x.value(choiceID(name, i), c.Label, language, nil)
			}
		}
		x.end("translation")
	}
	x.end("itext")
}

func (x *xform) value(id string, t Text, language string, from *Item) {
	if len(t) == 0 {
		return
	}
	s := t[language]
	if s == "" {
		s = "-"
	}
	x.open("text", "id", id)
	x.open("value")
	x.words(s, from)
	x.end("value")
	x.end("text")
}

// words writes a text; the answers it speaks of are outputs.
func (x *xform) words(s string, from *Item) {
	for {
		before, rest, found := strings.Cut(s, "${")
		x.text(before)
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return
		}
		if to := x.def.named(strings.TrimSpace(name), from); to != nil {
			x.leaf("output", "", "value", " "+x.path(to, from)+" ")
		}
		s = after
	}
}

// lists are the choices that a filter goes through: secondary instances.
func (x *xform) lists() {
	done := map[string]bool{}
	for item := range x.def.All() {
		if item.ChoiceFilter == nil || done[item.List] {
			continue
		}
		done[item.List] = true
		x.open("instance", "id", item.List)
		x.open("root")
		for i, c := range x.def.choices(item) {
			x.open("item")
			for _, column := range slices.Sorted(maps.Keys(c.Columns)) {
				if isElement(column) {
					x.leaf(column, c.Columns[column])
				}
			}
			x.leaf("name", c.Name)
			if x.translated() {
				x.leaf("itextId", choiceID(item.List, i))
			} else {
				x.leaf("label", c.Label.In("", ""))
			}
			x.end("item")
		}
		x.end("root")
		x.end("instance")
	}
}

// isElement reports whether a column's header can be an element; a filter can speak of no other.
func isElement(s string) bool {
	for i, r := range s {
		if i == 0 && !isNameStart(r) || !isNamePart(r) {
			return false
		}
	}
	return s != ""
}

func (x *xform) controls(items []*Item) {
	for _, item := range items {
		ref := "/data/" + item.Path
		switch {
		case item.Kind == KindGroup:
			x.open("group", "ref", ref, "appearance", item.Appearance)
			x.label("label", item.Label, item)
			x.controls(item.Children)
			x.end("group")
		case item.Kind == KindRepeat:
			x.open("group", "ref", ref)
			x.label("label", item.Label, item)
			x.open("repeat", "nodeset", ref, "appearance", item.Appearance)
			x.controls(item.Children)
			x.end("repeat")
			x.end("group")
		case item.Type == TypeNote || item.Type.Asked() && (item.Calculation == nil || len(item.Label) > 0):
			x.control(item, ref)
		}
	}
}

func (x *xform) control(item *Item, ref string) {
	tag := map[Type]string{TypeOne: "select1", TypeMultiple: "select", TypeTick: "trigger"}[item.Type]
	if tag == "" {
		tag = "input"
	}
	x.open(tag, "ref", ref, "appearance", item.Appearance)
	x.label("label", item.Label, item)
	x.label("hint", item.Hint, item)
	switch {
	case item.ChoiceFilter != nil:
		x.itemset(item)
	case item.Type.Select():
		for i, c := range x.def.choices(item) {
			x.open("item")
			if x.translated() {
				x.leaf("label", "", "ref", "jr:itext('"+choiceID(item.List, i)+"')")
			} else {
				x.leaf("label", c.Label.In("", ""))
			}
			x.leaf("value", c.Name)
			x.end("item")
		}
	}
	x.end(tag)
}

func (x *xform) label(tag string, t Text, item *Item) {
	switch {
	case len(t) == 0:
	case x.translated():
		x.leaf(tag, "", "ref", "jr:itext('/data/"+item.Path+":"+tag+"')")
	default:
		x.open(tag)
		x.words(t.In("", ""), item)
		x.end(tag)
	}
}

// itemset asks the secondary instance; within its filter a relative path begins at the question.
func (x *xform) itemset(item *Item) {
	filter := x.refer(item.ChoiceFilter.Source, item, func(to *Item) string {
		if p := x.path(to, item); p[0] != '/' {
			return "current()/" + p
		}
		return x.path(to, item)
	})
	x.open("itemset", "nodeset", "instance('"+item.List+"')/root/item["+filter+"]")
	x.leaf("value", "", "ref", "name")
	if x.translated() {
		x.leaf("label", "", "ref", "jr:itext(itextId)")
	} else {
		x.leaf("label", "", "ref", "label")
	}
	x.end("itemset")
}
