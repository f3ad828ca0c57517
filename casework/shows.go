package casework

import (
	"slices"
	"time"

	"palermo/consent"
)

// Shows is implemented by steps whose page says what stands before it asks. It
// is made of what the viewer may see, and of nothing else.
type Shows interface {
	Shows(v *View, w Work) []Entry
}

// Halts is implemented by steps before which something must be read: the page
// says it on a card of its own, and goes on only when the reader has. Nil: there is nothing to read.
type Halts interface {
	Halt(v *View, w Work) *Entry
}

// Halt is what must be read before a step asks anything; nil for nothing.
func (v *View) Halt(step Info, w Work) *Entry {
	if halts, ok := step.New().(Halts); ok {
		return halts.Halt(v, w)
	}
	return nil
}

// Before is what a step says before it asks: what was proposed, and what stands already.
func (v *View) Before(step Info, w Work) []Entry {
	var list []Entry
	if proposal := v.Proposal(step.Name); proposal != nil {
		list = append(list, *proposal)
	}
	if shows, ok := step.New().(Shows); ok {
		list = append(list, shows.Shows(v, w)...)
	}
	return list
}

// ConsentsFor are the consents that a field of the kind lets one choose: those that
// wait for an answer, and for a field "consent" the open ones too.
func (v *View) ConsentsFor(kind string, now time.Time) []consent.Consent {
	return slices.DeleteFunc(slices.Clone(v.Consents), func(g consent.Consent) bool {
		return !g.Waits(now) && (kind != "consent" || !g.Open(now))
	})
}
