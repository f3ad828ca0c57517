package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"palermo/ident"
	"palermo/journal"
	"palermo/record"
)

// Commit does all of the batch or nothing, and returns when it is durable.
// record.ErrStale: a version was not as expected.
func (s *Store) Commit(ctx context.Context, b record.Batch) error {
	err := s.db.change(ctx, func(ctx context.Context, c conn) error { return s.apply(ctx, c, b) })
	if err != nil && !errors.Is(err, record.ErrStale) {
		return fmt.Errorf("commit of %d records and %d entries: %w", len(b.Puts), len(b.Entries), err)
	}
	if err == nil {
		s.commits.Add(1)
	}
	return err
}

// Forget takes old values out of the log beside the database. PostgreSQL does
// it in its own time, with VACUUM and the recycling of its log.
func (s *Store) Forget(ctx context.Context) error { return s.db.forget(ctx) }

// Erased gives the records that were erased, oldest first.
func (s *Store) Erased(ctx context.Context) ([]ident.ID, error) {
	list, err := collect(ctx, s.db.reader(), scanSubjectID, "SELECT record FROM erased ORDER BY at, record")
	if err != nil {
		return nil, fmt.Errorf("erased records: %w", err)
	}
	ids := make([]ident.ID, len(list))
	for i, id := range list {
		ids[i] = id
	}
	return ids, nil
}

func (s *Store) apply(ctx context.Context, c conn, b record.Batch) error {
	for _, check := range b.Checks {
		version, ok, err := one[int64](ctx, c, "SELECT version FROM record WHERE id = ?1 AND kind = ?2"+c.forShare(), check.ID[:], check.Kind)
		if err != nil {
			return err
		}
		if !ok || version != check.Version {
			return record.ErrStale
		}
	}
	for i := range b.Puts {
		if err := s.put(ctx, c, &b.Puts[i]); err != nil {
			return err
		}
	}
	if err := putEntries(ctx, c, b.Entries); err != nil {
		return err
	}
	for _, blob := range b.Blobs {
		rows := make([][]any, len(blob.Chunks))
		for i, chunk := range blob.Chunks {
			rows[i] = []any{blob.Record[:], blob.ID[:], int64(i), present(chunk)}
		}
		if err := insert(ctx, c, "blob (record, id, chunk, data)", rows); err != nil {
			return err
		}
	}
	if err := erasePart(ctx, c, b); err != nil {
		return err
	}
	for _, id := range b.Erase {
		if err := erase(ctx, c, id, b.Now); err != nil {
			return err
		}
	}
	return nil
}

// present keeps an empty value from becoming NULL.
func present(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// put writes a record, and of its index what is not as it was.
func (s *Store) put(ctx context.Context, c conn, p *record.Put) error {
	index, digest, err := s.index(p)
	if err != nil {
		return err
	}
	if p.Was != 0 && !p.Anew {
		changed, err := c.exec(ctx, `UPDATE record SET version = ?3, schema = ?4, digest = ?5, sealed = ?6
			WHERE id = ?1 AND kind = ?2 AND version = ?7 AND indexed = ?8`,
			p.ID[:], p.Kind, p.Version, int64(p.Schema), p.Digest[:], present(p.Sealed), p.Was, digest)
		if err != nil || changed > 0 {
			return err
		}
	}
	changed, err := putRow(ctx, c, p, digest)
	if err != nil {
		return err
	}
	if changed == 0 {
		return record.ErrStale
	}
	for _, table := range index {
		if p.Was == 0 {
			err = table.insert(ctx, c, table.rows)
		} else {
			err = table.write(ctx, c, p.ID[:])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func putRow(ctx context.Context, c conn, p *record.Put, indexed []byte) (int64, error) {
	if p.Was == 0 {
		return c.exec(ctx, `INSERT INTO record (id, kind, version, schema, state, sort, digest, sealed, indexed)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING`,
			p.ID[:], p.Kind, p.Version, int64(p.Schema), p.State, micros(p.Sort), p.Digest[:], present(p.Sealed), indexed)
	}
	return c.exec(ctx, `UPDATE record SET version = ?3, schema = ?4, state = ?5, sort = ?6, digest = ?7, sealed = ?8, indexed = ?9
		WHERE id = ?1 AND kind = ?2 AND version = ?10`,
		p.ID[:], p.Kind, p.Version, int64(p.Schema), p.State, micros(p.Sort), p.Digest[:], present(p.Sealed), indexed, p.Was)
}

func putEntries(ctx context.Context, c conn, entries []journal.Entry) error {
	var rows, subjects [][]any
	for i := range entries {
		e := &entries[i]
		rows = append(rows, []any{e.ID[:], micros(e.At), e.Kind, e.Version, e.Digest[:], present(e.Header), e.Particulars})
		for place, subject := range e.Subjects {
			subjects = append(subjects, []any{e.ID[:], int64(place), subject[:]})
		}
	}
	if err := insert(ctx, c, "entry (id, at, kind, version, digest, header, particulars)", rows); err != nil {
		return err
	}
	return insert(ctx, c, "entry_subject (entry, place, record)", subjects)
}

// erasePart takes files away, and the particulars of entries, of which the digest stays.
func erasePart(ctx context.Context, c conn, b record.Batch) error {
	for _, f := range b.Files {
		if _, err := c.exec(ctx, "DELETE FROM blob WHERE record = ?1 AND id = ?2", f.Record[:], f.ID[:]); err != nil {
			return err
		}
	}
	for _, g := range b.Gone {
		if _, err := c.exec(ctx, "UPDATE entry SET particulars = NULL, gone = ?2 WHERE id = ?1", g.Entry[:], g.Digest[:]); err != nil {
			return err
		}
	}
	return nil
}

// erase takes a record's rows away, and remembers that it did. What the journal says of it stays.
func erase(ctx context.Context, c conn, id ident.ID, at time.Time) error {
	if _, err := c.exec(ctx, "INSERT INTO erased (record, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING", id[:], micros(at)); err != nil {
		return err
	}
	if _, err := c.exec(ctx, "DELETE FROM record WHERE id = ?1", id[:]); err != nil {
		return err
	}
	for _, table := range []string{"relation", "token", "duty_step", "duty", "blob"} {
		if _, err := c.exec(ctx, "DELETE FROM "+table+" WHERE record = ?1", id[:]); err != nil {
			return err
		}
	}
	return nil
}
