package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

const readers = 8 // connections; each costs some megabytes

// sqliteFile says which file to open and how.
type sqliteFile struct {
	path string
	key  *[32]byte // nil: not encrypted
	set  string    // of migrations
	over string    // the file system of an encrypted file; empty for the usual one
	// version is where the migrations end; 0 for the newest. Only what is to be filled from an older dump has one.
	version int64
}

// companions are what SQLite puts beside a file: its log and the index of that.
var companions = [...]string{"", "-wal", "-shm"}

// uri names the file for SQLite, without the key.
func (f sqliteFile) uri() string {
	u := url.URL{Path: f.path}
	if f.key == nil {
		return "file:" + u.EscapedPath()
	}
	return "file:" + u.EscapedPath() + "?vfs=" + cmp.Or(f.over, sealing)
}

// sqlite is the engine of one file: one connection that writes, several that read.
type sqlite struct {
	file   sqliteFile
	write  *sql.DB
	read   *sql.DB
	commit *committer
	reads  *pooled
	log    *logKeeper // nil where there is no writer yet
}

func openSQLite(ctx context.Context, f sqliteFile) (_ *sqlite, err error) {
	if f.path, err = filepath.Abs(f.path); err != nil {
		return nil, fmt.Errorf("database file: %w", err)
	}
	if err := f.create(); err != nil {
		return nil, err
	}
	db := &sqlite{file: f, log: newLogKeeper()}
	defer func() {
		if err != nil {
			_ = db.close() // the first error says more
		}
	}()
	if db.write, err = f.open(1, false, db.log.grown); err != nil {
		return nil, err
	}
	if err := db.write.PingContext(ctx); err != nil {
		return nil, err
	}
	if _, err := migrate(ctx, db.write, dialectSQLite, f.set, f.version); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(f.path), err)
	}
	if db.read, err = f.open(readers, true, nil); err != nil {
		return nil, err
	}
	if err := f.hide(); err != nil {
		return nil, err
	}
	db.reads = &pooled{db: db.read, known: map[string]*sql.Stmt{}}
	// The committer's connection lasts as long as the store, whatever ctx is.
	writer, err := db.write.Conn(context.WithoutCancel(ctx))
	if err != nil {
		return nil, fmt.Errorf("writer: %w", err)
	}
	if _, err := writer.ExecContext(ctx, "PRAGMA cache_spill=off"); err != nil { // see logFile; a migration may need the room
		return nil, errors.Join(err, writer.Close())
	}
	db.commit = startCommitter(&held{conn: writer, known: map[string]*sql.Stmt{}}, db.log)
	db.log.start(db.reads)
	return db, nil
}

// create makes the file and its companions, where there are none.
func (f sqliteFile) create() error {
	for _, suffix := range companions {
		file, err := os.OpenFile(f.path+suffix, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return fmt.Errorf("database file: %w", err)
		}
		if err := file.Close(); err != nil {
			return fmt.Errorf("database file: %w", err)
		}
	}
	return nil
}

// hide keeps others on the machine from reading them: SQLite makes its log
// anew, for all to read, when a file first changes to WAL. Nothing opens the
// file here: to close it could let go of SQLite's locks.
func (f sqliteFile) hide() error {
	for _, suffix := range companions {
		if err := os.Chmod(f.path+suffix, 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("database file: %w", err)
		}
	}
	return nil
}

// open opens connections that only read, or one that writes, which says how many pages the log has after a commit.
func (f sqliteFile) open(connections int, readOnly bool, grown func(pages int)) (*sql.DB, error) {
	db, err := driver.Open(f.uri(), func(c *sqlite3.Conn) error {
		err := f.prepare(c, readOnly)
		if err == nil && grown != nil { // in place of SQLite's own way, which empties the log while others wait
			c.WALHook(func(_ *sqlite3.Conn, _ string, pages int) error {
				grown(pages)
				return nil
			})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(f.path), err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// prepare sets up a new connection.
func (f sqliteFile) prepare(c *sqlite3.Conn, readOnly bool) error {
	if f.key != nil { // before anything reads the file; not in the URI, which others in the program can ask for
		if err := c.Exec("PRAGMA hexkey='" + hex.EncodeToString(f.key[:]) + "'"); err != nil {
			return errors.New("the key of the database file is refused") // err may hold the statement
		}
	}
	// One plan for a statement whatever it is asked: SQLite would prepare it anew for each place in a list.
	if _, err := c.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true); err != nil {
		return fmt.Errorf("%s: stable plans: %w", filepath.Base(f.path), err)
	}
	pragmas := []string{
		"busy_timeout=10000", // ms; a backup or another program may hold the lock for a moment
		"temp_store=memory",  // sorted rows must not reach a file
		"journal_mode=WAL",   // readers and the writer do not wait for each other
		"synchronous=FULL",   // a commit is answered when it is on the disk
		"foreign_keys=on",    //
		"secure_delete=on",   // what is deleted is overwritten, erased index rows and wraps above all
		"trusted_schema=off", // a file somebody altered must not run functions
		"cache_size=-16000",  // KiB a connection
	}
	if readOnly {
		pragmas = append(pragmas, "query_only=on")
	}
	for _, p := range pragmas {
		if err := c.Exec("PRAGMA " + p); err != nil {
			if errors.Is(err, sqlite3.NOTADB) {
				return fmt.Errorf("%s was made under another key, or is damaged: %w", filepath.Base(f.path), err)
			}
			return fmt.Errorf("%s: PRAGMA %s: %w", filepath.Base(f.path), p, err)
		}
	}
	return nil
}

func (db *sqlite) reader() conn { return db.reads }

func (db *sqlite) change(ctx context.Context, fn func(context.Context, conn) error) error {
	return db.commit.do(ctx, fn)
}

func (db *sqlite) whole(ctx context.Context, fn func(context.Context, conn) error) error {
	return db.commit.doOnce(ctx, fn)
}

func (db *sqlite) snapshot(ctx context.Context) (conn, func() error, error) {
	tx, err := db.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	return direct{tx, false}, tx.Rollback, nil
}

// forget moves the log into the file, over what was there, and empties it. A
// reader in the middle of something may hold it back: the next one empties it.
func (db *sqlite) forget(ctx context.Context) error { return db.log.empty(ctx, db.reads) }

func (db *sqlite) close() error {
	var errs []error
	if db.commit != nil {
		errs = append(errs, db.commit.close())
	}
	db.log.stop()
	if db.reads != nil {
		errs = append(errs, db.reads.close())
	}
	if db.read != nil {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil {
		errs = append(errs, db.write.Close())
	}
	return errors.Join(errs...)
}

// pooled keeps statements prepared on the readers.
type pooled struct {
	db    *sql.DB
	mu    sync.Mutex
	known map[string]*sql.Stmt
}

func (p *pooled) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.known[query]; ok {
		return s, nil
	}
	s, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.Join(strings.Fields(query), " "))
	}
	p.known[query] = s
	return s, nil
}

func (p *pooled) exec(context.Context, string, ...any) (int64, error) {
	return 0, errors.New("a reader was asked to write")
}

func (p *pooled) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (p *pooled) forShare() string { return "" }

func (p *pooled) manyWriters() bool { return false }

func (p *pooled) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, s := range p.known {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// held keeps statements prepared on the writer; only the committer uses it.
type held struct {
	conn  *sql.Conn
	known map[string]*sql.Stmt
}

func (h *held) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := h.known[query]; ok {
		return s, nil
	}
	s, err := h.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.Join(strings.Fields(query), " "))
	}
	h.known[query] = s
	return s, nil
}

func (h *held) exec(ctx context.Context, query string, args ...any) (int64, error) {
	s, err := h.prepared(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (h *held) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := h.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (h *held) forShare() string { return "" } // there is one writer

func (h *held) manyWriters() bool { return false }

func (h *held) close() error {
	var errs []error
	for _, s := range h.known {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, h.conn.Close())...)
}
