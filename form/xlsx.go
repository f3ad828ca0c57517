package form

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"palermo/fault"
)

func tooLarge(message string, args ...any) error { return fault.Invalid("", message, args...) }

func unreadable(cause error) error {
	return &fault.Fault{Code: fault.CodeInvalid, Cause: cause,
		Message: "This file could not be read as a workbook. Save it as .xlsx and send it again."}
}

// ReadXLSX reads a questionnaire from an XLSX workbook. It refuses (invalid)
// what is no workbook, is too large, or unpacks to something too large;
// mistakes in the questionnaire itself are no error here but what Check finds.
func ReadXLSX(r io.Reader) (*Definition, error) {
	book, err := ReadWorkbook(r)
	if err != nil {
		return nil, err
	}
	return New(book), nil
}

// ReadWorkbook reads the cells of an XLSX workbook within the limits of this
// package. Memory is bounded by those limits, whatever the file says of itself.
func ReadWorkbook(r io.Reader) (book *Workbook, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(data) > maxFile {
		return nil, tooLarge("The file is larger than %d MB. Questionnaires are smaller; remove pictures and unused sheets.", maxFile>>20)
	}
	// A damaged workbook can make the reader of the format panic. That is input, not our mistake.
	defer func() {
		if p := recover(); p != nil {
			book, err = nil, unreadable(fmt.Errorf("reader panicked: %v", p))
		}
	}()
	if err := checkZip(data); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip,
	})
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return readSheets(file)
}

func readSheets(file *excelize.File) (*Workbook, error) {
	names := file.GetSheetList()
	if len(names) > maxSheets {
		return nil, tooLarge("The workbook has more than %d sheets.", maxSheets)
	}
	book := &Workbook{}
	props, err := file.GetWorkbookProps()
	if err != nil {
		return nil, unreadable(err)
	}
	left := budget{from1904: props.Date1904 != nil && *props.Date1904}
	for _, name := range names {
		sheet, err := readSheet(file, name, &left)
		if err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	if len(book.Sheets) == 0 {
		return nil, unreadable(errors.New("no sheets"))
	}
	return book, nil
}

// readSheet walks the rows without holding empty ones: a sheet may claim a
// million of them.
func readSheet(file *excelize.File, name string, left *budget) (Sheet, error) {
	sheet := Sheet{Name: name}
	shown, err := file.Rows(name)
	if err != nil {
		return sheet, unreadable(err)
	}
	defer func() { _ = shown.Close() }() // reading is over; nothing is lost if the temporary file stays open
	raw, err := file.Rows(name)
	if err != nil {
		return sheet, unreadable(err)
	}
	defer func() { _ = raw.Close() }()
	for number := 1; shown.Next() && raw.Next(); number++ {
		text, err := shown.Columns()
		if err != nil {
			return sheet, unreadable(err)
		}
		exact, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return sheet, unreadable(err)
		}
		row := trimRow(cellTexts(text, exact, left.from1904))
		if len(row) == 0 {
			continue
		}
		if number > maxRows {
			return sheet, tooLarge("Sheet %s has more than %d rows. Delete the rows below the questionnaire.", name, maxRows)
		}
		if err := left.row(name, number, row); err != nil {
			return sheet, err
		}
		for len(sheet.Rows) < number-1 {
			sheet.Rows = append(sheet.Rows, nil)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	if err := shown.Error(); err != nil {
		return sheet, unreadable(err)
	}
	return sheet, nil
}

// cellTexts takes the exact number where a cell shows a rounded one, a date as
// year-month-day where it shows a local form, and the shown text elsewhere
// (TRUE and FALSE are stored as 1 and 0).
func cellTexts(shown, exact []string, from1904 bool) []string {
	row := make([]string, max(len(shown), len(exact)))
	for i := range row {
		var s, e string
		if i < len(shown) {
			s = shown[i]
		}
		if i < len(exact) {
			e = exact[i]
		}
		row[i] = cellText(s, e, from1904)
		if !utf8.ValidString(row[i]) {
			row[i] = strings.ToValidUTF8(row[i], "\uFFFD")
		}
	}
	return row
}

func cellText(shown, exact string, from1904 bool) string {
	if shown == exact || exact == "" || shown == "TRUE" || shown == "FALSE" {
		return shown
	}
	number, err := strconv.ParseFloat(exact, 64)
	if err != nil {
		return shown
	}
	if _, err := strconv.ParseFloat(shown, 64); err == nil {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	if strings.ContainsAny(shown, "-/:") && number >= 0 && number < 2_958_466 { // 31 December 9999
		if t, err := excelize.ExcelDateToTime(number, from1904); err == nil {
			if number == math.Trunc(number) {
				return t.Format("2006-01-02")
			}
			return t.Format("2006-01-02T15:04:05")
		}
	}
	return exact
}

// WriteXLSX writes every sheet of the questionnaire, also those and those
// columns that this program does not understand: reading it again gives the
// same cells.
func (d *Definition) WriteXLSX(w io.Writer) error { return d.Book.WriteXLSX(w) }

// WriteXLSX writes the sheets as an XLSX workbook of text cells.
func (w *Workbook) WriteXLSX(out io.Writer) (err error) {
	if len(w.Sheets) == 0 {
		return fault.Invalid("", "A workbook needs at least one sheet.")
	}
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	for i, sheet := range w.Sheets {
		if i == 0 {
			err = file.SetSheetName("Sheet1", sheet.Name)
		} else {
			_, err = file.NewSheet(sheet.Name)
		}
		if err != nil {
			return &fault.Fault{Code: fault.CodeInvalid, Cause: err, Args: []any{sheet.Name},
				Message: "The sheet name %s is not possible in a workbook. Use at most 31 characters and none of : \\ / ? * [ ]."}
		}
		if err := writeSheet(file, sheet); err != nil {
			return err
		}
	}
	if _, err := file.WriteTo(out); err != nil {
		return fault.Internal(err)
	}
	return nil
}

func writeSheet(file *excelize.File, sheet Sheet) error {
	stream, err := file.NewStreamWriter(sheet.Name)
	if err != nil {
		return fault.Internal(err)
	}
	for i, row := range sheet.Rows {
		if len(row) == 0 {
			continue
		}
		cells := make([]any, len(row))
		for j, text := range row {
			if text != "" {
				cells[j] = text
			}
		}
		if err := stream.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return fault.Internal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		return fault.Internal(err)
	}
	return nil
}
