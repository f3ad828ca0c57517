package table

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/xuri/excelize/v2"
)

var mean = [][]string{{"Reference", "Name"}, {"=1+1", "@SUM(A1)"}, {"\t=cmd", "+39 06 1234"}, {"-1+cmd|' /C calc'!A0", "مريم, \"M\"\nline"}}

var tame = [][]string{{"Reference", "Name"}, {"'=1+1", "'@SUM(A1)"}, {"'\t=cmd", "+39 06 1234"}, {"'-1+cmd|' /C calc'!A0", "مريم, \"M\"\nline"}}

func TestAWrittenCSVHoldsNoFormula(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, mean); err != nil {
		t.Fatal(err)
	}
	var got [][]string
	r := NewReader(b.Bytes())
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row.Cells)
	}
	if !reflect.DeepEqual(got, tame) {
		t.Errorf("%q", got)
	}
}

func TestAWrittenWorkbookHoldsTextAlone(t *testing.T) {
	var b bytes.Buffer
	if err := WriteXLSX(&b, mean, true); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.GetRows("Sheet1")
	if err != nil || !reflect.DeepEqual(got, tame) {
		t.Errorf("%q, %v", got, err)
	}
	for _, cell := range []string{"A2", "B2", "A3", "B3", "A4"} {
		formula, err := book.GetCellFormula("Sheet1", cell)
		if kind, kindErr := book.GetCellType("Sheet1", cell); err != nil || kindErr != nil || formula != "" ||
			kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s is of type %d, formula %q", cell, kind, formula)
		}
	}
	if view, err := book.GetSheetView("Sheet1", 0); err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Errorf("the sheet is not from right to left: %v", err)
	}
}
