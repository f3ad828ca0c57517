package pdf

import (
	"fmt"
	"html"
	"strings"

	"palermo/document/docx"
)

// style of the printed page. Everything is placed from the start of a line, so that it holds from right to left.
const style = `
body { font: 10.5pt/1.45 "Noto Sans P", "Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic", sans-serif; color: #1b1b1b; margin: 0; }
h1.title { font-size: 20pt; margin: 0 0 8pt; } h1 { font-size: 15pt; margin: 18pt 0 4pt; } h2 { font-size: 12pt; margin: 12pt 0 4pt; }
h3, h4, h5, h6 { font-size: 10.5pt; margin: 8pt 0 2pt; } h1, h2, h3, h4, h5, h6 { break-after: avoid; line-height: 1.25; }
p { margin: 0 0 4pt; white-space: pre-line; overflow-wrap: anywhere; } .small { font-size: 8.5pt; color: #444; }
.subtitle { font-size: 12pt; } .centre { text-align: center; } .end { text-align: end; } blockquote { margin: 0 0 4pt; margin-inline-start: 10mm; }
ul, ol { margin: 0 0 4pt; padding-inline-start: 6mm; }
table { border-collapse: collapse; width: 100%; margin: 0 0 6pt; table-layout: fixed; } thead { display: table-header-group; }
th, td { text-align: start; vertical-align: top; padding: 2pt 4pt; border-bottom: 0.5pt solid #bbb; } tr { break-inside: avoid; }
ins { text-decoration: underline; } del { text-decoration: line-through; }
`

// page writes the document as HTML for the printer. Its policy lets it fetch and run nothing.
func page(d *docx.Document, fonts string) string {
	var b strings.Builder
	direction := "ltr"
	if d.RightToLeft {
		direction = "rtl"
	}
	fmt.Fprintf(&b, `<!doctype html><html lang="%s" dir="%s"><head><meta charset="utf-8">`, html.EscapeString(d.Language), direction)
	b.WriteString(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">`)
	fmt.Fprintf(&b, "<title>%s</title><style>%s%s%s</style></head><body>", html.EscapeString(d.Title), fonts, style, margins(d.Header))
	for i := 0; i < len(d.Blocks); i++ {
		switch block := d.Blocks[i].(type) {
		case *docx.Table:
			writeTable(&b, block)
		case *docx.Paragraph:
			if block.List == docx.NoList {
				writeParagraph(&b, block)
				continue
			}
			i += writeList(&b, d.Blocks[i:]) - 1
		}
	}
	b.WriteString("</body></html>")
	return b.String()
}

// margins puts the head of the document and the number of the page on each one.
func margins(header string) string {
	quoted := func(r rune) string {
		if r == '\\' || r == '"' || r == '<' || r == '>' || r < ' ' {
			return fmt.Sprintf(`\%x `, r)
		}
		return string(r)
	}
	var text strings.Builder
	for _, r := range header {
		text.WriteString(quoted(r))
	}
	const small = `font: 8pt "Noto Sans P", "Noto Sans", sans-serif; color: #444;`
	return fmt.Sprintf(`@page { size: A4; margin: 20mm 16mm; @top-center { %s width: 100%%; text-align: start; content: "%s"; } @bottom-center { %s content: counter(page) " / " counter(pages); } }`,
		small, text.String(), small)
}

// writeList writes the items that follow each other and gives how many they are.
func writeList(b *strings.Builder, blocks []docx.Block) (items int) {
	kind := blocks[0].(*docx.Paragraph).List
	tag := map[docx.List]string{docx.Bullets: "ul", docx.Numbers: "ol"}[kind]
	b.WriteString("<" + tag + ">")
	for _, block := range blocks {
		p, ok := block.(*docx.Paragraph)
		if !ok || p.List != kind || items > 0 && p.Restart {
			break
		}
		b.WriteString("<li>")
		writeRuns(b, p.Runs)
		b.WriteString("</li>")
		items++
	}
	b.WriteString("</" + tag + ">")
	return items
}

func writeParagraph(b *strings.Builder, p *docx.Paragraph) {
	tag, class := "p", string(p.Align)
	switch p.Style {
	case docx.Title:
		tag, class = "h1", "title "+class
	case docx.Heading:
		tag = fmt.Sprintf("h%d", min(max(p.Level, 1), 6))
	case docx.Quote:
		tag = "blockquote"
	case docx.Subtitle, docx.Small:
		class = string(p.Style) + " " + class
	}
	fmt.Fprintf(b, `<%s class="%s"`, tag, strings.TrimSpace(class))
	if p.Direction != docx.AsDocument {
		fmt.Fprintf(b, ` dir="%s"`, p.Direction)
	}
	b.WriteString(">")
	if p.Number != "" {
		b.WriteString(html.EscapeString(p.Number) + " ")
	}
	writeRuns(b, p.Runs)
	b.WriteString("</" + tag + ">")
}

func writeRuns(b *strings.Builder, runs []docx.Run) {
	for _, r := range runs {
		if r.Footnote != nil {
			b.WriteString(" (")
			writeRuns(b, r.Footnote)
			b.WriteString(")")
			continue
		}
		var looks []string
		for _, look := range []struct {
			has bool
			tag string
		}{{r.Bold, "b"}, {r.Italic, "i"}, {r.Underline, "u"}, {r.Strike, "s"}, {r.Raised, "sup"},
			{r.Change != nil && !r.Change.Deleted, "ins"}, {r.Change != nil && r.Change.Deleted, "del"}} {
			if look.has {
				looks = append(looks, look.tag)
			}
		}
		for _, tag := range looks {
			b.WriteString("<" + tag + ">")
		}
		b.WriteString("<bdi>" + html.EscapeString(r.Text) + "</bdi>")
		for i := len(looks) - 1; i >= 0; i-- {
			b.WriteString("</" + looks[i] + ">")
		}
	}
}

func writeTable(b *strings.Builder, t *docx.Table) {
	b.WriteString("<table>")
	if len(t.Widths) > 0 {
		b.WriteString("<colgroup>")
		for _, w := range t.Widths {
			fmt.Fprintf(b, `<col style="width:%d%%">`, w)
		}
		b.WriteString("</colgroup>")
	}
	for i, row := range t.Rows {
		if row.Header && i == 0 {
			b.WriteString("<thead>")
		}
		writeRow(b, row)
		if row.Header && i == 0 {
			b.WriteString("</thead>")
		}
	}
	b.WriteString("</table>")
}

func writeRow(b *strings.Builder, row docx.Row) {
	b.WriteString("<tr>")
	for i, cell := range row.Cells {
		tag, attributes := "td", ""
		switch {
		case row.Header:
			tag, attributes = "th", ` scope="col"`
		case i == 0 && len(row.Cells) > 1:
			tag, attributes = "th", ` scope="row"`
		}
		if cell.Span > 1 {
			attributes += fmt.Sprintf(` colspan="%d"`, cell.Span)
		}
		b.WriteString("<" + tag + attributes + ">")
		for _, p := range cell.Paragraphs {
			writeParagraph(b, p)
		}
		b.WriteString("</" + tag + ">")
	}
	b.WriteString("</tr>")
}
