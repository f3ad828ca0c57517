package store

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
)

const (
	logFull = 4000        // pages: 16 MB, from which the log is moved into the file
	logOver = 8 * logFull // it grows faster than it is moved: the writer waits
)

// logKeeper moves SQLite's log into the file. That takes as long as a hundred
// commits, so most of it is done beside the writer, on a reader's connection;
// the writer then moves the little that came in between, so that the log is
// all moved and begins anew. Only one at a time may be at it: SQLite refuses
// a second, also one that is to make an erasure final.
type logKeeper struct {
	busy  sync.Mutex
	pages atomic.Int64  // of the log, after the last commit
	moved atomic.Bool   // beside the writer; the rest is the writer's
	full  chan struct{} // has room for one
	ended chan struct{} // what runs beside
}

func newLogKeeper() *logKeeper { return &logKeeper{full: make(chan struct{}, 1)} }

// grown is told after each commit.
func (l *logKeeper) grown(pages int) {
	l.pages.Store(int64(pages))
	if pages < logFull || l.moved.Load() {
		return
	}
	select {
	case l.full <- struct{}{}:
	default:
	}
}

// start begins to work beside the writer, until stop.
func (l *logKeeper) start(c conn) {
	l.ended = make(chan struct{})
	go func() {
		defer close(l.ended)
		for range l.full {
			l.busy.Lock()
			_ = moveLog(context.Background(), c, "PASSIVE") // what fails here fails for the writer, who tries it again
			l.busy.Unlock()
			l.moved.Store(true)
		}
	}()
}

// stop waits for what runs beside the writer, who has ended before.
func (l *logKeeper) stop() {
	if l.ended != nil {
		close(l.full)
		<-l.ended
		l.ended = nil
	}
}

// finish is the writer's part, between two transactions.
func (l *logKeeper) finish(c conn) {
	if !l.moved.Load() && l.pages.Load() < logOver {
		return
	}
	if !l.busy.TryLock() {
		return
	}
	defer l.busy.Unlock()
	_ = moveLog(context.Background(), c, "PASSIVE") // the log stays, and is moved the next time
	l.moved.Store(false)
}

// empty moves all of the log and leaves none of it on the disk.
func (l *logKeeper) empty(ctx context.Context, c conn) error {
	l.busy.Lock()
	defer l.busy.Unlock()
	return moveLog(ctx, c, "TRUNCATE")
}

func moveLog(ctx context.Context, c conn, how string) error {
	_, err := collect(ctx, c, func(rows *sql.Rows) (busy int64, err error) { // it runs when its row is read
		var pages, moved int64
		return busy, rows.Scan(&busy, &pages, &moved)
	}, "PRAGMA wal_checkpoint("+how+")")
	return err
}
