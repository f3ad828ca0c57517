package casework

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
