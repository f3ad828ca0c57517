package directory

import "time"

const (
	freeFailures = 4                // mistakes that cost nothing
	firstLock    = 30 * time.Second // after the fifth, then twice as long each time
	longestLock  = time.Hour
)

// Attempts counts failed sign-ins by password since the last good one.
type Attempts struct {
	Failed      int
	LockedUntil time.Time
	LastSignIn  time.Time
}

// locked reports whether no password is accepted. A passkey still is: it cannot be guessed.
func (a *Attempts) locked(now time.Time) bool { return now.Before(a.LockedUntil) }

// fail counts a failure and locks for longer each time.
func (a *Attempts) fail(now time.Time) {
	a.Failed++
	if a.Failed <= freeFailures {
		return
	}
	lock := longestLock
	if doublings := a.Failed - freeFailures - 1; doublings < 8 {
		lock = min(firstLock<<doublings, longestLock)
	}
	a.LockedUntil = now.Add(lock)
}

// succeed forgets the failures.
func (a *Attempts) succeed(now time.Time) { *a = Attempts{LastSignIn: now} }
