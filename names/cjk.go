package names

import (
	"slices"
	"strings"
)

// cjkTerms indexes a run of characters: each one, each pair, and for Han the
// pinyin of both, so that 朝阳 is found in 朝阳区 and Li Xiaoming in 李小明.
func cjkTerms(run string) []Term {
	chars := []rune(run)
	out := []Term{{run, Exact}}
	for i := range chars {
		out = append(out, Term{string(chars[i : i+1]), Exact})
		out = appendFolded(out, readings(chars[i:i+1]))
		if i+1 < len(chars) {
			out = append(out, Term{string(chars[i : i+2]), Exact})
			out = appendFolded(out, readings(chars[i:i+2]))
		}
	}
	return appendFolded(out, readings(chars))
}

// cjkQuery asks for each pair of the run; for a single character for itself.
// The pinyin alternatives follow the two ways a Chinese name is cut: a surname
// of one character or of two, then the given name.
func cjkQuery(run string) [][]Term {
	chars := []rune(run)
	if len(chars) <= 2 {
		return [][]Term{appendFolded([]Term{{run, Exact}}, readings(chars))}
	}
	pairs := len(chars) - 1
	var out [][]Term
	for i := range pairs {
		var set termSet
		set.add(Term{string(chars[i : i+2]), Exact})
		set.add(appendFolded(nil, readings(chars[i:i+2]))...)
		if i == 0 {
			set.add(appendFolded(nil, readings(chars[:1]))...)
		}
		if i > 0 && i < pairs-1 {
			set.add(appendFolded(nil, readings(chars[i-1:i+1]))...)
			set.add(appendFolded(nil, readings(chars[i+1:i+3]))...)
		}
		if i == 1 && pairs == 2 && strings.Contains(longSurnames, string(chars[:2])) {
			set.add(appendFolded(nil, readings(chars[2:]))...)
		}
		set.add(appendFolded(nil, readings(chars))...)
		out = append(out, set.terms)
	}
	return out
}

// longSurnames are the surnames of two characters, simplified.
const longSurnames = "欧阳 司马 诸葛 上官 司徒 东方 皇甫 尉迟 公孙 令狐 慕容 夏侯"

func appendFolded(out []Term, texts []string) []Term {
	for _, t := range texts {
		out = append(out, Term{t, Folded})
	}
	return out
}

// readings is the pinyin of chars, joined, at most four where characters have
// more than one; none if one of them is not in the table or there are more
// than four.
func readings(chars []rune) []string {
	if len(chars) > 4 {
		return nil
	}
	out := []string{""}
	for _, c := range chars {
		var next []string
		for _, syllable := range pinyin[c] {
			for _, before := range out {
				if len(next) < 4 {
					next = append(next, before+syllable)
				}
			}
		}
		out = next
	}
	return out
}

// pinyinJoins puts two syllables together in both orders: Li Xiao Ming may be
// on file as Li Xiaoming or Xiaoming Li.
func pinyinJoins(words []word) []join {
	var at []int
	for i, w := range words {
		if syllables[w.text] {
			at = append(at, i)
		}
	}
	if len(at) > 4 {
		return nil
	}
	var out []join
	for _, a := range at {
		for _, b := range at {
			if a != b {
				out = append(out, join{text: words[a].text + words[b].text, of: []int{a, b}, pinyin: true})
			}
		}
	}
	return out
}

// pinyin and syllables are read from pinyinTable once and never changed.
var pinyin, syllables = readPinyin(pinyinTable)

func readPinyin(table string) (map[rune][]string, map[string]bool) {
	chars, all := map[rune][]string{}, map[string]bool{}
	for line := range strings.Lines(table) {
		syllable, list, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		all[syllable] = true
		for _, c := range list {
			if c != ' ' && !slices.Contains(chars[c], syllable) {
				chars[c] = append(chars[c], syllable)
			}
		}
	}
	return chars, all
}
