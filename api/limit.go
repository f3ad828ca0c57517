package api

import (
	"sync"
	"time"
)

// limit counts what somebody does, in a bucket that empties with time.
type limit struct {
	most   int
	refill time.Duration // in which one drains away

	mu   sync.Mutex
	full map[string]time.Time // when the bucket will be empty
}

const mostLimited = 10_000 // buckets; then the empty ones are thrown away

// may reports whether there is room for one more.
func (l *limit) may(who string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.full[who].Sub(now) <= time.Duration(l.most)*l.refill
}

// count adds one. A full bucket stays as full as it is.
func (l *limit) count(who string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.full == nil {
		l.full = map[string]time.Time{}
	}
	if len(l.full) >= mostLimited {
		for other, until := range l.full {
			if !until.After(now) {
				delete(l.full, other)
			}
		}
	}
	until := l.full[who]
	if until.Before(now) {
		until = now
	}
	if until = until.Add(l.refill); until.Sub(now) <= time.Duration(l.most+1)*l.refill {
		l.full[who] = until
	}
}
