package docx

import (
	"fmt"
	"strings"
)

func (b *body) table(t *Table) {
	columns := 0
	for _, r := range t.Rows {
		n := 0
		for _, c := range r.Cells {
			n += max(c.Span, 1)
		}
		columns = max(columns, n)
	}
	b.printf(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>`)
	if b.d.RightToLeft {
		b.printf(`<w:bidiVisual/>`)
	}
	b.printf(`<w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>`)
	for i := range columns {
		b.printf(`<w:gridCol w:w="%d"/>`, 9070*t.width(i, columns)/100)
	}
	b.printf(`</w:tblGrid>`)
	for i := range t.Rows {
		b.row(t, &t.Rows[i], columns)
	}
	b.printf(`</w:tbl>`)
}

func (t *Table) width(column, columns int) int {
	if column < len(t.Widths) {
		return t.Widths[column]
	}
	return 100 / columns
}

func (b *body) row(t *Table, r *Row, columns int) {
	b.printf(`<w:tr>`)
	if r.Header || r.Change != nil {
		b.printf(`<w:trPr>`)
		if r.Header {
			b.printf(`<w:tblHeader/>`)
		}
		if r.Change != nil {
			b.w.WriteString(b.mark(r.Change))
		}
		b.printf(`</w:trPr>`)
	}
	at := 0
	for _, c := range r.Cells {
		span, width := max(c.Span, 1), 0
		for i := at; i < at+span; i++ {
			width += t.width(i, columns)
		}
		at += span
		b.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="pct"/>`, width*50)
		if span > 1 {
			b.printf(`<w:gridSpan w:val="%d"/>`, span)
		}
		b.printf(`</w:tcPr>`)
		for _, p := range c.Paragraphs {
			b.paragraph(p)
		}
		if len(c.Paragraphs) == 0 {
			b.printf(`<w:p/>`)
		}
		b.printf(`</w:tc>`)
	}
	b.printf(`</w:tr>`)
}

// numbering has the bullets as list 1, the numbers as list 2 and one more for each time they begin again.
func (b *body) numbering() string {
	var w strings.Builder
	fmt.Fprintf(&w, `<w:numbering xmlns:w="%s">`, wordML)
	formats := []string{"decimal", "lowerLetter", "lowerRoman"}
	texts := []string{"%%%d.", "(%%%d)", "(%%%d)"}
	for kind := range 2 {
		fmt.Fprintf(&w, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, kind)
		for level := range 9 {
			format, shown := "bullet", []string{"•", "–", "·"}[level%3]
			if kind == 1 {
				format, shown = formats[level%3], fmt.Sprintf(texts[level%3], level+1)
			}
			fmt.Fprintf(&w, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/>`+
				`<w:pPr><w:ind w:left="%d" w:hanging="425"/></w:pPr></w:lvl>`, level, format, shown, 567+425*level)
		}
		w.WriteString(`</w:abstractNum>`)
	}
	w.WriteString(`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>`)
	for i := range b.restarts {
		fmt.Fprintf(&w, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, 3+i)
	}
	w.WriteString(`</w:numbering>`)
	return w.String()
}

func (b *body) footnotes() string {
	b.w.Reset()
	b.isFootnote, b.rightward = true, b.d.RightToLeft
	b.printf(`<w:footnotes xmlns:w="%s"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>`+
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`, wordML)
	for i, note := range b.notes {
		b.printf(`<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>`, i+1)
		if b.rightward {
			b.printf(`<w:bidi/>`)
		}
		b.printf(`</w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/><w:tab/></w:r>`)
		for j := range note {
			if note[j].Footnote == nil { // a footnote has none of its own
				b.run(&note[j])
			}
		}
		b.printf(`</w:p></w:footnote>`)
	}
	b.printf(`</w:footnotes>`)
	return b.w.String()
}

func (b *body) comments() string {
	var w strings.Builder
	fmt.Fprintf(&w, `<w:comments xmlns:w="%s">`, wordML)
	for i, c := range b.d.Comments {
		fmt.Fprintf(&w, `<w:comment w:id="%d" w:author="%s"%s>`, i, escape(c.Author), date(c.At))
		for _, line := range strings.Split(c.Text, "\n") {
			fmt.Fprintf(&w, `<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r>%s</w:r></w:p>`, text("t", line))
		}
		w.WriteString(`</w:comment>`)
	}
	w.WriteString(`</w:comments>`)
	return w.String()
}

func (b *body) header() string {
	bidi := ""
	if b.d.RightToLeft {
		bidi = `<w:bidi/>`
	}
	return fmt.Sprintf(`<w:hdr xmlns:w="%s"><w:p><w:pPr>%s<w:jc w:val="right"/></w:pPr><w:r>%s</w:r></w:p></w:hdr>`, wordML, bidi, text("t", b.d.Header))
}
