package docx

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var equal = cmpopts.EquateEmpty()

func again(t interface {
	Helper()
	Fatal(...any)
}, d *Document) *Document {
	t.Helper()
	b, err := Bytes(d)
	if err != nil {
		t.Fatal(err)
	}
	back, cleaned, err := Read(b)
	if err != nil || len(cleaned) > 0 {
		t.Fatal(cleaned, err)
	}
	return back
}

var words = rapid.StringMatching(`[a-zéاَلحق人 <&"]{1,8}[a-zم.]`)

func drawChange(t *rapid.T) *Change {
	switch rapid.IntRange(0, 3).Draw(t, "change") {
	case 0:
		return &Change{Author: rapid.SampledFrom([]string{"Chair", "Nigeria & <others>"}).Draw(t, "author"), At: time.Date(2018, 7, 3, 18, 0, 0, 0, time.UTC)}
	case 1:
		return &Change{Deleted: true, Author: "Italy", At: time.Date(2018, 7, 2, 9, 30, 1, 0, time.UTC)}
	}
	return nil
}

func drawRuns(t *rapid.T) []Run {
	var runs []Run
	for range rapid.IntRange(0, 5).Draw(t, "runs") {
		r := Run{Text: words.Draw(t, "words"), Bold: rapid.Bool().Draw(t, "bold"), Italic: rapid.Bool().Draw(t, "italic"), Underline: rapid.Bool().Draw(t, "underline"),
			Strike: rapid.Bool().Draw(t, "strike"), Raised: rapid.Bool().Draw(t, "raised"), Change: drawChange(t)}
		switch rapid.IntRange(0, 8).Draw(t, "special") {
		case 0:
			r.Text = "\t" + r.Text + "\n"
		case 1:
			r = Run{Footnote: []Run{{Text: words.Draw(t, "note"), Italic: true}}, Change: r.Change}
		}
		runs = append(runs, r)
	}
	return joined(runs)
}

func drawParagraph(t *rapid.T) *Paragraph {
	p := &Paragraph{Style: rapid.SampledFrom([]Style{Plain, Title, Subtitle, Heading, Quote, Small}).Draw(t, "style"),
		Align:     rapid.SampledFrom([]Align{Start, Centre, End}).Draw(t, "align"),
		Direction: rapid.SampledFrom([]Direction{AsDocument, AsDocument, RightToLeft}).Draw(t, "direction"),
		KeepNext:  rapid.Bool().Draw(t, "keep"), Mark: drawChange(t), Runs: drawRuns(t)}
	if p.Style == Heading {
		p.Level = rapid.IntRange(1, 6).Draw(t, "level")
	} else if p.List = rapid.SampledFrom([]List{NoList, Bullets, Numbers}).Draw(t, "list"); p.List != NoList {
		p.Level = rapid.IntRange(0, 8).Draw(t, "level")
		p.Restart = p.List == Numbers && rapid.Bool().Draw(t, "restart")
	}
	if p.List == NoList {
		p.Number = rapid.SampledFrom([]string{"", "12.", "(a)"}).Draw(t, "number")
		p.Anchor = rapid.SampledFrom([]string{"", "q_01"}).Draw(t, "anchor")
	}
	return p
}

func drawDocument(t *rapid.T) *Document {
	d := &Document{Title: "Draft <1>", Language: rapid.SampledFrom([]string{"en", "ar"}).Draw(t, "language"), Header: "CTOC/COP/WG.4/2018/X"}
	d.RightToLeft = d.Language == "ar"
	for range rapid.IntRange(1, 6).Draw(t, "blocks") {
		if rapid.IntRange(0, 4).Draw(t, "table") > 0 {
			p := drawParagraph(t)
			if d.RightToLeft && p.Direction == RightToLeft {
				p.Direction = LeftToRight
			}
			d.Blocks = append(d.Blocks, p)
			continue
		}
		table := &Table{Widths: []int{30, 70}}
		for range rapid.IntRange(1, 3).Draw(t, "rows") {
			table.Rows = append(table.Rows, Row{Header: rapid.Bool().Draw(t, "header"), Change: drawChange(t), Cells: []Cell{
				{Paragraphs: []*Paragraph{{Runs: drawRuns(t)}}}, {Paragraphs: []*Paragraph{{Runs: drawRuns(t)}}}}})
		}
		d.Blocks = append(d.Blocks, table)
	}
	n := 0
	eachRun(d, func(r *Run) {
		if rapid.IntRange(0, 5).Draw(t, "comment") == 0 {
			r.Comments = []int{n}
			d.Comments = append(d.Comments, Comment{Author: "Observer", At: time.Date(2018, 7, 2, 10, 0, 0, 0, time.UTC), Text: "one\ntwo " + fmt.Sprint(n)})
			n++
		}
	})
	return d
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDocument(t)
		if diff := cmp.Diff(d, again(t, d), equal); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDocument(t)
		a, errA := Bytes(d)
		b, errB := Bytes(d)
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Fatal("two writings differ", errA, errB)
		}
	})
}

func TestSettlingChangesLeavesNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDocument(t)
		for _, settled := range []*Document{d.Accepted(), d.Rejected()} {
			if diff := cmp.Diff(settled, settled.Accepted(), equal); diff != "" {
				t.Fatal("something was still tracked", diff)
			}
			if diff := cmp.Diff(settled, again(t, settled), equal); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestAcceptingTakesTheNewWordsAndRejectingTheOld(t *testing.T) {
	in, out := &Change{Author: "A"}, &Change{Deleted: true, Author: "A"}
	d := &Document{Blocks: []Block{
		&Paragraph{Runs: []Run{{Text: "States "}, {Text: "should", Change: out}, {Text: "shall", Change: in}, {Text: " inform"}}},
		&Paragraph{Mark: out, Runs: []Run{{Text: "gone", Change: out}}},
		&Paragraph{Mark: in, Runs: []Run{{Text: "come", Change: in}}},
		P("end"),
	}}
	lines := func(d *Document) (all []string) {
		for _, b := range d.Blocks {
			all = append(all, b.(*Paragraph).Text())
		}
		return all
	}
	if diff := cmp.Diff([]string{"States shall inform", "come", "end"}, lines(d.Accepted())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"States should inform", "gone", "end"}, lines(d.Rejected())); diff != "" {
		t.Error(diff)
	}
}

// A deleted end joins a paragraph with the next.
func TestADeletedEndJoinsParagraphs(t *testing.T) {
	d := &Document{Blocks: []Block{&Paragraph{Mark: &Change{Deleted: true}, Runs: []Run{{Text: "one "}}}, P("two")}}
	got := d.Accepted()
	if len(got.Blocks) != 1 || got.Blocks[0].(*Paragraph).Text() != "one two" {
		t.Errorf("%v", got.Blocks)
	}
}
