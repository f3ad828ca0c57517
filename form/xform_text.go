package form

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// needsItext reports whether a text is there in several languages, or as a
// picture or sound, or speaks of an answer where only itext lets it.
func (d *Definition) needsItext() bool {
	if slices.ContainsFunc(d.Languages, func(l string) bool { return l != "" }) {
		return true
	}
	for item := range d.All() {
		if len(item.Media)+len(item.Guidance) > 0 || speaks(item.ConstraintMessage) || speaks(item.RequiredMessage) {
			return true
		}
	}
	for _, list := range d.Lists {
		for _, c := range list.Choices {
			if len(c.Media) > 0 || speaks(c.Label) {
				return true
			}
		}
	}
	return false
}

// speaks reports whether a text has an answer in it.
func speaks(t Text) bool {
	for _, s := range t {
		if strings.Contains(s, "${") {
			return true
		}
	}
	return false
}

// itext holds every text in each language; what a language lacks is "-", as the reference converter has it.
func (x *xform) itext() {
	if !x.itexts {
		return
	}
	x.open("itext")
	for _, language := range x.languages() {
		title := language
		if title == "" {
			title = "default"
		}
		standard := ""
		if language == x.def.DefaultLanguage || x.def.DefaultLanguage != "" && SameLanguage(language, x.def.DefaultLanguage) {
			standard = "true()"
		}
		x.open("translation", "lang", title, "default", standard)
		x.textsIn(language)
		x.end("translation")
	}
	x.end("itext")
}

func (x *xform) languages() []string {
	if len(x.def.Languages) == 0 {
		return []string{""}
	}
	return x.def.Languages
}

func (x *xform) textsIn(language string) {
	for item := range x.def.All() {
		at := "/data/" + item.Path
		x.value(at+":label", language, item, item.Label, item.Media)
		hint := map[string]Text{}
		if len(item.Guidance) > 0 {
			hint["guidance"] = item.Guidance
		}
		x.value(at+":hint", language, item, item.Hint, hint)
		x.value(at+":jr:constraintMsg", language, item, item.ConstraintMessage, nil)
		x.value(at+":jr:requiredMsg", language, item, item.RequiredMessage, nil)
	}
	for _, name := range slices.Sorted(maps.Keys(x.def.Lists)) {
		for i, c := range x.listed(name) {
			x.value(choiceID(name, i), language, nil, c.Label, c.Media)
		}
	}
}

// listed are the choices of a list as it is written: with "other" where a question asks for it.
func (x *xform) listed(name string) []Choice {
	for item := range x.def.All() {
		if item.List == name && item.Other {
			return x.def.choices(item)
		}
	}
	return x.def.Lists[name].Choices
}

func choiceID(list string, at int) string { return list + "-" + strconv.Itoa(at) }

// value writes a text and its other forms: a picture, a sound, guidance.
func (x *xform) value(id, language string, from *Item, t Text, forms map[string]Text) {
	if len(t)+len(forms) == 0 {
		return
	}
	x.open("text", "id", id)
	if len(t) > 0 {
		x.open("value")
		x.words(orDash(t[language]), from)
		x.end("value")
	}
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		x.open("value", "form", form)
		switch s := forms[form][language]; {
		case form == "guidance":
			x.words(orDash(s), from)
		case s == "":
			x.text("-")
		default:
			x.text("jr://" + strings.Replace(strings.TrimPrefix(form, "big-"), "image", "images", 1) + "/" + s)
		}
		x.end("value")
	}
	x.end("text")
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
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
		x.leaf("output", "", "value", " "+x.reference(name, from, x.path)+" ")
		s = after
	}
}

func (x *xform) message(item *Item, kind string, t Text) string {
	if x.itexts && len(t) > 0 {
		return "jr:itext('/data/" + item.Path + ":jr:" + kind + "')"
	}
	return t.In("", "")
}

// formula is an expression with its ${references} as paths.
func (x *xform) formula(f *Formula, from *Item) string {
	if f == nil {
		return ""
	}
	return x.refer(f.Source, from, x.path)
}

func (x *xform) refer(source string, from *Item, path func(to, from *Item) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(source, "${")
		out.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return out.String()
		}
		out.WriteString(" " + x.reference(name, from, path) + " ")
		source = after
	}
}

const lastSaved = "last-saved#"

func (x *xform) reference(name string, from *Item, path func(to, from *Item) string) string {
	name, saved := strings.CutPrefix(strings.TrimSpace(name), lastSaved)
	to := x.def.named(name, from) // there is one: Check refuses a form with a name that is none
	if saved {
		return "instance('__last-saved')/data/" + to.Path
	}
	return path(to, from)
}

// path is relative where both stand in one repeat: each instance speaks of its own answers.
func (x *xform) path(to, from *Item) string {
	var a []*Item
	if from != nil {
		a = from.lineage()
	}
	b := to.lineage()
	shared := 0
	for i := 0; i < len(a)-1 && i < len(b)-1 && a[i] == b[i]; i++ {
		if a[i].Kind == KindRepeat {
			shared = i + 1
		}
	}
	if shared == 0 {
		return "/data/" + to.Path
	}
	path := strings.Repeat("../", len(a)-shared)
	for i, item := range b[shared:] {
		if i > 0 {
			path += "/"
		}
		path += item.Name
	}
	return path
}
