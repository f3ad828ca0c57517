package names

import (
	"slices"
	"strings"
)

// The phonetic key, in capital letters:
//
//   - a vowel is kept where it says most: at the beginning of the word or after
//     its first consonants, and at the end; the others are dropped. Vowels are
//     of three classes: A, I (e, i, y) and U (o, u). An e inside the first
//     syllable gives two keys, A and I (Maryam, Meryem), and a final e is
//     written I or left out (Ousmane, Usman).
//   - consonants keep their class; spellings of one sound become one letter:
//     C for ch, tch, cz; X for sh, sch, sz; S for s, and for c before e, i, y; H for kh and h; J for j and dj;
//     V for v and w; F for f and ph; Z for z and zh.
//   - doubled letters count once; h is silent at the end.
//   - a final B, D, G, V, Z is written P, T, K, F, S (Ahmed, Ahmet).
//   - j is read as in English and as in Slavic languages, ch as in English and as
//     in French, one key each.
//
// What stays apart was measured on the pairs of docs/names.md and on 221 names
// that are different names: putting together b and p, d and t, g and k, v and f,
// z and s, m and n, l and r, or X and S found no further pair that must match;
// z and s, and X and S, each made a pair equal that must stay apart; m and n,
// and l and r, made two and four more of the different names equal.

// phonetic gives the keys of a word in plain Latin letters, at most maxKeys.
// It is empty when the word has no consonant, or less than two sounds.
func phonetic(f string) []string {
	f = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, f)
	readings := []string{f}
	if !syllables[f] {
		readings = append(readings, otherReadings(f)...)
	}
	var keys []string
	for _, reading := range readings {
		for _, k := range keysOf(sounds(reading)) {
			if len(keys) < maxKeys && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// otherReadings: j as in Slavic languages, ch as in French. Pinyin syllables
// have one reading, or Chen would be Shen.
func otherReadings(f string) []string {
	var out []string
	if strings.Contains(strings.ReplaceAll(f, "dj", ""), "j") {
		out = append(out, strings.ReplaceAll(f, "j", "y"))
	}
	if strings.Contains(f, "ch") && !strings.Contains(f, "sch") {
		out = append(out, strings.NewReplacer("tch", "tch", "shch", "shch", "ch", "sh").Replace(f))
	}
	return out
}

// spellings of consonants and of some vowels, the longest first. Capital
// letters are consonants, small ones vowels.
var spellings = []struct{ written, sound string }{
	{"tsch", "C"}, {"shch", "XC"}, {"dsch", "J"},
	{"tch", "C"}, {"dzh", "J"}, {"sch", "X"},
	{"dj", "J"}, {"sh", "X"}, {"sz", "X"}, {"cz", "C"}, {"ch", "C"}, {"ck", "K"}, {"kh", "H"}, {"gh", "G"},
	{"ph", "F"}, {"th", "T"}, {"dh", "D"}, {"bh", "B"}, {"zh", "Z"}, {"rh", "R"}, {"qu", "K"}, {"tz", "TS"},
	{"ou", "u"}, {"oo", "u"}, {"ee", "i"},
	{"b", "B"}, {"d", "D"}, {"f", "F"}, {"g", "G"}, {"h", "H"}, {"j", "J"}, {"k", "K"}, {"l", "L"}, {"m", "M"},
	{"n", "N"}, {"p", "P"}, {"q", "K"}, {"r", "R"}, {"s", "S"}, {"t", "T"}, {"v", "V"}, {"z", "Z"},
	{"a", "a"}, {"e", "e"}, {"i", "i"}, {"o", "o"}, {"u", "u"},
}

// sounds rewrites f by spellings and by the rules that look at neighbours.
func sounds(f string) string {
	if stem, ok := strings.CutSuffix(f, "eh"); ok && len(stem) > 1 {
		f = stem + "a" // Persian: Masoumeh
	}
	var b strings.Builder
	for i := 0; i < len(f); {
		if s, ok := neighbours(f, i, b.String()); ok {
			b.WriteString(s)
			i++
			continue
		}
		for _, s := range spellings {
			if strings.HasPrefix(f[i:], s.written) {
				b.WriteString(s.sound)
				i += len(s.written)
				break
			}
		}
	}
	return strings.TrimSuffix(b.String(), "H")
}

// neighbours decides c, i, w, x and y, whose sound depends on what is beside
// them; done is what was written so far.
func neighbours(f string, i int, done string) (string, bool) {
	vowelNext := i+1 < len(f) && strings.ContainsRune("aeiou", rune(f[i+1]))
	afterVowel := done != "" && isVowel(done[len(done)-1])
	switch f[i] {
	case 'c':
		switch {
		case i+1 < len(f) && strings.ContainsRune("hkz", rune(f[i+1])):
			return "", false
		case i+1 < len(f) && strings.ContainsRune("eiy", rune(f[i+1])):
			return "S", true
		}
		return "K", true
	case 'o':
		if i == 0 && len(f) > 2 && f[1] == 'u' && strings.ContainsRune("aei", rune(f[2])) {
			return "", true // Ouattara: the u is read as w below
		}
	case 'u':
		if i == 1 && f[0] == 'o' && vowelNext && done == "" {
			return "V", true
		}
	case 'w':
		switch {
		case strings.HasPrefix(f[i:], "wcz"), strings.HasPrefix(f[i:], "wsk"): // Polish
			return "V", true
		case afterVowel && !vowelNext:
			return "u", true
		case strings.HasSuffix(done, "u") && vowelNext:
			return "", true
		case done != "" && !afterVowel && i+1 < len(f) && strings.ContainsRune("uo", rune(f[i+1])):
			return "", true // Chukwu
		}
		return "V", true
	case 'x':
		if i == 0 {
			return "X", true
		}
		return "KS", true
	case 'y':
		if i == 0 && vowelNext {
			return "Y", true
		}
		return "i", true
	case 'i':
		if i == 0 && vowelNext {
			return "Y", true // Iuliia
		}
	}
	return "", false
}

func isVowel(b byte) bool { return b >= 'a' && b <= 'z' }

// keysOf makes the keys of a sequence of sounds.
func keysOf(s string) []string {
	head := strings.TrimLeftFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' })
	onset := s[:len(s)-len(head)]
	rest := strings.TrimLeftFunc(head, func(r rune) bool { return r >= 'a' && r <= 'z' })
	first := head[:len(head)-len(rest)]
	middle := strings.TrimRightFunc(rest, func(r rune) bool { return r >= 'a' && r <= 'z' })
	last := rest[len(middle):]
	if onset == "" && middle == "" || len(s) < 2 {
		return nil
	}
	if middle == "" { // one syllable: Li, Mai
		last = ""
		if len(first) > 1 {
			last = first[len(first)-1:]
		}
	}
	onset = single(onset)
	middle = single(consonants(middle))
	var keys []string
	for _, v := range firstVowel(onset, first) {
		for _, e := range lastVowel(last, len(onset)+len(middle)) {
			end := middle
			if e == "" {
				end = devoiced(middle)
			}
			keys = append(keys, clip(onset+v+end+e, 12))
		}
	}
	return keys
}

func firstVowel(onset, vowels string) []string {
	if vowels == "" {
		return []string{""}
	}
	switch {
	case onset != "" && strings.HasPrefix(vowels, "iu"): // Liudmyla, Ludmila
		return []string{"U"}
	case onset != "" && vowels[0] == 'e':
		return []string{"A", "I"}
	}
	return []string{class(vowels[0])}
}

// lastVowel: a final e is silent in some languages and not in others, where
// there are consonants enough to leave a key.
func lastVowel(vowels string, consonants int) []string {
	switch {
	case vowels == "":
		return []string{""}
	case vowels == "e" && consonants >= 2:
		return []string{"", "I"}
	}
	return []string{class(vowels[len(vowels)-1])}
}

func class(vowel byte) string {
	switch vowel {
	case 'a':
		return "A"
	case 'o', 'u':
		return "U"
	}
	return "I"
}

func consonants(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if isVowel(s[i]) {
			b.WriteByte('.') // keeps apart what only a vowel parts
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// single writes doubled letters once and drops the marks of vowels.
func single(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] != '.' && (i == 0 || s[i] != s[i-1]) {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func devoiced(s string) string {
	if s == "" || strings.HasSuffix(s, "NG") {
		return s
	}
	last := s[len(s)-1]
	if i := strings.IndexByte("BDGVZ", last); i >= 0 {
		return s[:len(s)-1] + "PTKFS"[i:i+1]
	}
	return s
}
