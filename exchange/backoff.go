package exchange

import "time"

// Backoff is how long to wait after each failure: doubled from First to Most,
// half of it certain and half by chance, so that nodes which failed together
// do not come back together.
type Backoff struct{ First, Most time.Duration }

// Usual is from two seconds to five minutes.
var Usual = Backoff{First: 2 * time.Second, Most: 5 * time.Minute}

// After is the wait after so many failures before this one; random is in [0,1).
func (b Backoff) After(failures int, random float64) time.Duration {
	wait := b.First
	for range failures {
		if wait >= b.Most {
			break
		}
		wait *= 2
	}
	wait = min(wait, b.Most)
	return wait/2 + time.Duration(random*float64(wait/2))
}
