package linkage

import (
	"bytes"
	"time"

	"palermo/fault"
)

// Allows says whether a reply may leave now. The duty officer's "talk to us"
// may at any time before the question ends. A reply that says nothing leaves
// when it ends, and never earlier: if it came as soon as somebody had looked,
// its hour would tell that there was something to look at.
func (q Question) Allows(r Reply, now time.Time) error {
	over := !now.Before(q.End())
	switch {
	case !bytes.Equal(r.Question, q.ID):
		return fault.Invalid("", "The reply is to another question.")
	case r.Speak && over:
		return fault.Conflict("The question has ended.")
	case !r.Speak && !over:
		return fault.Conflict("A reply that says nothing leaves when the question ends.")
	}
	return nil
}
