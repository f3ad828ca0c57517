package names

import (
	"strings"
	"unicode"
)

// A number has at most 15 digits (ITU-T E.164); under six it is a short code
// that says nothing about a person.
const (
	leastPhoneDigits = 6
	mostPhoneDigits  = 15
)

// Phone normalises a telephone number: digits of any script become ASCII,
// spaces and punctuation go, a leading 00 becomes +, and the (0) that some
// write after the country code goes. A number without country code stays
// without: no country is guessed. It reports false for anything that is not
// one number.
func Phone(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(clip(s, 64)))
	s = strings.TrimPrefix(s, "tel:")
	var b strings.Builder
	plus := false
	s = strings.ReplaceAll(s, "(0)", " (0) ")
	for _, field := range strings.Fields(s) {
		if field == "(0)" && b.Len() > 0 {
			continue
		}
		for _, r := range field {
			switch {
			case unicode.IsDigit(r):
				b.WriteRune(digit(r))
			case (r == '+' || r == '＋') && b.Len() == 0 && !plus:
				plus = true
			case strings.ContainsRune("-.()/‐‑–—\u200e\u200f\u202a\u202c", r):
			default:
				return "", false
			}
		}
	}
	digits := b.String()
	if rest, ok := strings.CutPrefix(digits, "00"); ok && !plus {
		digits, plus = rest, true
	}
	if len(digits) < leastPhoneDigits || len(digits) > mostPhoneDigits {
		return "", false
	}
	if plus {
		return "+" + digits, true
	}
	return digits, true
}

// PhoneTerms gives the terms of a telephone number, for indexing and for
// searching alike: the normalised number, then its last nine digits, which meet
// when one side lacks the country code, then its last eight, for countries
// whose numbers are no longer. It is empty when Phone reports false.
func PhoneTerms(s string) []Term {
	number, ok := Phone(s)
	if !ok {
		return nil
	}
	out := []Term{{number, Exact}}
	digits := strings.TrimPrefix(number, "+")
	for _, tail := range []struct {
		length int
		kind   Kind
	}{{9, Folded}, {8, Phonetic}} {
		if len(digits) >= tail.length {
			out = append(out, Term{digits[len(digits)-tail.length:], tail.kind})
		}
	}
	return out
}
