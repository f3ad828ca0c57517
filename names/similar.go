package names

import (
	"slices"
	"strings"
)

// Worth of a pair of words in Similar.
const (
	worthFolded   = 0.95
	worthPhonetic = 0.85
	worthClose    = 0.80 // the most that likeness of letters alone can bring
	leastClose    = 0.80 // Jaro-Winkler below this counts as nothing
)

// Similar says how alike two names are, from 0 to 1, whatever the order of
// their words. It orders what a query has found once the records are open; it
// is no measure of probability. Similar(a, b) equals Similar(b, a).
func Similar(query, name string) float64 {
	first, second := split(query), split(name)
	byCharacter := slices.ContainsFunc(first, isRun) && slices.ContainsFunc(second, isRun)
	a, b := comparedWords(first, byCharacter), comparedWords(second, byCharacter)
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > len(b) || len(a) == len(b) && slices.CompareFunc(a, b, byText) > 0 {
		a, b = b, a
	}
	type pairing struct {
		worth float64
		i, j  int
	}
	var all []pairing
	for i := range a {
		for j := range b {
			if w := wordWorth(a[i], b[j]); w > 0 {
				all = append(all, pairing{w, i, j})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y pairing) int {
		switch {
		case x.worth > y.worth:
			return -1
		case x.worth < y.worth:
			return 1
		}
		return 0
	})
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	sum := 0.0
	for _, p := range all {
		if !usedA[p.i] && !usedB[p.j] {
			usedA[p.i], usedB[p.j] = true, true
			sum += p.worth
		}
	}
	// A query is often a part of the name: what is missing costs less than what
	// does not fit.
	return 0.7*sum/float64(len(a)) + 0.3*sum/float64(len(b))
}

// compared is a word with its forms.
type compared struct {
	text         string
	folded, keys []string
}

func byText(a, b compared) int { return strings.Compare(a.text, b.text) }

func isRun(w word) bool { return w.cjk }

// comparedWords gives the words for Similar, sorted: compounds whole, particles
// left out, runs of CJK by characters and pairs where the other side has them
// too, and otherwise as surname and given name.
func comparedWords(words []word, byCharacter bool) []compared {
	var out []compared
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case w.cjk && byCharacter:
			chars := []rune(w.text)
			for i := range chars {
				out = append(out, compared{text: string(chars[i])})
				if i+1 < len(chars) {
					out = append(out, compared{text: string(chars[i : i+2])})
				}
			}
		case w.cjk:
			out = append(out, comparedRun(w.text)...)
		case compound(words, i) > i+1 && !isArticle(w.text):
			end := compound(words, i)
			out = append(out, comparedWord(joined(words, i, end).text))
			i = end - 1
		case !w.soft:
			out = append(out, comparedWord(w.text))
		}
	}
	slices.SortFunc(out, byText)
	return out
}

func comparedWord(text string) compared {
	c := compared{text: text}
	for _, t := range wordTerms(text) {
		switch t.Weight {
		case Folded:
			c.folded = append(c.folded, t.Text)
		case Phonetic:
			c.keys = append(c.keys, t.Text)
		}
	}
	return c
}

func comparedRun(run string) []compared {
	chars := []rune(run)
	cut := 1
	if len(chars) > 3 || len(chars) == 3 && strings.Contains(longSurnames, string(chars[:2])) {
		cut = 2
	}
	if len(chars) == 1 {
		return []compared{{text: run, folded: readings(chars)}}
	}
	return []compared{
		{text: string(chars[:cut]), folded: readings(chars[:cut])},
		{text: string(chars[cut:]), folded: readings(chars[cut:])},
	}
}

func wordWorth(a, b compared) float64 {
	switch {
	case a.text == b.text:
		return 1
	case meet(a.folded, b.folded):
		return worthFolded
	case meet(a.keys, b.keys):
		return worthPhonetic
	}
	best := jaroWinkler(a.text, b.text)
	for _, x := range a.folded {
		for _, y := range b.folded {
			best = max(best, jaroWinkler(x, y))
		}
	}
	if best < leastClose {
		return 0
	}
	return best * worthClose
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// jaroWinkler is the likeness of two words, 0 to 1, the same in both directions.
func jaroWinkler(s, t string) float64 {
	if s > t {
		s, t = t, s
	}
	a, b := []rune(s), []rune(t)
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	window := max(max(len(a), len(b))/2-1, 0)
	matchedA, matchedB := make([]bool, len(a)), make([]bool, len(b))
	matches := 0
	for i := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !matchedB[j] && a[i] == b[j] {
				matchedA[i], matchedB[j] = true, true
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	swapped, j := 0, 0
	for i := range a {
		if !matchedA[i] {
			continue
		}
		for !matchedB[j] {
			j++
		}
		if a[i] != b[j] {
			swapped++
		}
		j++
	}
	m := float64(matches)
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(swapped)/2)/m) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}
