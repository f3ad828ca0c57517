package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"palermo/ident"
	"palermo/vault"
)

// Keys is the database of sealed keys: a vault.Keystore. It is a file or
// database of its own, apart from the documents.
type Keys struct{ db engine }

// OpenSQLiteKeys opens the keys in a file, made if there is none. The file is
// not encrypted: the key it would be under is inside it (see the package).
func OpenSQLiteKeys(ctx context.Context, path string) (*Keys, error) {
	db, err := openSQLite(ctx, sqliteFile{path: path, set: "keys"})
	if err != nil {
		return nil, err
	}
	return &Keys{db}, nil
}

// OpenPostgresKeys opens the keys in a PostgreSQL database, which should be
// another one than that of the documents. PostgreSQL leaves a destroyed wrap in
// its pages until VACUUM and in its log until that is recycled: archives of the
// log must be as short-lived as backups.
func OpenPostgresKeys(ctx context.Context, dsn string) (*Keys, error) {
	db, err := openPostgres(ctx, dsn, "keys", 0)
	if err != nil {
		return nil, err
	}
	return &Keys{db}, nil
}

// Close closes the database.
func (k *Keys) Close() error { return k.db.close() }

// HolderKeys implements vault.Keystore.
func (k *Keys) HolderKeys(ctx context.Context) ([]vault.HolderKey, error) {
	keys, err := collect(ctx, k.db.reader(), func(rows *sql.Rows) (vault.HolderKey, error) {
		var h vault.HolderKey
		return h, rows.Scan(&h.Holder, &h.Epoch, &h.Sealed)
	}, "SELECT holder, epoch, sealed FROM holder_key ORDER BY holder, epoch")
	if err != nil {
		return nil, fmt.Errorf("holder keys: %w", err)
	}
	return keys, nil
}

// PutHolderKey implements vault.Keystore.
func (k *Keys) PutHolderKey(ctx context.Context, key vault.HolderKey) error {
	return k.change(ctx, func(ctx context.Context, c conn) error {
		return added(c.exec(ctx, "INSERT INTO holder_key (holder, epoch, sealed) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
			string(key.Holder), int64(key.Epoch), present(key.Sealed)))
	})
}

// Wraps implements vault.Keystore.
func (k *Keys) Wraps(ctx context.Context, subject [16]byte) ([]vault.Wrap, error) {
	wraps, err := wrapsOf(ctx, k.db.reader(), subject)
	if err != nil {
		return nil, fmt.Errorf("wraps: %w", err)
	}
	return wraps, nil
}

func wrapsOf(ctx context.Context, c conn, subject [16]byte) ([]vault.Wrap, error) {
	return collect(ctx, c, func(rows *sql.Rows) (vault.Wrap, error) {
		w := vault.Wrap{Subject: subject}
		return w, rows.Scan(&w.Holder, &w.Epoch, &w.Sealed)
	}, "SELECT holder, epoch, sealed FROM wrap WHERE subject = ?1 ORDER BY holder", subject[:])
}

// PutWraps implements vault.Keystore.
func (k *Keys) PutWraps(ctx context.Context, wraps []vault.Wrap) error {
	if len(wraps) == 0 {
		return nil
	}
	return k.change(ctx, func(ctx context.Context, c conn) error {
		subjects := make([][16]byte, len(wraps))
		for i, w := range wraps {
			subjects[i] = w.Subject
		}
		if err := alone(ctx, c, subjects...); err != nil {
			return err
		}
		for _, w := range wraps {
			if err := putWrap(ctx, c, w); err != nil {
				return err
			}
		}
		return nil
	})
}

func putWrap(ctx context.Context, c conn, w vault.Wrap) error {
	if err := notShredded(ctx, c, w.Subject); err != nil {
		return err
	}
	return added(c.exec(ctx, "INSERT INTO wrap (subject, holder, epoch, sealed) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
		w.Subject[:], string(w.Holder), int64(w.Epoch), present(w.Sealed)))
}

// DropWraps implements vault.Keystore.
func (k *Keys) DropWraps(ctx context.Context, subject [16]byte, holder vault.Holder) error {
	return k.destroy(ctx, func(ctx context.Context, c conn) error {
		if err := alone(ctx, c, subject); err != nil {
			return err
		}
		_, err := c.exec(ctx, "DELETE FROM wrap WHERE subject = ?1 AND holder = ?2", subject[:], string(holder))
		return err
	})
}

// Shred implements vault.Keystore.
func (k *Keys) Shred(ctx context.Context, subject [16]byte, at time.Time) error {
	return k.destroy(ctx, func(ctx context.Context, c conn) error {
		if err := alone(ctx, c, subject); err != nil {
			return err
		}
		if err := alone(ctx, c, erasureList); err != nil {
			return err
		}
		if _, err := c.exec(ctx, "DELETE FROM wrap WHERE subject = ?1", subject[:]); err != nil {
			return err
		}
		_, err := c.exec(ctx, `INSERT INTO shredded (place, subject, at)
			SELECT COALESCE(MAX(place), 0) + 1, ?1, ?2 FROM shredded WHERE true ON CONFLICT DO NOTHING`, subject[:], micros(at))
		return err
	})
}

// erasureList stands for the list among the subjects that can be locked.
var erasureList = [16]byte(after)

// Shredded implements vault.Keystore.
func (k *Keys) Shredded(ctx context.Context) ([][16]byte, error) {
	list, err := collect(ctx, k.db.reader(), scanSubjectID, "SELECT subject FROM shredded ORDER BY place")
	if err != nil {
		return nil, fmt.Errorf("erasure list: %w", err)
	}
	return list, nil
}

// ReplaceWraps implements vault.Keystore.
func (k *Keys) ReplaceWraps(ctx context.Context, subject [16]byte, wraps []vault.Wrap) error {
	return k.destroy(ctx, func(ctx context.Context, c conn) error {
		if err := alone(ctx, c, subject); err != nil {
			return err
		}
		if err := notShredded(ctx, c, subject); err != nil {
			return err
		}
		stored, err := wrapsOf(ctx, c, subject)
		if err != nil {
			return err
		}
		if !slices.Equal(holders(stored), holders(wraps)) {
			return vault.ErrStale
		}
		for _, w := range wraps {
			if _, err := c.exec(ctx, "UPDATE wrap SET epoch = ?3, sealed = ?4 WHERE subject = ?1 AND holder = ?2",
				subject[:], string(w.Holder), int64(w.Epoch), present(w.Sealed)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Subjects implements vault.Keystore.
func (k *Keys) Subjects(ctx context.Context, last [16]byte, limit int) ([][16]byte, error) {
	list, err := collect(ctx, k.db.reader(), scanSubjectID,
		"SELECT DISTINCT subject FROM wrap WHERE subject > ?1 ORDER BY subject LIMIT ?2", last[:], int64(limit))
	if err != nil {
		return nil, fmt.Errorf("subjects: %w", err)
	}
	return list, nil
}

func (k *Keys) change(ctx context.Context, fn func(context.Context, conn) error) error {
	if err := k.db.change(ctx, fn); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return nil
}

// destroy is a change whose old values must not linger in the database's log.
func (k *Keys) destroy(ctx context.Context, fn func(context.Context, conn) error) error {
	if err := k.change(ctx, fn); err != nil {
		return err
	}
	if err := k.db.forget(ctx); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return nil
}

// alone makes other changes to these subjects wait until this one has ended.
func alone(ctx context.Context, c conn, subjects ...[16]byte) error {
	if !c.manyWriters() {
		return nil
	}
	locks := make([]int64, len(subjects))
	for i, s := range subjects {
		locks[i] = int64(binary.BigEndian.Uint64(s[:8]) ^ binary.BigEndian.Uint64(s[8:]))
	}
	slices.Sort(locks) // always in the same order: no two wait for each other
	for _, l := range slices.Compact(locks) {
		if _, err := c.exec(ctx, "SELECT pg_advisory_xact_lock(?1)", l); err != nil {
			return err
		}
	}
	return nil
}

func notShredded(ctx context.Context, c conn, subject [16]byte) error {
	_, gone, err := one[int64](ctx, c, "SELECT place FROM shredded WHERE subject = ?1", subject[:])
	if err == nil && gone {
		return vault.ErrShredded
	}
	return err
}

func added(n int64, err error) error {
	if err == nil && n == 0 {
		return vault.ErrExists
	}
	return err
}

func holders(wraps []vault.Wrap) []vault.Holder {
	out := make([]vault.Holder, len(wraps))
	for i, w := range wraps {
		out[i] = w.Holder
	}
	slices.Sort(out)
	return out
}

func scanSubjectID(rows *sql.Rows) ([16]byte, error) {
	var id ident.ID
	raw, err := scanOne[[]byte](rows)
	if err != nil {
		return id, err
	}
	return id, fixed(id[:], raw)
}
