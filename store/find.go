package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math"

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
	st := page(s.code, f)
	c := s.db.reader()
	rows, err := collect(ctx, c, scanRow, st.sql.String(), st.args...)
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
	st := count(s.code, f)
	n, _, err := one[int](ctx, s.db.reader(), st.sql.String(), st.args...)
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

// page is the statement of Find. A search begins with the tokens, a person's
// list with the relations of each party, the node's own with the records; each
// walks its index in the order of the list and stops at the limit.
func page(code coder, f record.Find) *statement {
	st := &statement{code: code}
	var limit string
	switch {
	case len(f.Tokens) > 0:
		st.add("SELECT ", columns)
		st.search(f)
		st.add(" AND ", st.before("r.sort", "r.id", f.Before))
	case f.Scope != nil:
		limit = st.arg(int64(f.Limit))
		st.add("SELECT ", columns, " FROM (")
		for i, party := range f.Scope.Parties {
			if i > 0 {
				st.add(" UNION ")
			}
			st.add("SELECT * FROM (SELECT DISTINCT x.sort, x.record FROM relation x")
			st.stands(f, []ident.ID{party})
			st.add(" AND ", st.before("x.sort", "x.record", f.Before))
			st.add(" ORDER BY x.sort DESC, x.record DESC LIMIT ", limit, fmt.Sprintf(") AS party%d", i))
		}
		st.add(") m JOIN record r ON r.id = m.record ORDER BY m.sort DESC, m.record DESC LIMIT ", limit)
		return st
	default:
		st.add("SELECT ", columns, " FROM record r WHERE r.kind = ", st.arg(f.Kind), " AND ", st.before("r.sort", "r.id", f.Before))
		st.states("r.state", f.States)
	}
	st.add(" ORDER BY r.sort DESC, r.id DESC LIMIT ", st.arg(int64(f.Limit)))
	return st
}

// count is the statement of Count.
func count(code coder, f record.Find) *statement {
	st := &statement{code: code}
	switch {
	case len(f.Tokens) > 0:
		st.add("SELECT count(*)")
		st.search(f)
	case f.Scope != nil:
		st.add("SELECT count(DISTINCT x.record) FROM relation x")
		st.stands(f, f.Scope.Parties)
	default:
		st.add("SELECT count(*) FROM record r WHERE r.kind = ", st.arg(f.Kind))
		st.states("r.state", f.States)
	}
	return st
}

// search finds records by their tokens, then asks for the rest. CROSS JOIN
// keeps SQLite from beginning with the records.
func (s *statement) search(f record.Find) {
	tokens := func(group []record.Token) string {
		return s.in(anys(group, func(t record.Token) any { return t[:] }))
	}
	s.add(" FROM (SELECT DISTINCT t.record FROM token t WHERE t.token IN ", tokens(f.Tokens[0]), ") t CROSS JOIN record r",
		" WHERE r.id = t.record AND r.kind = ", s.arg(f.Kind))
	for _, group := range f.Tokens[1:] {
		s.add(" AND EXISTS (SELECT 1 FROM token o WHERE o.record = r.id AND o.token IN ", tokens(group), ")")
	}
	s.states("r.state", f.States)
	if f.Scope != nil {
		s.add(" AND EXISTS (SELECT 1 FROM relation x WHERE x.record = r.id AND ", s.scope(*f.Scope, f), ")")
	}
}

// stands narrows relation x to those in force of some parties.
func (s *statement) stands(f record.Find, parties []ident.ID) {
	s.add(" WHERE x.kind = ", s.arg(f.Kind), " AND ", s.scope(access.Scope{Parties: parties, Roles: f.Scope.Roles}, f))
	s.states("x.state", f.States)
}

// scope is access.Scope.Match in SQL, for relation x.
func (s *statement) scope(scope access.Scope, f record.Find) string {
	return "x.party IN " + s.in(anys(scope.Parties, blobOf)) +
		" AND x.role IN " + s.in(s.code.roles(scope)) +
		" AND (x.until IS NULL OR x.until > " + s.arg(micros(f.Now)) + ")"
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
