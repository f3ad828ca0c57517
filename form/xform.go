package form

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"palermo/fault"
)

// WriteXForm writes the questionnaire as an XForm (ODK XForms 1.0), in the
// shape the reference converter gives it. name is the form's identity where
// the settings give none. Refused (invalid): a questionnaire with mistakes,
// and what is not written yet (media, ranges, ranking, choices in files, …):
// a form that lost a question on the way would be worse than none.
func (d *Definition) WriteXForm(w io.Writer, name string) error {
	if report := Check(d); !report.OK {
		return fault.Invalid("", "The questionnaire has mistakes; form check names them.")
	}
	for item := range d.All() {
		if !item.writable() {
			return fault.Invalid(item.Path, "A question of this kind cannot be written as an XForm yet.")
		}
	}
	x := xform{def: d}
	x.form(name)
	_, err := x.out.WriteTo(w)
	return err
}

// writable reports whether all that the item says can be written.
func (i *Item) writable() bool {
	_, known := xformTypes[i.Type]
	return (known || i.Kind != KindQuestion) && !i.external && !i.Other && !i.Derived && i.Count == nil && i.Trigger == "" &&
		len(i.Media) == 0 && len(i.Guidance) == 0 && len(i.Parameters) == 0 && (i.Default == nil || !isExpression(i.Default)) &&
		!strings.HasPrefix(i.List, "${")
}

func isExpression(f *Formula) bool { _, plain := f.root.(stringLit); return !plain }

// xformTypes is the data type of each question that can be written.
var xformTypes = map[Type]string{
	TypeText: "string", TypeInteger: "int", TypeDecimal: "decimal", TypeDate: "date", TypeTime: "time",
	TypeDateTime: "dateTime", TypeOne: "string", TypeMultiple: "string", TypeTick: "string", TypeNote: "string",
	TypeCalculate: "string", TypeHidden: "string", "geopoint": "geopoint", "barcode": "barcode",
	"start": "dateTime", "end": "dateTime", "today": "date", "deviceid": "string", "username": "string", "email": "string",
}

type xform struct {
	def *Definition
	out bytes.Buffer
}

// open writes a start tag; pairs are attributes, left out where empty.
func (x *xform) open(tag string, pairs ...string) {
	x.out.WriteString("<" + tag)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			x.out.WriteString(" " + pairs[i] + `="`)
			x.text(pairs[i+1])
			x.out.WriteString(`"`)
		}
	}
	x.out.WriteString(">")
}

func (x *xform) end(tag string) { x.out.WriteString("</" + tag + ">") }

func (x *xform) text(s string) {
	_ = xml.EscapeText(&x.out, []byte(s)) // a buffer never fails
}

func (x *xform) leaf(tag, text string, pairs ...string) {
	x.open(tag, pairs...)
	x.text(text)
	x.end(tag)
}

func (x *xform) form(name string) {
	id, title := x.def.ID, x.def.Title
	if id == "" {
		id = name
	}
	if title == "" {
		title = id
	}
	x.out.WriteString(`<?xml version="1.0"?>`)
	x.open("h:html", "xmlns", "http://www.w3.org/2002/xforms", "xmlns:h", "http://www.w3.org/1999/xhtml",
		"xmlns:jr", "http://openrosa.org/javarosa", "xmlns:odk", "http://www.opendatakit.org/xforms")
	x.open("h:head")
	x.leaf("h:title", title)
	x.open("model", "odk:xforms-version", "1.0.0")
	x.itext()
	x.open("instance")
	x.open("data", "id", id, "version", x.def.Version)
	x.instance(x.def.Items)
	x.out.WriteString("<meta><instanceID/></meta></data></instance>")
	x.lists()
	for item := range x.def.All() {
		x.bind(item)
	}
	x.leaf("bind", "", "jr:preload", "uid", "nodeset", "/data/meta/instanceID", "readonly", "true()", "type", "string")
	x.end("model")
	x.end("h:head")
	x.open("h:body")
	x.controls(x.def.Items)
	x.end("h:body")
	x.end("h:html")
}

func (x *xform) instance(items []*Item) {
	for _, item := range items {
		x.open(item.Name)
		if item.Default != nil {
			x.text(item.Default.Source)
		}
		x.instance(item.Children)
		x.end(item.Name)
	}
}

func (x *xform) bind(item *Item) {
	kind := xformTypes[item.Type]
	pairs := []string{"nodeset", "/data/" + item.Path, "type", kind, "relevant", x.formula(item.Relevant, item),
		"constraint", x.formula(item.Constraint, item), "required", x.formula(item.Required, item),
		"readonly", x.formula(item.ReadOnly, item), "calculate", x.formula(item.Calculation, item),
		"jr:constraintMsg", x.message(item, "constraintMsg", item.ConstraintMessage),
		"jr:requiredMsg", x.message(item, "requiredMsg", item.RequiredMessage)}
	switch item.Type {
	case TypeNote:
		pairs[11] = "true()"
	case "start", "end":
		pairs = append(pairs, "jr:preload", "timestamp", "jr:preloadParams", string(item.Type))
	case "today":
		pairs = append(pairs, "jr:preload", "date", "jr:preloadParams", "today")
	case "deviceid", "username", "email":
		pairs = append(pairs, "jr:preload", "property", "jr:preloadParams", string(item.Type))
	}
	if item.Kind == KindQuestion || item.Relevant != nil || item.ReadOnly != nil {
		x.leaf("bind", "", pairs...)
	}
}

// formula is an expression with its ${references} as paths.
func (x *xform) formula(f *Formula, from *Item) string {
	if f == nil {
		return ""
	}
	return x.refer(f.Source, from, func(to *Item) string { return x.path(to, from) })
}

func (x *xform) refer(source string, from *Item, path func(*Item) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(source, "${")
		out.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return out.String()
		}
		if to := x.def.named(strings.TrimSpace(name), from); to != nil {
			out.WriteString(" " + path(to) + " ")
		}
		source = after
	}
}

// path is relative where both stand in one repeat: each instance speaks of its own answers.
func (x *xform) path(to, from *Item) string {
	a, b := from.lineage(), to.lineage()
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

// translated reports whether a column names a language: then texts stand in itext.
func (x *xform) translated() bool {
	return len(x.def.Languages) > 1 || len(x.def.Languages) == 1 && x.def.Languages[0] != ""
}

func (x *xform) message(item *Item, kind string, t Text) string {
	if x.translated() && len(t) > 0 {
		return "jr:itext('/data/" + item.Path + ":jr:" + kind + "')"
	}
	return t.In("", "")
}

func choiceID(list string, at int) string { return list + "-" + strconv.Itoa(at) }
