package training

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"palermo/form"
)

func shelf(t *testing.T) *Shelf {
	t.Helper()
	s, err := NewShelf(form.NewLibrary())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tick answers a set with yes for these indicators.
func tick(t *testing.T, set string, codes ...string) form.Answers {
	t.Helper()
	a := form.Answers{}
	if set == "" {
		return a
	}
	d, err := form.OpenSet(set)
	if err != nil {
		t.Fatal(err)
	}
	for f := range form.Run(d, form.Answers{}, form.Env{}).All() {
		if f.Item != nil && f.Item.Indicator != nil && f.Kind == form.KindQuestion && slices.Contains(codes, f.Item.Indicator.Code) {
			if err := a.Set(d, f.Path, "yes"); err != nil {
				t.Fatal(err)
			}
		}
	}
	return a
}

// asColleagues answers a case as experienced colleagues do.
func asColleagues(t *testing.T, c *Case) Answers {
	t.Helper()
	var codes []string
	for code := range c.Seen {
		codes = append(codes, code)
	}
	a := Answers{Form: tick(t, c.Set, codes...), View: c.View, Questions: map[string]string{}}
	for _, q := range c.Questions {
		for _, answer := range q.Answers {
			if answer.Right {
				a.Questions[q.Key] = answer.Key
			}
		}
	}
	return a
}

func feedback(t *testing.T, s *Shelf, c *Case, a Answers) Feedback {
	t.Helper()
	f, err := s.Feedback(c, a, form.Env{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestThePracticeCasesCoverTheField(t *testing.T) {
	s := shelf(t)
	sets, views := map[string]bool{}, map[Verdict]int{}
	for _, code := range s.Codes() {
		c, _ := s.Case(code, "en")
		sets[c.Set] = true
		views[c.View]++
	}
	for _, set := range []string{"unodc-labour", "unodc-domestic", "unodc-child", "humanitarian", "ilo-forced-labour", "unodc-sexual", "unodc-general"} {
		if !sets[set] {
			t.Errorf("no case practises %s", set)
		}
	}
	if views[Trafficking] < 6 || views[Exploitation] < 1 || views[Smuggling] < 1 {
		t.Errorf("%v: a case that is no trafficking, and one of smuggling, are needed", views)
	}
}

func TestWhoSeesWhatColleaguesSawPasses(t *testing.T) {
	s := shelf(t)
	for _, code := range s.Codes() {
		c, _ := s.Case(code, "en")
		if f := feedback(t, s, c, asColleagues(t, c)); !f.Passed || len(f.Both) != len(c.Seen) || len(f.Missed)+len(f.Beyond) > 0 {
			t.Errorf("%s: %+v", code, f)
		}
	}
}

func TestNobodyPassesByTickingEverything(t *testing.T) {
	s := shelf(t)
	for _, code := range s.Codes() {
		c, _ := s.Case(code, "en")
		if c.Set == "" {
			continue
		}
		d, err := form.OpenSet(c.Set)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for item := range d.All() {
			if item.Indicator != nil {
				all = append(all, item.Indicator.Code)
			}
		}
		a := asColleagues(t, c)
		a.Form = tick(t, c.Set, all...)
		f := feedback(t, s, c, a)
		if f.Passed || len(f.Missed) > 0 {
			t.Errorf("%s: everything ticked, passed %v, missed %v", code, f.Passed, f.Missed)
		}
		for _, r := range f.Beyond {
			if want := c.Unsaid[r.Code]; r.Why != want {
				t.Errorf("%s, %s: the reason is %q", code, r.Code, r.Why)
			}
		}
	}
}

func TestEachMissedIndicatorAndWrongAnswerIsExplained(t *testing.T) {
	s := shelf(t)
	for _, code := range s.Codes() {
		c, _ := s.Case(code, "en")
		for missed, why := range c.Seen {
			a := asColleagues(t, c)
			var rest []string
			for other := range c.Seen {
				if other != missed {
					rest = append(rest, other)
				}
			}
			a.Form = tick(t, c.Set, rest...)
			if f := feedback(t, s, c, a); f.Passed || len(f.Missed) != 1 || f.Missed[0].Why != why || f.Missed[0].Label == "" {
				t.Errorf("%s without %s: %+v", code, missed, f.Missed)
			}
		}
		for i, q := range c.Questions {
			for _, answer := range q.Answers {
				a := asColleagues(t, c)
				a.Questions[q.Key] = answer.Key
				if f := feedback(t, s, c, a); f.Passed != answer.Right || f.Replies[i].Why != answer.Why {
					t.Errorf("%s, %s, %s: %+v", code, q.Key, answer.Key, f.Replies[i])
				}
			}
		}
		if c.View != "" {
			a := asColleagues(t, c)
			a.View = Neither
			if f := feedback(t, s, c, a); f.Passed || f.ViewOK {
				t.Errorf("%s: another view passes", code)
			}
		}
	}
}

// The worth of assistance whatever becomes of a prosecution (row 7p): a course for law enforcement has it.
func TestACourseForLawEnforcementTeachesThatHelpComesFirst(t *testing.T) {
	s := shelf(t)
	for _, course := range s.Courses() {
		if course.Code != "PRACTICE-2" {
			continue
		}
		if !slices.Contains(course.For, "police") || !slices.Contains(course.For, "prosecutor") || len(course.Cases) < 3 {
			t.Errorf("%+v", course)
		}
		return
	}
	t.Error("there is no such course")
}

const sound = `title: T
set: ilo-forced-labour
text: [A]
seen: {ILO.01: because}
arguable: [ILO.02]
unsaid: {ILO.03: no}
view: trafficking
because: so
questions:
  - {key: q, text: Q, answers: [{key: a, text: A, why: w, right: true}, {key: b, text: B, why: w}]}
`

func TestAMistakeInACaseIsRefused(t *testing.T) {
	try := func(english, french string) error {
		files := fstest.MapFS{"courses.yaml": {Data: []byte("- {code: C, title: T, for: [police], cases: [x]}\n")}, "cases/en/x.yaml": {Data: []byte(english)}}
		if french != "" {
			files["cases/fr/x.yaml"] = &fstest.MapFile{Data: []byte(french)}
		}
		_, err := readShelf(files, form.NewLibrary())
		return err
	}
	if err := try(sound, strings.Replace(sound, "title: T", "title: Titre", 1)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]string{
		"unknown set":       {"ilo-forced-labour", "ilo"},
		"unknown indicator": {"ILO.01", "ILO.77"},
		"indicator twice":   {"[ILO.02]", "[ILO.01]"},
		"no right answer":   {", right: true", ""},
		"two right answers": {"text: B, why: w", "text: B, why: w, right: true"},
		"same key":          {"key: b", "key: a"},
		"no reason":         {"text: B, why: w", "text: B"},
		"unknown verdict":   {"view: trafficking", "view: guilty"},
		"no because":        {"because: so\n", ""},
		"unknown key":       {"title: T", "titel: T"},
		"nothing to ask":    {"questions:", "questions: []\nx:"},
	} {
		if err := try(strings.Replace(sound, c[0], c[1], 1), ""); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := try(sound, strings.Replace(sound, "ILO.01", "ILO.04", 1)); err == nil || !strings.Contains(err.Error(), "English") {
		t.Errorf("a translation that asks something else: %v", err)
	}
}

func TestACaseIsShownInEnglishWhereItIsNotTranslated(t *testing.T) {
	s := shelf(t)
	if c, ok := s.Case("orchard", "xx"); !ok || c.Lang != "en" {
		t.Errorf("%v %v", c, ok)
	}
	if _, ok := s.Case("none", "en"); ok {
		t.Error("a case that there is not")
	}
}
