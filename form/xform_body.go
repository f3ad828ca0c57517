package form

import (
	"slices"
	"strings"
)

func (x *xform) controls(items []*Item) {
	for _, item := range items {
		ref := "/data/" + item.Path
		switch {
		case item.Kind == KindGroup:
			x.open("group", "ref", ref, "appearance", item.Appearance)
			x.label(item)
			x.controls(item.Children)
			x.end("group")
		case item.Kind == KindRepeat:
			x.repeat(item, ref)
		case item.Type == TypeNote || item.Type.Asked() && (item.Calculation == nil || len(item.Label) > 0):
			x.control(item, ref)
		}
	}
}

func (x *xform) repeat(item *Item, ref string) {
	count, fixed := "", ""
	if item.Count != nil {
		fixed = "true()"
		count = "/data/" + strings.TrimSuffix(item.Path, item.Name) + item.countNode()
		if item.countNode() == "" {
			count = strings.TrimSpace(x.formula(item.Count, item))
		}
	}
	x.open("group", "ref", ref)
	x.label(item)
	x.open("repeat", "nodeset", ref, "appearance", item.Appearance, "jr:count", count, "jr:noAddRemove", fixed)
	x.defaults(item.Children)
	x.controls(item.Children)
	x.end("repeat")
	x.end("group")
}

// defaults of a repeat's questions are worked out for each instance anew.
func (x *xform) defaults(items []*Item) {
	for _, item := range items {
		switch {
		case item.dynamic():
			x.setDefault(item, "odk-instance-first-load odk-new-repeat")
		case item.Kind == KindGroup:
			x.defaults(item.Children)
		}
	}
}

func (x *xform) control(item *Item, ref string) {
	tag, pairs := tagOf(item)
	x.open(tag, append([]string{"ref", ref, "appearance", item.Appearance}, pairs...)...)
	x.label(item)
	x.hint(item)
	switch {
	case x.def.files[item.List] || strings.HasPrefix(item.List, "${") || item.ofInstance():
		x.itemset(item)
	case item.Type.Select():
		for i, c := range x.def.choices(item) {
			x.choice(item, i, c)
		}
	}
	for other := range x.def.All() {
		if slices.Contains(triggers(other), item.Name) && x.def.named(item.Name, other) == item {
			x.leaf("setvalue", "", "event", "xforms-value-changed", "ref", "/data/"+other.Path, "value", x.formula(other.Calculation, other))
		}
	}
	x.end(tag)
}

// tagOf is the control that asks a question, with what its parameters say.
func tagOf(item *Item) (string, []string) {
	switch item.Type {
	case TypeOne:
		return "select1", nil
	case TypeMultiple:
		return "select", nil
	case TypeRank:
		return "odk:rank", nil
	case TypeTick:
		return "trigger", nil
	case TypeRange:
		p := item.Parameters
		return "range", []string{"start", or(p["start"], "1"), "end", or(p["end"], "10"), "step", or(p["step"], "1")}
	case "image", "audio", "video":
		return "upload", []string{"mediatype", string(item.Type) + "/*"}
	case "file":
		return "upload", []string{"mediatype", "application/*"}
	case "geopoint", "geotrace", "geoshape":
		return "input", []string{"accuracyThreshold", item.Parameters["capture-accuracy"], "unacceptableAccuracyThreshold", item.Parameters["warning-accuracy"]}
	case TypeText:
		return "input", []string{"rows", item.Parameters["rows"]}
	}
	return "input", nil
}

// triggers are the names of the questions whose change works this one out.
func triggers(item *Item) []string {
	return strings.FieldsFunc(item.Trigger, func(r rune) bool { return strings.ContainsRune("${}, ", r) })
}

func (x *xform) choice(item *Item, at int, c Choice) {
	x.open("item")
	if x.itexts {
		x.leaf("label", "", "ref", "jr:itext('"+choiceID(item.List, at)+"')")
	} else {
		x.leaf("label", c.Label.In("", ""))
	}
	x.leaf("value", c.Name)
	x.end("item")
}

func (x *xform) label(item *Item) { x.said("label", item, item.Label, len(item.Media) > 0) }
func (x *xform) hint(item *Item)  { x.said("hint", item, item.Hint, len(item.Guidance) > 0) }

func (x *xform) said(tag string, item *Item, t Text, more bool) {
	switch {
	case len(t) == 0 && !more:
	case x.itexts:
		x.leaf(tag, "", "ref", "jr:itext('/data/"+item.Path+":"+tag+"')")
	default:
		x.open(tag)
		x.words(t.In("", ""), item)
		x.end(tag)
	}
}
