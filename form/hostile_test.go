package form

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"palermo/fault"
)

// craft makes a workbook whose only worksheet is this XML.
func craft(t testing.TB, sheet io.Reader) []byte {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", head + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
	} {
		w, err := archive.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, part.text)
	}
	w, err := archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, head+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	_, _ = io.Copy(w, sheet)
	_, _ = io.WriteString(w, `</sheetData></worksheet>`)
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

// endless gives n copies of a text without holding them.
func endless(text string, n int) io.Reader {
	readers := make([]io.Reader, n)
	for i := range readers {
		readers[i] = strings.NewReader(text)
	}
	return io.MultiReader(readers...)
}

func TestHostileWorkbooksAreRefusedPlainly(t *testing.T) {
	head := `<row r="1">` + inline("A1", "type") + inline("B1", "name") + `</row>`
	for name, data := range map[string][]byte{
		"not a zip":           []byte("PK\x03\x04 nothing"),
		"empty":               nil,
		"a zip bomb":          craft(t, endless(strings.Repeat(" ", 1<<20), 100)),
		"a cell beyond limit": craft(t, strings.NewReader(head+`<row r="2">`+inline("A2", strings.Repeat("x", maxCell+1))+`</row>`)),
		"a far row":           craft(t, strings.NewReader(head+`<row r="1048576">`+inline("A1048576", "text")+`</row>`)),
		"a far column":        craft(t, strings.NewReader(`<row r="1">`+inline("XFD1", "type")+`</row>`)),
		"too many bytes":      bytes.Repeat([]byte("x"), maxFile+1),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := ReadXLSX(bytes.NewReader(data))
			if !fault.Is(err, fault.CodeInvalid) {
				t.Errorf("got %v", err)
			}
			if spent := time.Since(start); spent > 20*time.Second {
				t.Errorf("took %s", spent)
			}
		})
	}
}

func TestAMillionEmptyRowsAreNothing(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(`<row r="1">` + inline("A1", "type") + inline("B1", "name") + inline("C1", "label") + `</row><row r="2">` +
		inline("A2", "text") + inline("B2", "a") + inline("C2", "A") + `</row>`)
	for i := 3; i <= 1_000_000; i++ {
		fmt.Fprintf(&rows, `<row r="%d"/>`, i)
	}
	d, err := ReadXLSX(bytes.NewReader(craft(t, strings.NewReader(rows.String()))))
	if err != nil {
		t.Fatal(err)
	}
	if r := Check(d); !r.OK || r.Questions != 1 || len(d.Book.Sheets[0].Rows) != 2 {
		t.Errorf("%+v, %d rows", r, len(d.Book.Sheets[0].Rows))
	}
}

func TestExpressionsThatNeverEndAreCutShort(t *testing.T) {
	rows := [][]string{{"type", "name", "label", "calculation"}, {"begin repeat", "r", "R"}, {"integer", "x", "X"}}
	for i := range 40 {
		rows = append(rows, []string{"calculate", fmt.Sprintf("c%d", i), "", "count(//x[count(//x[. >= 0]) > 0]) + sum(//x)"})
	}
	rows = append(rows, []string{"end repeat"})
	d := New(&Workbook{Sheets: []Sheet{{Name: "survey", Rows: rows}}})
	many := make([]Answers, maxInstances)
	for i := range many {
		many[i] = Answers{"x": "1"}
	}
	start := time.Now()
	if s := Run(d, Answers{"r": many}, Env{}); !s.Incomplete {
		t.Error("a form that is too much work is not said to be incomplete")
	}
	if spent := time.Since(start); spent > 20*time.Second {
		t.Errorf("took %s", spent)
	}
}

func TestALongChainOfCalculationsIsNoStackOverflow(t *testing.T) {
	rows := [][]string{{"type", "name", "label", "calculation"}, {"calculate", "c0", "", "1"}}
	for i := 1; i < 20_000; i++ {
		rows = append(rows, []string{"calculate", fmt.Sprintf("c%d", i), "", fmt.Sprintf("${c%d} + 1", i-1)})
	}
	for i, j := 1, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	d := New(&Workbook{Sheets: []Sheet{{Name: "survey", Rows: rows}}})
	Check(d)
	if s := Run(d, Answers{}, Env{}); !s.Incomplete {
		t.Error("a chain beyond the limit is not said to be incomplete")
	}
}

func FuzzWorkbook(f *testing.F) {
	for _, name := range []string{"or_other", "mistakes", "nested"} {
		d, err := ReadCSV(os.DirFS("testdata"), name)
		if err != nil {
			f.Fatal(err)
		}
		var out bytes.Buffer
		if err := d.WriteXLSX(&out); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	f.Add(craft(f, strings.NewReader(`<row r="1">`+inline("A1", "type")+`</row>`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := ReadXLSX(bytes.NewReader(data))
		if err != nil {
			if !fault.Is(err, fault.CodeInvalid) {
				t.Fatalf("a bad file is the sender's mistake, got %v", err)
			}
			return
		}
		useForm(t, d)
	})
}

// FuzzSurvey feeds cells straight in: the zip around them keeps the fuzzer of FuzzWorkbook from the questionnaire.
func FuzzSurvey(f *testing.F) {
	for _, name := range []string{"or_other", "mistakes", "nested", "cascade", "cycle"} {
		survey, err := os.ReadFile(filepath.Join("testdata", name, "survey.csv"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(survey), "a=1")
	}
	f.Fuzz(func(t *testing.T, survey, answer string) {
		var rows [][]string
		for l := range strings.SplitSeq(survey, "\n") {
			rows = append(rows, trimRow(strings.Split(l, ",")))
		}
		d := New(&Workbook{Sheets: []Sheet{{Name: "survey", Rows: rows}}})
		useForm(t, d)
		name, v, _ := strings.Cut(answer, "=")
		a := Answers{}
		if a.Set(d, name, v) == nil {
			_ = Run(d, a, Env{}).Clean()
		}
	})
}

func useForm(t *testing.T, d *Definition) {
	t.Helper()
	Check(d)
	s := Run(d, Answers{}, Env{Now: march(1)})
	again := Run(d, s.Clean(), Env{Now: march(1)})
	_ = again.Problems()
	Score(d, s.Clean(), Env{})
}
