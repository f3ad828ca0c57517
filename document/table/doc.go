// Package table reads and writes tables as spreadsheets save them: it reads CSV
// in whatever encoding, row by row, with the place of every mistake, and writes
// CSV and XLSX. It knows nothing of what the cells mean.
//
// What may never happen here: a file that takes memory without bound; a cell
// guessed where its encoding is broken; a written cell that a spreadsheet runs.
package table

import "fmt"

// Row is a row of a table with its number in the spreadsheet, from 1.
type Row struct {
	Number int
	Cells  []string
}

// Mistake is a row that cannot be read.
type Mistake struct {
	Row    int
	Reason Phrase
}

// Phrase is an English phrase that is said to a person in their language.
type Phrase string

func (m *Mistake) Error() string { return fmt.Sprintf("row %d: %s", m.Row, m.Reason) }
