package store

import (
	"github.com/ncruces/go-sqlite3/vfs"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // the encrypting file system
)

// sealing is the name of the file system of encrypted databases: adiantum, whose log is written in whole stretches.
const sealing = "palermo"

func init() { vfs.Register(sealing, sealingVFS{vfs.Find("adiantum")}) }

// sealingVFS opens files as adiantum does, but for the log. SQLite writes a
// log in pieces that lie across the encrypted blocks, and each piece would
// decrypt, read, encrypt and write two blocks anew.
type sealingVFS struct{ vfs.VFS }

// OpenFilename implements vfs.VFSFilename.
func (v sealingVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	inner, ok := v.VFS.(vfs.VFSFilename)
	if !ok {
		return v.Open(name.String(), flags)
	}
	file, got, err := inner.OpenFilename(name, flags)
	if err == nil && flags&vfs.OPEN_WAL != 0 {
		file = &logFile{File: file}
	}
	return file, got, err
}

// A log is a head and then frames, each of a head and a page (SQLite's file format, section 4).
const (
	logHead    = 32
	logFrame   = 24 + 4096
	mostUnsent = 1 << 20 // bytes
)

// logFile holds back what is written to the end of a log until it is synced:
// nobody reads a frame before the commit that it belongs to is synced
// (synchronous=FULL), and what a crash takes before that was promised to
// nobody. The connection must not write frames before it commits
// (cache_spill=off): frames that a rollback leaves behind would be held back
// while another program writes over their place.
type logFile struct {
	vfs.File
	held   []byte
	at     int64 // where held begins
	rested int64 // up to here what is written goes through at once
}

// WriteAt implements io.WriterAt.
func (l *logFile) WriteAt(p []byte, off int64) (int, error) {
	if off != l.end() || len(l.held) > mostUnsent {
		if err := l.pass(); err != nil {
			return 0, err
		}
		l.at = off
	}
	l.held = append(l.held, p...)
	if off < l.rested {
		if err := l.pass(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

func (l *logFile) end() int64 { return l.at + int64(len(l.held)) }

// pass writes what is held back. What could not be written is given up: SQLite
// takes the transaction back, and writes the next one from the same place on.
func (l *logFile) pass() error {
	held, at := l.held, l.at
	l.at, l.held = l.end(), l.held[:0]
	if len(held) == 0 {
		return nil
	}
	_, err := l.File.WriteAt(held, at)
	return err
}

// Sync implements vfs.File. SQLite fills the last sector up with a copy of the
// last frame and syncs in the middle of it: the rest of that frame follows
// without another sync, and belongs to the log all the same.
func (l *logFile) Sync(flags vfs.SyncFlag) error {
	if err := l.pass(); err != nil {
		return err
	}
	l.rested = l.end()
	if over := (l.rested - logHead) % logFrame; over > 0 {
		l.rested += logFrame - over
	}
	return l.File.Sync(flags)
}

// ReadAt implements io.ReaderAt.
func (l *logFile) ReadAt(p []byte, off int64) (int, error) {
	if err := l.pass(); err != nil {
		return 0, err
	}
	return l.File.ReadAt(p, off)
}

// Size implements vfs.File.
func (l *logFile) Size() (int64, error) {
	if err := l.pass(); err != nil {
		return 0, err
	}
	return l.File.Size()
}

// Truncate implements vfs.File.
func (l *logFile) Truncate(size int64) error {
	if err := l.pass(); err != nil {
		return err
	}
	return l.File.Truncate(size)
}

// Close implements io.Closer. What is held back belongs to no commit.
func (l *logFile) Close() error { return l.File.Close() }
