package docx

import "slices"

// Accepted is the document with every change taken: nothing in it is tracked.
func (d *Document) Accepted() *Document { return d.settled(true) }

// Rejected is the document as it was before the changes.
func (d *Document) Rejected() *Document { return d.settled(false) }

// keeps reports whether what a change is on stays.
func (c *Change) keeps(accept bool) bool { return c == nil || c.Deleted != accept }

func (d *Document) settled(accept bool) *Document {
	out := *d
	out.Blocks = nil
	var open *Paragraph // whose mark went: the next paragraph goes on in it
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case *Paragraph:
			p := b.settled(accept)
			if open != nil {
				open.Runs = joined(append(open.Runs, p.Runs...))
				p = open
			}
			open = nil
			if b.Mark.keeps(accept) {
				out.Blocks = append(out.Blocks, p)
			} else if len(p.Runs) > 0 {
				open = p
			}
		case *Table:
			if open != nil {
				out.Blocks, open = append(out.Blocks, open), nil
			}
			if t := b.settled(accept); len(t.Rows) > 0 {
				out.Blocks = append(out.Blocks, t)
			}
		}
	}
	if open != nil {
		out.Blocks = append(out.Blocks, open)
	}
	return &out
}

func (p *Paragraph) settled(accept bool) *Paragraph {
	out := *p
	out.Mark, out.Runs = nil, nil
	for _, r := range p.Runs {
		if r.Change.keeps(accept) {
			r.Change = nil
			out.Runs = append(out.Runs, r)
		}
	}
	out.Runs = joined(out.Runs)
	return &out
}

func (t *Table) settled(accept bool) *Table {
	out := &Table{Widths: t.Widths}
	for _, r := range t.Rows {
		if !r.Change.keeps(accept) {
			continue
		}
		row := Row{Header: r.Header}
		for _, c := range r.Cells {
			cell := Cell{Span: c.Span}
			for _, p := range c.Paragraphs {
				if s := p.settled(accept); p.Mark.keeps(accept) || len(s.Runs) > 0 {
					cell.Paragraphs = append(cell.Paragraphs, s)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// joined makes neighbours of one look one run, and drops what is empty.
func joined(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		if r.Text == "" && r.Footnote == nil {
			continue
		}
		if n := len(out); n > 0 && alike(&out[n-1], &r) {
			out[n-1].Text += r.Text
			continue
		}
		out = append(out, r)
	}
	return out
}

func alike(a, b *Run) bool {
	if a.Footnote != nil || b.Footnote != nil || !slices.Equal(a.Comments, b.Comments) || !same(a.Change, b.Change) {
		return false
	}
	return a.Bold == b.Bold && a.Italic == b.Italic && a.Underline == b.Underline && a.Strike == b.Strike && a.Raised == b.Raised
}

func same(a, b *Change) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Deleted == b.Deleted && a.Author == b.Author && a.At.Equal(b.At)
}
