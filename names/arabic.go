package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// arabicFold is applied after decomposition: the hamza on its seat is already a
// mark of its own. Zero drops the rune.
var arabicFold = map[rune]rune{
	'ـ': 0, 'ء': 0,
	'ٱ': 'ا', 'ٲ': 'ا', 'ٳ': 'ا',
	'ى': 'ي', 'ی': 'ي', 'ے': 'ي', 'ې': 'ي', 'ۍ': 'ي', 'ێ': 'ي', 'ۓ': 'ي',
	'ة': 'ه', 'ہ': 'ه', 'ھ': 'ه', 'ە': 'ه', 'ۀ': 'ه', 'ۃ': 'ه', 'ۂ': 'ه',
	'ک': 'ك', 'ڪ': 'ك', 'ګ': 'گ', 'ۆ': 'و', 'ۇ': 'و', 'ۈ': 'و', 'ں': 'ن', 'ڼ': 'ن',
}

// arabicLatin transliterates letter by letter; ا, و and ي are decided by their
// place in spoken.
var arabicLatin = map[rune]string{
	'ا': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ٹ': "t", 'ټ': "t", 'ث': "th", 'ج': "j", 'چ': "ch",
	'ح': "h", 'خ': "kh", 'څ': "ts", 'ځ': "z", 'د': "d", 'ڈ': "d", 'ډ': "d", 'ذ': "z", 'ر': "r", 'ڑ': "r",
	'ړ': "r", 'ڕ': "r", 'ز': "z", 'ژ': "zh", 'ږ': "zh", 'س': "s", 'ش': "sh", 'ښ': "sh", 'ص': "s", 'ض': "d",
	'ط': "t", 'ظ': "z", 'ع': "'", 'غ': "gh", 'ف': "f", 'ڤ': "v", 'ۋ': "v", 'ق': "q", 'ك': "k", 'گ': "g", 'ڭ': "ng",
	'ل': "l", 'ڵ': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "w", 'ي': "y",
}

const arabicArticle = "ال"

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) }

// arabicForms transliterates a normalised Arabic-script word. A name from the
// table has its chosen spelling; any other its bare letters as folded form and,
// since short vowels are not written, several guesses for the sound.
func arabicForms(w string) (folded, spoken []string) {
	if c, ok := chosen[w]; ok {
		return []string{c}, []string{c}
	}
	if rest, ok := arabicRest(w, "عبد"); ok {
		f, s := arabicForms(rest)
		return prefixed("abd", f), prefixed("abd", s)
	}
	if base, ok := strings.CutSuffix(w, arabicArticle+"دين"); ok && utf8.RuneCountInString(base) >= 2 {
		f, s := arabicForms(base)
		return suffixed(f, "uddin"), suffixed(s, "uddin")
	}
	bare := withoutArticle(w)
	if c, ok := chosen[bare]; ok {
		return []string{c}, []string{c}
	}
	return []string{arabicBare(bare)}, arabicSpoken([]rune(bare))
}

// withoutArticle takes ال off, where a name is left.
func withoutArticle(w string) string {
	if rest, ok := strings.CutPrefix(w, arabicArticle); ok && utf8.RuneCountInString(rest) >= 3 {
		return rest
	}
	return w
}

// arabicRest is the second part of a compound such as عبدالرحمن, without its article.
func arabicRest(w, first string) (string, bool) {
	rest, ok := strings.CutPrefix(w, first)
	if !ok {
		return "", false
	}
	rest = withoutArticle(rest)
	return rest, utf8.RuneCountInString(rest) >= 3
}

func arabicBare(w string) string {
	var b strings.Builder
	for _, r := range w {
		if l, ok := arabicLatin[r]; ok {
			b.WriteString(l)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// arabicSpoken guesses the first vowel, which is all of the short vowels that
// the phonetic key keeps.
func arabicSpoken(w []rune) []string {
	if len(w) == 0 {
		return nil
	}
	heads, rest := arabicHeads(w)
	var tail strings.Builder
	last := w[len(w)-1]
	for i := rest; i < len(w); i++ {
		r := w[i]
		final := i == len(w)-1
		switch {
		case r == 'ع':
		case r == 'و' && !nextToVowel(w, i):
			tail.WriteString("u")
		case r == 'ي' && !nextToVowel(w, i):
			tail.WriteString("i")
		case r == 'ه' && final && i > 0 && !strings.ContainsRune("او", w[i-1]):
			tail.WriteString("a") // ta marbuta, far more often than ha
		default:
			tail.WriteString(arabicLatin[r])
		}
	}
	out := suffixed(heads, tail.String())
	if last == 'ي' && rest < len(w) && strings.HasSuffix(tail.String(), "i") {
		// Alef maqsura was folded into ya: Salma as well as Salmi.
		out = append(out, suffixed(heads, strings.TrimSuffix(tail.String(), "i")+"a")...)
	}
	return out
}

// arabicHeads gives the possible beginnings of the word up to the first vowel,
// and how many letters they stand for.
func arabicHeads(w []rune) (heads []string, taken int) {
	if w[0] == 'ا' || w[0] == 'ع' {
		return []string{"a", "i", "u"}, 1
	}
	first := arabicLatin[w[0]]
	if len(w) == 1 {
		return []string{first}, 1
	}
	switch {
	case w[1] == 'ا':
		return []string{first + "a"}, 2
	case w[1] == 'و' && !nextToVowel(w, 1):
		return []string{first + "u", first + "au"}, 2
	case w[1] == 'ي' && !nextToVowel(w, 1):
		return []string{first + "i", first + "ai"}, 2
	}
	return []string{first + "a", first + "i", first + "u"}, 1
}

// nextToVowel: و or ي beside another vowel letter is a consonant.
func nextToVowel(w []rune, i int) bool {
	after := i+1 < len(w) && strings.ContainsRune("اوي", w[i+1])
	before := i > 0 && w[i-1] == 'ا' && i+1 < len(w)
	return after || before
}

func prefixed(p string, words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = p + w
	}
	return out
}

func suffixed(words []string, s string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w + s
	}
	return out
}
