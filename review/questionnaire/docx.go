package questionnaire

import (
	"strings"
	"time"

	"palermo/document/docx"
)

// line is a paragraph of a questionnaire's document with an identity, so that two versions can be laid over each other.
type line struct {
	id     string
	style  docx.Style
	level  int
	number string
	anchor string
	text   string
}

// anchor is a key as a bookmark, by which a question is known when the document comes back.
func anchor(key string) string {
	var b strings.Builder
	for _, r := range "q_" + key {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
		} else {
			b.WriteByte('_')
		}
	}
	return b.String()[:min(b.Len(), 40)]
}

// Anchor is the question's bookmark in a document.
func (x *Question) Anchor() string { return anchor(x.Key) }

// lines are the version in the order in which it is read.
func (v *Version) lines() []line {
	out := []line{{id: "title", style: docx.Title, text: v.Title}}
	switch {
	case v.Symbol != "" && v.OwnDraft && v.Session == "": // nobody circulated it
		out = append(out, line{id: "status", style: docx.Small, text: v.Symbol + ", " + v.Status.Format("2 January 2006, 15:04") + "."})
	case v.Symbol != "":
		out = append(out, line{id: "status", style: docx.Small, text: "Non-paper " + v.Symbol + ". Status: " + v.Status.Format("2 January 2006, 15:04") + "."},
			line{id: "request", style: docx.Small, text: "Circulated at the request of the Chair. " + v.Session})
	}
	if v.OwnDraft {
		out = append(out, line{id: "own", style: docx.Small, text: "Draft of the project, made from the paragraphs of the instrument. It is not a text of the Working Group."})
	}
	group := ""
	for i := range v.Questions {
		x := &v.Questions[i]
		if x.Group != group && x.Group != "" {
			out = append(out, line{id: "group:" + x.Group + ":" + x.Key, style: docx.Heading, level: 1, text: x.Group})
		}
		group = x.Group
		out = append(out, line{id: x.Key, number: v.Number(x.Key) + ".", anchor: anchor(x.Key), text: x.Text})
		if note := x.note(); note != "" {
			out = append(out, line{id: x.Key + ":note", style: docx.Small, text: note})
		}
		if x.IfNo != "" {
			out = append(out, line{id: x.Key + ":no", style: docx.Quote, text: "(a) " + x.IfNo})
		}
		if x.IfYes != "" {
			out = append(out, line{id: x.Key + ":yes", style: docx.Quote, text: "(b) " + x.IfYes})
		}
	}
	return out
}

// note says under a question what it is tagged with.
func (x *Question) note() string {
	var parts []string
	for _, p := range []string{x.Article, string(x.Obligation), strings.ReplaceAll(string(x.Status), "_", " ")} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if x.Origin != nil {
		parts = append(parts, "formerly question "+x.Origin.Number+", "+x.Origin.Instrument)
	}
	return strings.Join(parts, "; ")
}

func (l *line) paragraph() *docx.Paragraph {
	return &docx.Paragraph{Style: l.style, Level: l.level, Number: l.number, Anchor: l.anchor, KeepNext: l.style == docx.Heading}
}

// Document is the version as a document of a word processor.
func (v *Version) Document() *docx.Document {
	d := &docx.Document{Title: v.Title, Language: "en", Header: v.Symbol}
	for _, l := range v.lines() {
		p := l.paragraph()
		p.Runs = []docx.Run{{Text: l.text}}
		d.Blocks = append(d.Blocks, p)
	}
	return d
}

// Tracked is the newer of two versions with what changed since the older as
// tracked changes. Accepting them all gives the newer document; refusing them
// all gives the older words, under the numbers of the newer.
func Tracked(from, to *Version, author string, at time.Time) *docx.Document {
	d := &docx.Document{Title: to.Title, Language: "en", Header: to.Symbol}
	before, after := from.lines(), to.lines()
	whole := func(l *line, change *docx.Change) {
		p := l.paragraph()
		if change.Deleted {
			p.Anchor, p.Number = "", ""
		}
		p.Mark, p.Runs = change, []docx.Run{{Text: l.text, Change: change}}
		d.Blocks = append(d.Blocks, p)
	}
	gone, came := &docx.Change{Deleted: true, Author: author, At: at}, &docx.Change{Author: author, At: at}
	i, j := 0, 0
	for _, pair := range append(common(ids(before), ids(after)), [2]int{len(before), len(after)}) {
		for ; i < pair[0]; i++ {
			whole(&before[i], gone)
		}
		for ; j < pair[1]; j++ {
			whole(&after[j], came)
		}
		if i == len(before) && j == len(after) {
			break
		}
		p := after[j].paragraph()
		for _, piece := range Compare(before[i].text, after[j].text) {
			r := docx.Run{Text: piece.Text}
			if piece.Deleted {
				r.Change = gone
			} else if piece.Added {
				r.Change = came
			}
			p.Runs = append(p.Runs, r)
		}
		d.Blocks = append(d.Blocks, p)
		i, j = i+1, j+1
	}
	return d
}

func ids(lines []line) []string {
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = lines[i].id
	}
	return out
}
