package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Place is a cell of a sheet: its row from 1, its column from 0.
type Place struct{ Row, Column int }

const mostFormulas = 1000 // are told of a sheet; who mends those sees the others then

// Formulas gives the cells of a workbook's first sheet that hold a formula, in
// order. It reads the sheet as a stream and holds nothing of it. The workbook
// must have been found to unpack within bounds.
func Formulas(workbook []byte) ([]Place, error) {
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	name, err := firstSheet(archive)
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	var places []Place
	at := ""
	err = elements(archive, name, func(e xml.StartElement) {
		switch e.Name.Local {
		case "c":
			at = attribute(e, "r")
		case "f":
			if column, row, err := excelize.CellNameToCoordinates(at); err == nil && len(places) < mostFormulas {
				places = append(places, Place{Row: row, Column: column - 1})
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	return places, nil
}

// firstSheet is the part of the archive that holds it (ISO/IEC 29500-1, 12.3.23 and 15.3).
func firstSheet(archive *zip.Reader) (string, error) {
	id, target := "", ""
	err := elements(archive, "xl/workbook.xml", func(e xml.StartElement) {
		if e.Name.Local == "sheet" && id == "" {
			id = attribute(e, "id")
		}
	})
	if err != nil {
		return "", err
	}
	err = elements(archive, "xl/_rels/workbook.xml.rels", func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && attribute(e, "Id") == id {
			target = attribute(e, "Target")
		}
	})
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/"), err
	}
	return path.Join("xl", target), err
}

// elements goes through the elements of a part as they begin.
func elements(archive *zip.Reader, name string, do func(xml.StartElement)) error {
	part, err := archive.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // only read
	d := xml.NewDecoder(part)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			do(e)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
