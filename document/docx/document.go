package docx

import "time"

// Document is a text with its comments.
type Document struct {
	Title       string
	Language    string // BCP 47
	RightToLeft bool   // pages, tables and all paragraphs that say nothing else
	Header      string // a line at the head of every page; empty for none
	Blocks      []Block
	Comments    []Comment
}

// Block is a Paragraph or a Table.
type Block interface{ block() }

func (*Paragraph) block() {}
func (*Table) block()     {}

// Style is what a paragraph is.
type Style string

// The styles that are kept; any other is read as Plain.
const (
	Plain    Style = ""
	Title    Style = "title"
	Subtitle Style = "subtitle"
	Heading  Style = "heading" // of Level 1 to 6
	Quote    Style = "quote"
	Small    Style = "small" // under a title, beside a table
)

// List says what stands before a paragraph of a list.
type List string

// The lists.
const (
	NoList  List = ""
	Bullets List = "bullets"
	Numbers List = "numbers"
)

// Align is where the lines of a paragraph stand; the empty one is at the start.
type Align string

// The places.
const (
	Start  Align = ""
	Centre Align = "centre"
	End    Align = "end"
)

// Direction of a paragraph; the empty one is the document's.
type Direction string

// The directions.
const (
	AsDocument  Direction = ""
	LeftToRight Direction = "ltr"
	RightToLeft Direction = "rtl"
)

// Paragraph is a line or more of text.
type Paragraph struct {
	Style     Style
	Level     int // of a heading from 1; of a list from 0
	List      List
	Restart   bool   // the numbers of the list begin again here
	Number    string // written before the text as it is, such as "12." or "(a)"
	Anchor    string // a name of at most 40 letters, digits and _ that stays with the paragraph (a bookmark)
	Align     Align
	Direction Direction
	KeepNext  bool    // it stays on the page of the paragraph after it
	Mark      *Change // its end was inserted or deleted
	Runs      []Run
}

// Run is text of one look.
type Run struct {
	Text      string // a tab is \t, a new line \n
	Bold      bool
	Italic    bool
	Underline bool
	Strike    bool // struck out by hand: no tracked change
	Raised    bool // superscript
	Change    *Change
	Comments  []int // those that stand on it, by their place in Document.Comments
	Footnote  []Run // then Text is empty
}

// Change is a tracked change.
type Change struct {
	Deleted bool // inserted otherwise
	Author  string
	At      time.Time // to the second
}

// Comment stands on runs.
type Comment struct {
	Author string
	At     time.Time
	Text   string // paragraphs with \n between them
}

// Table is rows of cells.
type Table struct {
	Widths []int // of the columns in per cent; empty for equal ones
	Rows   []Row
}

// Row of a table.
type Row struct {
	Header bool // said again on every page
	Change *Change
	Cells  []Cell
}

// Cell of a row.
type Cell struct {
	Span       int // columns that it fills; 0 and 1 are one
	Paragraphs []*Paragraph
}

// P makes a plain paragraph.
func P(text string) *Paragraph { return &Paragraph{Runs: []Run{{Text: text}}} }

// H makes a heading.
func H(level int, text string) *Paragraph {
	return &Paragraph{Style: Heading, Level: level, KeepNext: true, Runs: []Run{{Text: text}}}
}

// Text is the words of a paragraph without their look, footnotes and changes:
// what was inserted is in it, and what was deleted too.
func (p *Paragraph) Text() string {
	n := 0
	for i := range p.Runs {
		n += len(p.Runs[i].Text)
	}
	b := make([]byte, 0, n)
	for i := range p.Runs {
		b = append(b, p.Runs[i].Text...)
	}
	return string(b)
}
