package node_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"palermo/access"
	"palermo/casework"
	"palermo/document/table"
	"palermo/ident"
	"palermo/node"
)

func TestAListAsAFileHasAllLinesOfTheViewerAndNoneOfOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, ben, eva, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		var want []string // references, newest first
		var last casework.CaseID
		for i := range 201 { // more than one page of rows
			first := casework.DescribePerson{Age: casework.Adult}
			if i == 200 {
				first.Name = "=HYPERLINK(1)"
			}
			id, err := n.Desk.OpenCase(t.Context(), door, first)
			must(t, err)
			want, last = append(want, ident.ID(id).Reference()), id
		}
		got := csvRows(t, ben)
		if got[0][0] != "Reference" || got[1][1] != "'=HYPERLINK(1)" {
			t.Errorf("it begins with %q, %q", got[0], got[1])
		}
		var references []string
		for _, row := range got[1:] {
			references = append(references, row[0])
		}
		slices.Sort(want)
		slices.Sort(references)
		if !slices.Equal(references, want) {
			t.Errorf("%d lines of %d cases", len(references), len(want))
		}
		book, err := excelize.OpenReader(strings.NewReader(ben.reads("/cases.xlsx")))
		must(t, err)
		if rows, err := book.GetRows("Sheet1"); err != nil || len(rows) != 202 || rows[1][1] != "'=HYPERLINK(1)" {
			t.Errorf("the workbook has %d rows, %v", len(rows), err)
		}
		if strings.Count(ana.reads("/cases/"+last.String()+"/history"), "In a list of cases") != 2 {
			t.Error("the history does not have both lists")
		}
		if got := csvRows(t, eva); len(got) != 1 {
			t.Errorf("another organisation has %q", got)
		}
		if code, _ := (&browser{t: t, handler: ana.handler}).ask(http.MethodGet, "/cases.csv", nil); code != http.StatusSeeOther {
			t.Errorf("not signed in: %d", code)
		}
	})
}

func csvRows(t *testing.T, b *browser) (rows [][]string) {
	t.Helper()
	r := table.NewReader([]byte(b.reads("/cases.csv")))
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		must(t, err)
		rows = append(rows, row.Cells)
	}
}
