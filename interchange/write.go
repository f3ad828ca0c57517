package interchange

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"time"

	"palermo/casework"
	"palermo/document/table"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
)

// Write writes the cases that the viewer may see, as the viewer sees them:
// htcds gives imported rows back cell for cell; csv and json the person's details.
func Write(ctx context.Context, k *casework.Desk, d *record.Door, format string, out io.Writer) (cases int, err error) {
	var all []casework.View
	if err := k.Export(ctx, d, func(r record.Redacted[casework.View]) error { all = append(all, r.Value()); return nil }); err != nil {
		return 0, err
	}
	slices.SortStableFunc(all, func(a, b casework.View) int {
		return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(rowOf(&a), rowOf(&b)))
	})
	rows := make([][]casework.Cell, len(all))
	for i := range all {
		if format == "htcds" {
			rows[i] = htcdsCells(&all[i])
		} else {
			rows[i] = ownCells(&all[i])
		}
	}
	switch format {
	case "htcds", "csv":
		return len(all), writeCSV(out, rows)
	case "json":
		return len(all), writeJSON(out, rows)
	}
	return 0, fault.Invalid("", "There is no such format: %s.", format)
}

func rowOf(v *casework.View) int {
	if v.Imported == nil {
		return 0
	}
	return v.Imported.Row
}

// htcdsCells are the cells as they came, or the standard's own for a case that began here.
func htcdsCells(v *casework.View) []casework.Cell {
	if v.Imported != nil {
		return v.Imported.Cells
	}
	gender := map[casework.Gender]string{"woman": "Feminine", "man": "Masculine", "other": "NonConforming", "unsaid": "NonSpecifiedUnknown"}[v.Person.Gender]
	status := "Active"
	if v.Closed != nil {
		status = "Closed"
	}
	if v.MayLeave() != nil { // another State sent it, and allows no more
		return []casework.Cell{{Column: "cas_Status", Value: status}}
	}
	return []casework.Cell{{Column: "prs_FirstName", Value: v.Person.Name}, {Column: "prs_Birthdate", Value: v.Person.BirthDate},
		{Column: "prs_Gender", Value: gender}, {Column: "prs_Citizenship", Value: v.Person.Nationality}, {Column: "cas_Status", Value: status}}
}

func ownCells(v *casework.View) []casework.Cell {
	state := "open"
	switch {
	case v.Historical:
		state = "historical"
	case v.Closed != nil:
		state = "closed"
	}
	cells := []casework.Cell{{Column: "reference", Value: v.Reference}, {Column: "opened", Value: v.Opened.UTC().Format(time.RFC3339)}, {Column: "state", Value: state}}
	if err := v.MayLeave(); err != nil {
		return append(cells, casework.Cell{Column: "withheld", Value: fault.Of(err).Message})
	}
	p := casework.DescribePerson(v.Person)
	for _, f := range input.Describe(&p) {
		cells = append(cells, casework.Cell{Column: f.Name, Value: f.Value})
	}
	return cells
}

// writeCSV writes under the headings of all rows, in the order in which they first come.
func writeCSV(out io.Writer, rows [][]casework.Cell) error {
	var header []string
	place := map[string]int{}
	for _, cells := range rows {
		for _, c := range cells {
			if _, known := place[c.Column]; !known {
				place[c.Column] = len(header)
				header = append(header, c.Column)
			}
		}
	}
	w := csv.NewWriter(out)
	line := make([]string, len(header))
	write := func() {
		for i := range line {
			line[i] = table.Harmless(line[i])
		}
		_ = w.Write(line) // Flush says what went wrong
	}
	if copy(line, header); len(header) > 0 {
		write()
	}
	for _, cells := range rows {
		clear(line)
		for _, c := range cells {
			line[place[c.Column]] = c.Value
		}
		write()
	}
	w.Flush()
	return w.Error()
}

func writeJSON(out io.Writer, rows [][]casework.Cell) error {
	list := make([]map[string]string, len(rows))
	for i, cells := range rows {
		list[i] = map[string]string{}
		for _, c := range cells {
			list[i][c.Column] = c.Value
		}
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(list)
}
