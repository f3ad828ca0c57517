package docx

import (
	"slices"
	"strconv"
	"strings"
)

// blocks reads paragraphs and tables, also those within controls and custom markup.
func (r *reader) blocks(n *node, change *Change) []Block {
	var out []Block
	for _, c := range n.children {
		switch c.name {
		case "w:p":
			out = append(out, r.paragraph(c, change))
		case "w:tbl":
			out = append(out, r.table(c, change))
		case "w:sdt":
			out = append(out, r.blocks(c.child("w:sdtContent"), change)...)
		case "w:customXml":
			out = append(out, r.blocks(c, change)...)
		case "w:ins", "w:moveTo":
			out = append(out, r.blocks(c, r.change(c, false))...)
		case "w:del", "w:moveFrom":
			out = append(out, r.blocks(c, r.change(c, true))...)
		case "w:altChunk":
			r.clean(CleanedObject)
		case "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd":
			r.ranged(c)
		}
	}
	// The paragraph that only keeps two tables apart is ours, not the document's.
	return slices.DeleteFunc(out, func(b Block) bool {
		p, ok := b.(*Paragraph)
		return ok && p.Style == spacerStyle
	})
}

const spacerStyle Style = "spacer"

func (r *reader) change(n *node, deleted bool) *Change {
	return &Change{Deleted: deleted, Author: n.attrs["w:author"], At: instant(n.attrs["w:date"])}
}

func (r *reader) paragraph(n *node, change *Change) *Paragraph {
	p := &Paragraph{}
	r.properties(p, n.child("w:pPr"))
	if len(n.children) == 1 && n.child("w:pPr").child("w:spacing").attrs["w:after"] == "0" {
		p.Style = spacerStyle
	}
	r.runs(p, n, change)
	p.Runs = joined(p.Runs)
	return p
}

func (r *reader) properties(p *Paragraph, n *node) {
	if s, ok := r.styles[n.val("w:pStyle")]; ok {
		p.Style, p.Level = s.style, s.level
	}
	p.KeepNext = n.has("w:keepNext")
	if num := n.child("w:numPr"); num.name != "" && p.Style != Heading {
		id, level := num.val("w:numId"), num.val("w:ilvl")
		if level == "" {
			level = "0"
		}
		if p.List = r.lists[id][level]; p.List != NoList {
			p.Level, _ = strconv.Atoi(level) // a level of the list, so a digit
		}
		if r.restarts[id] && !r.seen[id] {
			r.seen[id], p.Restart = true, true
		}
	}
	if bidi := n.has("w:bidi"); bidi != r.doc.RightToLeft {
		p.Direction = map[bool]Direction{true: RightToLeft, false: LeftToRight}[bidi]
	}
	switch n.val("w:jc") {
	case "center":
		p.Align = Centre
	case "end", "right":
		p.Align = End
	}
	mark := n.child("w:rPr")
	for _, c := range mark.children {
		switch c.name {
		case "w:ins", "w:moveTo":
			p.Mark = r.change(c, false)
		case "w:del", "w:moveFrom":
			p.Mark = r.change(c, true)
		}
	}
}

// runs reads what is in a paragraph into it.
func (r *reader) runs(p *Paragraph, n *node, change *Change) {
	for _, c := range n.children {
		switch c.name {
		case "w:r":
			r.run(p, c, change)
		case "w:ins", "w:moveTo":
			r.runs(p, c, r.change(c, false))
		case "w:del", "w:moveFrom":
			r.runs(p, c, r.change(c, true))
		case "w:sdt":
			r.runs(p, c.child("w:sdtContent"), change)
		case "w:fldSimple":
			r.field(c.attrs["w:instr"])
			r.runs(p, c, change)
		case "w:hyperlink", "w:smartTag", "w:customXml", "w:dir", "w:bdo":
			r.runs(p, c, change)
		case "mc:AlternateContent":
			r.runs(p, c.child("mc:Fallback"), change)
		case "m:oMath", "m:oMathPara":
			r.clean(CleanedFormula)
		case "w:bookmarkStart":
			if name := c.attrs["w:name"]; p.Anchor == "" && !strings.HasPrefix(name, "_") {
				p.Anchor = name
			}
		case "w:commentRangeStart", "w:commentRangeEnd":
			r.ranged(c)
		}
	}
}

// ranged opens or closes a comment.
func (r *reader) ranged(n *node) {
	at, known := r.comments[n.attrs["w:id"]]
	switch {
	case !known:
	case n.name == "w:commentRangeStart" && !slices.Contains(r.open, at):
		r.open = append(slices.Clone(r.open), at)
	case n.name == "w:commentRangeEnd":
		r.open = slices.DeleteFunc(slices.Clone(r.open), func(o int) bool { return o == at })
	}
}

// field names what a field would fetch from elsewhere.
func (r *reader) field(instruction string) {
	words := strings.Fields(strings.ToUpper(instruction))
	if len(words) > 0 && (strings.HasPrefix(words[0], "DDE") || strings.HasPrefix(words[0], "INCLUDE") || words[0] == "LINK" || words[0] == "DATABASE" || words[0] == "MACROBUTTON") {
		r.clean(CleanedField)
	}
}

func (r *reader) run(p *Paragraph, n *node, change *Change) {
	look := n.child("w:rPr")
	if r.isNumber(p, n, look) {
		return
	}
	like := Run{Bold: look.has("w:b") || look.has("w:bCs"), Italic: look.has("w:i") || look.has("w:iCs"), Strike: look.has("w:strike"),
		Underline: look.has("w:u"), Raised: look.val("w:vertAlign") == "superscript", Change: change, Comments: r.open}
	add := func(text string) {
		piece := like
		piece.Text = text
		p.Runs = append(p.Runs, piece)
	}
	for _, c := range n.children {
		switch c.name {
		case "w:t", "w:delText":
			add(c.words())
		case "w:tab":
			add("\t")
		case "w:br", "w:cr":
			add("\n")
		case "w:noBreakHyphen":
			add("\u2011")
		case "w:softHyphen":
			add("\u00ad")
		case "w:sym":
			add("\ufffd") // a sign of a font of its own: which, nobody else knows
		case "w:instrText":
			r.field(c.words())
		case "w:footnoteReference":
			r.footnote(p, c.attrs["w:id"], change)
		case "w:drawing", "w:pict":
			r.clean(CleanedPicture)
		case "w:object", "w:control":
			r.clean(CleanedObject)
		case "mc:AlternateContent":
			fallback := *c.child("mc:Fallback")
			fallback.children = append([]*node{look}, fallback.children...)
			r.run(p, &fallback, change)
		}
	}
}

// isNumber takes a run that is the written number of its paragraph.
func (r *reader) isNumber(p *Paragraph, n, look *node) bool {
	if look.val("w:rStyle") != "Number" || len(p.Runs) > 0 {
		return false
	}
	p.Number = strings.TrimSuffix(plain(n), "\t")
	return p.Number != ""
}

func (r *reader) footnote(p *Paragraph, id string, change *Change) {
	note := r.notes[id]
	if note == nil {
		return
	}
	delete(r.notes, id) // one reference each: no loops
	outer := r.open
	r.open = nil
	inner := &Paragraph{}
	for _, c := range note.children {
		if c.name != "w:p" {
			continue
		}
		if len(inner.Runs) > 0 {
			inner.Runs = append(inner.Runs, Run{Text: "\n"})
		}
		runs := r.paragraph(c, nil).Runs
		if len(inner.Runs) == 0 && len(runs) > 0 { // what stands between the sign and the words
			runs[0].Text = strings.TrimPrefix(runs[0].Text, "\t")
		}
		inner.Runs = append(inner.Runs, runs...)
	}
	r.open = outer
	p.Runs = append(p.Runs, Run{Footnote: joined(inner.Runs), Change: change, Comments: r.open})
}

func (r *reader) table(n *node, change *Change) *Table {
	t := &Table{}
	total := 0
	var grid []int
	for _, c := range n.child("w:tblGrid").children {
		w, err := strconv.Atoi(c.attrs["w:w"])
		if err != nil || w < 0 {
			w = 0
		}
		grid, total = append(grid, w), total+w
	}
	for _, w := range grid {
		if total > 0 {
			t.Widths = append(t.Widths, (w*100+total/2)/total)
		}
	}
	for _, c := range n.children {
		switch c.name {
		case "w:tr":
			t.Rows = append(t.Rows, r.row(c, change))
		case "w:sdt":
			for _, inner := range c.child("w:sdtContent").children {
				if inner.name == "w:tr" {
					t.Rows = append(t.Rows, r.row(inner, change))
				}
			}
		}
	}
	return t
}

func (r *reader) row(n *node, change *Change) Row {
	properties := n.child("w:trPr")
	row := Row{Header: properties.has("w:tblHeader"), Change: change}
	if c := properties.child("w:ins"); c.name != "" {
		row.Change = r.change(c, false)
	}
	if c := properties.child("w:del"); c.name != "" {
		row.Change = r.change(c, true)
	}
	for _, c := range n.children {
		if c.name == "w:sdt" {
			c = c.child("w:sdtContent").child("w:tc")
		}
		if c.name != "w:tc" {
			continue
		}
		cell := Cell{}
		if span, err := strconv.Atoi(c.child("w:tcPr").val("w:gridSpan")); err == nil && span > 1 && span < 64 {
			cell.Span = span
		}
		cell.Paragraphs = r.cell(r.blocks(c, nil))
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// cell keeps the paragraphs of a cell; of a table in it, its words.
func (r *reader) cell(blocks []Block) []*Paragraph {
	var out []*Paragraph
	for _, b := range blocks {
		switch b := b.(type) {
		case *Paragraph:
			out = append(out, b)
		case *Table:
			r.clean(CleanedNested)
			for _, row := range b.Rows {
				for _, c := range row.Cells {
					out = append(out, c.Paragraphs...)
				}
			}
		}
	}
	return out
}
