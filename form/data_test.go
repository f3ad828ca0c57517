package form

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// shared opens a file of the data set beside the project; CI must have it.
func shared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the shared data are not there: %v", err)
		}
		t.Skipf("the shared data are not there; put them at %s", path)
	}
	return path
}

func readFile(t *testing.T, path string) *Definition {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	d, err := ReadXLSX(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return d
}

// testdata reads one of our own workbooks, written as XLSX and read again, so
// that tests see what a person's spreadsheet gives.
func testdata(t *testing.T, name string) *Definition {
	t.Helper()
	d, err := ReadCSV(os.DirFS("testdata"), name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := d.WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	again, err := ReadXLSX(&out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.Book, again.Book); diff != "" {
		t.Fatalf("writing %s as a workbook changed it:\n%s", name, diff)
	}
	return again
}

func workbooks(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(shared(t, "xlsform"), "*.xlsx"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no workbooks: %v", err)
	}
	return append(all, shared(t, "htcds/htcds_xlsform.xlsx"), shared(t, "htcds/HTCDS Excel Spreadsheet v2.0.xlsx"))
}

func TestExportLosesNoCell(t *testing.T) {
	for _, path := range workbooks(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			d := readFile(t, path)
			var out bytes.Buffer
			if err := d.WriteXLSX(&out); err != nil {
				t.Fatal(err)
			}
			again, err := ReadWorkbook(&out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(d.Book, again); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWorkbooksThatPyxformAcceptsAreAccepted(t *testing.T) {
	questions := map[string]int{
		"case_insensitivity.xlsx": 3, "extra_sheet_names.xlsx": 1, "field-list.xlsx": 1, "group.xlsx": 3, "survey_no_name.xlsx": 1,
		"text_and_integer.xlsx": 2, "xlsform_spec_test.xlsx": -1, "yes_or_no_question.xlsx": 1, "htcds_xlsform.xlsx": 32,
	}
	for _, path := range workbooks(t) {
		name := filepath.Base(path)
		want, ok := questions[name]
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			report := Check(readFile(t, path))
			if !report.OK || len(report.Problems) > 0 {
				t.Errorf("refused: %+v", report.Problems)
			}
			if want >= 0 && report.Questions != want {
				t.Errorf("%d questions, want %d", report.Questions, want)
			}
			t.Logf("%d questions, warnings %v", report.Questions, report.Warnings)
		})
	}
}

// The workbook has a calculation, and it cannot be read: its quotation mark never ends.
func TestAnUnreadableCalculationIsReportedAtItsCell(t *testing.T) {
	report := Check(readFile(t, shared(t, "xlsform/bad_calc.xlsx")))
	if report.OK || len(report.Problems) != 1 {
		t.Fatalf("%+v", report)
	}
	p := report.Problems[0]
	if p.Sheet != "survey" || p.Row != 2 || p.Column != "calculation" || !strings.Contains(p.Reason, "quotation mark never ends (character 22)") {
		t.Errorf("%+v", p)
	}
}

// raw reads every cell of a workbook as the format's own library gives it, past our reader.
func raw(t *testing.T, r io.Reader) map[string]string {
	t.Helper()
	file, err := excelize.OpenReader(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	cells := map[string]string{}
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, text := range row {
				if text == "" {
					continue
				}
				name, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				kind, err := file.GetCellType(sheet, name)
				if err != nil {
					t.Fatal(err)
				}
				cells[sheet+"!"+name] = plain(kind, text)
			}
		}
	}
	return cells
}

// plain is a cell as a person reads it: TRUE and FALSE are stored as 1 and 0, the number 12 as 12.0.
func plain(kind excelize.CellType, text string) string {
	number, err := strconv.ParseFloat(text, 64)
	switch {
	case kind == excelize.CellTypeBool:
		return map[string]string{"1": "TRUE", "0": "FALSE"}[text]
	case err == nil && (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber):
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return text
}

// Compared by another reader than the one that imports, so that both cannot lose the same cell.
func TestEveryCellComesOutAsItWentIn(t *testing.T) {
	for _, path := range workbooks(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := readFile(t, path).WriteXLSX(&out); err != nil {
				t.Fatal(err)
			}
			cells := raw(t, bytes.NewReader(before))
			if len(cells) == 0 {
				t.Fatal("no cells: this test sees nothing")
			}
			if diff := cmp.Diff(cells, raw(t, &out)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// fill answers what is asked, the way a patient person would, until nothing more is asked.
func fill(d *Definition, answers Answers) *State {
	for {
		s, set := Run(d, answers, Env{Now: march(4)}), 0
		for f := range s.All() {
			if f.Kind != KindQuestion || !f.Visible || f.ReadOnly || !f.Supported || f.Value != "" {
				continue
			}
			sample := map[Type]string{TypeInteger: "7", TypeDecimal: "2.5", TypeRange: "3", TypeDate: "2001-02-03", TypeTime: "14:30",
				TypeDateTime: "2026-03-01T14:30", TypeTick: "OK"}[f.Type]
			switch {
			case f.Type == TypeRank:
				for _, o := range f.Options {
					sample += o.Name + " "
				}
			case len(f.Options) > 0:
				sample = f.Options[0].Name
			case sample == "" && f.Type == TypeText:
				sample = "an answer"
			}
			if sample != "" && answers.Set(d, f.Path, strings.TrimSpace(sample)) == nil {
				set++
			}
		}
		if set == 0 {
			return s
		}
	}
}

func TestEachWorkbookRunsAsARealFormAndAgainAfterExport(t *testing.T) {
	for _, path := range workbooks(t) {
		d := readFile(t, path)
		if !Check(d).OK {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			answers := Answers{}
			s := fill(d, answers)
			for _, m := range s.Problems() {
				t.Errorf("%s: %s", m.Path, m.Reason)
			}
			kept := s.Clean()
			if len(kept) == 0 || s.Incomplete {
				t.Fatal("nothing was answered")
			}
			var out bytes.Buffer
			if err := d.WriteXLSX(&out); err != nil {
				t.Fatal(err)
			}
			again, err := ReadXLSX(&out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(kept, Run(again, answers, Env{Now: march(4)}).Clean()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The weights of the labour sets are those of the table that they were taken from, row by row.
func TestWeightsAreThoseOfTheirSource(t *testing.T) {
	text, err := os.ReadFile(shared(t, "indicators.md"))
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`(?m)^\| (D[1-6]\.\d\d) \|.*\| ([SMW-]) \| ([SMW-]) \|$`)
	want := map[string]map[string]Weight{"labour-adults": {}, "labour-children": {}}
	letters := map[string]Weight{"S": Strong, "M": Medium, "W": Weak}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		for i, set := range []string{"labour-adults", "labour-children"} {
			if w, ok := letters[m[2+i]]; ok {
				want[set][m[1]] = w
			}
		}
	}
	for set, weights := range want {
		got := map[string]Weight{}
		for item := range openSet(t, set).All() {
			if in := item.Indicator; in != nil && in.Dimension != "age" {
				got[in.Code] = in.Weight
			}
		}
		if diff := cmp.Diff(weights, got); diff != "" || len(got) < 65 {
			t.Errorf("%s, %d: %s", set, len(got), diff)
		}
	}
}
