package web

import (
	"bytes"

	"palermo/casework"
	"palermo/document/table"
	"palermo/fault"
	"palermo/record"
)

const mostListed = 10_000

// casesCSV is the worklist as a file: the rows of the page, of all its pages.
func (s *Server) casesCSV(v *visit) error {
	rows, err := v.allCases()
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := table.WriteCSV(&file, rows); err != nil {
		return fault.Internal(err)
	}
	return v.save("cases.csv", "text/csv; charset=utf-8", file.Bytes())
}

// casesXLSX is the worklist as a workbook.
func (s *Server) casesXLSX(v *visit) error {
	rows, err := v.allCases()
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := table.WriteXLSX(&file, rows, v.loc.Dir() == "rtl"); err != nil {
		return fault.Internal(err)
	}
	return v.save("cases.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.Bytes())
}

// allCases are the lines of the worklist as texts under their headings, each
// page of them a look in the journal as on the screen. If there are too many,
// the last line says so.
func (v *visit) allCases() ([][]string, error) {
	var rows [][]string
	var before record.Cursor
	state, _ := v.worklist()
	for {
		found, err := v.s.Desk.Cases(v.r.Context(), v.door, state, before, 200)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			rows = append(rows, v.caseColumns())
		}
		if len(found) == 0 {
			return rows, nil
		}
		if len(rows) > mostListed {
			return append(rows, []string{v.loc.T("There are more cases: only the first %d are in this file.", mostListed)}), nil
		}
		rows = append(rows, v.caseTexts(found)...)
		before = found[len(found)-1].Cursor()
	}
}

func (v *visit) caseColumns() (names []string) {
	for _, c := range v.casesPage(nil).Table.Columns {
		names = append(names, c.Text)
	}
	return names
}

// caseTexts are the cells of the page's table without their look.
func (v *visit) caseTexts(found []record.Redacted[casework.View]) (rows [][]string) {
	for i, r := range v.casesPage(found).Table.Rows {
		var row []string
		if c := found[i].Value(); c.MayLeave() != nil {
			r.Cells[1].Text = v.loc.T(fault.Of(c.MayLeave()).Message) // in place of the name
		}
		for _, cell := range r.Cells {
			if cell.Tag != nil {
				cell.Text = cell.Tag.Text
			}
			row = append(row, cell.Text)
		}
		rows = append(rows, row)
	}
	return rows
}

// save gives a file that the browser may only save.
func (v *visit) save(name, kind string, file []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if _, err := v.w.Write(file); err != nil {
		v.s.Log.Debug("the reader went away", "cause", err)
	}
	return nil
}
