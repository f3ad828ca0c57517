package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/record"
)

// Day gives the duties of which a step in the scope has come, the most
// overdue first. A duty is one line, at its lowest step in the scope.
func (s *Store) Day(ctx context.Context, scope access.Scope, now time.Time, limit int) ([]duty.Item, error) {
	if limit < 1 || nothing(record.Find{Scope: &scope}) {
		return nil, nil
	}
	st := day(scope, now, limit)
	items, err := collect(ctx, s.db.reader(), scanItem, st.sql.String(), st.args...)
	if err != nil {
		return nil, fmt.Errorf("list of the day: %w", err)
	}
	return items, nil
}

func day(scope access.Scope, now time.Time, limit int) *statement {
	st := &statement{}
	st.add(`SELECT d.kind, d.record, d.name, d.since, d.due, m.level, q.role FROM (
		SELECT p.record, p.place, MIN(p.level) AS level FROM duty_step p WHERE p.party IN `, st.in(anys(scope.Parties, blobOf)),
		" AND p.role IN ", st.in(anys(scope.Roles, func(r access.Role) any { return string(r) })),
		" AND p.starts <= ", st.arg(micros(now)), ` GROUP BY p.record, p.place) m
		JOIN duty d ON d.record = m.record AND d.place = m.place
		JOIN duty_step q ON q.record = m.record AND q.place = m.place AND q.level = m.level
		ORDER BY d.due, d.record, d.place LIMIT `, st.arg(int64(limit)))
	return st
}

func scanItem(rows *sql.Rows) (duty.Item, error) {
	var i duty.Item
	var id []byte
	var since, due int64
	if err := rows.Scan(&i.Kind, &id, &i.Name, &since, &due, &i.Level, &i.Role); err != nil {
		return i, err
	}
	i.Since, i.Due = instant(since), instant(due)
	return i, fixed(i.Record[:], id)
}
