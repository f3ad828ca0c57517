package form

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func march(day int) time.Time { return time.Date(2026, 3, day, 9, 30, 0, 0, time.UTC) }

func run(t *testing.T, d *Definition, a Answers) *State {
	t.Helper()
	return Run(d, a, Env{Now: march(4)})
}

func reasons(s *State) map[string]string {
	all := map[string]string{}
	for _, m := range s.Problems() {
		all[m.Path] = m.Reason
	}
	return all
}

func optionNames(f *Field) []string {
	var names []string
	for _, o := range f.Options {
		names = append(names, o.Name)
	}
	return names
}

func TestOrOtherAsksWhich(t *testing.T) {
	d := testdata(t, "or_other")
	s := Run(d, Answers{"need": "shelter"}, Env{Language: "fr"})
	if f := s.Field("need"); f.Options[2].Name != "other" || f.Options[2].Label != "Autre" {
		t.Errorf("%+v", f.Options)
	}
	if s.Field("need_other").Visible {
		t.Error("asked which other without other")
	}
	s = Run(d, Answers{"need": "other", "need_other": "a bicycle", "later": "doctor other"}, Env{})
	if !s.Field("need_other").Visible || !s.Field("later_other").Visible {
		t.Error("which other is not asked")
	}
	if got := s.Clean()["need_other"]; got != "a bicycle" {
		t.Errorf("kept %v", got)
	}
}

func TestCascadeOffersOnlyWhatFits(t *testing.T) {
	d := testdata(t, "cascade")
	s := run(t, d, Answers{})
	if s.Field("district").Visible {
		t.Error("district asked before country")
	}
	s = run(t, d, Answers{"country": "aa", "district": "s"})
	if diff := cmp.Diff([]string{"n", "s"}, optionNames(s.Field("district"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"s1"}, optionNames(s.Field("town"))); diff != "" {
		t.Error(diff)
	}
	s = run(t, d, Answers{"country": "bb", "district": "s"})
	if reasons(s)["district"] != "Choose from the answers shown." {
		t.Errorf("a district of another country passed: %v", s.Problems())
	}
	s = run(t, d, Answers{"country": "bb", "district": "w", "town": "w1"})
	if got := s.Field("place").Value; got != "Westtown, Beland" {
		t.Errorf("place %q", got)
	}
}

func TestNestedRepeatsCountWithinTheirOwnHome(t *testing.T) {
	d := testdata(t, "nested")
	a, err := d.ReadAnswers([]byte(`{"homes_known": 2, "home": [
		{"town": "A", "person": [{"name": "x", "age": 40}, {"name": "y", "age": 9, "school": "S"}]},
		{"town": "B", "person": [{"name": "z", "age": 17}, {"name": "w", "age": 16}, {"name": "v", "age": 300, "school": "gone"}]},
		{"town": "too many"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s := run(t, d, a)
	for path, want := range map[string]string{
		"home[1]/minors": "1", "home[2]/minors": "2", "home[1]/oldest": "40", "home[2]/person[3]/number": "3",
		"people": "5", "years": "382", "second_town": "B", "towns": "A, B",
	} {
		if got := s.Field(path); got == nil || got.Value != want {
			t.Errorf("%s = %+v, want %s", path, got, want)
		}
	}
	if s.Field("home[3]/town") != nil {
		t.Error("more homes than repeat_count")
	}
	if got := reasons(s)["home[2]/person[3]/age"]; got != "v cannot be 300 years old." {
		t.Errorf("message %q", got)
	}
	home := s.Clean()["home"].([]Answers)
	if _, ok := home[1]["person"].([]Answers)[2]["school"]; ok {
		t.Error("the school of a grown-up was kept")
	}
	if home[0]["person"].([]Answers)[1]["school"] != "S" {
		t.Error("the school of a child was dropped")
	}
}

func TestConstraintsAndRequired(t *testing.T) {
	d := testdata(t, "constraints")
	if r := Check(d); !r.OK {
		t.Fatal(r.Problems)
	}
	s := run(t, d, Answers{})
	if diff := cmp.Diff(map[string]string{"born": "The date of birth is needed."}, reasons(s)); diff != "" {
		t.Error(diff)
	}
	s = run(t, d, Answers{"born": "2026-03-05", "wage": "-1", "hours": "25", "phone": "call me", "harm": "none debt", "pain": "3",
		"at": "25:00", "when": "2026-03-04", "order": "none debt"})
	want := map[string]string{
		"born": "Nobody is born tomorrow.", "wage": "This answer is not possible here. Check it.", "hours": "A day has 24 hours.",
		"phone": "Only digits.", "harm": "None goes with nothing else.", "pain": "Choose a number on the scale.",
		"at": "Enter a time as hours and minutes, such as 14:30.", "when": "Enter a date and time, such as 2019-03-27T14:30.",
		"order": "Put all the answers in order.", "guardian/guardian_name": "Answer this question.",
	}
	if diff := cmp.Diff(want, reasons(s)); diff != "" {
		t.Error(diff)
	}
	s = run(t, d, Answers{"born": "2000-03-01", "hours": "", "pain": "4", "at": "14:30", "when": "2026-03-04T14:30", "order": "debt none threats", "phone": "+39 06 1234"})
	if len(s.Problems()) > 0 || s.Field("age").Value != "26" || s.Field("hours").Value != "" || s.Field("child").Visible {
		t.Errorf("%v, age %s, hours %q", s.Problems(), s.Field("age").Value, s.Field("hours").Value)
	}
	if f := s.Field("greeting"); f.Label != "Greeting for +39 06 1234" || !f.ReadOnly || f.Value != "2026-03-04" {
		t.Errorf("%+v", f)
	}
	if s.Field("where").Supported || s.Field("where").Required || s.Field("fixed").Value != "AB" {
		t.Error("a place cannot be required on line; a default may be an expression")
	}
}

func TestDefaultAppliesOnlyToWhatWasNeverAsked(t *testing.T) {
	d := testdata(t, "constraints")
	if got := run(t, d, Answers{}).Field("hours").Value; got != "8" {
		t.Errorf("never asked: %q", got)
	}
	if got := run(t, d, Answers{"hours": ""}).Field("hours").Value; got != "" {
		t.Errorf("left empty on purpose: %q", got)
	}
}

func TestOnceKeepsTheFirstValue(t *testing.T) {
	d := testdata(t, "constraints")
	first := Run(d, Answers{}, Env{Now: march(4)}).Clean()
	if got := Run(d, first, Env{Now: march(9)}).Field("greeting").Value; got != "2026-03-04" {
		t.Errorf("became %s", got)
	}
}

func TestEachLanguageAndItsFallback(t *testing.T) {
	d := testdata(t, "languages")
	for language, want := range map[string][3]string{
		"fr": {"Nom", "Comme sur les papiers", "Indiquez le nom."}, "French": {"Nom", "Comme sur les papiers", "Indiquez le nom."},
		"ar": {"الاسم", "Comme sur les papiers", "Indiquez le nom."}, "": {"Name", "Comme sur les papiers", "Indiquez le nom."},
	} {
		s := Run(d, Answers{}, Env{Language: language})
		f := s.Field("name")
		if got := [3]string{f.Label, f.Hint, f.Problems[0]}; got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
		if s.Field("town").Label != "Town" {
			t.Errorf("%s: no fallback", language)
		}
	}
}

func TestAPageNeedsNoScript(t *testing.T) {
	d := testdata(t, "nested")
	posted := url.Values{
		"homes_known": {"2"}, "home[]": {"2"}, "home[1]/town": {" A "}, "home[2]/person[]": {"1"}, "home[2]/person[1]/name": {"z"},
		"csrf": {"x"}, "home[99999]/town": {"x"}, "home[x]/town": {"x"}, "home[1]/people": {"x"},
	}
	a, err := FromValues(d, posted)
	if err != nil {
		t.Fatal(err)
	}
	want := Answers{"homes_known": "2", "home": []Answers{{"town": " A "}, {"person": []Answers{{"name": "z"}}}}}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Error(diff)
	}
	if err := a.AddInstance(d, "home[2]/person", 1); err != nil {
		t.Fatal(err)
	}
	s := run(t, d, a)
	if f := s.Field("home[2]/person"); f.Count() != 2 || !f.CanAdd || f.CountName != "home[2]/person[]" {
		t.Errorf("%+v", f)
	}
	if err := a.RemoveInstance(d, "home[2]/person", 1); err != nil {
		t.Fatal(err)
	}
	if v, ok := a.Get("home[2]/person[1]/name"); ok {
		t.Errorf("removed and still %q", v)
	}
	if err := a.RemoveInstance(d, "home[2]/person", 1); err != nil {
		t.Fatal(err)
	}
	if f := run(t, d, a).Field("home[2]/person"); f.Count() != 0 {
		t.Errorf("%d left", f.Count())
	}
	if err := a.Set(d, "home[1]/nothing", "x"); err == nil {
		t.Error("a place the form does not have was set")
	}
}

func TestSeveralBoxesAreOneAnswer(t *testing.T) {
	d := testdata(t, "constraints")
	a, err := FromValues(d, url.Values{"harm": {"", "threats", "debt"}, "hours": {""}})
	if err != nil || a["harm"] != "threats debt" || a["hours"] != "" {
		t.Errorf("%v %v", a, err)
	}
}

func TestAnswersGoThroughJSONUnchanged(t *testing.T) {
	d := testdata(t, "nested")
	a := Answers{"homes_known": "1", "home": []Answers{{"town": "A", "person": []Answers{}}}}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var again Answers
	if err := again.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, again); diff != "" {
		t.Error(diff)
	}
	read, err := d.ReadAnswers(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, read); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{`[]`, `null`, `{"nobody": 1}`, `{"home": {}}`, `{"home": [1]}`, `{"homes_known": {"a": 1}}`, `{"home": [{"x": 1}]}`} {
		if _, err := d.ReadAnswers([]byte(bad)); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}
