package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a normalised name.
type word struct {
	text   string
	cjk    bool // a run of Han, kana or Hangul, without spaces inside
	hyphen bool // tied by a hyphen to the next word
	soft   bool // a particle that a query does not ask for
}

// particles are words that one office writes and the next leaves out, and how
// many other words must remain before a query leaves them out too. Those that
// are also given names or surnames (Ben, Do, Di) need two.
var particles = map[string]int{
	"de": 1, "la": 1, "las": 1, "los": 1, "del": 1, "y": 1, "dos": 1, "das": 1, "della": 1, "dela": 1,
	"von": 1, "van": 2, "der": 1, "den": 1, "do": 2, "da": 2, "di": 2, "du": 2, "e": 2,
	"al": 1, "el": 1, "ibn": 1, "bint": 1, "binti": 1, "binte": 1, "bin": 2, "ben": 2, "bn": 1, "ould": 2,
	"ال": 1, "بن": 1, "ابن": 1, "بنت": 1, "ولد": 2,
}

// articles are the forms of the Arabic article before the letters that swallow
// its l. Only a hyphen shows that they are one: An is a name.
var articles = []string{"al", "el", "ul", "ar", "er", "ur", "as", "es", "us", "ash", "esh", "ad", "ed", "ud", "az", "ez", "uz", "an", "en", "un", "at", "et", "ut"}

// split cuts name into its words and says which are particles.
func split(name string) []word {
	name = clip(name, maxRunes)
	var words []word
	for _, field := range strings.Fields(Normalise(name)) {
		parts := strings.FieldsFunc(field, func(r rune) bool { return r == '-' })
		for i, part := range parts {
			words = append(words, runs(part)...)
			if len(words) > 0 {
				words[len(words)-1].hyphen = i < len(parts)-1
			}
		}
	}
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	for i, w := range words {
		words[i].soft = particleNeeds(w) > 0
	}
	others := 0
	for _, w := range words {
		if !w.soft {
			others++
		}
	}
	for i, w := range words {
		words[i].soft = w.soft && others >= particleNeeds(w)
	}
	return words
}

func particleNeeds(w word) int {
	if w.hyphen && slices.Contains(articles, w.text) {
		return 1
	}
	return particles[w.text]
}

// runs parts CJK characters from everything else.
func runs(s string) []word {
	var out []word
	start := 0
	flush := func(end int, cjk bool) {
		limit := maxWordRunes
		if cjk {
			limit = maxHanRunes
		}
		if text := clip(s[start:end], limit); text != "" {
			out = append(out, word{text: text, cjk: cjk})
		}
		start = end
	}
	var was bool
	for i, r := range s {
		is := isCJK(r) || was && unicode.IsMark(r)
		if i > 0 && is != was {
			flush(i, was)
		}
		was = is
	}
	flush(len(s), was)
	return out
}

func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー'
}

func clip(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}

// join is two or more words that another office may write as one.
type join struct {
	text   string
	of     []int // the places of its words
	pinyin bool  // folded only: Xiao and Ming as Xiaoming
}

func (j join) terms() []Term {
	if j.pinyin {
		return []Term{{j.text, Folded}}
	}
	return wordTerms(j.text)
}

// joins finds hyphenated words, names with Abd or on -al-Din, articles with
// their name, and pinyin syllables.
func joins(words []word) []join {
	var out []join
	for i := range words {
		if end := chain(words, i); end > i+1 && (i == 0 || !words[i-1].hyphen) {
			out = append(out, joined(words, i, end))
		}
		if end := compound(words, i); end > i+1 {
			out = append(out, joined(words, i, end))
		}
	}
	return append(out, pinyinJoins(words)...)
}

func joined(words []word, from, to int) join {
	j := join{}
	for i := from; i < to; i++ {
		j.text += words[i].text
		j.of = append(j.of, i)
	}
	j.text = clip(j.text, maxWordRunes)
	return j
}

// chain is the end of the hyphenated word that begins at i.
func chain(words []word, i int) int {
	end := i + 1
	for end < len(words) && end-i < 4 && words[end-1].hyphen && !words[end].cjk && !words[i].cjk {
		end++
	}
	return end
}

// compound is the end of the Arabic compound that begins at i, or i.
func compound(words []word, i int) int {
	next := i + 1
	if next >= len(words) {
		return i
	}
	switch words[i].text {
	case "abd", "عبد", "abu", "abou", "abo", "ابو":
		if isArticle(words[next].text) {
			next++
		}
	case "abdul", "abdel", "abdal", "abdur", "abder", "abdus", "abdoul", "abdou", "al", "el":
	default:
		if isArticle(words[next].text) {
			next++
		}
		if next >= len(words) || !slices.Contains([]string{"din", "deen", "dine", "eddine", "uddin", "eddin", "دين", "الدين"}, words[next].text) {
			return i
		}
	}
	if next >= len(words) || words[next].cjk {
		return i
	}
	return next + 1
}

func isArticle(text string) bool {
	return text == arabicArticle || slices.Contains(articles, text)
}
