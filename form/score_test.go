package form

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// yes answers these indicators with yes, by code.
func yes(codes ...string) Answers {
	a := Answers{}
	for _, c := range codes {
		group := "g_" + strings.ToLower(strings.SplitN(c, ".", 2)[0])
		inner, _ := a[group].(Answers)
		if inner == nil {
			inner = Answers{}
			a[group] = inner
		}
		inner[strings.ReplaceAll(strings.ToLower(c), ".", "_")] = "yes"
	}
	return a
}

func TestADimensionIsPositiveByTheRuleOfCounts(t *testing.T) {
	d := openSet(t, "labour-adults")
	// D5: 01 to 04 strong, 05 to 14 medium, 15 weak. D6: 01 to 05 medium, 06 and 07 weak. D1.01 strong, D1.10 weak.
	for _, c := range []struct {
		codes []string
		want  bool
	}{
		{[]string{"D5.01", "D5.02"}, true},
		{[]string{"D5.01", "D5.05"}, true},
		{[]string{"D5.01", "D5.15"}, true},
		{[]string{"D5.05", "D5.06", "D5.07"}, true},
		{[]string{"D5.05", "D5.06", "D5.15"}, true},
		{[]string{"D5.01"}, false},
		{[]string{"D5.05", "D5.06"}, false},
		{[]string{"D5.05", "D5.15"}, false},
		{[]string{"D6.01", "D6.06", "D6.07"}, false},
		{[]string{"D6.06", "D6.07"}, false},
		{[]string{"D6.01", "D6.02", "D6.06"}, true},
	} {
		s := Score(d, yes(c.codes...), Env{})
		dim := s.dimension(c.codes[0][:2])
		if dim.Reaches != c.want || len(dim.Because) != len(c.codes) || (dim.Rule != "") != c.want {
			t.Errorf("%v: %+v", c.codes, dim)
		}
	}
}

func TestCombinationsOfDimensions(t *testing.T) {
	deceived := []string{"D1.01", "D1.02"}
	forced := []string{"D2.01", "D2.03"}
	abused := []string{"D3.01", "D3.02", "D3.03"}
	exploited := []string{"D4.01", "D4.02"}
	held := []string{"D5.01", "D5.02"}
	dependent := []string{"D6.01", "D6.02", "D6.03"}
	for name, c := range map[string]struct {
		codes []string
		age   string
		want  string
	}{
		"nothing":                         {nil, "no", "none"},
		"exploitation only":               {exploited, "no", "exploitation"},
		"deception, exploitation":         {slices.Concat(deceived, exploited), "no", "deception_exploitation"},
		"deception, exploitation, held":   {slices.Concat(deceived, exploited, held), "no", "trafficking"},
		"coercion, exploitation, held":    {slices.Concat(forced, exploited, held), "no", "trafficking"},
		"abuse stands in for recruitment": {slices.Concat(abused, exploited, held), "no", "trafficking_vulnerability"},
		"abuse stands in at destination":  {slices.Concat(deceived, exploited, dependent), "no", "trafficking_vulnerability"},
		"held without recruitment":        {slices.Concat(exploited, held), "no", "coercion_exploitation"},
		"means without exploitation":      {slices.Concat(deceived, held), "no", "means_only"},
		"a child, one sign of the act":    {append([]string{"D3.01"}, exploited...), "yes", "child_trafficking"},
		"age uncertain: presumed a child": {append([]string{"D3.01"}, exploited...), "uncertain", "child_trafficking"},
		"a child, act not shown":          {exploited, "yes", "child_exploitation"},
	} {
		t.Run(name, func(t *testing.T) {
			a := yes(c.codes...)
			a["under_18"] = c.age
			s := Score(openSet(t, "labour-adults"), a, Env{})
			if len(s.Indications) != 1 || s.Indications[0].Code != c.want {
				t.Fatalf("got %+v, want %s", s.Indications, c.want)
			}
			in := s.Indications[0]
			if c.want != "none" && (len(in.Because) == 0 || len(in.Dimensions) == 0 || !strings.HasPrefix(in.Text, "Indications of")) {
				t.Errorf("%+v", in)
			}
			if len(s.Present) != len(c.codes) || s.Notice != Notice {
				t.Errorf("%d answers listed, want %d", len(s.Present), len(c.codes))
			}
		})
	}
}

func TestChildrensSetNeedsNoMeans(t *testing.T) {
	s := Score(openSet(t, "labour-children"), yes("D4.01", "D4.02", "D1.02"), Env{})
	if s.Age != "under_18" || s.Indications[0].Code != "child_trafficking" {
		t.Errorf("%+v", s)
	}
}

func TestSetsWithoutWeightsListAndDoNotDecide(t *testing.T) {
	a := Answers{"g_g": Answers{"g01": "yes", "g02": "no", "g20": "yes", "g03": "unknown"}}
	s := Score(openSet(t, "unodc-general"), a, Env{Language: "fr"})
	if s.Weighted || len(s.Indications) != 0 || len(s.Present) != 2 || s.Unverified != 1 || s.Unanswered != 33 {
		t.Errorf("%+v", s)
	}
	if s.Present[0].Label != "La personne croit devoir travailler contre sa volonté" || s.Dimensions[0].Label != "La personne" {
		t.Errorf("%+v", s.Present[0])
	}
}

func TestAResultHasNoVerdict(t *testing.T) {
	a := yes("D1.01", "D1.02", "D4.01", "D4.02", "D5.01", "D5.02")
	data, err := json.Marshal(Score(openSet(t, "labour-adults"), a, Env{}))
	if err != nil {
		t.Fatal(err)
	}
	var shape map[string]any
	if err := json.Unmarshal(data, &shape); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for k := range shape {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	want := []string{"dimensions", "indications", "notice", "present", "set", "title", "unanswered", "unverified", "weighted"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Error(diff)
	}
	for _, word := range []string{"victim", "total", "score", "verdict"} {
		if strings.Contains(strings.ToLower(string(data)), word) {
			t.Errorf("the result speaks of %q", word)
		}
	}
	if !strings.Contains(string(data), "not a decision") {
		t.Error("the notice is missing")
	}
}

func TestHiddenIndicatorsDoNotCount(t *testing.T) {
	d := New(&Workbook{Sheets: []Sheet{{Name: "survey", Rows: [][]string{
		{"type", "name", "label", "relevant", "indicator_code", "dimension", "weight", "source", "status"},
		{"select_one l", "a", "A", "", "X1", "X", "strong", "s", "seen"},
		{"select_one l", "b", "B", "${a} = 'no'", "X2", "X", "strong", "s", "seen"},
		{"select_one l", "c", "C", "", "X2", "", "heavy", "", "guess"},
	}}, {Name: "choices", Rows: [][]string{{"list_name", "name", "label"}, {"l", "yes", "Yes"}, {"l", "no", "No"}}}}})
	if s := Score(d, Answers{"a": "yes", "b": "yes"}, Env{}); len(s.Present) != 1 || s.Dimensions[0].Reaches {
		t.Errorf("%+v", s)
	}
	if r := Check(d); len(r.Problems) != 4 {
		t.Errorf("a code twice, a weight, a status and a dimension are wrong: %+v", r.Problems)
	}
}
