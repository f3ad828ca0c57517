// Package akn writes documents of Akoma Ntoso 3.0 (OASIS LegalDocML), in the
// namespace of the draft csprd02, whose schema they are held to. It knows
// nothing of what the documents say.
package akn

import (
	"encoding/xml"
	"io"
	"strings"
)

// Writer writes elements until one cannot be written.
type Writer struct {
	e   *xml.Encoder
	err error
}

// New begins a document of a kind: "report".
func New(w io.Writer, kind string) *Writer {
	a := &Writer{e: xml.NewEncoder(w)}
	a.e.Indent("", " ")
	a.Open("akomaNtoso", "xmlns", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17")
	a.Open("doc", "name", kind)
	return a
}

// End closes the document, and says what could not be written.
func (a *Writer) End() error {
	a.Close("doc", "akomaNtoso")
	if a.err == nil {
		a.err = a.e.Close()
	}
	return a.err
}

func (a *Writer) token(t xml.Token) {
	if a.err == nil {
		a.err = a.e.EncodeToken(t)
	}
}

// Open opens an element with attributes, name and value in turn.
func (a *Writer) Open(name string, attributes ...string) {
	s := xml.StartElement{Name: xml.Name{Local: name}}
	for i := 0; i < len(attributes); i += 2 {
		s.Attr = append(s.Attr, xml.Attr{Name: xml.Name{Local: attributes[i]}, Value: attributes[i+1]})
	}
	a.token(s)
}

// Close closes elements, the innermost first.
func (a *Writer) Close(names ...string) {
	for _, n := range names {
		a.token(xml.EndElement{Name: xml.Name{Local: n}})
	}
}

// Text writes an element that is nothing but text.
func (a *Writer) Text(name, text string) {
	a.Open(name)
	a.token(xml.CharData(text))
	a.Close(name)
}

// Empty writes an element without content.
func (a *Writer) Empty(name string, attributes ...string) {
	a.Open(name, attributes...)
	a.Close(name)
}

// Meta says what the document is, in the three levels of the standard; author is who it is of, in words.
func (a *Writer) Meta(kind, symbol, on, author string) {
	base := "/akn/un/doc/" + kind + "/" + on + "/" + strings.ToLower(strings.NewReplacer("/", "-", " ", "-").Replace(symbol))
	a.Open("meta")
	a.Open("identification", "source", "#palermo")
	for _, level := range []struct{ name, uri string }{{"FRBRWork", base}, {"FRBRExpression", base + "/eng@"}, {"FRBRManifestation", base + "/eng@.xml"}} {
		a.Open(level.name)
		a.Empty("FRBRthis", "value", level.uri+"/!main")
		a.Empty("FRBRuri", "value", level.uri)
		a.Empty("FRBRdate", "date", on, "name", "issued")
		a.Empty("FRBRauthor", "href", "#body")
		switch level.name {
		case "FRBRWork":
			a.Empty("FRBRcountry", "value", "un")
		case "FRBRExpression":
			a.Empty("FRBRlanguage", "language", "eng")
		}
		a.Close(level.name)
	}
	a.Close("identification")
	a.Open("references", "source", "#palermo")
	a.Empty("TLCOrganization", "eId", "body", "href", "/ontology/organization/un/body", "showAs", author)
	a.Empty("TLCOrganization", "eId", "palermo", "href", "/ontology/organization/palermo", "showAs", "Palermo")
	a.Close("references", "meta")
}
