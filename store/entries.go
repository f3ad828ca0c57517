package store

import (
	"context"
	"database/sql"
	"fmt"

	"palermo/ident"
	"palermo/journal"
)

const entryColumns = "e.id, e.seq, e.at, e.kind, e.version, e.digest, e.header, e.particulars, e.gone"

// History gives the entries about a record, newest first.
func (s *Store) History(ctx context.Context, about, before ident.ID, limit int) ([]journal.Entry, error) {
	if limit < 1 {
		return nil, nil
	}
	if before.IsZero() {
		before = after
	}
	entries, err := readEntries(ctx, s.db.reader(), historySQL, about[:], before[:], int64(limit))
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return entries, nil
}

const historySQL = "SELECT " + entryColumns + ` FROM (
	SELECT DISTINCT s.entry FROM entry_subject s WHERE s.record = ?1 AND s.entry < ?2 ORDER BY s.entry DESC LIMIT ?3) m
	JOIN entry e ON e.id = m.entry ORDER BY m.entry DESC`

// readEntries reads entries and then the records that each is about.
func readEntries(ctx context.Context, c conn, query string, args ...any) ([]journal.Entry, error) {
	entries, err := collect(ctx, c, scanEntry, query, args...)
	if err != nil {
		return nil, err
	}
	place := make(map[ident.ID]*journal.Entry, len(entries))
	for i := range entries {
		place[entries[i].ID] = &entries[i]
	}
	for i := 0; i < len(entries); i += most {
		st := &statement{}
		ids := st.in(anys(entries[i:min(i+most, len(entries))], func(e journal.Entry) any { return e.ID[:] }))
		st.add("SELECT s.entry, s.record FROM entry_subject s WHERE s.entry IN ", ids, " ORDER BY s.entry, s.place")
		_, err := collect(ctx, c, func(rows *sql.Rows) (struct{}, error) {
			return struct{}{}, scanSubject(rows, place)
		}, st.sql.String(), st.args...)
		if err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func scanEntry(rows *sql.Rows) (journal.Entry, error) {
	var e journal.Entry
	var id, digest []byte
	var seq sql.NullInt64
	var at int64
	if err := rows.Scan(&id, &seq, &at, &e.Kind, &e.Version, &digest, &e.Header, &e.Particulars, &e.Gone); err != nil {
		return e, err
	}
	e.At, e.Seq = instant(at), -1
	if seq.Valid {
		e.Seq = seq.Int64
	}
	if err := fixed(e.Digest[:], digest); err != nil {
		return e, err
	}
	return e, fixed(e.ID[:], id)
}

func scanSubject(rows *sql.Rows, place map[ident.ID]*journal.Entry) error {
	var entry, subject []byte
	if err := rows.Scan(&entry, &subject); err != nil {
		return err
	}
	var of, id ident.ID
	if err := fixed(of[:], entry); err != nil {
		return err
	}
	if err := fixed(id[:], subject); err != nil {
		return err
	}
	if e := place[of]; e != nil {
		e.Subjects = append(e.Subjects, id)
	}
	return nil
}
