package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3/driver"
)

// table is one that the migrations of a set make, alike on both databases. So
// what is copied whole follows the migrations, and no list can forget one.
type table struct {
	name    string
	columns []string
	key     []keyColumn
}

type keyColumn struct {
	name string
	text bool
}

// tables reads the shape of a set at a version of its migrations (0: the
// newest) from an empty SQLite database in memory, and gives that version.
func tables(ctx context.Context, set string, version int64) (_ []table, _ int64, err error) {
	db, err := driver.Open(":memory:")
	if err != nil {
		return nil, 0, fmt.Errorf("tables: %w", err)
	}
	db.SetMaxOpenConns(1) // each connection would be another database
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	if version, err = migrate(ctx, db, dialectSQLite, set, version); err != nil {
		return nil, 0, err
	}
	c := direct{db, false}
	names, err := collect(ctx, c, scanOne[string], `SELECT name FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ?1 ORDER BY name`, set+"_version")
	if err != nil {
		return nil, 0, fmt.Errorf("tables: %w", err)
	}
	all := make([]table, len(names))
	for i, name := range names {
		if all[i], err = describe(ctx, c, name); err != nil {
			return nil, 0, fmt.Errorf("table %s: %w", name, err)
		}
	}
	return all, version, nil
}

func describe(ctx context.Context, c conn, name string) (table, error) {
	t := table{name: name}
	keys := map[int]keyColumn{}
	_, err := collect(ctx, c, func(rows *sql.Rows) (struct{}, error) {
		var column, kind string
		var place int
		err := rows.Scan(&column, &kind, &place)
		t.columns = append(t.columns, column)
		if place > 0 {
			keys[place] = keyColumn{column, kind == "TEXT"}
		}
		return struct{}{}, err
	}, "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid", name)
	for place := 1; place <= len(keys); place++ {
		t.key = append(t.key, keys[place])
	}
	if err == nil && len(keys) == 0 {
		err = fmt.Errorf("it has no primary key, so its rows have no order")
	}
	return t, err
}

// selection reads every row in the order of the key, bytes by bytes: a
// collation of PostgreSQL would order words in its own way.
func (t table) selection(c conn) string {
	order := make([]string, len(t.key))
	for i, k := range t.key {
		order[i] = k.name
		if k.text && c.manyWriters() {
			order[i] += ` COLLATE "C"`
		}
	}
	return "SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name + " ORDER BY " + strings.Join(order, ", ")
}

func (t table) into() string { return t.name + " (" + strings.Join(t.columns, ", ") + ")" }

// each hands over every row, without keeping them.
func (t table) each(ctx context.Context, c conn, fn func(row []any) error) (err error) {
	rows, err := c.query(ctx, t.selection(c))
	if err != nil {
		return fmt.Errorf("table %s: %w", t.name, err)
	}
	defer func() {
		if e := rows.Close(); err == nil && e != nil {
			err = e
		}
	}()
	for rows.Next() {
		row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if err := fn(row); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	return rows.Err()
}

func (t table) same(name string, columns []string) bool {
	return t.name == name && slices.Equal(t.columns, columns)
}
