package linkage

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Row is a record of a table with known truth: rows with one Truth are one
// person's.
type Row struct {
	Truth  string
	Note   string // what is difficult about it
	Person Person
}

// Columns are those that ReadTable knows: the FEBRL layout, and after it what
// FEBRL has not. A column may be missing.
var Columns = []string{
	"rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
	"date_of_birth", "soc_sec_id", "name", "other_name", "father", "mother", "nationality", "document", "place", "note",
}

// maxRows bounds a table.
const maxRows = 200_000

// ReadTable reads a CSV table with a header in the FEBRL layout: rec_id is
// rec-223-org or rec-223-dup-0, and its number the truth. Ignored columns are
// read as empty. It refuses, with the place, a table without rec_id, a column
// that it does not know, and a row that is not one.
func ReadTable(in io.Reader, ignore []string) ([]Row, error) {
	reader := csv.NewReader(in)
	reader.TrimLeadingSpace = true
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("no header: %w", err)
	}
	columns := make([]string, len(header))
	for i, h := range header {
		columns[i] = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		if !slices.Contains(Columns, columns[i]) {
			return nil, fmt.Errorf("the column %q is not known", columns[i])
		}
		if slices.Contains(columns[:i], columns[i]) {
			return nil, fmt.Errorf("the column %q is there twice", columns[i])
		}
		if slices.Contains(ignore, columns[i]) {
			columns[i] = ""
		}
	}
	var rows []Row
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if len(rows) == maxRows {
			return nil, fmt.Errorf("more than %d rows", maxRows)
		}
		record := map[string]string{}
		for i, f := range fields {
			record[columns[i]] = strings.TrimSpace(f)
		}
		id := strings.Split(record["rec_id"], "-")
		if len(id) < 3 {
			line, _ := reader.FieldPos(0)
			return nil, fmt.Errorf("line %d: rec_id is not like rec-223-org", line)
		}
		rows = append(rows, Row{Truth: id[1], Note: record["note"], Person: personOf(record)})
	}
}

func personOf(r map[string]string) Person {
	p := Person{
		Names:         filled(strings.TrimSpace(r["given_name"]+" "+r["surname"]), r["name"], r["other_name"]),
		Born:          dateOf(r["date_of_birth"]),
		Parents:       filled(r["father"], r["mother"]),
		Nationalities: filled(r["nationality"]),
		Places:        filled(r["suburb"], r["place"]),
	}
	if a := (Address{Street: r["address_1"], House: r["street_number"], Postcode: r["postcode"]}); a != (Address{}) {
		p.Addresses = []Address{a}
	}
	if n := r["soc_sec_id"]; n != "" {
		p.Documents = append(p.Documents, Document{"AU", n}) // FEBRL is Australian
	}
	if country, number, ok := strings.Cut(r["document"], ":"); ok {
		p.Documents = append(p.Documents, Document{country, number})
	}
	return p
}

func filled(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// dateOf takes FEBRL's 20060102 as well as what a Person has.
func dateOf(s string) string {
	if len(s) == 8 && !strings.Contains(s, "-") {
		return s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	return s
}
