package questionnaire

import (
	"cmp"
	"slices"
	"strings"
)

// Amendment is the whole text as a delegation would have it.
type Amendment struct {
	By   string
	Text string
}

// Segment is a stretch of a merged text: as it was, or as amended.
type Segment struct {
	Base string
	// Versions are what delegations would have here; none where nobody amends. The same words are one version with all who want them.
	Versions []Alternative
}

// Alternative is what one or more delegations would have.
type Alternative struct {
	Text string
	By   []string
}

// Conflict reports that delegations want different words here.
func (s *Segment) Conflict() bool { return len(s.Versions) > 1 }

// owned is an edit with whose it is.
type owned struct {
	edit
	amendment int
}

// Merge puts amendments of one text together. Where they touch different words
// all of them hold; where they differ on the same words each is kept with whose
// it is, and nothing is decided.
func Merge(base string, amendments []Amendment) []Segment {
	words := split(base)
	var edits []owned
	for i, a := range amendments {
		for _, e := range changes(words, split(a.Text)) {
			edits = append(edits, owned{e, i})
		}
	}
	slices.SortStableFunc(edits, func(a, b owned) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out []Segment
	at := 0
	for len(edits) > 0 {
		from, to, n := edits[0].from, edits[0].to, 1
		for n < len(edits) && meets(edits[n].edit, to) {
			to = max(to, edits[n].to)
			n++
		}
		out = kept(out, words[at:from])
		out = append(out, Segment{Base: strings.Join(words[from:to], ""), Versions: versions(words, from, to, edits[:n], amendments)})
		at, edits = to, edits[n:]
	}
	return kept(out, words[at:])
}

// meets reports that an edit is on words that another, which began no later
// and ends at to, is on too. Edits that touch meet: which of two insertions at
// one place comes first is for people to say.
func meets(e edit, to int) bool { return e.from <= to }

func kept(out []Segment, words []string) []Segment {
	if len(words) == 0 {
		return out
	}
	return append(out, Segment{Base: strings.Join(words, "")})
}

// versions are the words from one place to another as each amendment that touches them would have them.
func versions(words []string, from, to int, edits []owned, amendments []Amendment) []Alternative {
	var order []int
	mine := map[int][]edit{}
	for _, e := range edits {
		if mine[e.amendment] == nil {
			order = append(order, e.amendment)
		}
		mine[e.amendment] = append(mine[e.amendment], e.edit)
	}
	slices.Sort(order)
	var out []Alternative
	for _, i := range order {
		text := applied(words, from, to, mine[i])
		at := slices.IndexFunc(out, func(a Alternative) bool { return a.Text == text })
		if at < 0 {
			out, at = append(out, Alternative{Text: text}), len(out)
		}
		out[at].By = append(out[at].By, amendments[i].By)
	}
	return out
}

func applied(words []string, from, to int, edits []edit) string {
	var b strings.Builder
	for _, e := range edits {
		b.WriteString(strings.Join(words[from:e.from], ""))
		b.WriteString(strings.Join(e.words, ""))
		from = e.to
	}
	b.WriteString(strings.Join(words[from:to], ""))
	return b.String()
}

// Merged is the text with all amendments, and whether nothing in it is in conflict.
func Merged(segments []Segment) (text string, agreed bool) {
	var b strings.Builder
	agreed = true
	for i := range segments {
		s := &segments[i]
		switch {
		case s.Conflict():
			agreed = false
			b.WriteString(s.bracketed())
		case len(s.Versions) == 1:
			b.WriteString(s.Versions[0].Text)
		default:
			b.WriteString(s.Base)
		}
	}
	return b.String(), agreed
}

// bracketed is a conflict as a rolling text shows it: each version in square brackets.
func (s *Segment) bracketed() string {
	var shown []string
	for _, v := range s.Versions {
		if strings.TrimSpace(v.Text) != "" {
			shown = append(shown, "["+v.Text+"]")
		}
	}
	return strings.Join(shown, " ")
}

// As is the text as one delegation would have it.
func As(segments []Segment, by string) string {
	var b strings.Builder
	for i := range segments {
		text := segments[i].Base
		for _, v := range segments[i].Versions {
			if slices.Contains(v.By, by) {
				text = v.Text
			}
		}
		b.WriteString(text)
	}
	return b.String()
}

// Bracketed is a text with what another would have, each wording in square
// brackets where they differ on words: "States [should] [shall] inform".
func Bracketed(from, to string) string {
	var b strings.Builder
	last := Piece{}
	for _, p := range Compare(from, to) {
		switch {
		case !p.Deleted && !p.Added:
			b.WriteString(p.Text)
		case last.Deleted && p.Added:
			b.WriteString(" [" + p.Text + "]")
		default:
			b.WriteString("[" + p.Text + "]")
		}
		last = p
	}
	return b.String()
}
