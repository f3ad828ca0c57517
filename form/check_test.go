package form

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryMistakeIsReportedAtItsCell(t *testing.T) {
	report := Check(testdata(t, "mistakes"))
	var got []string
	for _, p := range report.Problems {
		got = append(got, fmt.Sprintf("%s %d %s: %s", p.Sheet, p.Row, p.Column, p.Reason))
	}
	want := []string{
		"survey 2 type: There is no type “txt”.",
		"survey 3 name: The name “b c” is not possible.",
		"survey 4 name: This question has no name.",
		"survey 6 name: The name “dup” is already used in row 5 of the same group.",
		"survey 7 type: There is no list “nolist” in the sheet choices.",
		"survey 8 type: The type “select_one” does not say which list",
		"survey 9 relevant: ${ghost} names no question of this form (character 1).",
		"survey 9 label: ${nobody} names no question of this form.",
		"survey 10 relevant: This expression cannot be read. The expression ends too early (character 4).",
		"survey 11 relevant: There is no function frob (character 1).",
		"survey 12 relevant: The function selected is given 3 values and needs 2 (character 1).",
		"survey 13 calculation: The calculation is missing.",
		"survey 14 label: This question has no label",
		"survey 15 constraint: This expression cannot be read. The expression ends too early (character 5).",
		"survey 17 type: This ends a repeat, but what is open here is the group “m”.",
		"survey 18 type: This ends a group that was never begun.",
		"survey 19 type: This repeat is opened and never closed.",
		"choices 3 name: The list “l” already has a choice “x” in row 2.",
		"choices 4 name: This choice of the list “l” has no name.",
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("not reported: %s", want[i])
		case i >= len(want):
			t.Errorf("reported without need: %s", got[i])
		case !strings.HasPrefix(got[i], want[i]):
			t.Errorf("got  %s\nwant %s", got[i], want[i])
		}
	}
	if report.OK {
		t.Error("OK with mistakes")
	}
	if len(report.Warnings) != 2 {
		t.Errorf("a choice without label and pulldata are warned of, got %v", report.Warnings)
	}
}

func TestReportIsTheJSONThatOthersRelyOn(t *testing.T) {
	data, err := json.Marshal(Check(testdata(t, "or_other")))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), `{"ok":true,"questions":2,"problems":[]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatDependsOnItselfIsReported(t *testing.T) {
	d := testdata(t, "cycle")
	var got []string
	for _, p := range Check(d).Problems {
		got = append(got, fmt.Sprintf("%d %s %s", p.Row, p.Column, p.Reason))
	}
	want := []string{
		"4 calculation This depends on itself: a → b → c → a.",
		"6 relevant This depends on itself: d → e → d.",
		"7 calculation This depends on itself: self → self.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	Run(d, Answers{"d": "x"}, Env{}) // and running it ends
}

func TestHeadersAndTypesAreReadAsPyxformReadsThem(t *testing.T) {
	d := New(&Workbook{Sheets: []Sheet{
		{Name: "Survey", Rows: [][]string{
			{"Command", "Tag", "Caption::Français", "media::image::Français", "bind::relevant", "bind::jr:constraintMsg", "Read Only"},
			{"begin_group", "g", "G"}, {"select one from  l ", "a", "A", "a.png"}, {"Select_Multiple l or specify other", "b", "B"},
			{"add integer prompt", "c", "C", "", "${a} = 'x'", "No.", "yes"}, {"end group"},
			{"q picture", "p", "P"}, {"phone number", "t", "T"}, {"dateTime", "dt", "D"}, {"get today", "now"},
		}},
		{Name: "CHOICES", Rows: [][]string{{"List Name", "Value", "Label"}, {"l", "x", "X"}}},
	}})
	if r := Check(d); !r.OK || r.Questions != 6 {
		t.Fatalf("%+v", r)
	}
	want := map[string]Type{"g": TypeGroup, "g/a": TypeOne, "g/b": TypeMultiple, "g/b_other": TypeText, "g/c": TypeInteger, "p": "image", "t": TypeText, "dt": TypeDateTime, "now": "today"}
	for path, kind := range want {
		if item := d.Item(path); item == nil || item.Type != kind {
			t.Errorf("%s: %+v, want %s", path, item, kind)
		}
	}
	c := d.Item("g/c")
	if c.Relevant == nil || c.ReadOnly == nil || c.ConstraintMessage[""] != "No." || d.Item("g/a").Media["image"].In("fr", "") != "a.png" {
		t.Errorf("%+v", c)
	}
}

func TestUnknownSheetsAndColumnsAreKept(t *testing.T) {
	d := testdata(t, "languages")
	if s := d.Book.Sheet("notes"); s == nil || s.Rows[3][1] != "cell with\ntwo lines and \"quotes\"" {
		t.Errorf("%+v", s)
	}
	if m := testdata(t, "mistakes"); m.Item("f").Columns["notes"] != "kept" {
		t.Errorf("%+v", m.Item("f").Columns)
	}
	dir := t.TempDir()
	if err := d.Book.WriteCSV(dir); err != nil {
		t.Fatal(err)
	}
}

func TestAFileThatIsNoWorkbookHasAReportToo(t *testing.T) {
	_, err := ReadXLSX(strings.NewReader("hello"))
	data, jsonErr := json.Marshal(Refused(err))
	if jsonErr != nil {
		t.Fatal(jsonErr)
	}
	want := `{"ok":false,"questions":0,"problems":[{"sheet":"","row":0,"column":"","reason":"This file could not be read as a workbook. Save it as .xlsx and send it again."}]}`
	if string(data) != want {
		t.Errorf("got %s", data)
	}
}

func TestANameWithoutBracesIsRemarkedOn(t *testing.T) {
	d := New(&Workbook{Sheets: []Sheet{{Name: "survey", Rows: [][]string{
		{"type", "name", "label", "relevant"}, {"integer", "age", "Age"}, {"text", "school", "School", "age < 18 and count(../age[age = 1]) = 0"},
	}}}})
	if r := Check(d); !r.OK || len(r.Warnings) != 1 || r.Warnings[0].Row != 3 {
		t.Errorf("%+v", r)
	}
}
