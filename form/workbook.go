package form

import (
	"strings"
)

// Limits on what strangers send. A questionnaire is text; the largest real
// ones (with every village of a country as choices) stay far below these.
const (
	maxFile    = 16 << 20  // bytes of a workbook as sent
	maxUnzip   = 96 << 20  // bytes of a workbook unpacked
	maxText    = 48 << 20  // bytes of text in all cells together
	maxSheets  = 64        // sheets in a workbook
	maxRows    = 100_000   // rows of a sheet that hold anything
	maxColumns = 512       // columns of a sheet that hold anything
	maxCells   = 2_000_000 // cells of a workbook
	maxCell    = 32_767    // characters in a cell, the limit of spreadsheets themselves
)

// Workbook is every sheet of a questionnaire as it was written, cell for cell.
// What Palermo does not understand stays here, so that nothing is lost when
// it is written out again. Formats, widths and colours are not kept.
type Workbook struct {
	Sheets []Sheet `json:"sheets"`
}

// Sheet is one sheet. Rows[0] is row 1 of the spreadsheet. Rows end at their
// last cell that holds something, and the sheet at its last such row.
type Sheet struct {
	Name string     `json:"name"`
	Rows [][]string `json:"rows"`
}

// Sheet finds a sheet by name without regard to case; nil when there is none.
func (w *Workbook) Sheet(name string) *Sheet {
	for i := range w.Sheets {
		if strings.EqualFold(strings.TrimSpace(w.Sheets[i].Name), name) {
			return &w.Sheets[i]
		}
	}
	return nil
}

// cell returns the text at a 0-based place, or "".
func (s *Sheet) cell(row, column int) string {
	if row < 0 || row >= len(s.Rows) || column < 0 || column >= len(s.Rows[row]) {
		return ""
	}
	return s.Rows[row][column]
}

// header is the first row that holds anything: its 0-based number, or -1.
func (s *Sheet) header() int {
	for i, row := range s.Rows {
		for _, c := range row {
			if strings.TrimSpace(c) != "" {
				return i
			}
		}
	}
	return -1
}

// trimRow drops empty cells at the end of a row.
func trimRow(row []string) []string {
	n := len(row)
	for n > 0 && row[n-1] == "" {
		n--
	}
	if n == 0 {
		return nil
	}
	return row[:n]
}

// budget counts what a workbook may still hold.
type budget struct {
	cells int
	text  int

	from1904 bool // its days are counted from 1904, as old spreadsheets of one maker did
}

// row takes one row of a sheet out of the budget, or says which limit it breaks.
func (b *budget) row(sheet string, number int, row []string) error {
	if len(row) > maxColumns {
		return tooLarge("Sheet %s, row %d has more than %d columns. Remove what is not part of the questionnaire.", sheet, number, maxColumns)
	}
	b.cells += len(row)
	for _, c := range row {
		if len(c) > maxCell*4 || (len(c) > maxCell && len([]rune(c)) > maxCell) {
			return tooLarge("Sheet %s, row %d has a cell of more than %d characters. Shorten it.", sheet, number, maxCell)
		}
		b.text += len(c)
	}
	if b.cells > maxCells || b.text > maxText {
		return tooLarge("The workbook holds more text than a questionnaire may have. Split it, or move long lists of choices out of it.")
	}
	return nil
}
