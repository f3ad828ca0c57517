package store

import (
	"context"
	"errors"
	"slices"
)

// Newest is the last version of the tables of a set ("node", "keys").
func Newest(ctx context.Context, set string) (int64, error) {
	_, version, err := tables(ctx, set, 0)
	return version, err
}

// Older writes what the database holds into another one, as a landed version of the tables had it.
func (s *Store) Older(ctx context.Context, version int64, path string, key [32]byte) error {
	return older(ctx, s.db, "node", version, func() (engine, error) {
		return openSQLite(ctx, sqliteFile{path: path, key: &key, set: "node", version: version})
	})
}

// OlderPostgres is Older into a database of PostgreSQL.
func (s *Store) OlderPostgres(ctx context.Context, version int64, dsn string) error {
	return older(ctx, s.db, "node", version, func() (engine, error) { return openPostgres(ctx, dsn, "node", version) })
}

// Older is the same for the keys.
func (k *Keys) Older(ctx context.Context, version int64, path string) error {
	return older(ctx, k.db, "keys", version, func() (engine, error) {
		return openSQLite(ctx, sqliteFile{path: path, set: "keys", version: version})
	})
}

func older(ctx context.Context, from engine, set string, version int64, open func() (engine, error)) error {
	then, err := at(ctx, set, version)
	if err != nil {
		return err
	}
	to, err := open()
	if err != nil {
		return err
	}
	err = to.whole(ctx, func(ctx context.Context, c conn) error {
		for _, t := range then {
			var rows [][]any
			collected := t.each(ctx, from.reader(), func(row []any) error { rows = append(rows, row); return nil })
			if err := errors.Join(collected, insert(ctx, c, t.into(), rows)); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, to.close())
}

// at gives the tables of a version that are there today, each with the columns
// that are. Who stands on a record and what is due had other columns before
// 00003_codes.sql, which takes them away: reindex makes them anew.
func at(ctx context.Context, set string, version int64) ([]table, error) {
	then, _, err := tables(ctx, set, version)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(then, func(t table) bool {
		return version < 3 && slices.Contains([]string{"relation", "duty", "duty_step"}, t.name)
	}), nil
}

// Since counts and digests what stands in the tables and columns that a version had.
func (s *Store) Since(ctx context.Context, version int64) ([]Table, error) {
	return since(ctx, s.db, "node", version)
}

// Since is the same for the keys.
func (k *Keys) Since(ctx context.Context, version int64) ([]Table, error) {
	return since(ctx, k.db, "keys", version)
}

func since(ctx context.Context, db engine, set string, version int64) (all []Table, err error) {
	then, err := at(ctx, set, version)
	if err != nil {
		return nil, err
	}
	for _, t := range then {
		sum := counted(t.name)
		err := t.each(ctx, db.reader(), func(row []any) error {
			b, err := encodeRow(row)
			sum.add(b)
			return err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, sum.table())
	}
	return all, nil
}
