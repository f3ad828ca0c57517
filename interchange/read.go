package interchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"palermo/casework"
	"palermo/document/table"
	"palermo/fault"
)

// LargestFile is how many bytes a file may have.
const LargestFile = 64 << 20

// Format understands the cells of one kind of file.
type Format interface {
	// name is the format's own: htcds, ctdc, csv.
	name() string
	// begin learns the headings; what they lack is refused.
	begin(header []string) []Refusal
	// row takes the cells of a row under their headings.
	row(cells []casework.Cell, refuse func(column string, reason Phrase)) casework.DescribePerson
	historical() bool
}

// ReadFile reads a CSV file or a workbook's first sheet. Nothing is stored.
func ReadFile(data []byte, f Format, now time.Time) (Read, error) {
	out, next, err := begin(data)
	if err != nil || len(out.Refused) > 0 {
		return out, err
	}
	if out.Refused = f.begin(out.Headings); len(out.Refused) > 0 {
		return out, nil
	}
	again := map[[32]byte]int{}
	for {
		row, err := next()
		var m *table.Mistake
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case errors.As(err, &m):
			out.Refused = append(out.Refused, Refusal{Row: m.Row, Reason: Phrase(m.Reason)})
			return out, nil
		case err != nil:
			return out, err
		}
		out.take(out.Headings, row, f, now, again)
	}
}

// begin reads the headings; what they lack is refused.
func begin(data []byte) (out Read, next func() (table.Row, error), err error) {
	if len(data) > LargestFile {
		return out, nil, fault.Invalid("", "The file is larger than %d MB. Split it.", LargestFile>>20)
	}
	next, sheets, err := out.open(data)
	if err != nil {
		return out, nil, err
	}
	header, err := next()
	if err != nil {
		return out, nil, fault.Invalid("", "The file has no row of headings.")
	}
	out.Headings, out.Refused = header.Cells, append(sheets, headings(header)...)
	return out, next, nil
}

// take understands a row, or refuses what is wrong with it.
func (out *Read) take(header []string, row table.Row, f Format, now time.Time, again map[[32]byte]int) {
	out.Rows++
	before := len(out.Refused)
	refuse := func(column string, reason Phrase) {
		said := func(r Refusal) bool { return column != "" && r.Column == column }
		if !slices.ContainsFunc(out.Refused[before:], said) { // a value is refused once, for what was found first
			out.Refused = append(out.Refused, Refusal{Row: row.Number, Column: column, Reason: reason})
		}
	}
	if len(row.Cells) > len(header) {
		refuse("", "The row has more cells than there are headings.")
		return
	}
	cells := make([]casework.Cell, len(header))
	for i, heading := range header {
		cells[i].Column = heading
		if i < len(row.Cells) {
			cells[i].Value = row.Cells[i]
		}
		if table.Formula(cells[i].Value) || out.formulas[table.Place{Row: row.Number, Column: i}] {
			refuse(heading, "This is a formula. Write its value.")
		}
	}
	person := f.row(cells, refuse)
	if len(out.Refused) == before {
		if err := person.Apply(&casework.Case{}, casework.Work{Now: now}); err != nil {
			for _, one := range fault.Each(err) {
				refuse(one.Field, Phrase(fmt.Sprintf(one.Message, one.Args...)))
			}
		}
	}
	if len(out.Refused) > before {
		return
	}
	sum := digest(f.name(), cells)
	again[sum]++
	out.Good = append(out.Good, casework.Incoming{Person: person, Historical: f.historical(), Name: fmt.Sprint(hex.EncodeToString(sum[:]), " ", again[sum]),
		Imported: casework.Imported{Format: f.name(), Row: row.Number, Cells: cells}})
}

// digest tells a row from others, with each length before its text.
func digest(format string, cells []casework.Cell) [32]byte {
	var b bytes.Buffer
	fmt.Fprint(&b, format)
	for _, c := range cells {
		fmt.Fprint(&b, "\x00", len(c.Column), ":", c.Column, len(c.Value), ":", c.Value)
	}
	return sha256.Sum256(b.Bytes())
}

// headings refuses a column without a name, and two of one name.
func headings(header table.Row) []Refusal {
	var refused []Refusal
	seen := map[string]bool{}
	for i, h := range header.Cells {
		switch {
		case strings.TrimSpace(h) == "":
			refused = append(refused, Refusal{header.Number, fmt.Sprint(i + 1), "The column has no heading."})
		case seen[h]:
			refused = append(refused, Refusal{header.Number, h, "Two columns have this heading."})
		}
		seen[h] = true
	}
	return refused
}
