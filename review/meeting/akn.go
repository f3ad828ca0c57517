package meeting

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// WriteAKN writes the report as a document of Akoma Ntoso 3.0 (OASIS LegalDocML), in the namespace of the draft csprd02,
// whose schema it is held to.
func (r *Report) WriteAKN(w io.Writer, symbol string, on Date) error {
	a := akn{e: xml.NewEncoder(w)}
	a.e.Indent("", " ")
	a.open("akomaNtoso", "xmlns", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17")
	a.open("doc", "name", "report")
	a.meta(symbol, on)
	a.open("preface")
	a.text("p", r.Parent)
	a.open("p")
	a.text("docTitle", r.Title)
	a.close("p", "preface")
	a.open("mainBody")
	a.body(r.Blocks)
	a.close("mainBody", "doc", "akomaNtoso")
	if a.err == nil {
		a.err = a.e.Close()
	}
	return a.err
}

// akn writes elements until one cannot be written.
type akn struct {
	e   *xml.Encoder
	err error
}

func (a *akn) token(t xml.Token) {
	if a.err == nil {
		a.err = a.e.EncodeToken(t)
	}
}

func (a *akn) open(name string, attributes ...string) {
	s := xml.StartElement{Name: xml.Name{Local: name}}
	for i := 0; i < len(attributes); i += 2 {
		s.Attr = append(s.Attr, xml.Attr{Name: xml.Name{Local: attributes[i]}, Value: attributes[i+1]})
	}
	a.token(s)
}

func (a *akn) close(names ...string) {
	for _, n := range names {
		a.token(xml.EndElement{Name: xml.Name{Local: n}})
	}
}

func (a *akn) text(name, text string) {
	a.open(name)
	a.token(xml.CharData(text))
	a.close(name)
}

func (a *akn) empty(name string, attributes ...string) {
	a.open(name, attributes...)
	a.close(name)
}

// meta says what the document is, in the three levels of the standard.
func (a *akn) meta(symbol string, on Date) {
	base := "/akn/un/doc/report/" + string(on) + "/" + strings.ToLower(strings.NewReplacer("/", "-", " ", "-").Replace(symbol))
	a.open("meta")
	a.open("identification", "source", "#palermo")
	for _, level := range []struct{ name, uri string }{{"FRBRWork", base}, {"FRBRExpression", base + "/eng@"}, {"FRBRManifestation", base + "/eng@.xml"}} {
		a.open(level.name)
		a.empty("FRBRthis", "value", level.uri+"/!main")
		a.empty("FRBRuri", "value", level.uri)
		a.empty("FRBRdate", "date", string(on), "name", "issued")
		a.empty("FRBRauthor", "href", "#body")
		switch level.name {
		case "FRBRWork":
			a.empty("FRBRcountry", "value", "un")
		case "FRBRExpression":
			a.empty("FRBRlanguage", "language", "eng")
		}
		a.close(level.name)
	}
	a.close("identification")
	a.open("references", "source", "#palermo")
	a.empty("TLCOrganization", "eId", "body", "href", "/ontology/organization/un/body", "showAs", "The body that adopted the report")
	a.empty("TLCOrganization", "eId", "palermo", "href", "/ontology/organization/palermo", "showAs", "Palermo")
	a.close("references", "meta")
}

// body nests sections, subsections and paragraphs.
func (a *akn) body(blocks []Block) {
	section, sub, sections := false, false, 0
	for _, b := range blocks {
		switch {
		case b.Level == 1:
			if sub {
				a.close("subsection")
			}
			if section {
				a.close("section")
			}
			section, sub, sections = true, false, sections+1
			a.part("section", fmt.Sprintf("sec_%d", sections), b.Heading)
		case b.Level == 2:
			if sub {
				a.close("subsection")
			}
			sub = true
			a.part("subsection", fmt.Sprintf("sec_%d__subsec_%s", sections, strings.ToLower(b.Heading[:1])), b.Heading)
		default:
			a.paragraph(b)
		}
	}
	if sub {
		a.close("subsection")
	}
	if section {
		a.close("section")
	}
}

func (a *akn) part(name, id, heading string) {
	number, title, _ := strings.Cut(heading, " ")
	a.open(name, "eId", id)
	a.text("num", number)
	a.text("heading", title)
}

func (a *akn) paragraph(b Block) {
	id := fmt.Sprintf("para_%d", b.Number)
	a.open("paragraph", "eId", id)
	a.text("num", fmt.Sprintf("%d.", b.Number))
	a.open("content")
	if len(b.Points) == 0 {
		a.text("p", b.Text)
	} else {
		a.list(id+"__list_1", b.Text, b.Points)
	}
	a.close("content", "paragraph")
}

func (a *akn) list(id, intro string, points []Point) {
	a.open("blockList", "eId", id)
	a.text("listIntroduction", intro)
	for i, p := range points {
		item := fmt.Sprintf("%s__item_%d", id, i+1)
		a.open("item", "eId", item)
		a.text("num", p.Mark)
		if len(p.Points) > 0 {
			a.list(item+"__list_1", p.Text, p.Points)
		} else {
			a.text("p", p.Text)
		}
		a.close("item")
	}
	a.close("blockList")
}
