package casework

import (
	"io"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/form"
	"palermo/ident"
	"palermo/input"
	"palermo/jurisdiction"
	"palermo/record"
)

// Step is one thing that somebody does to a case. Its exported fields with a
// label are what the person is asked (package input).
type Step interface {
	// Possible says nil, or why the case does not allow the step now. It does not read the step's fields.
	Possible(c *Case, w Work) error
	// Apply checks the fields and changes the case.
	Apply(c *Case, w Work) error
}

// Work is what a step may know of the world.
type Work struct {
	Now     time.Time
	By      access.Viewer
	Profile *jurisdiction.Profile
	Random  io.Reader
	Forms   *form.Library // the questionnaires; nil reads them each time
	// Organisation says what an organisation is; nil: nothing is known of any.
	Organisation func(ident.ID) Organisation
	Focal        ident.ID // the national focal point's organisation
	// Attach keeps a file beside the case, sealed; nil where no file can come.
	Attach func(data []byte) (ident.ID, error)
	// ErasePart takes out what the database and the journal hold of a part of the case, in the same commit.
	ErasePart func(record.Part) error
	// Hold and Lift keep the removal authority's own record, in the same commit.
	Hold func(*Hold) (record.ID[Hold], error)
	Lift func(record.ID[Hold]) error
	// Engage and Disengage keep what an interpreter is told, in the same commit.
	Engage    func(*Engagement) (record.ID[Engagement], error)
	Disengage func(record.ID[Engagement]) error
}

func (w Work) newID() (ident.ID, error) {
	id, err := ident.New(w.Now, w.Random)
	if err != nil {
		return id, fault.Internal(err)
	}
	return id, nil
}

// Info describes a step to whoever offers it.
type Info struct {
	Name     string // in addresses, journal and timeline: "explain-rights"
	Section  string // the part of the case page that it belongs to
	Label    string // on its button, an English phrase
	Past     string // in the timeline: "Rights explained"
	Action   access.Action
	Category access.Category
	// Replaces says that the step overwrites what others may have changed meanwhile:
	// it demands the version that the person had before them.
	Replaces bool
	New      func() Step
}

// SetBefore is implemented by steps that show what stands now, to be changed.
type SetBefore interface{ Before(c *Case) }

// Decides is implemented by steps that answer what somebody else proposed or
// did. Their page shows it, also to who sees no other such part of the case:
// nobody signs what they could not read. It is asked only where the step is possible.
type Decides interface {
	Proposal(c *Case, w Work) Entry
}

// Note is the step in the journal: its fields are the particulars.
type Note struct {
	Step   string
	Fields Step
}

// Event names the note.
func (n Note) Event() string { return n.Step }

// Take runs a step on a case: the only way that a case changes. What the step
// names is looked at before, and what may stand no longer is ended after it.
func Take(c *Case, name string, s Step, w Work) error {
	info, ok := Find(name)
	if !ok {
		return fault.NotFound("There is no such step.")
	}
	if c.Historical {
		return errHistorical
	}
	if err := s.Possible(c, w); err != nil {
		return err
	}
	fence := newFence(w.Profile, w.Focal, w.Organisation)
	if err := fence.refuses(c, s, w.Now); err != nil {
		return err
	}
	if err := s.Apply(c, w); err != nil {
		return err
	}
	fence.close(c, w)
	c.Timeline = append(c.Timeline, Moment{At: w.Now, Step: name, Member: w.By.Member, Organisation: w.By.Organisation, Category: info.Category})
	c.Base.Note(Note{Step: name, Fields: s})
	return nil
}

// Find gives the step of a name.
func Find(name string) (Info, bool) {
	for _, info := range steps() {
		if info.Name == name {
			return info, true
		}
	}
	return Info{}, false
}

// Fields are what the step asks.
func (i Info) Fields(c *Case) []input.Field {
	s := i.New()
	if b, ok := s.(SetBefore); ok && c != nil {
		b.Before(c)
	}
	return input.Describe(s)
}

// step makes the constructor of an Info.
func step[S any, P interface {
	*S
	Step
}]() func() Step {
	return func() Step { return P(new(S)) }
}

// open refuses on a closed case; most steps begin with it.
func (c *Case) open() error {
	if c.Closed != nil {
		return fault.Conflict("The case is closed. Reopen it first.")
	}
	return nil
}
