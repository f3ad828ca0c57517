package questionnaire

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"palermo/document/docx"
	"palermo/fault"
)

var (
	at     = time.Date(2018, 7, 3, 18, 0, 0, 0, time.UTC)
	phrase = rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"the", "State", "shall", "may", "والدولة", "الطَّرَف", "国家", ",", ".", " ", " ", " ", "(a)"}), 1, 12).Draw(t, "words"), "")
	})
)

func pieces(list []Piece, leave func(Piece) bool) string {
	var b strings.Builder
	for _, p := range list {
		if !leave(p) {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestAComparisonHoldsBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := phrase.Draw(t, "from"), phrase.Draw(t, "to")
		got := Compare(from, to)
		if a := pieces(got, func(p Piece) bool { return p.Added }); a != from {
			t.Fatalf("%q became %q", from, a)
		}
		if b := pieces(got, func(p Piece) bool { return p.Deleted }); b != to {
			t.Fatalf("%q became %q", to, b)
		}
	})
}

func TestAComparisonIsOnWords(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"States should inform victims.", "States shall inform victims.", "States -should-+shall+ inform victims."},
		{"a b", "a, b", "a+,+ b"},
		{"على الدول أن تبلغ", "على الدول الأطراف أن تبلغ", "على الدول +الأطراف +أن تبلغ"},
		{"缔约国应当", "缔约国必须", "缔约国-应当-+必须+"},
		{"same", "same", "same"},
	} {
		var b strings.Builder
		for _, p := range Compare(c.from, c.to) {
			mark := map[bool]string{true: "-"}[p.Deleted] + map[bool]string{true: "+"}[p.Added]
			b.WriteString(mark + p.Text + mark)
		}
		if b.String() != c.want {
			t.Errorf("%s, not %s", b.String(), c.want)
		}
	}
}

func drawAmendments(t *rapid.T) []Amendment {
	var list []Amendment
	for i := range rapid.IntRange(1, 5).Draw(t, "amendments") {
		list = append(list, Amendment{By: fmt.Sprint("delegation ", i), Text: phrase.Draw(t, "text")})
	}
	return list
}

func TestNoAmendmentIsLostInAMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, list := phrase.Draw(t, "base"), drawAmendments(t)
		segments := Merge(base, list)
		for _, a := range list {
			if got := As(segments, a.By); got != a.Text {
				t.Fatalf("%s wants %q, the merge has %q", a.By, a.Text, got)
			}
		}
		if got := As(segments, "nobody"); got != base {
			t.Fatalf("the base became %q", got)
		}
	})
}

func TestTheOrderOfAmendmentsDecidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, list := phrase.Draw(t, "base"), drawAmendments(t)
		text, agreed := Merged(Merge(base, list))
		slices.Reverse(list)
		other, also := Merged(Merge(base, list))
		if agreed != also || agreed && text != other {
			t.Fatalf("%q and %q", text, other)
		}
	})
}

func TestAmendmentsOfDifferentWordsHoldTogetherAndOfTheSameWordsConflict(t *testing.T) {
	const base = "States should inform victims of their rights."
	text, agreed := Merged(Merge(base, []Amendment{{"A", "States shall inform victims of their rights."}, {"B", "States should inform victims of all their rights."}}))
	if !agreed || text != "States shall inform victims of all their rights." {
		t.Errorf("%q %v", text, agreed)
	}
	text, agreed = Merged(Merge(base, []Amendment{{"A", "States shall inform victims of their rights."}, {"B", "States may inform victims of their rights."}}))
	if agreed || text != "States [shall] [may] inform victims of their rights." {
		t.Errorf("%q %v", text, agreed)
	}
}

func one(key, text string) Question { return Question{Key: key, Text: text, Status: Open} }

func TestAProposalOnWordsThatChangedIsAConflictShownAgainstBoth(t *testing.T) {
	q := &Questionnaire{Questions: []Question{one("a", "States should inform.")}}
	first := &Proposal{Act: Replace, Key: "a", Base: "States should inform.", Text: "States shall inform.", By: "A"}
	second := &Proposal{Act: Replace, Key: "a", Base: "States should inform.", Text: "States may inform.", By: "B"}
	if err := q.Accept(first); err != nil {
		t.Fatal(err)
	}
	if err := q.Accept(second); !fault.Is(err, fault.CodeConflict) {
		t.Fatal(err)
	}
	if got := q.Questions[0].Text; got != "States shall inform." {
		t.Errorf("%q", got)
	}
	if text, agreed := Merged(second.Against(q.Questions[0].Text).Together); agreed || text != "States [shall] [may] inform." {
		t.Errorf("%q", text)
	}
}

func TestMovedQuestionsKeepTheirOriginAndBothAreRenumbered(t *testing.T) {
	from := &Questionnaire{Instrument: "Protocol"}
	for i := 1; i <= 60; i++ {
		from.Questions = append(from.Questions, one(fmt.Sprint("k", i), "text"))
	}
	to := &Questionnaire{Instrument: "Convention", Questions: []Question{one("c", "text"), {Key: "annex", Text: "text", Status: Open, Annex: true}}}
	var keys []string
	for i := 45; i <= 54; i++ {
		keys = append(keys, fmt.Sprint("k", i))
	}
	if err := from.MoveTo(to, at, keys...); err != nil {
		t.Fatal(err)
	}
	if len(from.Questions) != 50 || from.Number("k55") != "45" || to.Number("k45") != "2" || to.Number("k54") != "11" || to.Number("annex") != "A1" {
		t.Error(len(from.Questions), from.Number("k55"), to.Number("k45"), to.Number("annex"))
	}
	if o := to.Questions[to.Find("k50")].Origin; o == nil || o.Number != "50" || o.Instrument != "Protocol" {
		t.Errorf("%+v", o)
	}
	if err := from.MoveTo(to, at, "k1", "k1"); err == nil || len(from.Questions) != 50 {
		t.Error("a question was moved twice")
	}
	if err := to.Check(); err != nil {
		t.Error(err)
	}
}

func TestAcceptMovesInsertsAndDeletes(t *testing.T) {
	q := &Questionnaire{Questions: []Question{one("a", "A"), one("b", "B"), one("c", "C")}}
	for _, p := range []Proposal{{Act: Move, Key: "a", After: "c"}, {Act: Insert, Key: "d", After: "b", Text: "D"}, {Act: Delete, Key: "b", Base: "B"}, {Act: Move, Key: "a"}} {
		if err := q.Accept(&p); err != nil {
			t.Fatal(p, err)
		}
	}
	var keys []string
	for _, x := range q.Questions {
		keys = append(keys, x.Key)
	}
	if diff := cmp.Diff([]string{"a", "d", "c"}, keys); diff != "" {
		t.Error(diff)
	}
	if err := q.Accept(&Proposal{Act: Move, Key: "a", After: "a"}); !fault.Is(err, fault.CodeNotFound) {
		t.Error(err)
	}
}

func drawVersion(t *rapid.T) *Version {
	v := &Version{Questionnaire: Questionnaire{Title: "Draft"}, Symbol: rapid.SampledFrom([]string{"", "NP.1", "NP.2"}).Draw(t, "symbol"), Status: at}
	for _, key := range rapid.Permutation([]string{"a", "b", "c", "d"}).Draw(t, "order") {
		if rapid.Bool().Draw(t, "there") {
			v.Questions = append(v.Questions, Question{Key: key, Text: phrase.Draw(t, "text"), Group: rapid.SampledFrom([]string{"", "Protection"}).Draw(t, "group"),
				Article: "article 6", IfNo: rapid.SampledFrom([]string{"", "If no, explain"}).Draw(t, "no"), Status: Open})
		}
	}
	return v
}

func TestAcceptingAllChangesGivesTheNewerTextAndRefusingThemTheOlderWords(t *testing.T) {
	number := cmpopts.IgnoreFields(docx.Paragraph{}, "Number", "Anchor")
	header := cmpopts.IgnoreFields(docx.Document{}, "Header")
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawVersion(t), drawVersion(t)
		b, err := docx.Bytes(Tracked(from, to, "Chair", at))
		if err != nil {
			t.Fatal(err)
		}
		d, _, err := docx.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(to.Document(), d.Accepted(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(from.Document(), d.Rejected(), cmpopts.EquateEmpty(), number, header); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTrackedChangesOfADelegationComeInAsProposals(t *testing.T) {
	v := (&Questionnaire{Title: "Draft", Questions: []Question{one("a", "States should inform."), one("b", "Gone.")}}).Freeze("NP.1", "", at)
	d := v.Document()
	in, out := &docx.Change{Author: "X", At: at}, &docx.Change{Deleted: true, Author: "X", At: at}
	var blocks []docx.Block
	for _, b := range d.Blocks {
		p := b.(*docx.Paragraph)
		switch p.Anchor {
		case "q_a":
			p.Runs = []docx.Run{{Text: "States "}, {Text: "should", Change: out}, {Text: "shall", Change: in}, {Text: " inform."}}
			blocks = append(blocks, p, &docx.Paragraph{Mark: in, Runs: []docx.Run{{Text: "New?", Change: in}}})
			continue
		case "q_b":
			p.Mark, p.Runs = out, []docx.Run{{Text: "Gone.", Change: out}}
		}
		blocks = append(blocks, p)
	}
	d.Blocks = blocks
	b, err := docx.Bytes(d)
	if err != nil {
		t.Fatal(err)
	}
	back, _, err := docx.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	list, left, err := v.Proposals(back, "Italy", func() (string, error) { return "new", nil })
	if err != nil || left != 0 {
		t.Fatal(left, err)
	}
	want := []Proposal{{Act: Replace, Key: "a", Base: "States should inform.", Text: "States shall inform.", By: "Italy", At: at},
		{Act: Insert, Key: "new", After: "a", Text: "New?", By: "Italy", At: at}, {Act: Delete, Key: "b", Base: "Gone.", By: "Italy", At: at}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Fatal(diff)
	}
	for i := range list {
		if err := v.Accept(&list[i]); err != nil {
			t.Error(err)
		}
	}
}
