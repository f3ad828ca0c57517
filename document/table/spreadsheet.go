package table

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// WriteCSV writes rows in UTF-8, with the mark by which spreadsheets know it.
// No cell is one that a spreadsheet runs.
func WriteCSV(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	out := csv.NewWriter(w)
	for _, row := range rows {
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = Harmless(cell)
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("table: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// WriteXLSX writes rows as a workbook of one sheet, from right to left where
// asked. Every cell is text and stays text when it is edited.
func WriteXLSX(w io.Writer, rows [][]string, rightToLeft bool) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	const sheet, asText = "Sheet1", 49 // the built-in number format "@"
	text, err := book.NewStyle(&excelize.Style{NumFmt: asText})
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	if err := book.SetSheetView(sheet, 0, &excelize.ViewOptions{RightToLeft: &rightToLeft}); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = excelize.Cell{StyleID: text, Value: Harmless(cell)}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return fmt.Errorf("table: row %d: %w", i+1, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	return book.Write(w)
}
