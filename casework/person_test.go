package casework

import (
	"strings"
	"testing"

	"palermo/fault"
)

// Rule 6: what contradicts itself is not written down as if it were known.
func TestAgeAndDateOfBirthDoNotContradictEachOther(t *testing.T) {
	b := newBench(t, "coe", Adult) // 2 March 2026
	for _, c := range []struct {
		age   AgeGroup
		birth string
		ok    bool
	}{
		{Child, "2000-01-01", false}, {Child, "2007", false}, {Child, "2008-01", false}, {Adult, "2015-01-01", false}, {Adult, "2009", false}, {Adult, "2008-04", false},
		{Child, "2015-01-01", true}, {Child, "2008", true}, {Adult, "2000", true}, {Adult, "2008", true}, {Adult, "2008-03", true},
		{Child, "2008-03-03", true}, {Adult, "2008-03-03", false}, {Adult, "2008-03-02", true}, {Child, "2008-03-02", false},
		{AgeUncertain, "1990-01-01", true}, {AgeUncertain, "2015", true}, {Adult, "", true},
	} {
		err := Take(b.c, "describe-person", &DescribePerson{Age: c.age, BirthDate: c.birth}, b.work("ngo"))
		if c.ok && err != nil || !c.ok && !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s, born %s: %v", c.age, c.birth, err)
		}
	}
}

// Age when it happened decides whether means matter, not age today.
func TestAgeAtTheTimeDecidesWhetherMeansMatter(t *testing.T) {
	for _, c := range []struct {
		name  string
		p     Person
		began string
		named bool
	}{
		{"an adult then and now", Person{Age: Adult, BirthDate: "1995-05-05"}, "2020", false},
		{"under 18 when it began", Person{Age: Adult, BirthDate: "2002-05-05"}, "2019", true},
		{"the day before the birthday", Person{Age: Adult, BirthDate: "2002-05-05"}, "2020-05-04", true},
		{"on the birthday", Person{Age: Adult, BirthDate: "2002-05-05"}, "2020-05-05", false},
		{"perhaps under 18", Person{Age: Adult, BirthDate: "2002"}, "2020-06", true},
		{"a child now", Person{Age: Child}, "", true},
		{"age not certain", Person{Age: AgeUncertain}, "2025", true},
		{"nothing known of when", Person{Age: Adult, BirthDate: "2002-05-05"}, "", false},
	} {
		b := newBench(t, "coe", Adult)
		b.c.Person = c.p
		b.does("ngo", "classify", &Classify{Acts: []Act{"recruitment"}, Purpose: []Purpose{"labour"}, Began: c.began})
		if got := strings.Contains(b.c.Classification.Finding, "all named"); got != c.named {
			t.Errorf("%s: %q", c.name, b.c.Classification.Finding)
		}
	}
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeInvalid, "ngo", "classify", &Classify{Began: "last year"})
}
