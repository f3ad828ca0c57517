package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Reference normalises the reference of a case or document as people copy it:
// capital letters, ASCII digits, groups parted by one hyphen whatever parted
// them, leading zeros of a group of digits dropped. "pal 2026/0042" and
// "PAL-2026-42" are one reference. It reports false when nothing is left or
// the text is longer than a reference can be.
func Reference(s string) (string, bool) {
	if len(s) > 256 {
		return "", false
	}
	s = strings.ToUpper(norm.NFKC.String(strings.ToValidUTF8(s, " ")))
	groups := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, g := range groups {
		g = strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return digit(r)
			}
			return r
		}, g)
		if strings.Trim(g, "0123456789") == "" {
			if g = strings.TrimLeft(g, "0"); g == "" {
				g = "0"
			}
		}
		groups[i] = g
	}
	return strings.Join(groups, "-"), len(groups) > 0
}
