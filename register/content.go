package register

import (
	"slices"

	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
)

// Content is what a card says. It travels in this form: docs/protocol.md has the numbers.
type Content struct {
	Points     []Point     `cbor:"1,keyasint"`
	Agreements []Agreement `cbor:"2,keyasint"`
	Services   []Service   `cbor:"3,keyasint"`
	Measures   []Measure   `cbor:"4,keyasint"`
}

// Part names one of the lists of a card.
type Part string

// The parts of a card.
const (
	Points     Part = "points"
	Agreements Part = "agreements"
	Services   Part = "services"
	Measures   Part = "measures"
)

// Item is an entry of one of the lists. Its labelled fields are the form.
type Item interface {
	// Check says what cannot be published, by field.
	Check() error
	place() *ident.ID
}

// NewItem gives an empty entry of a part, or nil where there is no such part.
func NewItem(p Part) Item {
	switch p {
	case Points:
		return &Point{}
	case Agreements:
		return &Agreement{}
	case Services:
		return &Service{}
	case Measures:
		return &Measure{}
	}
	return nil
}

// items are the entries of a part, to be looked at or changed.
func (c *Content) items(p Part) []Item {
	var list []Item
	switch p {
	case Points:
		list = pointers[Point](c.Points)
	case Agreements:
		list = pointers[Agreement](c.Agreements)
	case Services:
		list = pointers[Service](c.Services)
	case Measures:
		list = pointers[Measure](c.Measures)
	}
	return list
}

func pointers[T any, P interface {
	*T
	Item
}](of []T) []Item {
	list := make([]Item, len(of))
	for i := range of {
		list[i] = P(&of[i])
	}
	return list
}

// Find gives the entry of a part by its id, or nil.
func (c *Content) Find(p Part, id ident.ID) Item {
	list := c.items(p)
	if i := slices.IndexFunc(list, func(x Item) bool { return *x.place() == id }); i >= 0 {
		return list[i]
	}
	return nil
}

// set puts an entry in the place of the one with its id, or at the end.
func (c *Content) set(x Item) {
	switch x := x.(type) {
	case *Point:
		c.Points = put(c.Points, *x, func(o Point) ident.ID { return o.ID })
	case *Agreement:
		c.Agreements = put(c.Agreements, *x, func(o Agreement) ident.ID { return o.ID })
	case *Service:
		c.Services = put(c.Services, *x, func(o Service) ident.ID { return o.ID })
	case *Measure:
		c.Measures = put(c.Measures, *x, func(o Measure) ident.ID { return o.ID })
	}
}

func put[T any](list []T, x T, id func(T) ident.ID) []T {
	list = slices.Clone(list)
	if i := slices.IndexFunc(list, func(o T) bool { return id(o) == id(x) }); i >= 0 {
		list[i] = x
		return list
	}
	return append(list, x)
}

// remove takes an entry out, and reports whether it was there.
func (c *Content) remove(id ident.ID) bool {
	before := c.count()
	c.Points = slices.DeleteFunc(slices.Clone(c.Points), func(o Point) bool { return o.ID == id })
	c.Agreements = slices.DeleteFunc(slices.Clone(c.Agreements), func(o Agreement) bool { return o.ID == id })
	c.Services = slices.DeleteFunc(slices.Clone(c.Services), func(o Service) bool { return o.ID == id })
	c.Measures = slices.DeleteFunc(slices.Clone(c.Measures), func(o Measure) bool { return o.ID == id })
	return c.count() < before
}

func (c *Content) count() int {
	return len(c.Points) + len(c.Agreements) + len(c.Services) + len(c.Measures)
}

// mostEntries is how many entries a card has at most: a card is read by people.
const mostEntries = 400

// Check says what of a card cannot be published, ours or another's.
func (c *Content) Check() error {
	if c.count() > mostEntries {
		return fault.Invalid("", "A card has at most %d entries.", mostEntries)
	}
	if len(c.Points) == 0 {
		return fault.Invalid("", "Say first whom others turn to.")
	}
	seen := map[ident.ID]bool{}
	var errs []error
	for _, p := range []Part{Points, Agreements, Services, Measures} {
		for _, x := range c.items(p) {
			if id := *x.place(); id.IsZero() || seen[id] {
				return fault.Invalid("", "Two entries of the card have the same number.")
			}
			seen[*x.place()] = true
			errs = append(errs, x.Check())
		}
	}
	return fault.All(errs...)
}

// message is a card on its way.
type message struct {
	Version   uint64           `cbor:"1,keyasint"`
	Published exchange.Instant `cbor:"2,keyasint"`
	Content   Content          `cbor:"3,keyasint"`
}

// WithID gives the entry its id.
func WithID(x Item, id ident.ID) Item {
	*x.place() = id
	return x
}
