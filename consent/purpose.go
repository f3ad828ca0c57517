package consent

import (
	"time"

	"palermo/access"
	"palermo/ident"
)

// ReleasedFor is Released for one purpose: what a consent allows for another
// purpose stays. An override names no purpose and counts for each. It gives
// the categories and when the first of the permissions ends.
func ReleasedFor(consents []Consent, overrides []Override, recipient ident.ID, purpose Purpose, now time.Time) (released access.Set, until time.Time) {
	ends := func(at time.Time) {
		if until.IsZero() || at.Before(until) {
			until = at
		}
	}
	for _, c := range consents {
		if c.Recipient == recipient && c.Purpose == purpose && c.Stands(now) {
			released |= c.Data
			ends(c.Until)
		}
	}
	for _, o := range overrides {
		if o.Recipient == recipient && o.Stands(now) {
			released |= o.Data
			ends(o.Until)
		}
	}
	return released, until
}
