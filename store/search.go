package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"slices"

	"palermo/ident"
	"palermo/record"
)

// A search reads which records each word has, one value a word, and puts them
// side by side here: a database that looks each record of one word up among
// those of another takes several times as long. Only records with all words are
// read, and they answer for the scope before they count.

// place is where a record stands in a list.
type place struct {
	sort int64
	id   ident.ID
}

// search gives the rows of a page of those with a token of every group.
func (s *Store) search(ctx context.Context, c conn, f record.Find) ([]record.Row, error) {
	places, err := s.places(ctx, c, f)
	if err != nil {
		return nil, err
	}
	if !f.Before.Sort.IsZero() || !f.Before.ID.IsZero() {
		last := place{micros(f.Before.Sort), f.Before.ID}
		places = slices.DeleteFunc(places, func(p place) bool { return newestFirst(p, last) <= 0 })
	}
	slices.SortFunc(places, newestFirst)
	places = places[:min(len(places), f.Limit)]
	var rows []record.Row
	for chunk := range slices.Chunk(places, most) {
		st := &statement{}
		st.add("SELECT ", columns, " FROM record r WHERE r.id IN ", st.in(anys(chunk, func(p place) any { return p.id[:] })))
		some, err := collect(ctx, c, scanRow, st.sql.String(), st.args...)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b record.Row) int {
		return newestFirst(place{micros(a.Sort), a.ID}, place{micros(b.Sort), b.ID})
	})
	return rows, nil
}

func newestFirst(a, b place) int {
	return cmp.Or(cmp.Compare(b.sort, a.sort), bytes.Compare(b.id[:], a.id[:]))
}

// places are those of all records that the search finds, in no order.
func (s *Store) places(ctx context.Context, c conn, f record.Find) ([]place, error) {
	met := map[ident.ID]int{} // how many groups a record met, one after the other
	for n, group := range f.Tokens {
		st := tokens(group, c.manyWriters())
		ids, _, err := one[[]byte](ctx, c, st.sql.String(), st.args...)
		if err != nil {
			return nil, err
		}
		for raw := range slices.Chunk(ids, len(ident.ID{})) {
			var id ident.ID
			if err := fixed(id[:], raw); err != nil {
				return nil, err
			}
			if met[id] == n {
				met[id] = n + 1
			}
		}
	}
	all := make([]ident.ID, 0, len(met))
	for id, n := range met {
		if n == len(f.Tokens) {
			all = append(all, id)
		}
	}
	var places []place
	for chunk := range slices.Chunk(all, most) {
		st := found(s.code, f, chunk)
		some, err := collect(ctx, c, scanPlace, st.sql.String(), st.args...)
		if err != nil {
			return nil, err
		}
		places = append(places, some...)
	}
	return places, nil
}

// tokens gives the records of any of the tokens, one behind the other.
func tokens(group []record.Token, manyWriters bool) *statement {
	together := "CAST(group_concat(t.record, '') AS BLOB)" // a blob is text to SQLite, byte by byte
	if manyWriters {
		together = "string_agg(t.record, ''::bytea)"
	}
	st := &statement{}
	st.add("SELECT ", together, " FROM token t WHERE t.token IN ", st.in(anys(group, func(t record.Token) any { return t[:] })))
	return st
}

// found narrows records to those of the question's kind, states and scope.
func found(code coder, f record.Find, ids []ident.ID) *statement {
	st := &statement{code: code}
	st.add("SELECT r.sort, r.id FROM record r WHERE r.id IN ", st.in(anys(ids, blobOf)), " AND r.kind = ", st.arg(f.Kind))
	st.states("r.state", f.States)
	if f.Scope != nil {
		st.add(" AND EXISTS (SELECT 1 FROM relation x WHERE x.record = r.id AND ", st.scope(f), ")")
	}
	return st
}

func scanPlace(rows *sql.Rows) (place, error) {
	var p place
	var id []byte
	if err := rows.Scan(&p.sort, &id); err != nil {
		return p, err
	}
	return p, fixed(p.id[:], id)
}
