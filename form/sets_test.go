package form

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"palermo/fault"
)

func openSet(t *testing.T, name string) *Definition {
	t.Helper()
	d, err := OpenSet(name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEverySetIsSoundAndTranslated(t *testing.T) {
	if len(Sets()) != 12 {
		t.Errorf("%d sets", len(Sets()))
	}
	for _, s := range Sets() {
		t.Run(s.Name, func(t *testing.T) {
			d := openSet(t, s.Name)
			report := Check(d)
			if !report.OK || len(report.Warnings) > 0 {
				t.Errorf("%+v %+v", report.Problems, report.Warnings)
			}
			if !s.Indicator {
				return
			}
			for item := range d.All() {
				for _, language := range []string{"en", "fr", "es", "ar"} {
					if !translated(item.Label, language) {
						t.Errorf("row %d has no label in %s", item.Row, language)
					}
				}
				if in := item.Indicator; in != nil && in.Dimension != "age" {
					marked := strings.Contains(item.Label.In("en", ""), "(not verified)") || strings.Contains(item.Label.In("en", ""), "(project draft)")
					if marked != (in.Status == StatusUnverified || in.Status == StatusDraft) {
						t.Errorf("%s: the mark and the status %s disagree", in.Code, in.Status)
					}
					for _, language := range []string{"en", "fr", "es", "ar"} {
						if !translated(item.Hint, language) {
							t.Errorf("%s has no hint in %s", in.Code, language)
						}
					}
				}
			}
		})
	}
}

func translated(t Text, language string) bool {
	s, ok := t.exactly(language)
	return ok && s != ""
}

func TestALibraryReadsEachSetOnce(t *testing.T) {
	l := NewLibrary()
	for _, s := range l.Sets() {
		once, err := l.Open(s.Name)
		again, _ := l.Open(s.Name)
		if err != nil || once != again {
			t.Errorf("%s was read twice: %v", s.Name, err)
		}
	}
	if _, err := l.Open("none"); !fault.Is(err, fault.CodeNotFound) {
		t.Errorf("got %v", err)
	}
	var none *Library
	if d, err := none.Open("unodc-child"); err != nil || d.ID != "unodc-child" || len(none.Sets()) != len(l.Sets()) {
		t.Errorf("without a library: %v", err)
	}
}

// Data/indicators.md marks what was seen in a source and what was not; the sets say the same, one for one.
func TestEverySetSaysHowFarItsSourceBearsItOut(t *testing.T) {
	for name, want := range map[string]map[Status]int{
		"labour-adults": {StatusSecondary: 67}, "labour-children": {StatusSecondary: 65}, "ilo-forced-labour": {StatusSecondary: 11},
		"sexual-adults": {StatusSecondary: 63, StatusUnverified: 4}, "unodc-general": {StatusSeen: 17, StatusUnverified: 19},
		"unodc-child": {StatusSeen: 16}, "unodc-domestic": {StatusSeen: 6, StatusUnverified: 4}, "unodc-sexual": {StatusSeen: 15, StatusUnverified: 3},
		"unodc-labour": {StatusSeen: 23}, "unodc-begging": {StatusUnverified: 16}, "humanitarian": {StatusDraft: 20},
	} {
		got := map[Status]int{}
		for _, o := range openSet(t, name).Origins() {
			if o.Source == "" {
				t.Errorf("%s: %d indicators without a source", name, o.Count)
			}
			got[o.Status] += o.Count
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestOperationalSetsHaveTheirCounts(t *testing.T) {
	for name, want := range map[string]map[string]int{
		"labour-adults":   {"D1": 10, "D2": 10, "D3": 16, "D4": 9, "D5": 15, "D6": 7},
		"labour-children": {"D1": 10, "D2": 10, "D3": 15, "D4": 8, "D5": 15, "D6": 7},
	} {
		d := openSet(t, name)
		got, weak := map[string]int{}, 0
		for item := range d.All() {
			if in := item.Indicator; in != nil && in.Dimension != "age" {
				got[in.Dimension]++
				if in.Weight == Weak {
					weak++
				}
			}
		}
		for dim, n := range want {
			if got[dim] != n {
				t.Errorf("%s %s: %d indicators, want %d", name, dim, got[dim], n)
			}
		}
		if name == "labour-children" && weak > 0 {
			t.Errorf("the children's list has no weak indicators, here are %d", weak)
		}
	}
}

func TestIntakeFormRunsAsARealForm(t *testing.T) {
	d := openSet(t, "htcds")
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	state := Run(d, Answers{}, Env{Now: now})
	shown := 0
	for f := range state.All() {
		if f.Visible {
			shown++
		}
	}
	if shown != 31 || len(state.Problems()) > 0 {
		t.Errorf("%d questions shown, problems %v", shown, state.Problems())
	}
	if f := state.Field("prs_Citizenship"); len(f.Options) < 240 || f.Label != "Citizenship" {
		t.Errorf("%d countries", len(f.Options))
	}
	answers := Answers{"prs_Citizenship": "NG", "prs_Birthdate": "2001-02-31", "vic_Methods_of_Control": "nonsense", "prs_First_Name": "A"}
	state = Run(d, answers, Env{Now: now})
	if got := state.Problems(); len(got) != 2 {
		t.Errorf("an impossible date and an unknown choice are two problems, got %v", got)
	}
	kept := state.Clean()
	if kept["start"] != "2026-03-04T05:06:07Z" || kept["__version__"] != "vSmt4GQA3C9uBMLPEVfgND" || kept["prs_Citizenship"] != "NG" {
		t.Errorf("kept %v", kept)
	}
}
