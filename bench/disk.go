package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // as the program uses it
)

// disk measures the physical limit: how long the disk takes to keep something,
// and how many single rows a second the same driver commits durably.
func disk(_ context.Context, p *page) error {
	dir, err := os.MkdirTemp(p.scratch, "palermo-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // scratch
	if p.fsync, err = fdatasync(filepath.Join(dir, "file")); err != nil {
		return err
	}
	p.say("\n## The disk, and the driver alone")
	p.table("what", "figure")
	p.row("fdatasync of 4 KiB, p50", ms(p.fsync))
	for _, file := range []struct{ name, how string }{{"in clear", ""}, {"encrypted, as the program's", encrypted}} {
		var rates [2]float64
		for i, hands := range []int{1, 8} {
			path := filepath.Join(dir, fmt.Sprint(len(file.how), "-", hands, ".db"))
			if rates[i], err = rawCommits(path+"?"+file.how+settings, hands); err != nil {
				return err
			}
			p.row(fmt.Sprintf("durable commits of one row, same driver, %s, %d at a time", file.name, hands), fmt.Sprintf("%.0f a second", rates[i]))
		}
		p.rawAlone, p.rawEight = rates[0], rates[1]
	}
	return nil
}

const (
	settings  = "_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=busy_timeout(10000)"
	encrypted = "vfs=adiantum&hexkey=0101010101010101010101010101010101010101010101010101010101010101&"
)

func fdatasync(path string) (time.Duration, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return 0, err
	}
	block := make([]byte, 4096)
	var took []time.Duration
	for i := range 300 {
		start := time.Now()
		_, err := f.WriteAt(block, int64(i)*4096)
		if err == nil {
			err = syscall.Fdatasync(int(f.Fd()))
		}
		if err != nil {
			return 0, errors.Join(err, f.Close())
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return quantile(took, 0.5), f.Close()
}

// rawCommits is how many rows a second so many hands insert, each in a commit of its own.
func rawCommits(uri string, hands int) (float64, error) {
	db, err := driver.Open("file:" + uri)
	if err != nil {
		return 0, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer
	if _, err := db.Exec("CREATE TABLE row (id INTEGER PRIMARY KEY, data BLOB)"); err != nil {
		return 0, errors.Join(err, db.Close())
	}
	const lasts = 3 * time.Second
	var done atomic.Int64
	var failed atomic.Pointer[error]
	var all sync.WaitGroup
	start := time.Now()
	data := make([]byte, 1024)
	for range hands {
		all.Go(func() {
			for time.Since(start) < lasts {
				if _, err := db.Exec("INSERT INTO row (data) VALUES (?)", data); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	rate := float64(done.Load()) / time.Since(start).Seconds()
	if e := failed.Load(); e != nil {
		return rate, errors.Join(*e, db.Close())
	}
	return rate, db.Close()
}
