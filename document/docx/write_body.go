package docx

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// body writes the text of one document, and collects what its parts need.
type body struct {
	d          *Document
	w          strings.Builder
	changes    int     // tracked so far: each has its number
	bookmarks  int     // so far
	restarts   int     // of numbered lists
	notes      [][]Run // the footnotes
	runs       int     // so far, to know where a comment begins and ends
	firstOf    map[int]int
	lastOf     map[int]int
	rightward  bool // the paragraph being written runs from right to left
	isFootnote bool
}

func newBody(d *Document) *body {
	b := &body{d: d, firstOf: map[int]int{}, lastOf: map[int]int{}}
	n := 0
	eachRun(d, func(r *Run) {
		for _, c := range r.Comments {
			if _, known := b.firstOf[c]; !known {
				b.firstOf[c] = n
			}
			b.lastOf[c] = n
		}
		n++
	})
	return b
}

// eachRun goes through the runs in the order in which they are written.
func eachRun(d *Document, fn func(*Run)) {
	paragraph := func(p *Paragraph) {
		for i := range p.Runs {
			fn(&p.Runs[i])
		}
	}
	for _, block := range d.Blocks {
		switch block := block.(type) {
		case *Paragraph:
			paragraph(block)
		case *Table:
			for i := range block.Rows {
				for _, c := range block.Rows[i].Cells {
					for _, p := range c.Paragraphs {
						paragraph(p)
					}
				}
			}
		}
	}
}

func (b *body) printf(format string, args ...any) { fmt.Fprintf(&b.w, format, args...) }

func (b *body) document() string {
	b.printf(`<w:document xmlns:w="%s" xmlns:r="%s"><w:body>`, wordML, relations)
	for i, block := range b.d.Blocks {
		switch block := block.(type) {
		case *Paragraph:
			b.paragraph(block)
		case *Table:
			b.table(block)
			if i+1 == len(b.d.Blocks) || isTable(b.d.Blocks[i+1]) {
				b.w.WriteString(spacer) // two tables that touch would become one
			}
		}
	}
	b.printf(`<w:sectPr><w:headerReference w:type="default" r:id="rId6"/><w:footerReference w:type="default" r:id="rId7"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>`)
	if b.d.RightToLeft {
		b.printf(`<w:bidi/>`)
	}
	b.printf(`</w:sectPr></w:body></w:document>`)
	return b.w.String()
}

const spacer = `<w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p>`

func isTable(block Block) bool {
	_, table := block.(*Table)
	return table
}

func (b *body) paragraph(p *Paragraph) {
	b.rightward = p.Direction == RightToLeft || p.Direction == AsDocument && b.d.RightToLeft
	b.printf(`<w:p>`)
	b.paragraphProperties(p)
	if p.Anchor != "" {
		b.bookmarks++
		b.printf(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, b.bookmarks, escape(p.Anchor))
	}
	if p.Number != "" {
		b.printf(`<w:r><w:rPr><w:rStyle w:val="Number"/></w:rPr>%s<w:tab/></w:r>`, text("t", p.Number))
	}
	for i := range p.Runs {
		b.run(&p.Runs[i])
	}
	if p.Anchor != "" {
		b.printf(`<w:bookmarkEnd w:id="%d"/>`, b.bookmarks)
	}
	b.printf(`</w:p>`)
}

// paragraphProperties follow the order of the schema (CT_PPr).
func (b *body) paragraphProperties(p *Paragraph) {
	b.printf(`<w:pPr>`)
	if s := styleID(p); s != "" {
		b.printf(`<w:pStyle w:val="%s"/>`, s)
	}
	if p.KeepNext {
		b.printf(`<w:keepNext/>`)
	}
	switch {
	case p.List == Bullets:
		b.printf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, p.Level)
	case p.List == Numbers:
		if p.Restart {
			b.restarts++
		}
		b.printf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, p.Level, 2+b.restarts)
	}
	if p.Number != "" {
		b.printf(`<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>`)
	}
	if b.rightward {
		b.printf(`<w:bidi/>`)
	} else if b.d.RightToLeft {
		b.printf(`<w:bidi w:val="0"/>`)
	}
	switch p.Align {
	case Centre:
		b.printf(`<w:jc w:val="center"/>`)
	case End:
		b.printf(`<w:jc w:val="right"/>`)
	}
	if p.Mark != nil {
		b.printf(`<w:rPr>%s</w:rPr>`, b.mark(p.Mark))
	}
	b.printf(`</w:pPr>`)
}

func styleID(p *Paragraph) string {
	switch p.Style {
	case Title:
		return "Title"
	case Subtitle:
		return "Subtitle"
	case Heading:
		return fmt.Sprintf("Heading%d", min(max(p.Level, 1), 6))
	case Quote:
		return "Quote"
	case Small:
		return "Small"
	}
	return ""
}

// mark is a change on the end of a paragraph or on a row.
func (b *body) mark(c *Change) string {
	name := "ins"
	if c.Deleted {
		name = "del"
	}
	return `<w:` + name + b.stamp(c) + `/>`
}

func (b *body) stamp(c *Change) string {
	b.changes++
	return fmt.Sprintf(` w:id="%d" w:author="%s"%s`, b.changes, escape(c.Author), date(c.At))
}

func date(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return ` w:date="` + at.UTC().Format("2006-01-02T15:04:05Z") + `"`
}

func (b *body) run(r *Run) {
	if !b.isFootnote {
		for _, c := range r.Comments {
			if b.firstOf[c] == b.runs {
				b.printf(`<w:commentRangeStart w:id="%d"/>`, c)
			}
		}
	}
	name := "t"
	if r.Change != nil {
		outer := "ins"
		if r.Change.Deleted {
			outer, name = "del", "delText"
		}
		b.printf(`<w:%s%s>`, outer, b.stamp(r.Change))
		defer b.after(r, `</w:`+outer+`>`)
	} else {
		defer b.after(r, "")
	}
	if r.Footnote != nil {
		b.notes = append(b.notes, r.Footnote)
		b.printf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, len(b.notes))
		return
	}
	b.printf(`<w:r>%s%s</w:r>`, b.look(r), text(name, r.Text))
}

// after closes the change, and then the comments that end with the run.
func (b *body) after(r *Run, closing string) {
	b.w.WriteString(closing)
	if b.isFootnote {
		return
	}
	for _, c := range r.Comments {
		if b.lastOf[c] == b.runs {
			b.printf(`<w:commentRangeEnd w:id="%[1]d"/><w:r><w:commentReference w:id="%[1]d"/></w:r>`, c)
		}
	}
	b.runs++
}

// look follows the order of the schema (CT_RPr).
func (b *body) look(r *Run) string {
	var p string
	if r.Bold {
		p += `<w:b/><w:bCs/>`
	}
	if r.Italic {
		p += `<w:i/><w:iCs/>`
	}
	if r.Strike {
		p += `<w:strike/>`
	}
	if r.Underline {
		p += `<w:u w:val="single"/>`
	}
	if r.Raised {
		p += `<w:vertAlign w:val="superscript"/>`
	}
	if b.rightward && leftward(r.Text) {
		p += `<w:rtl/>`
	}
	if p == "" {
		return ""
	}
	return `<w:rPr>` + p + `</w:rPr>`
}

// leftward reports text of a script that is written from right to left.
func leftward(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
	}) >= 0
}

// text is words as the children of a run, with tabs and new lines.
func text(name, s string) string {
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexAny(s, "\t\n")
		words := s
		if i >= 0 {
			words = s[:i]
		}
		if words != "" {
			fmt.Fprintf(&b, `<w:%s xml:space="preserve">%s</w:%s>`, name, escape(words), name)
		}
		if i < 0 {
			break
		}
		b.WriteString(map[byte]string{'\t': `<w:tab/>`, '\n': `<w:br/>`}[s[i]])
		s = s[i+1:]
	}
	return b.String()
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a strings.Builder takes everything
	}
	return b.String()
}
