package linkage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// agree gives the keys by which two records agree.
func agree(a, b Person) []Key {
	theirs := Texts(b)
	var out []Key
	for _, t := range Texts(a) {
		if slices.Contains(theirs, t) && !slices.Contains(out, t.Key) {
			out = append(out, t.Key)
		}
	}
	return out
}

func named(name, born string) Person { return Person{Names: []string{name}, Born: born} }

func TestOfficesThatWriteANameInTheirOwnWayAgree(t *testing.T) {
	for _, c := range []struct{ one, other string }{
		{"محمد أحمد عثمان", "Mohamed Ahmed Osman"},
		{"عبد الرحمن خالد", "Khalid Abdul-Rahman"},
		{"Олександр Ковальський", "Aleksandr Kovalsky"},
		{"Наталія Бондаренко", "BONDARENKO Natalya"},
		{"李小明", "Li Xiao Ming"},
		{"李小明", "Xiaoming LI"},
		{"欧阳小明", "Ouyang Xiaoming"},
		{"Osayuwamen Blessing", "Blessing OSAYUWAMEN"},
		{"Иван Петрович Сидоров", "Ivan Sidorov"},
		{"Nguyễn Thị Hoa", "Hoa Nguyen"},
	} {
		if got := agree(named(c.one, "1999-03-04"), named(c.other, "1999-03-04")); Score(got) < Possible || oneName(got) {
			t.Errorf("%s, %s agree only by %v", c.one, c.other, got)
		}
	}
}

func TestTheFirstOfJanuaryIsAYear(t *testing.T) {
	born := func(s string) birth { return birthOf(s) }
	for in, want := range map[string]birth{
		"1999-03-04": {"1999", "1999-03-04"}, "1999-01-01": {"1999", ""}, "1999-03": {"1999", ""}, "1999": {"1999", ""},
		"": {}, "1999-02-30": {}, "04.03.1999": {}, "0001-02-03": {}, "99": {}, "1999-3-4": {},
	} {
		if got := born(in); got != want {
			t.Errorf("%q is %v, want %v", in, got, want)
		}
	}
	strangers := agree(named("Amina Yusuf", "1999-01-01"), named("Amina Bello", "1999-01-01"))
	if len(strangers) != 0 {
		t.Errorf("one name and a first of January tie strangers: %v", strangers)
	}
	if got := agree(named("Amina Yusuf", "1999-01-01"), named("Yusuf Amina", "1999-03-04")); !slices.Equal(got, []Key{ByNamesAndYear}) {
		t.Errorf("a year does not meet the day in it: %v", got)
	}
}

func TestOneFactAloneNeverTies(t *testing.T) {
	full := Person{
		Names: []string{"Amina Yusuf"}, Born: "1999-03-04", Parents: []string{"Musa Bello"}, Nationalities: []string{"NG"},
		Documents: []Document{{"NG", "A1234567"}}, Places: []string{"Benin City"}, Addresses: []Address{{"Ring Road", "12", "300001"}},
	}
	for name, alone := range map[string]Person{
		"name": {Names: full.Names}, "date": {Born: full.Born}, "parent": {Parents: full.Parents}, "nationality": {Nationalities: full.Nationalities},
		"place": {Places: full.Places}, "address": {Addresses: full.Addresses},
		"the number without its country": {Documents: []Document{{"", "A1234567"}}}, "a short number": {Documents: []Document{{"NG", "12"}}},
	} {
		if got := Texts(alone); len(got) != 0 {
			t.Errorf("%s alone makes %v", name, got)
		}
	}
	seen := map[Key]bool{}
	for _, text := range Texts(full) {
		seen[text.Key] = true
	}
	if len(seen) != len(rules) {
		t.Errorf("a full record has %d keys, want %d", len(seen), len(rules))
	}
}

func TestAFamilyNameThatParentAndChildBearIsNoTie(t *testing.T) {
	a := Person{Names: []string{"Grace Okonkwo"}, Born: "1999", Parents: []string{"Chidi Okonkwo"}}
	b := Person{Names: []string{"Joy Okonkwo"}, Born: "1999", Parents: []string{"Emeka Okonkwo"}}
	if got := agree(a, b); len(got) != 0 {
		t.Errorf("strangers of one name agree by %v", got)
	}
	c := Person{Names: []string{"Grace"}, Born: "1999-05-06", Parents: []string{"OKONKWO Chidi"}}
	if got := agree(a, c); !slices.Equal(got, []Key{ByParent}) {
		t.Errorf("the parent does not tie: %v", got)
	}
}

func TestTwinsAgreeByNoTwoParts(t *testing.T) {
	twin := func(name string) Person {
		return Person{Names: []string{name}, Born: "1999-03-04", Places: []string{"Benin City"}, Nationalities: []string{"NG"}, Parents: []string{"Chidi Okonkwo"}}
	}
	got := agree(twin("Taiwo Okonkwo"), twin("Kehinde Okonkwo"))
	if Score(got) < Possible || !oneName(got) {
		t.Errorf("twins agree by %v: the officer must be told that it may be a sister", got)
	}
	if got := agree(twin("Taiwo Okonkwo"), twin("Okonkwo Taiwo")); oneName(got) {
		t.Errorf("the same person is taken for a twin: %v", got)
	}
}

func TestADocumentIsOneHoweverItIsCopied(t *testing.T) {
	papers := func(country, number string) Person { return Person{Documents: []Document{{country, number}}} }
	if got := agree(papers("NG", "A 123-4567"), papers("ng", "a1234567")); Score(got) < Possible {
		t.Errorf("agree by %v", got)
	}
	if got := agree(papers("NG", "A1234567"), papers("GH", "A1234567")); len(got) != 0 {
		t.Errorf("two countries' numbers are one: %v", got)
	}
}

func TestKeysAndRegistersAreApart(t *testing.T) {
	a, b := Text{ByNamesAndPlace, "X|Y"}, Text{ByNamesAndNation, "X|Y"}
	inputs := []string{string(a.Input("NG")), string(b.Input("NG")), string(a.Input("IT")), string(Text{ByNamesAndPlace, "X"}.Input("NG"))}
	slices.Sort(inputs)
	if len(slices.Compact(inputs)) != 4 {
		t.Errorf("inputs meet: %q", inputs)
	}
}

func TestTheKeysFillAQuestion(t *testing.T) {
	sum := 0
	for i, rule := range rules {
		sum += rule.most
		if rule.key != Key(i+1) {
			t.Errorf("%s stands in the place of another", rule.name)
		}
	}
	if sum != QuestionSize {
		t.Errorf("keys allow %d texts, a question has %d", sum, QuestionSize)
	}
	if Key(0).String() != "none" || Key(99).Points() != 0 {
		t.Error("a key that is none is taken for one")
	}
}

// Whatever is in a record, its texts are bounded, in one order, and carry no
// sign that could make one text out of two.
func TestTextsAreBoundedWhateverIsInTheRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.String(), 0, 6)
		p := Person{
			Names: list.Draw(t, "names"), Born: rapid.SampledFrom([]string{"1999-03-04", "1999", "x"}).Draw(t, "born"),
			Parents: list.Draw(t, "parents"), Nationalities: list.Draw(t, "nations"), Places: list.Draw(t, "places"),
			Documents: []Document{{rapid.String().Draw(t, "country"), rapid.String().Draw(t, "number")}},
			Addresses: []Address{{rapid.String().Draw(t, "street"), rapid.String().Draw(t, "house"), rapid.String().Draw(t, "code")}},
		}
		texts := Texts(p)
		if len(texts) > QuestionSize {
			t.Fatalf("%d texts", len(texts))
		}
		if !slices.Equal(texts, Texts(p)) {
			t.Fatal("not the same twice")
		}
		for _, text := range texts {
			if n := strings.Count(text.Text, "|"); n > 2 || strings.ContainsAny(text.Text, "\n\x00") {
				t.Fatalf("%q", text)
			}
		}
	})
}

func ExampleTexts() {
	for _, t := range Texts(Person{Names: []string{"محمد عثمان"}, Born: "1999-03-04", Nationalities: []string{"SD"}}) {
		fmt.Println(t.Key, t.Text)
	}
	// Output:
	// names+year MUHMT+UTMN|1999
	// name+day MUHMT|1999-03-04
	// name+day UTMN|1999-03-04
	// names+nation MUHMT+UTMN|SD
}
