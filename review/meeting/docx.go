package meeting

import (
	"fmt"
	"io"

	"palermo/document/docx"
)

// WriteDOCX writes the report as a document of a word processor, its numbers as text.
func (r *Report) WriteDOCX(w io.Writer) error {
	d := &docx.Document{Title: r.Title, Language: "en", Header: r.Title}
	add := func(p *docx.Paragraph) { d.Blocks = append(d.Blocks, p) }
	small := func(text string) {
		add(&docx.Paragraph{Style: docx.Small, Runs: []docx.Run{{Text: text}}})
	}
	small(r.Parent)
	if r.Issued != "" {
		small("Distr.: General, " + r.Issued)
	}
	small("Original: " + r.Original)
	add(&docx.Paragraph{Style: docx.Title, Runs: []docx.Run{{Text: r.Title}}})
	for _, b := range r.Blocks {
		if b.Level > 0 {
			add(docx.H(b.Level, b.Heading))
			continue
		}
		p := docx.P(b.Text)
		p.Number, p.Anchor = fmt.Sprintf("%d.", b.Number), fmt.Sprintf("para_%d", b.Number)
		add(p)
		points(b.Points, 0, add)
	}
	return docx.Write(w, d)
}

func points(list []Point, level int, add func(*docx.Paragraph)) {
	for _, x := range list {
		p := docx.P(x.Text)
		p.Number, p.Level = x.Mark, level
		add(p)
		points(x.Points, level+1, add)
	}
}
