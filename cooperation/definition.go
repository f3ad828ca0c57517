package cooperation

import (
	"slices"
	"sync"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
)

// Side is one of the two nodes of a procedure.
type Side string

// The asking side began the procedure; the asked side answers. Either is for acts that both may do.
const (
	Asking Side = "asking"
	Asked  Side = "asked"
	Either Side = "either"
)

// Other is the opposite side.
func (s Side) Other() Side {
	if s == Asking {
		return Asked
	}
	return Asking
}

// Type is a kind of procedure: "return".
type Type string

// State is where a procedure stands. The last three end it.
type State string

const (
	Completed State = "completed"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
)

// rank orders the states that end a procedure: of two acts that cross, both
// sides keep the higher one. The person's withdrawal is above all.
func (s State) rank() int { return slices.Index([]State{"", Completed, Declined, Withdrawn}, s) }

// Ended reports whether nothing more is to come.
func (s State) Ended() bool { return s.rank() > 0 }

// Definition is a procedure as both nodes know it.
type Definition struct {
	Type    Type
	Label   string // an English phrase
	Row     string // of the report
	Purpose consent.Purpose
	Begin   string // the act that begins it
	States  []Stage
	Acts    []Info
	// Person says that the procedure is about one person's case, at the side that holds it.
	Person bool
	// Holds is the side at which the person's case is.
	Holds Side
	// Others is the purpose of the consent without which the asked side says nothing
	// of somebody whom it protects itself; empty where it tells of nobody of its own.
	Others consent.Purpose
	// Waits is a day that the state waits for, an arrival or a hearing: the time
	// to move runs from then. Nil, or the zero time, for none.
	Waits func(p *Procedure) time.Time
	// Duties adds what is due besides the next move; nil for nothing.
	Duties func(p *Procedure) []Due
}

// Stage is a state with who moves next. Within what time is the jurisdiction's to say.
type Stage struct {
	State State
	Label string // an English phrase
	Turn  Side
}

// Due is something besides the next move that is to be done by a time.
type Due struct {
	Name  string
	Since time.Time
	At    time.Time
}

// Info describes an act to whoever offers it.
type Info struct {
	Name  string
	Label string // on its button, an English phrase
	Past  string // in the list of what was done
	By    Side
	From  []State // empty: any state that does not end the procedure
	To    State   // empty: the state stays
	// Draws is what of the case goes with it, as far as the person allowed it.
	Draws access.Set
	New   func() Act
}

// Act is one thing that somebody does to a procedure. Its exported fields with
// a label are asked for and sent; those with the tag here:"true" stay here.
type Act interface {
	// Check refuses fields that cannot stand. It runs on both sides.
	Check(p *Procedure, w Work) error
}

// limited is implemented by acts that what is kept on this side may forbid;
// the reason stands beside the button.
type limited interface{ WhyNot(p *Procedure) error }

// OnCase is implemented by acts that the person's case must allow. It runs
// where the case is, before anything is sent.
type OnCase interface {
	Allowed(c *casework.Case, p *Procedure, w Work) error
}

// Work is what an act may know of the world.
type Work struct {
	Now  time.Time
	By   access.Viewer // of an act done here
	Peer Peer
}

// Peer is the organisation at the other node.
type Peer struct {
	Node      string // its name in the trust list
	Country   string // ISO 3166-1 alpha-2
	Authority bool   // of the State, or working for one
}

// act makes the constructor of an Info.
func act[A any, P interface {
	*A
	Act
}]() func() Act {
	return func() Act { return P(new(A)) }
}

// Definitions lists every procedure, in the order in which pages offer them.
// Nobody changes them.
var Definitions = sync.OnceValue(func() []*Definition {
	return []*Definition{enquiry(), referral(), safeReturn(), reunification(), interpreter(), testimony(), consular(),
		legalAssistance(), compensation(), jointTeam()}
})

// Find gives the definition of a type.
func Find(t Type) (*Definition, bool) {
	for _, d := range Definitions() {
		if d.Type == t {
			return d, true
		}
	}
	return nil, false
}

// Act finds an act by its name.
func (d *Definition) Act(name string) (Info, bool) {
	for _, i := range d.Acts {
		if i.Name == name {
			return i, true
		}
	}
	return Info{}, false
}

// Stage finds a state's stage; a state that ends the procedure has none.
func (d *Definition) Stage(s State) (Stage, bool) {
	for _, stage := range d.States {
		if stage.State == s {
			return stage, true
		}
	}
	return Stage{}, false
}

// StateLabel names a state to a person, an English phrase.
func (d *Definition) StateLabel(s State) string {
	if stage, ok := d.Stage(s); ok {
		return stage.Label
	}
	return map[State]string{Completed: "Completed", Declined: "Declined", Withdrawn: "Withdrawn"}[s]
}

// possible says whether a side may do the act in a state.
func (i Info) possible(side Side, s State) bool {
	if s.Ended() || i.By != Either && i.By != side {
		return false
	}
	return len(i.From) == 0 && s != "" || slices.Contains(i.From, s)
}

const day = 24 * time.Hour
