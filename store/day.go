package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/record"
)

// Day gives the duties of which a step in the scope has come, the most
// overdue first. A duty is one line, at its lowest step in the scope; who saw it
// from its first instant has it as their own, however many others do.
func (s *Store) Day(ctx context.Context, scope access.Scope, now time.Time, limit int) ([]duty.Item, error) {
	if limit < 1 || nothing(record.Find{Scope: &scope}) {
		return nil, nil
	}
	st := day(s.code, scope, now, limit)
	items, err := collect(ctx, s.db.reader(), s.scanItem, st.sql.String(), st.args...)
	if err != nil {
		return nil, fmt.Errorf("list of the day: %w", err)
	}
	return items, nil
}

func day(code coder, scope access.Scope, now time.Time, limit int) *statement {
	st := &statement{code: code}
	st.add(`SELECT d.kind, d.record, d.name, d.since, d.due, CASE WHEN q.starts <= d.since THEN 0 ELSE m.level END, q.party, q.role FROM (
		SELECT p.record, p.place, MIN(p.level) AS level FROM duty_step p WHERE p.party IN `, st.in(anys(scope.Parties, blobOf)),
		" AND p.role IN ", st.in(code.roles(scope)),
		" AND p.starts <= ", st.arg(micros(now)), ` GROUP BY p.record, p.place) m
		JOIN duty d ON d.record = m.record AND d.place = m.place
		JOIN duty_step q ON q.record = m.record AND q.place = m.place AND q.level = m.level
		ORDER BY d.due, d.record, d.place LIMIT `, st.arg(int64(limit)))
	return st
}

func (s *Store) scanItem(rows *sql.Rows) (duty.Item, error) {
	var i duty.Item
	var id, name, party, role []byte
	var since, due int64
	if err := rows.Scan(&i.Kind, &id, &name, &since, &due, &i.Level, &party, &role); err != nil {
		return i, err
	}
	i.Since, i.Due = instant(since), instant(due)
	var of ident.ID
	err := errors.Join(fixed(i.Record[:], id), fixed(of[:], party))
	if err != nil {
		return i, err
	}
	if i.Name, err = s.code.openDuty(i.Record, name); err != nil {
		return i, err
	}
	i.Role, err = s.code.openRole(of, role)
	return i, err
}
