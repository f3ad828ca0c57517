package meeting

import (
	"fmt"
	"io"
	"strings"

	"palermo/document/akn"
)

// WriteAKN writes the report as a document of Akoma Ntoso.
func (r *Report) WriteAKN(w io.Writer, symbol string, on Date) error {
	a := reportWriter{akn.New(w, "report")}
	a.Meta("report", symbol, string(on), "The body that adopted the report")
	a.Open("preface")
	a.Text("p", r.Parent)
	a.Open("p")
	a.Text("docTitle", r.Title)
	a.Close("p", "preface")
	a.Open("mainBody")
	a.body(r.Blocks)
	a.Close("mainBody")
	return a.End()
}

// reportWriter writes a report's blocks.
type reportWriter struct{ *akn.Writer }

// body nests sections, subsections and paragraphs.
func (a reportWriter) body(blocks []Block) {
	section, sub, sections := false, false, 0
	for _, b := range blocks {
		switch {
		case b.Level == 1:
			if sub {
				a.Close("subsection")
			}
			if section {
				a.Close("section")
			}
			section, sub, sections = true, false, sections+1
			a.part("section", fmt.Sprintf("sec_%d", sections), b.Heading)
		case b.Level == 2:
			if sub {
				a.Close("subsection")
			}
			sub = true
			a.part("subsection", fmt.Sprintf("sec_%d__subsec_%s", sections, strings.ToLower(b.Heading[:1])), b.Heading)
		default:
			a.paragraph(b)
		}
	}
	if sub {
		a.Close("subsection")
	}
	if section {
		a.Close("section")
	}
}

func (a reportWriter) part(name, id, heading string) {
	number, title, _ := strings.Cut(heading, " ")
	a.Open(name, "eId", id)
	a.Text("num", number)
	a.Text("heading", title)
}

func (a reportWriter) paragraph(b Block) {
	id := fmt.Sprintf("para_%d", b.Number)
	a.Open("paragraph", "eId", id)
	a.Text("num", fmt.Sprintf("%d.", b.Number))
	a.Open("content")
	if len(b.Points) == 0 {
		a.Text("p", b.Text)
	} else {
		a.list(id+"__list_1", b.Text, b.Points)
	}
	a.Close("content", "paragraph")
}

func (a reportWriter) list(id, intro string, points []Point) {
	a.Open("blockList", "eId", id)
	a.Text("listIntroduction", intro)
	for i, p := range points {
		item := fmt.Sprintf("%s__item_%d", id, i+1)
		a.Open("item", "eId", item)
		a.Text("num", p.Mark)
		if len(p.Points) > 0 {
			a.list(item+"__list_1", p.Text, p.Points)
		} else {
			a.Text("p", p.Text)
		}
		a.Close("item")
	}
	a.Close("blockList")
}
