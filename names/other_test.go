package names

import (
	"slices"
	"testing"
)

func TestPhone(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"+39 06 1234 5678", "+390612345678", true},
		{"0039 06 1234 5678", "+390612345678", true},
		{"tel:+44-20-7946-0000", "+442079460000", true},
		{"+44 (0)20 7946 0000", "+442079460000", true},
		{"06.12.34.56.78", "0612345678", true},
		{"٠١٢٣٤٥٦٧٨٩", "0123456789", true},
		{"＋８６１３８００１３８０００", "+8613800138000", true},
		{"112", "", false},
		{"12345678901234567", "", false},
		{"call Ana 0612345678", "", false},
		{"+12+345678", "", false},
		{"", "", false},
	} {
		if got, ok := Phone(c.in); got != c.want || ok != c.ok {
			t.Errorf("Phone(%q) = %q, %v", c.in, got, ok)
		}
	}
}

func TestNumbersMeetWithoutTheirCountryCode(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Kind
	}{
		{"+33 6 12 34 56 78", "06 12 34 56 78", Folded},
		{"+223 76 12 34 56", "76123456", Phonetic},
		{"00223 76123456", "+22376123456", Exact},
		{"+33612345678", "+33612345679", 0},
	} {
		best := Kind(0)
		for _, x := range PhoneTerms(c.a) {
			if slices.Contains(PhoneTerms(c.b), x) {
				best = max(best, x.Weight)
			}
		}
		if best != c.want {
			t.Errorf("%s and %s meet by %v, want %v", c.a, c.b, best, c.want)
		}
	}
}

func TestReference(t *testing.T) {
	for in, want := range map[string]string{
		"PAL-2026-0042":  "PAL-2026-42",
		"pal 2026/42":    "PAL-2026-42",
		" pal_2026.042 ": "PAL-2026-42",
		"ＰＡＬ／２０２６／４２":    "PAL-2026-42",
		"٢٠٢٦/٤٢":        "2026-42",
		"000":            "0",
	} {
		if got, ok := Reference(in); got != want || !ok {
			t.Errorf("Reference(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	if _, ok := Reference(" / "); ok {
		t.Error("a slash is no reference")
	}
}

func TestDatesAsTerms(t *testing.T) {
	text := func(terms []Term) []string {
		var out []string
		for _, t := range terms {
			out = append(out, t.Text)
		}
		return out
	}
	for in, want := range map[string][]string{
		"1999-05-23":  {"1999-05-23"},
		"23/5/1999":   {"1999-05-23"},
		"3.5.1999":    {"1999-05-03", "1999-03-05"},
		"٢٣/٥/١٩٩٩":   {"1999-05-23"},
		"1999年5月23日":  {"1999-05-23"},
		"1999-05":     {"1999-05"},
		"5/1999":      {"1999-05"},
		"1999":        {"1999"},
		"1378-03-02":  nil,
		"1999-02-30":  nil,
		"23 May 1999": nil,
		"":            nil,
	} {
		if got := text(DateQuery(in)); !slices.Equal(got, want) {
			t.Errorf("DateQuery(%q) = %v, want %v", in, got, want)
		}
	}
	if got := text(DateTerms("1999-05-23")); !slices.Equal(got, []string{"1999-05-23", "1999-05", "1999"}) {
		t.Errorf("DateTerms = %v", got)
	}
	for _, q := range DateQuery("5/1999") {
		if !slices.Contains(DateTerms("1999-05-23"), q) {
			t.Error("a month does not find a day in it")
		}
	}
}
