package form

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"palermo/fault"
)

// ReadCSV reads a questionnaire kept as text: the folder dir of fsys with
// survey.csv, and choices.csv, settings.csv and any other sheet as NAME.csv.
// Refuses (not found) a folder without survey.csv and (invalid) files that
// are no CSV.
func ReadCSV(fsys fs.FS, dir string) (*Definition, error) {
	book, err := readCSVBook(fsys, dir)
	if err != nil {
		return nil, err
	}
	return New(book), nil
}

func readCSVBook(fsys fs.FS, dir string) (*Workbook, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.csv"))
	if err != nil {
		return nil, fault.Internal(err)
	}
	slices.SortFunc(names, func(a, b string) int { return sheetOrder(a) - sheetOrder(b) })
	book := &Workbook{}
	var left budget
	for _, name := range names {
		sheet, err := readCSVSheet(fsys, name, &left)
		if err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	if book.Sheet("survey") == nil {
		return nil, fault.NotFound("There is no survey.csv in this folder.")
	}
	return book, nil
}

// sheetOrder puts the sheets as authors are used to see them.
func sheetOrder(name string) int {
	i := slices.Index([]string{"survey.csv", "choices.csv", "settings.csv"}, strings.ToLower(path.Base(name)))
	if i < 0 {
		return 3
	}
	return i
}

func readCSVSheet(fsys fs.FS, name string, left *budget) (Sheet, error) {
	sheet := Sheet{Name: strings.TrimSuffix(path.Base(name), path.Ext(name))}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return sheet, &fault.Fault{Code: fault.CodeInvalid, Message: "A file of the questionnaire could not be read.", Cause: err}
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		return sheet, &fault.Fault{Code: fault.CodeInvalid, Cause: err, Args: []any{path.Base(name)},
			Message: "%s is not a readable CSV file. Save it as CSV in UTF-8, separated by commas."}
	}
	if len(rows) > maxRows {
		return sheet, tooLarge("Sheet %s has more than %d rows. Delete the rows below the questionnaire.", sheet.Name, maxRows)
	}
	for i := range rows {
		rows[i] = trimRow(rows[i])
		if err := left.row(sheet.Name, i+1, rows[i]); err != nil {
			return sheet, err
		}
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	sheet.Rows = rows
	return sheet, nil
}

// WriteCSV writes each sheet as NAME.csv into the folder dir, which must exist.
func (w *Workbook) WriteCSV(dir string) error {
	for _, sheet := range w.Sheets {
		name := sheet.Name + ".csv"
		if !filepath.IsLocal(name) || filepath.Base(name) != name {
			return fault.Invalid("", "The sheet name %s cannot be a file name.", sheet.Name)
		}
		var out bytes.Buffer
		writer := csv.NewWriter(&out)
		err := writer.WriteAll(padded(sheet.Rows))
		if err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), out.Bytes(), 0o600)); err != nil {
			return fault.Internal(err)
		}
	}
	return nil
}

// padded gives each row the same width: a row without cells would vanish from a CSV file.
func padded(rows [][]string) [][]string {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	all := make([][]string, len(rows))
	for i, row := range rows {
		all[i] = append(slices.Clone(row), make([]string, width-len(row))...)
	}
	return all
}
