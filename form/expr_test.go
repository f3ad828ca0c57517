package form

import (
	"errors"
	"testing"
)

// work evaluates an expression in a small form with answers.
func work(t testing.TB, source string) string {
	t.Helper()
	d := New(&Workbook{Sheets: []Sheet{{Name: "survey", Rows: [][]string{
		{"type", "name", "label", "relevant"},
		{"text", "a", "A"}, {"integer", "n", "N"}, {"text", "empty", "E"}, {"select_multiple l", "many", "M"}, {"text", "gone", "G", "false()"},
		{"date", "day", "D"},
		{"begin repeat", "r", "R"}, {"integer", "x", "X"}, {"end repeat"},
		{"calculate", "it", ""},
	}}, {Name: "choices", Rows: [][]string{{"list_name", "name", "label"}, {"l", "p", "Pea"}, {"l", "q", "Quince"}}}}})
	f := parse(source)
	if f.err != nil {
		t.Fatalf("%s: %v", source, f.err)
	}
	d.byPath["it"].Calculation = f
	s := Run(d, Answers{"a": "héllo", "n": "7", "many": "q p", "gone": "here", "day": "2026-03-01",
		"r": []Answers{{"x": "1"}, {"x": "2"}, {"x": "4"}}},
		Env{Now: march(4), Random: func() float64 { return 0.5 }, UUID: func() string { return "u-1" }})
	return s.Field("it").Value
}

func TestExpressions(t *testing.T) {
	for source, want := range map[string]string{
		"1 + 2 * 3": "7", "(1 + 2) * 3": "9", "7 div 2": "3.5", "7 mod 4": "3", "-7 mod 4": "-3", "--2": "2", "0.1 + 0.2": "0.30000000000000004",
		"1 div 0": "Infinity", "0 div 0": "", "'a' * 2": "", "100000000 * 100000000": "10000000000000000",
		"1 < 2 and 2 < 3": "true", "1 = 2 or 3 != 3": "false", "2 >= 2": "true", "'a' = 'a'": "true", "1 = '1'": "true", "true() = 'x'": "true",
		"${n} + 1": "8", "${empty} + 1": "", "coalesce(${empty}, 0) + 1": "1", "${empty} = ''": "true", "${gone} = ''": "true", "${n} > 5": "true",
		"string-length(${a})": "5", "substr(${a}, 1, 3)": "él", "substr(${a}, -2)": "lo", "substring(${a}, 2, 2)": "él", "substr('abc', 2, 1)": "",
		"concat(${a}, '-', 1)": "héllo-1", "concat(${x})": "124", "join('+', ${x}, 'z')": "1+2+4+z", "contains(${a}, 'll')": "true",
		"starts-with('abc', 'ab')": "true", "ends-with('abc', 'bc')": "true", "substring-before('a-b', '-')": "a", "substring-after('a-b', '-')": "b",
		"translate('abc', 'ab', 'x')": "xc", "normalize-space('  a   b ')": "a b",
		"regex('abc', 'b')": "false", "regex('abc', '.b.')": "true", "regex('a', '(')": "false",
		"if(${n} = 7, 'yes', 'no')": "yes", "not(${empty})": "true", "not('x')": "false", "boolean(${a})": "true", "number('4') + 1": "5", "int(3.9)": "3", "int(-3.9)": "-3",
		"string(5)": "5", "string(true())": "true", "round(2.5)": "3", "round(-2.5)": "-2", "round(3.14159, 2)": "3.14", "round(1250, -2)": "1300",
		"selected(${many}, 'p')": "true", "selected(${many}, 'x')": "false", "selected-at(${many}, 0)": "q", "selected-at(${many}, 9)": "",
		"count-selected(${many})": "2", "count-selected('')": "0", "jr:choice-name(selected-at(${many}, 0), '${many}')": "Quince",
		"count(${r})": "3", "sum(${x})": "7", "min(${x})": "1", "max(${x}, 9)": "9", "min(${empty})": "", "max('', 3)": "3", "count(${r}[x > 1])": "2", "${r}[2]/x": "2", "/r[3]/x": "4",
		"count(//x)": "3", "../n": "7", "indexed-repeat(${x}, ${r}, 3)": "4", "indexed-repeat(${x}, ${r}, 9)": "", "count-non-empty(${x})": "3",
		"today()": "2026-03-04", "now()": "2026-03-04T09:30:00Z", "today() - ${day}": "3", "today() > ${day}": "true", "date(${day} + 30)": "2026-03-31",
		"date('1970-01-02') + 0": "1", "decimal-date-time('1970-01-02T12:00:00Z')": "1.5", "format-date(${day}, '%e %b %Y')": "1 Mar 2026",
		"format-date-time(now(), '%H:%M')": "09:30", "format-date('', '%Y')": "", "date('no date')": "",
		"random()": "0.5", "uuid()": "u-1", "pi() > 3": "true", "pow(2, 3)": "8", "abs(-2)": "2", "sqrt(9)": "3",
		"instance('l')/root/item[name = 'q']/label": "Quince", "count(instance('l')/root/item)": "2", "1 | 2": "", "‘curly’ = 'curly'": "true",
		"${n}-1": "6", "../n -1": "6", ". = ''": "true", "position(..)": "", "or or or": "false",
	} {
		if got := work(t, source); got != want {
			t.Errorf("%s = %q, want %q", source, got, want)
		}
	}
}

func TestUnreadableExpressionsSayWhere(t *testing.T) {
	for source, at := range map[string]int{
		"1 +": 4, "(1": 3, "1)": 2, "a b": 3, "'open": 1, "${": 1, "${}": 1, "$x": 1, "1 ~ 2": 3, "if(1,,2)": 6, "f(1,)": 5, "x[1": 4, "/a/": 4, "é + #": 5,
		"child::x": 6, "= 2": 1, "": 1, "${a}/${b}": 6,
	} {
		_, err := ParseFormula(source)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q was read", source)
			continue
		}
		if syntax.At != at {
			t.Errorf("%q: at %d (%s), want %d", source, syntax.At, syntax.Reason, at)
		}
	}
}

func FuzzFormula(f *testing.F) {
	for _, s := range []string{"1 + 2", "selected(${many}, 'a') and not(${n} > 3)", "count(${r}[x > 1]/x)", "if(., '..', ../a)", "substr(${a}, -1, 99)", "((((", "-(-1)", "//*[position()=last()]", "'’", "indexed-repeat(${x},${r},1)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if formula, err := ParseFormula(source); err == nil {
			if formula.root == nil {
				t.Fatal("read, and nothing there")
			}
			work(t, source)
		}
	})
}
