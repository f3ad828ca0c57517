// Package interchange reads the files that the field keeps its cases in, and
// writes them: HTCDS 2.0 (Human Trafficking Case Data Standard, International
// Organization for Migration, CC BY 4.0; htcds-2.0.json is its list of fields,
// and IOM does not endorse this program), the Victim-Perpetrator set of the
// Counter-Trafficking Data Collaborative, and any table with a mapping.
//
// A file is read whole before anything is stored. Each value that cannot be
// taken is a Refusal with its row and column; the cells themselves are kept
// as they came, also those of columns that nobody knows.
//
// What may never happen here: a file that is stored in part without having
// been asked to; a value that is changed in silence; a formula that is run.
package interchange

import (
	"palermo/casework"
	"palermo/document/table"
)

// Refusal says what cannot be taken, and where it stands.
type Refusal struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Reason Phrase `json:"reason"`
}

// Phrase is an English phrase that is said to a person in their language.
type Phrase string

// Read is a file as it was understood.
type Read struct {
	Encoding string
	Headings []string
	Rows     int
	Good     []casework.Incoming // the rows of which nothing was refused
	Refused  []Refusal

	formulas map[table.Place]bool // of a workbook
}

// Report is what a person is told of an import.
type Report struct {
	Read    int       `json:"read"`
	Stored  int       `json:"stored"`
	Refused []Refusal `json:"refused"`
}
