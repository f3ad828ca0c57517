package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"strings"

	"palermo/record"
)

// The index of a record is what leads to it: rows of four tables that follow
// from the record. Most changes leave all of it as it is; a record keeps the
// digest of what was written (indexed), and a change with the same digest
// writes the record alone. Otherwise only the rows that differ are written.

// indexTable is one of the tables, and how many of its columns are the key; the first is the record.
type indexTable struct {
	name    string
	columns []string
	key     int
}

var (
	relationTable = indexTable{"relation", []string{"record", "place", "kind", "party", "role", "until", "state", "sort"}, 2}
	tokenTable    = indexTable{"token", []string{"record", "token"}, 2}
	dutyTable     = indexTable{"duty", []string{"record", "place", "kind", "name", "since", "due"}, 2}
	stepTable     = indexTable{"duty_step", []string{"record", "place", "level", "party", "role", "starts"}, 3}
)

// indexRows are the rows of one table for one record.
type indexRows struct {
	indexTable
	rows [][]any
}

// index gives the rows of a record, and their digest together with its place in lists.
func (s *Store) index(p *record.Put) ([]indexRows, []byte, error) {
	id := p.ID[:]
	relations, tokens := indexRows{indexTable: relationTable}, indexRows{indexTable: tokenTable}
	duties, steps := indexRows{indexTable: dutyTable}, indexRows{indexTable: stepTable}
	for i, r := range p.Relations {
		var until any
		if !r.Until.IsZero() {
			until = micros(r.Until)
		}
		relations.add(id, int64(i), p.Kind, r.Party[:], s.code.role(r.Party, r.Role), until, p.State, micros(p.Sort))
	}
	known := make(map[record.Token]bool, len(p.Tokens))
	for i, t := range p.Tokens {
		if !known[t] {
			known[t] = true
			tokens.add(id, p.Tokens[i][:])
		}
	}
	for i, d := range p.Duties {
		duties.add(id, int64(i), p.Kind, s.code.duty(p.ID, d.Name), micros(d.Since), micros(d.Due))
		for level, step := range d.Steps {
			steps.add(id, int64(i), int64(level), step.Party[:], s.code.role(step.Party, step.Role), micros(step.From))
		}
	}
	all := []indexRows{relations, tokens, duties, steps}
	sum := sha256.New()
	head, err := encodeRow([]any{p.Kind, p.State, micros(p.Sort)})
	if err != nil {
		return nil, nil, err
	}
	sum.Write(head)
	for _, table := range all {
		sum.Write([]byte{0xff, byte(len(table.columns))}) // no row begins so: the tables do not run together
		for _, row := range table.rows {
			b, err := encodeRow(row)
			if err != nil {
				return nil, nil, err
			}
			sum.Write(b)
		}
	}
	return all, sum.Sum(nil), nil
}

func (t *indexRows) add(row ...any) { t.rows = append(t.rows, row) }

// write brings the table from what is stored of the record to the rows.
func (t *indexRows) write(ctx context.Context, c conn, id []byte) error {
	stored, err := collect(ctx, c, t.scan, "SELECT "+strings.Join(t.columns, ", ")+" FROM "+t.name+" WHERE record = ?1", id)
	if err != nil {
		return err
	}
	gone := make(map[string][]any, len(stored)) // by the whole row
	for _, row := range stored {
		whole, err := encodeRow(row)
		if err != nil {
			return err
		}
		gone[string(whole)] = row
	}
	var fresh [][]any
	for _, row := range t.rows {
		whole, err := encodeRow(row)
		if err != nil {
			return err
		}
		if _, stands := gone[string(whole)]; stands {
			delete(gone, string(whole))
		} else {
			fresh = append(fresh, row)
		}
	}
	for _, row := range gone { // first: a fresh row may have the same key
		st := &statement{}
		st.add("DELETE FROM ", t.name)
		for i, column := range t.columns[:t.key] {
			word := " AND "
			if i == 0 {
				word = " WHERE "
			}
			st.add(word, column, " = ", st.arg(row[i]))
		}
		if _, err := c.exec(ctx, st.sql.String(), st.args...); err != nil {
			return err
		}
	}
	return t.insert(ctx, c, fresh)
}

func (t *indexRows) insert(ctx context.Context, c conn, rows [][]any) error {
	return insert(ctx, c, t.name+" ("+strings.Join(t.columns, ", ")+")", rows)
}

func (t *indexRows) scan(rows *sql.Rows) ([]any, error) {
	row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range row {
		into[i] = &row[i]
	}
	return row, rows.Scan(into...)
}
