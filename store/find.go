package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math"
	"strconv"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

const columns = "r.kind, r.id, r.version, r.schema, r.sort, r.sealed"

// Load gives a row, or record.ErrNoRow.
func (s *Store) Load(ctx context.Context, kind string, id ident.ID) (record.Row, error) {
	c := s.db.reader()
	rows, err := collect(ctx, c, scanRow, "SELECT "+columns+" FROM record r WHERE r.id = ?1 AND r.kind = ?2", id[:], kind)
	if err == nil && len(rows) == 0 {
		return record.Row{}, record.ErrNoRow
	}
	if err == nil {
		err = s.relate(ctx, c, rows)
	}
	if err != nil {
		return record.Row{}, fmt.Errorf("load %s: %w", kind, err)
	}
	return rows[0], nil
}

// Find gives a page of rows, newest first.
func (s *Store) Find(ctx context.Context, f record.Find) ([]record.Row, error) {
	if f.Limit < 1 || nothing(f) {
		return nil, nil
	}
	c := s.db.reader()
	var rows []record.Row
	var err error
	if len(f.Tokens) > 0 {
		rows, err = s.search(ctx, c, f)
	} else {
		st := page(s.code, f)
		rows, err = collect(ctx, c, scanRow, st.sql.String(), st.args...)
	}
	if err == nil {
		err = s.relate(ctx, c, rows)
	}
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", f.Kind, err)
	}
	return rows, nil
}

// Count gives how many rows all pages have together.
func (s *Store) Count(ctx context.Context, f record.Find) (int, error) {
	if nothing(f) {
		return 0, nil
	}
	var n int
	var err error
	if len(f.Tokens) > 0 {
		var places []place
		places, err = s.places(ctx, s.db.reader(), f)
		n = len(places)
	} else {
		st := count(s.code, f)
		n, _, err = one[int](ctx, s.db.reader(), st.sql.String(), st.args...)
	}
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", f.Kind, err)
	}
	return n, nil
}

// Unindexed reports that there are records to which nothing leads: a migration
// took columns away, and palermo reindex must write them anew.
func (s *Store) Unindexed(ctx context.Context) (bool, error) {
	_, records, err := one[int64](ctx, s.db.reader(), "SELECT 1 FROM record LIMIT 1")
	if err != nil || !records {
		return false, err
	}
	_, relations, err := one[int64](ctx, s.db.reader(), "SELECT 1 FROM relation LIMIT 1")
	return !relations, err
}

// nothing reports a question that no row can answer.
func nothing(f record.Find) bool {
	for _, group := range f.Tokens {
		if len(group) == 0 {
			return true
		}
	}
	return f.Scope != nil && (len(f.Scope.Parties) == 0 || len(f.Scope.Roles) == 0)
}

// page is the statement of Find for all but a search. A person's list begins
// with the relations of each party in each role, the node's own with the
// records; each walks its index in the order of the list and stops at the limit.
func page(code coder, f record.Find) *statement {
	st := &statement{code: code}
	if f.Scope != nil {
		st.list(f)
		return st
	}
	st.add("SELECT ", columns, " FROM record r WHERE r.kind = ", st.arg(f.Kind), " AND ", st.before("r.sort", "r.id", f.Before))
	st.states("r.state", f.States)
	st.add(" ORDER BY r.sort DESC, r.id DESC LIMIT ", st.arg(int64(f.Limit)))
	return st
}

// list is a person's list: the first of each role with each party, and of each
// state where states are asked for, of which the first of all are taken. To ask for
// several roles at once would read past every record on which a party stands in another one.
func (s *statement) list(f record.Find) {
	s.add("SELECT ", columns, " FROM (")
	kind, now, limit := s.arg(f.Kind), s.arg(micros(f.Now)), s.arg(int64(f.Limit))
	before := s.before("x.sort", "x.record", f.Before)
	states := []string{""}
	if len(f.States) > 0 {
		states = nil
		for _, state := range f.States {
			states = append(states, " AND x.state = "+s.arg(state))
		}
	}
	n := 0
	for _, role := range s.code.roles(*f.Scope) {
		is := s.arg(role)
		for _, state := range states {
			if n > 0 {
				s.add(" UNION ")
			}
			s.add("SELECT * FROM (SELECT DISTINCT x.sort, x.record FROM relation x WHERE x.kind = ", kind, " AND x.role = ", is, state,
				" AND (x.until IS NULL OR x.until > ", now, ") AND ", before,
				" ORDER BY x.sort DESC, x.record DESC LIMIT ", limit, ") AS role"+strconv.Itoa(n))
			n++
		}
	}
	s.add(") m JOIN record r ON r.id = m.record ORDER BY m.sort DESC, m.record DESC LIMIT ", limit)
}

// count is the statement of Count for all but a search.
func count(code coder, f record.Find) *statement {
	st := &statement{code: code}
	if f.Scope != nil {
		st.add("SELECT count(DISTINCT x.record) FROM relation x WHERE x.kind = ", st.arg(f.Kind), " AND ", st.scope(f))
		st.states("x.state", f.States)
	} else {
		st.add("SELECT count(*) FROM record r WHERE r.kind = ", st.arg(f.Kind))
		st.states("r.state", f.States)
	}
	return st
}

// scope is access.Scope.Match in SQL, for relation x: the code of a role is its party's alone.
func (s *statement) scope(f record.Find) string {
	return "x.role IN " + s.in(s.code.roles(*f.Scope)) + " AND (x.until IS NULL OR x.until > " + s.arg(micros(f.Now)) + ")"
}

func (s *statement) states(column string, states []string) {
	if len(states) > 0 {
		s.add(" AND ", column, " IN ", s.in(anys(states, func(v string) any { return v })))
	}
}

// before is the place in the list after which a page begins; the same form for the first page as for the others.
func (s *statement) before(sort, id string, at record.Cursor) string {
	from, last := micros(at.Sort), at.ID
	if at.Sort.IsZero() && at.ID.IsZero() {
		from, last = math.MaxInt64, after
	}
	return "(" + sort + ", " + id + ") < (" + s.arg(from) + ", " + s.arg(last[:]) + ")"
}

// after is greater than any id.
var after = ident.ID(bytes.Repeat([]byte{0xff}, len(ident.ID{})))

func scanRow(rows *sql.Rows) (record.Row, error) {
	var r record.Row
	var id []byte
	var sort int64
	if err := rows.Scan(&r.Kind, &id, &r.Version, &r.Schema, &sort, &r.Sealed); err != nil {
		return r, err
	}
	r.Sort = instant(sort)
	return r, fixed(r.ID[:], id)
}

// relate gives rows their relations.
func (s *Store) relate(ctx context.Context, c conn, rows []record.Row) error {
	place := make(map[ident.ID]*record.Row, len(rows))
	for i := range rows {
		place[rows[i].ID] = &rows[i]
	}
	for i := 0; i < len(rows); i += most {
		st := &statement{}
		ids := st.in(anys(rows[i:min(i+most, len(rows))], func(r record.Row) any { return r.ID[:] }))
		st.add("SELECT x.record, x.party, x.role, x.until FROM relation x WHERE x.record IN ", ids, " ORDER BY x.record, x.place")
		_, err := collect(ctx, c, func(rows *sql.Rows) (struct{}, error) {
			return struct{}{}, s.scanRelation(rows, place)
		}, st.sql.String(), st.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) scanRelation(rows *sql.Rows, place map[ident.ID]*record.Row) error {
	var id, party, role []byte
	var relation access.Relation
	var until sql.NullInt64
	if err := rows.Scan(&id, &party, &role, &until); err != nil {
		return err
	}
	if err := fixed(relation.Party[:], party); err != nil {
		return err
	}
	var err error
	if relation.Role, err = s.code.openRole(relation.Party, role); err != nil {
		return err
	}
	if until.Valid {
		relation.Until = instant(until.Int64)
	}
	var of ident.ID
	if err := fixed(of[:], id); err != nil {
		return err
	}
	if row := place[of]; row != nil {
		row.Relations = append(row.Relations, relation)
	}
	return nil
}

// Blob gives an attachment's sealed chunks in order, or record.ErrNoRow.
func (s *Store) Blob(ctx context.Context, of, id ident.ID) ([][]byte, error) {
	chunks, err := collect(ctx, s.db.reader(), scanOne[[]byte],
		"SELECT b.data FROM blob b WHERE b.record = ?1 AND b.id = ?2 ORDER BY b.chunk", of[:], id[:])
	if err != nil {
		return nil, fmt.Errorf("attachment: %w", err)
	}
	if len(chunks) == 0 {
		return nil, record.ErrNoRow
	}
	return chunks, nil
}
