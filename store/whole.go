package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
)

// Table is what a whole table holds: two with the same digest have the same rows.
type Table struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"` // SHA-256 of the rows in the order of the key, in hexadecimal
}

// ErrNotEmpty says that a database that was to be filled holds something.
var ErrNotEmpty = errors.New("the database to fill is not empty")

// Dump writes every row of the database, as it is at one instant, while the
// node goes on. What is in clear in the columns is in clear in it: seal it.
func (s *Store) Dump(ctx context.Context, w io.Writer) ([]Table, error) {
	return dump(ctx, s.db, "node", w)
}

// Dump writes every row of the keys. The keys in it are sealed as they are in the database.
func (k *Keys) Dump(ctx context.Context, w io.Writer) ([]Table, error) {
	return dump(ctx, k.db, "keys", w)
}

// Tables counts and digests what the database holds at one instant.
func (s *Store) Tables(ctx context.Context) ([]Table, error) {
	return dump(ctx, s.db, "node", io.Discard)
}

// Tables counts and digests what the keys hold at one instant.
func (k *Keys) Tables(ctx context.Context) ([]Table, error) {
	return dump(ctx, k.db, "keys", io.Discard)
}

const dumpHeading = "palermo rows 1"

func dump(ctx context.Context, db engine, set string, w io.Writer) (_ []Table, err error) {
	shape, version, err := tables(ctx, set, 0)
	if err != nil {
		return nil, err
	}
	c, done, err := db.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("dump: %w", err)
	}
	defer func() {
		if e := done(); err == nil {
			err = e
		}
	}()
	out := bufio.NewWriterSize(w, 1<<16)
	e := encoder{w: out}
	e.text(dumpHeading)
	e.text(set)
	e.number(version)
	var all []Table
	for _, t := range shape {
		e.text(t.name)
		e.number(int64(len(t.columns)))
		for _, column := range t.columns {
			e.text(column)
		}
		sum := counted(t.name)
		err := t.each(ctx, c, func(row []any) error {
			b, err := encodeRow(row)
			sum.add(b)
			e.bytes(b) // never empty: an empty one ends the table
			return errors.Join(err, e.err)
		})
		if err != nil {
			return nil, fmt.Errorf("dump: %w", err)
		}
		all = append(all, sum.table())
		e.bytes(nil)
		e.text(all[len(all)-1].Digest)
	}
	e.text("") // the end
	if err := errors.Join(e.err, out.Flush()); err != nil {
		return nil, fmt.Errorf("dump: %w", err)
	}
	return all, nil
}

// counter makes a Table out of rows.
type counter struct {
	name string
	rows int64
	hash hash.Hash
}

func counted(name string) *counter { return &counter{name: name, hash: sha256.New()} }

func (c *counter) add(row []byte) {
	c.rows++
	c.hash.Write(row) // rows end by themselves: no two sequences run together
}

func (c *counter) table() Table { return Table{c.name, c.rows, fmt.Sprintf("%x", c.hash.Sum(nil))} }

// LoadSQLite makes a file out of a dump of the documents, encrypted under key.
// One that is there must be empty, as a load that was broken off leaves it. Open it afterwards as ever: that brings an older dump to the present form.
func LoadSQLite(ctx context.Context, path string, key [32]byte, r io.Reader) ([]Table, error) {
	return loadFile(ctx, sqliteFile{path: path, key: &key, set: "node"}, r)
}

// LoadSQLiteKeys makes a file out of a dump of the keys.
func LoadSQLiteKeys(ctx context.Context, path string, r io.Reader) ([]Table, error) {
	return loadFile(ctx, sqliteFile{path: path, set: "keys"}, r)
}

func loadFile(ctx context.Context, f sqliteFile, r io.Reader) ([]Table, error) {
	return load(ctx, f.set, r, func(version int64) (engine, error) {
		f.version = version
		return openSQLite(ctx, f)
	})
}

// LoadPostgres fills an empty PostgreSQL database from a dump of the documents: all of it, or nothing.
func LoadPostgres(ctx context.Context, dsn string, r io.Reader) ([]Table, error) {
	return load(ctx, "node", r, func(version int64) (engine, error) { return openPostgres(ctx, dsn, "node", version) })
}

// LoadPostgresKeys fills an empty PostgreSQL database from a dump of the keys: all of it, or nothing.
func LoadPostgresKeys(ctx context.Context, dsn string, r io.Reader) ([]Table, error) {
	return load(ctx, "keys", r, func(version int64) (engine, error) { return openPostgres(ctx, dsn, "keys", version) })
}

func load(ctx context.Context, set string, r io.Reader, open func(version int64) (engine, error)) (_ []Table, err error) {
	d := decoder{r: bufio.NewReaderSize(r, 1<<16)}
	heading, of, version := d.text(), d.text(), d.number()
	if d.err != nil || heading != dumpHeading || of != set {
		return nil, errors.Join(fmt.Errorf("this is no dump of the %s database", set), d.err)
	}
	shape, newest, err := tables(ctx, set, version)
	if err != nil || newest != version {
		return nil, errors.Join(fmt.Errorf("the dump is of version %d of the tables, which this program does not know: use a newer one", version), err)
	}
	db, err := open(version)
	if err != nil {
		return nil, err
	}
	var all []Table
	err = db.whole(ctx, func(ctx context.Context, c conn) error {
		for _, t := range shape {
			if _, holds, err := one[int64](ctx, c, "SELECT 1 FROM "+t.name+" LIMIT 1"); err != nil || holds {
				return errors.Join(err, ErrNotEmpty)
			}
		}
		for _, t := range shape {
			filled, err := fill(ctx, c, t, &d)
			if err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
			all = append(all, filled)
		}
		if d.text() != "" {
			d.fail("it holds a table that its version does not have")
		}
		return d.err
	})
	if err := errors.Join(err, db.close()); err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	return all, nil
}

// fill reads the rows of one table, and holds that they are those that were written.
func fill(ctx context.Context, c conn, t table, d *decoder) (Table, error) {
	name, columns := d.text(), make([]string, 0, len(t.columns))
	for range d.small() {
		columns = append(columns, d.text())
	}
	if d.err == nil && !t.same(name, columns) {
		d.fail("the dump has another table here")
	}
	sum := counted(t.name)
	var rows [][]any
	for d.err == nil {
		b := d.bytes()
		if len(b) == 0 {
			break
		}
		sum.add(b)
		row, err := decodeRow(b, len(t.columns))
		if err != nil {
			return Table{}, err
		}
		if rows = append(rows, row); len(rows) == most {
			if err := insert(ctx, c, t.into(), rows); err != nil {
				return Table{}, err
			}
			rows = rows[:0]
		}
	}
	if digest := d.text(); d.err == nil && digest != sum.table().Digest {
		d.fail("its rows are not those that were written")
	}
	if d.err != nil {
		return Table{}, d.err
	}
	return sum.table(), insert(ctx, c, t.into(), rows)
}
