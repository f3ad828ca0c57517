package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3/driver"
)

// Backup copies the database, as it is at one instant, into a new file under
// the same key, while the node goes on. The encryption does not notice changes:
// sign the file. PostgreSQL has tools of its own (pg_dump, pg_basebackup), and
// gives an error here.
func (s *Store) Backup(ctx context.Context, path string) error { return s.db.backup(ctx, path) }

// Backup copies the keys into a new file. Keep few of them and not for long:
// whoever restores one must replay the erasure list, or the erased come back.
func (k *Keys) Backup(ctx context.Context, path string) error { return k.db.backup(ctx, path) }

func (p *postgres) backup(context.Context, string) error {
	return errors.New("PostgreSQL is backed up with its own tools: pg_dump or pg_basebackup")
}

func (db *sqlite) backup(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	made, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) // never over what is there
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := made.Close(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	c, err := db.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() { _ = c.Close() }() // gives it back
	to := sqliteFile{path: path, key: db.file.key}.uri()
	if db.file.key != nil { // the only way to open the copy; this address is gone when the copy is closed
		to += "&" + url.Values{"hexkey": {hex.EncodeToString(db.file.key[:])}}.Encode()
	}
	err = c.Raw(func(raw any) error {
		conn, ok := raw.(driver.Conn)
		if !ok {
			return fmt.Errorf("a connection is a %T", raw)
		}
		return conn.Raw().Backup("main", to)
	})
	if err != nil {
		return fmt.Errorf("backup: %w", errors.Join(err, os.Remove(path)))
	}
	return syncFile(path)
}

// syncFile waits until the file and its name are on the disk.
func syncFile(path string) error {
	for _, name := range []string{path, filepath.Dir(path)} {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	return nil
}
