package form

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func TestMissingCalculationIsReportedAtItsCell(t *testing.T) {
	report := Check(readFile(t, shared(t, "xlsform/bad_calc.xlsx")))
	if report.OK || len(report.Problems) != 1 {
		t.Fatalf("%+v", report)
	}
	p := report.Problems[0]
	if p.Sheet != "survey" || p.Row != 2 || p.Column != "calculation" {
		t.Errorf("%+v", p)
	}
	t.Log(p.Reason)
}
