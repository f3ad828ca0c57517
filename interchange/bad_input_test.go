package interchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"palermo/fault"
	"palermo/interchange"
)

var today = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func readHTCDS(t *testing.T, data []byte) interchange.Read {
	t.Helper()
	f, err := interchange.HTCDS(today)
	must(t, err)
	read, err := interchange.ReadFile(data, f, today)
	must(t, err)
	return read
}

// places are where something is refused: "row column".
func places(r interchange.Read) []string {
	var list []string
	for _, x := range r.Refused {
		list = append(list, strings.TrimSpace(fmt.Sprint(x.Row, " ", x.Column)))
	}
	return list
}

// A bad value is named by its row and column, and its row is not among the good ones.
func TestWhatIsBadIsNamedByRowAndColumn(t *testing.T) {
	const head = "prs_FirstName,prs_Birthdate,prs_Citizenship\n"
	for name, c := range map[string]struct {
		rows    string
		refused []string
		good    int
	}{
		"a row longer than its headings":  {"Amal,1999,NG,more\nEfosa,1999,NG\n", []string{"2"}, 1},
		"a row shorter than its headings": {"Amal\nEfosa,1999,NG\n", nil, 2},
		"a formula":                       {"=1+1,1999,NG\nEfosa,@now,NG\n", []string{"2 prs_FirstName", "3 prs_Birthdate"}, 0},
		"a date in the year 1900":         {"Amal,1900-01-01,NG\nEfosa,1900,NG\nAna,1901-01-01,NG\n", []string{"2 prs_Birthdate", "3 prs_Birthdate"}, 1},
		"a date as it is said elsewhere":  {"Amal,23.04.1999,NG\n", []string{"2 prs_Birthdate"}, 0},
		"a country by its name":           {"Amal,1999,Nigeria\n", []string{"2 prs_Citizenship"}, 0},
		"a quotation mark that is open":   {"Amal,1999,NG\n\"Efosa,1999,NG\n", []string{"3"}, 1},
		"an empty row between":            {"Amal,1999,NG\n,,\n\nEfosa,x,NG\n", []string{"5 prs_Birthdate"}, 1},
	} {
		read := readHTCDS(t, []byte(head+c.rows))
		if got := places(read); !slices.Equal(got, c.refused) || len(read.Good) != c.good {
			t.Errorf("%s: refused at %q, %d good rows", name, got, len(read.Good))
		}
	}
	for heading, refused := range map[string][]string{"prs_FirstName,prs_FirstName": {"1 prs_FirstName"}, "prs_FirstName,": {"1 2"}, "Name,Town": {"1"}} {
		if got := places(readHTCDS(t, []byte(heading+"\na,b\n"))); !slices.Equal(got, refused) {
			t.Errorf("%s: refused at %q", heading, got)
		}
	}
}

func TestNAIsNamibiaAndTwoNoughtsAreNotKnown(t *testing.T) {
	read := readHTCDS(t, []byte("prs_FirstName,prs_Citizenship\nAmal,NA\nEfosa,00\nAna,NG;00;NA\n"))
	var nationalities []string
	for _, row := range read.Good {
		nationalities = append(nationalities, row.Person.Nationality)
	}
	if !slices.Equal(nationalities, []string{"NA", "", "NG NA"}) {
		t.Errorf("%q", nationalities)
	}
	if cell := read.Good[1].Imported.Cells[1].Value; cell != "00" {
		t.Errorf("what is kept of 00 is %q", cell)
	}
}

func TestEachEncodingSaysTheSame(t *testing.T) {
	text := "prs_FirstName,prs_Birthdate\nJosé,x\n"
	wide := func(s string, big bool) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			two := []byte{byte(u), byte(u >> 8)}
			if big {
				slices.Reverse(two)
			}
			b = append(b, two...)
		}
		return b
	}
	for name, c := range map[string]struct {
		data     []byte
		encoding string
	}{
		"UTF-8":               {[]byte(text), "UTF-8"},
		"UTF-8 with a mark":   {[]byte("\ufeff" + text), "UTF-8"},
		"UTF-16 little":       {wide("\ufeff"+text, false), "UTF-16"},
		"UTF-16 big":          {wide("\ufeff"+text, true), "UTF-16"},
		"UTF-16, no mark":     {wide(text, false), "UTF-16"},
		"Windows-1252":        {bytes.ReplaceAll([]byte(text), []byte("é"), []byte{0xe9}), "Windows-1252"},
		"UTF-8, Windows ends": {bytes.ReplaceAll([]byte(text), []byte("\n"), []byte("\r\n")), "UTF-8"},
	} {
		read := readHTCDS(t, c.data)
		if read.Encoding != c.encoding || !slices.Equal(places(read), []string{"2 prs_Birthdate"}) {
			t.Errorf("%s: read as %s, refused at %q", name, read.Encoding, places(read))
		}
	}
	read := readHTCDS(t, []byte("prs_FirstName\n"+strings.Repeat("a\n", 40_000)+"Jos\xe9\n")) // late in what began as UTF-8
	if got := places(read); !slices.Equal(got, []string{"40002"}) {
		t.Errorf("a letter that is none: refused at %q", got)
	}
}

// workbook makes one with these cells.
func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	must(t, book.SetSheetRow("Sheet1", "A1", &[]any{"prs_FirstName", "prs_Birthdate"}))
	fill(book)
	b, err := book.WriteToBuffer()
	must(t, err)
	return b.Bytes()
}

func TestAFormulaOfAWorkbookIsNamedByRowAndColumn(t *testing.T) {
	read := readHTCDS(t, workbook(t, func(b *excelize.File) {
		must(t, b.SetSheetRow("Sheet1", "A2", &[]any{"Amal", "1999-04-23"}))
		must(t, b.SetSheetRow("Sheet1", "A3", &[]any{"Efosa", "1999-04-23"}))
		must(t, b.SetCellFormula("Sheet1", "B3", "=TODAY()-9000"))
		must(t, b.SetCellFormula("Sheet1", "A5", "=A2")) // of which no value is kept
	}))
	if got := places(read); !slices.Equal(got, []string{"3 prs_Birthdate", "5 prs_FirstName"}) || len(read.Good) != 1 {
		t.Errorf("refused at %q, %d good rows", got, len(read.Good))
	}
}

func TestASecondSheetIsRefusedByItsName(t *testing.T) {
	second := func(fill bool) []byte {
		return workbook(t, func(b *excelize.File) {
			must(t, b.SetSheetRow("Sheet1", "A2", &[]any{"Amal"}))
			_, err := b.NewSheet("2019")
			must(t, err)
			if fill {
				must(t, b.SetCellStr("2019", "C7", "Efosa"))
			}
		})
	}
	if read := readHTCDS(t, second(true)); !slices.Equal(places(read), []string{"0 2019"}) || len(read.Good) != 0 {
		t.Errorf("refused at %q, %d good rows", places(read), len(read.Good))
	}
	if read := readHTCDS(t, second(false)); len(read.Refused) != 0 || len(read.Good) != 1 {
		t.Errorf("an empty sheet: refused at %q", places(read))
	}
}

func TestDatesOfAWorkbookAreDays(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		read := readHTCDS(t, workbook(t, func(b *excelize.File) {
			must(t, b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
			style, err := b.NewStyle(&excelize.Style{NumFmt: 14})
			must(t, err)
			days := 36273 // 23 April 1999, counted from 1900
			if from1904 {
				days -= 1462
			}
			must(t, b.SetSheetRow("Sheet1", "A2", &[]any{"Amal", days}))
			must(t, b.SetSheetRow("Sheet1", "A3", &[]any{"Efosa", 1}))
			must(t, b.SetCellStyle("Sheet1", "B2", "B3", style))
		}))
		if len(read.Good) == 0 || read.Good[0].Person.BirthDate != "1999-04-23" {
			t.Errorf("counted from 1904 %t: %+v, refused at %q", from1904, read.Good, places(read))
		}
		if !from1904 && !slices.Equal(places(read), []string{"3 prs_Birthdate"}) {
			t.Errorf("the first day of 1900 is taken: %q", places(read))
		}
	}
}

// held is how much memory a reading took at most, by what the program got from the machine.
func held(read func()) uint64 {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read()
	runtime.ReadMemStats(&after)
	return after.HeapSys - min(before.HeapSys, after.HeapSys)
}

// swollen is a workbook whose sheet is a megabyte so many times over.
func swollen(t *testing.T, megabyte string, times int) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(workbook(t, func(*excelize.File) {})), int64(len(workbook(t, func(*excelize.File) {}))))
	must(t, err)
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			must(t, to.Copy(part))
			continue
		}
		w, err := to.Create(part.Name)
		must(t, err)
		_, err = w.Write([]byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>prs_FirstName</t></is></c></row>`))
		must(t, err)
		for range times {
			_, err = w.Write([]byte(megabyte))
			must(t, err)
		}
		_, err = w.Write([]byte(`</sheetData></worksheet>`))
		must(t, err)
	}
	must(t, to.Close())
	return out.Bytes()
}

func TestAZipBombIsRefusedAndTakesLittleMemory(t *testing.T) {
	bomb := swollen(t, strings.Repeat(" ", 1<<20), 300)
	f, err := interchange.HTCDS(today)
	must(t, err)
	if took := held(func() { _, err = interchange.ReadFile(bomb, f, today) }); !fault.Is(err, fault.CodeInvalid) || took > 64<<20 {
		t.Errorf("%d bytes took %d of memory: %v", len(bomb), took, err)
	}
}

func TestAMillionEmptyRowsAreNoRows(t *testing.T) {
	empty := swollen(t, strings.Repeat(`<row r="9"></row>`, 50_000), 20)
	var read interchange.Read
	if took := held(func() { read = readHTCDS(t, empty) }); read.Rows != 0 || len(read.Refused) > 0 || took > 256<<20 {
		t.Errorf("%d rows, refused at %q, %d bytes of memory", read.Rows, places(read), took)
	}
	read = readHTCDS(t, []byte("prs_FirstName,prs_Birthdate\n"+strings.Repeat(",\n", 1_000_000)+"Amal,x\n"))
	if got := places(read); !slices.Equal(got, []string{"1000002 prs_Birthdate"}) || read.Rows != 1 {
		t.Errorf("in a table: %d rows, refused at %q", read.Rows, got)
	}
}

func TestAFileThatIsTooLargeIsRefused(t *testing.T) {
	f, err := interchange.HTCDS(today)
	must(t, err)
	for name, data := range map[string][]byte{"large": make([]byte, interchange.LargestFile+1), "empty": nil, "no workbook": []byte("PK\x03\x04 nothing")} {
		if _, err := interchange.ReadFile(data, f, today); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
