package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Normalise brings name to the one form in which words are compared exactly:
// NFKC, case folded, words parted by one space, hyphens and apostrophes of all
// shapes made - and ', other punctuation dropped. Arabic and Hebrew vowel
// marks, tatweel and hamza go, and letters that differ only by keyboard (Persian
// ya, alef maqsura, ta marbuta and ha) become one. Traditional characters that
// are common in names become simplified ones. Latin, Cyrillic and Indic marks
// stay. Normalise of its own result changes nothing.
func Normalise(name string) string {
	s := strings.ToValidUTF8(name, " ")
	// Dropping a sign can bring two others together that compose, so the steps
	// run until nothing changes; twice is enough for all but contrived input.
	for range 4 {
		next := normaliseOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

func normaliseOnce(s string) string {
	s = accents.Replace(s)
	s = cases.Fold().String(norm.NFKD.String(s))
	s = norm.NFKD.String(s)
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	for _, r := range s {
		r, keep := normaliseRune(r, last)
		if keep {
			b.WriteRune(r)
			last = r
		}
	}
	words := strings.Fields(norm.NFKC.String(b.String()))
	kept := words[:0]
	for _, w := range words {
		w = strings.TrimLeftFunc(w, func(r rune) bool { return r == '-' || r == '\'' || unicode.IsMark(r) })
		w = strings.TrimRight(w, "-'")
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// accents are accents typed as signs of their own where an apostrophe was meant;
// NFKD would make them a space and a mark.
var accents = strings.NewReplacer("´", "'", "`", "'", "΄", "'", "᾽", "'", "᾿", "'", "῾", "'", "‑", "-")

// normaliseRune maps one decomposed, case-folded rune; last is what was kept
// before it.
func normaliseRune(r, last rune) (rune, bool) {
	if m, ok := arabicFold[r]; ok {
		return m, m != 0
	}
	if m, ok := simplified[r]; ok {
		return m, true
	}
	switch {
	case droppedMark(r):
		return 0, false
	case r == '\u0307' && last == 'i': // Turkish capital dotted I, folded
		return 0, false
	case unicode.Is(unicode.Pd, r) || r == '\u2212' || r == '\u05be':
		return '-', last != '-'
	case strings.ContainsRune("'’‘‛ʼʻʹʾʿˈʽꞌꞋ＇׳", r):
		return '\'', last != '\''
	case unicode.IsLetter(r), unicode.IsMark(r):
		return r, true
	case unicode.IsDigit(r):
		return digit(r), true
	case unicode.Is(unicode.Cf, r): // joiners, direction marks, soft hyphens
		return 0, false
	}
	return ' ', true
}

// droppedMark: vowel and recitation marks of Arabic and Hebrew, variation
// selectors, and the joiner that hides between two letters.
func droppedMark(r rune) bool {
	switch {
	case r >= 0x0610 && r <= 0x061a, r >= 0x064b && r <= 0x065f, r == 0x0670,
		r >= 0x06d6 && r <= 0x06ed && unicode.IsMark(r), r >= 0x08d3 && r <= 0x08ff,
		r >= 0x0591 && r <= 0x05c7 && unicode.IsMark(r),
		r >= 0xfe00 && r <= 0xfe0f, r == 0x034f:
		return true
	}
	return false
}

// digit gives the ASCII digit for a decimal digit of any script: Unicode lays
// them out in tens, each beginning at a zero.
func digit(r rune) rune {
	if r <= '9' {
		return r
	}
	zero := r
	for i := 0; i < 9 && unicode.IsDigit(zero-1); i++ {
		zero--
	}
	// Blocks that touch (mathematical digits) are folded by NFKC before.
	return '0' + (r - zero)
}
