package questionnaire

import (
	"strings"
	"unicode"
)

// split cuts a text into words, spaces and signs; nothing is lost. A vowel mark
// stays with its letter; a Chinese character is a word.
func split(text string) []string {
	var out []string
	start, kind := 0, 0
	for i, r := range text {
		k := kindOf(r)
		if i > 0 && (k != kind || k == sign || k == ideograph) && !unicode.Is(unicode.M, r) {
			out = append(out, text[start:i])
			start = i
		}
		if i == 0 || !unicode.Is(unicode.M, r) {
			kind = k
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

const (
	sign = iota
	word
	space
	ideograph
)

func kindOf(r rune) int {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
		return ideograph
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.M, r), r == '\u200c', r == '\u200d':
		return word
	case unicode.IsSpace(r):
		return space
	}
	return sign
}

// edit replaces the words from one place to another.
type edit struct {
	from, to int // in the words of the base
	words    []string
}

// changes are the edits that make one text of another, in order and apart from each other.
func changes(base, text []string) []edit {
	head := 0
	for head < len(base) && head < len(text) && base[head] == text[head] {
		head++
	}
	tail := 0
	for tail < len(base)-head && tail < len(text)-head && base[len(base)-1-tail] == text[len(text)-1-tail] {
		tail++
	}
	a, b := base[head:len(base)-tail], text[head:len(text)-tail]
	var edits []edit
	i, j := 0, 0
	for _, p := range append(common(a, b), [2]int{len(a), len(b)}) {
		if p[0] > i || p[1] > j {
			edits = append(edits, edit{from: head + i, to: head + p[0], words: b[j:p[1]]})
		}
		i, j = p[0]+1, p[1]+1
	}
	return edits
}

// mostCells bounds the work of a comparison: texts that differ by more than some two thousand words each are replaced as a whole.
const mostCells = 4 << 20

// common is a longest common subsequence, as pairs of places.
func common(a, b []string) [][2]int {
	if len(a)*len(b) > mostCells || len(a) == 0 || len(b) == 0 {
		return nil
	}
	width := len(b) + 1
	best := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i*width+j] = best[(i+1)*width+j+1] + 1
			} else {
				best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1])
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case best[(i+1)*width+j] >= best[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// Piece is a stretch of text that is kept, was taken out, or was put in.
type Piece struct {
	Text    string
	Deleted bool
	Added   bool
}

// Compare gives the pieces by which one text became another, word by word.
func Compare(from, to string) []Piece {
	base := split(from)
	var out []Piece
	add := func(p Piece) {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	at := 0
	for _, e := range changes(base, split(to)) {
		add(Piece{Text: strings.Join(base[at:e.from], "")})
		add(Piece{Text: strings.Join(base[e.from:e.to], ""), Deleted: true})
		add(Piece{Text: strings.Join(e.words, ""), Added: true})
		at = e.to
	}
	add(Piece{Text: strings.Join(base[at:], "")})
	return out
}
