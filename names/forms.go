package names

import (
	"slices"
	"strings"
	"unicode"
)

// forms gives the folded forms of a normalised word and the spellings that its
// sound is taken from. Both are empty for a script that is not covered.
func forms(w string) (folded, spoken []string) {
	if strings.IndexFunc(w, isArabic) >= 0 {
		return arabicForms(w)
	}
	for way := range 2 {
		f := latin(w, way)
		if f == "" || slices.Contains(folded, f) {
			continue
		}
		folded = append(folded, f)
	}
	if len(folded) > 0 && strings.ContainsAny(w, "ђјљњћџ") { // Serbian and Macedonian, as š, č, ž are written without marks
		folded = append(folded, strings.NewReplacer("sh", "s", "ch", "c", "zh", "z").Replace(folded[0]))
	}
	for _, f := range folded {
		if c := chosenSpelling(f); c != "" && !slices.Contains(folded, c) {
			folded = append(folded, c)
		}
	}
	for _, f := range folded {
		if strings.IndexFunc(f, unicode.IsLetter) >= 0 {
			spoken = append(spoken, f)
		}
	}
	return folded, spoken
}

// chosenSpelling is the one spelling under which all known spellings of a name
// are indexed as well, or "" where there is none.
func chosenSpelling(f string) string {
	if c, ok := chosen[f]; ok {
		return c
	}
	if core := abdCore(f); core != "" {
		return "abd" + orChosen(core)
	}
	if base := dinBase(f); base != "" {
		return orChosen(base) + "uddin"
	}
	for _, s := range slavicEndings {
		for _, ending := range s.written {
			stem, ok := strings.CutSuffix(f, ending)
			if ok && len(stem) >= 2 {
				return stem + s.chosen
			}
		}
	}
	if inner := articleInner(f); inner != "" {
		return orChosen(inner)
	}
	return ""
}

func orChosen(f string) string {
	if c, ok := chosen[f]; ok {
		return c
	}
	return f
}

// slavicEndings: the same ending under the several official transliterations.
// Longer spellings stand first.
var slavicEndings = []struct {
	chosen  string
	written []string
}{
	{"ski", []string{"skyi", "skiy", "skij", "skyj", "skii", "skyy", "sky", "ski"}},
	{"ska", []string{"skaya", "skaia", "skaja", "ska"}},
	{"ovich", []string{"ovitch", "ovych", "ovich", "owicz", "ovic"}},
	{"evich", []string{"evitch", "evych", "evich", "ewicz", "evic", "yevych"}},
}

// abdCore gives what follows Abd and its article in a name written as one word:
// rahman in Abdulrahman, Abdurrahman, Abdirahman.
func abdCore(f string) string {
	rest, ok := strings.CutPrefix(f, "abd")
	if !ok {
		return ""
	}
	core := strings.TrimLeft(rest, "aeiou")
	vowels := rest[:len(rest)-len(core)]
	switch {
	case vowels == "":
	case len(core) >= 2 && core[0] == core[1]: // Abdurrahman, Abdullatif
		core = core[1:]
	default:
		core = strings.TrimPrefix(core, "l")
	}
	if len(core) < 3 {
		return ""
	}
	return core
}

// dinBase gives the first part of a name on -uddin (Salah al-Din, Nureddine).
func dinBase(f string) string {
	for _, din := range []string{"din", "deen", "dine"} {
		base, ok := strings.CutSuffix(f, din)
		if !ok {
			continue
		}
		for _, link := range []string{"ud", "ed", "ad", "id", "al", "el", "ul"} {
			if b, ok := strings.CutSuffix(base, link); ok && len(b) >= 2 {
				return b
			}
		}
	}
	return ""
}

// articleInner gives hassan for Alhassan and Elhassan, when what is left is a
// known name: Alice and Elena keep their heads.
func articleInner(f string) string {
	for _, article := range []string{"al", "el"} {
		if rest, ok := strings.CutPrefix(f, article); ok && len(rest) >= 4 && fromArabic[orChosen(rest)] {
			return rest
		}
	}
	return ""
}

// innerNames gives the names within a compound that is written as one word.
func innerNames(w string) []string {
	if strings.IndexFunc(w, isArabic) >= 0 {
		if rest, ok := arabicRest(w, "عبد"); ok && chosen[w] == "" {
			folded, _ := arabicForms(rest)
			return append(folded, "abd")
		}
		return nil
	}
	f := latin(w, 0)
	if core := abdCore(f); core != "" && chosen[f] == "" {
		return []string{orChosen(core), "abd"}
	}
	return nil
}
