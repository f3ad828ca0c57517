package form

import (
	"bytes"
	"encoding/xml"
	"io"

	"palermo/fault"
)

// WriteXForm writes the questionnaire as an XForm (ODK XForms 1.0), in the
// shape the reference converter, pyxform, gives it. name is the form's
// identity where the settings give none. Nothing is written, and the error
// is of code invalid, where XFormProblems has anything to say.
func (d *Definition) WriteXForm(w io.Writer, name string) error {
	if problems := d.XFormProblems(); len(problems) > 0 {
		p := problems[0]
		return fault.Invalid("", "This questionnaire cannot be written as an XForm: sheet %s, row %d, column %s: %s", p.Sheet, p.Row, p.Column, p.Reason)
	}
	x := xform{def: d, itexts: d.needsItext()}
	x.form(name)
	_, err := x.out.WriteTo(w)
	return err
}

// FormID is the form's identity: that of the settings, else name.
func (d *Definition) FormID(name string) string { return or(d.ID, name) }

type xform struct {
	def    *Definition
	itexts bool // texts stand in itext, by language, and not beside the question
	out    bytes.Buffer
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
	id, title := x.def.FormID(name), x.def.Title
	if title == "" {
		title = id
	}
	x.out.WriteString(`<?xml version="1.0"?>`)
	x.open("h:html", "xmlns", "http://www.w3.org/2002/xforms", "xmlns:h", "http://www.w3.org/1999/xhtml",
		"xmlns:jr", "http://openrosa.org/javarosa", "xmlns:odk", "http://www.opendatakit.org/xforms", "xmlns:orx", "http://openrosa.org/xforms")
	x.open("h:head")
	x.leaf("h:title", title)
	x.open("model", "odk:xforms-version", "1.0.0")
	x.submission()
	x.itext()
	x.open("instance")
	x.open("data", "id", id, "version", x.def.Version)
	x.instance(x.def.Items, false)
	x.meta()
	x.end("data")
	x.end("instance")
	x.secondary()
	x.binds()
	x.end("model")
	x.end("h:head")
	x.open("h:body", "class", x.def.Settings["style"])
	x.controls(x.def.Items)
	x.end("h:body")
	x.end("h:html")
}
