package store_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// forgetful is a disk that keeps what was synced. When its power fails it
// keeps any part of what was not, as a disk with a cache of its own may.
type forgetful struct {
	vfs.VFS
	lies bool // it says that it synced, and did not

	mu    sync.Mutex
	work  int // writes and syncs until the power fails; less than 0: it does not
	off   bool
	loose map[string][]write // by file, what is not synced
}

// write is what is not synced, and what stood in its place.
type write struct {
	at       int64
	old, new []byte
	size     int64 // of the file before
}

func newForgetful() *forgetful {
	return &forgetful{VFS: vfs.Find(""), work: -1, loose: map[string][]write{}}
}

var errPower = errors.Join(errors.New("the power failed"), sqlite3.IOERR)

func (d *forgetful) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	file, got, err := d.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if err != nil || name == nil {
		return file, got, err
	}
	return &forgetfulFile{File: file, disk: d, name: name.String()}, got, nil
}

// spend counts a write or a sync, and reports that the power is gone before it.
func (d *forgetful) spend() bool {
	d.off = d.off || d.work == 0
	d.work--
	return d.off
}

// fail takes the power away, and leaves of each file what random decides.
func (d *forgetful) fail(t *testing.T, random *rand.Rand) {
	t.Helper()
	for name, writes := range d.loose {
		f, err := os.OpenFile(name, os.O_RDWR, 0)
		if errors.Is(err, os.ErrNotExist) {
			continue // SQLite took it away
		}
		must(t, err)
		for i := len(writes) - 1; i >= 0; i-- {
			if len(writes[i].old) > 0 {
				_, err = f.WriteAt(writes[i].old, writes[i].at)
				must(t, err)
			}
			must(t, f.Truncate(writes[i].size))
		}
		for _, w := range writes {
			if random.IntN(2) == 0 {
				_, err = f.WriteAt(w.new, w.at)
				must(t, err)
			}
		}
		must(t, f.Close())
	}
	d.loose, d.off = map[string][]write{}, true
}

type forgetfulFile struct {
	vfs.File
	disk *forgetful
	name string
}

func (f *forgetfulFile) WriteAt(p []byte, off int64) (int, error) {
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.spend() {
		return 0, errPower
	}
	size, err := f.Size()
	if err != nil {
		return 0, err
	}
	old := make([]byte, len(p))
	n, err := f.ReadAt(old, off)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	d.loose[f.name] = append(d.loose[f.name], write{off, old[:n], append([]byte(nil), p...), size})
	return f.File.WriteAt(p, off)
}

func (f *forgetfulFile) Sync(flags vfs.SyncFlag) error {
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.spend() {
		return errPower
	}
	if !d.lies {
		delete(d.loose, f.name)
	}
	return nil // the machine's own disk need not be waited for
}

// Truncate lasts at once: it frees what SQLite has no more use for.
func (f *forgetfulFile) Truncate(size int64) error {
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return errPower
	}
	delete(d.loose, f.name)
	return f.File.Truncate(size)
}

func (f *forgetfulFile) SharedMemory() vfs.SharedMemory {
	return f.File.(vfs.FileSharedMemory).SharedMemory()
}
