package interchange

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"palermo/document/table"
	"palermo/form"
)

// open gives the rows of a file, one after the other: of a CSV file, or of a
// workbook's only sheet. A second sheet with anything in it is refused by its
// name: nobody would see that it was left out.
func (out *Read) open(data []byte) (next func() (table.Row, error), refused []Refusal, err error) {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		r := table.NewReader(data)
		out.Encoding = r.Encoding
		return r.Next, nil, nil
	}
	out.Encoding = "XLSX"
	book, err := form.ReadWorkbook(bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	for _, sheet := range book.Sheets[1:] {
		if len(sheet.Rows) > 0 {
			refused = append(refused, Refusal{Column: sheet.Name, Reason: "Only the first sheet is read. Save this sheet as a file of its own, and take it out here."})
		}
	}
	places, err := table.Formulas(data)
	if err != nil {
		return nil, nil, fmt.Errorf("interchange: %w", err)
	}
	out.formulas = map[table.Place]bool{}
	computed := map[int]bool{} // rows, also those of which no value is kept
	for _, p := range places {
		for len(book.Sheets[0].Rows) < p.Row {
			book.Sheets[0].Rows = append(book.Sheets[0].Rows, nil)
		}
		out.formulas[p], computed[p.Row] = true, true
	}
	rows, at := book.Sheets[0].Rows, 0
	return func() (table.Row, error) {
		for at < len(rows) {
			at++
			if cells := rows[at-1]; computed[at] || strings.TrimSpace(strings.Join(cells, "")) != "" {
				return table.Row{Number: at, Cells: cells}, nil
			}
		}
		return table.Row{}, io.EOF
	}, refused, nil
}
