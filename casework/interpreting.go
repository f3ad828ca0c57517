package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/names"
	"palermo/record"
)

// Interpreting is a booking (rule 8): who interprets is known to the booking
// desk; those on the case know the language, and the pseudonym of who comes.
type Interpreting struct {
	ID          ident.ID
	At          time.Time
	Asked       AskInterpreter
	Interpreter ident.ID // the member, known to the booking desk only
	Pseudonym   string
	Offered     string // what the person heard first: gender, region, community
	Booked      time.Time
	Engagement  record.ID[Engagement]
	Refused     bool      // by the person; never shown to the interpreter
	Ended       time.Time // no longer needed, refused, or the interpreter cannot come
}

// AskInterpreter asks the booking desk.
type AskInterpreter struct {
	Language   string     `label:"Language" kind:"language"`
	Dialect    string     `label:"Dialect or region" optional:"true"`
	Preference Preference `label:"Wish for the interpreter"`
	Avoid      string     `label:"Communities or regions to avoid" hint:"With commas between." optional:"true"`
	When       time.Time  `label:"When"`
	Remote     bool       `label:"By telephone or video"`
	Where      string     `label:"Place, or how to reach the line" hint:"The interpreter reads it. Never the address of a shelter, nor a name." optional:"true"`
}

func (s *AskInterpreter) Possible(c *Case, _ Work) error { return c.open() }

func (s *AskInterpreter) Apply(c *Case, w Work) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Interpreting = append(c.Interpreting, Interpreting{ID: id, At: w.Now, Asked: *s})
	return nil
}

// Interpreter is what booking needs of the register, told to the booking desk alone.
type Interpreter struct {
	Member      ident.ID
	Pseudonym   string
	Name        string // for a court that must take an oath
	Languages   []string
	Gender      string
	Communities string // their own, for conflicts of interest
	Free        bool   // vetted, and can be booked
}

// Register is the interpreters' register. It answers the booking desk alone.
type Register interface {
	Interpreter(ctx context.Context, d *record.Door, id ident.ID) (Interpreter, error)
}

// BookInterpreter is the desk's answer to a request.
type BookInterpreter struct {
	Request     ident.ID `label:"For which request" kind:"request"`
	Interpreter ident.ID `label:"Interpreter" kind:"interpreter" hint:"Known to the booking desk only. Those on the case know the pseudonym."`
	Offered     string   `label:"What the person is told first: gender, region, community"`
	Conflict    bool     `label:"No conflict of interest was found"`

	found   Interpreter
	engaged []time.Time // when the interpreter is wanted elsewhere
}

// lookUp reads the register before the change begins: a change does not look elsewhere.
func (s *BookInterpreter) lookUp(ctx context.Context, k *Desk, d *record.Door) error {
	if k.Register == nil {
		return fault.Conflict("This node keeps no register of interpreters.")
	}
	var err error
	if s.found, err = k.Register.Interpreter(ctx, d, s.Interpreter); err != nil {
		return err
	}
	list, err := k.EngagementsFor(ctx, d)
	for _, r := range list {
		if e := r.Value(); e.Interpreter == s.Interpreter && e.live() {
			s.engaged = append(s.engaged, e.When)
		}
	}
	return err
}

// apart is how far two bookings of one interpreter must be from each other.
const apart = 2 * time.Hour

func (s *BookInterpreter) Possible(c *Case, _ Work) error {
	if c.unbooked() == nil {
		return fault.Conflict("No interpreter is asked for.")
	}
	return c.open()
}

// unbooked is the first request that waits for the booking desk.
func (c *Case) unbooked() *Interpreting {
	for i := range c.Interpreting {
		if b := &c.Interpreting[i]; b.Booked.IsZero() && b.Ended.IsZero() {
			return b
		}
	}
	return nil
}

func (s *BookInterpreter) Apply(c *Case, w Work) error {
	i := slices.IndexFunc(c.Interpreting, func(b Interpreting) bool { return b.ID == s.Request && b.Booked.IsZero() && b.Ended.IsZero() })
	if i < 0 {
		return fault.Invalid("request", "This request does not wait any more.")
	}
	b := &c.Interpreting[i]
	if err := s.fits(c, b); err != nil {
		return err
	}
	e := &Engagement{At: w.Now, Interpreter: s.found.Member, Pseudonym: s.found.Pseudonym, Case: CaseID(c.RecordID()), Language: b.Asked.Language,
		Dialect: b.Asked.Dialect, When: b.Asked.When, Remote: b.Asked.Remote, Where: b.Asked.Where}
	id, err := w.Engage(e)
	if err != nil {
		return err
	}
	b.Interpreter, b.Pseudonym, b.Offered, b.Booked, b.Engagement = s.found.Member, s.found.Pseudonym, s.Offered, w.Now, id
	return nil
}

// fits refuses an interpreter whom the register, the person's wishes or an earlier refusal rule out.
func (s *BookInterpreter) fits(c *Case, b *Interpreting) error {
	speaks := func(l string) bool { return strings.EqualFold(l, b.Asked.Language) }
	refused := func(o Interpreting) bool { return o.Refused && o.Interpreter == s.found.Member }
	clashes := func(at time.Time) bool { return at.Sub(b.Asked.When).Abs() < apart }
	switch {
	case s.found.Member.IsZero():
		return fault.Invalid("interpreter", "Choose an interpreter of the register.")
	case !s.found.Free:
		return fault.Invalid("interpreter", "This interpreter is not vetted, or cannot be booked now.")
	case !slices.ContainsFunc(s.found.Languages, speaks):
		return fault.Invalid("interpreter", "This interpreter does not work in the language that is asked for.")
	case slices.ContainsFunc(c.Interpreting, refused):
		return fault.Invalid("interpreter", "The person did not want this interpreter.")
	case b.Asked.Preference != "" && b.Asked.Preference != "any" && s.found.Gender != string(b.Asked.Preference):
		return fault.Invalid("interpreter", "The person wishes for an interpreter of another gender.")
	case overlap(b.Asked.Avoid, s.found.Communities):
		return fault.Invalid("interpreter", "The person asked to avoid a community of this interpreter.")
	case slices.ContainsFunc(s.engaged, clashes):
		return fault.Invalid("interpreter", "This interpreter is engaged about that time.")
	case !s.Conflict:
		return fault.Invalid("conflict", "Check for a conflict of interest first.")
	}
	return nil
}

// overlap reports whether two lists of communities share a word, in whatever spelling.
func overlap(avoid, own string) bool {
	terms := map[string]bool{}
	for _, t := range names.Terms(own) {
		terms[t.Text] = true
	}
	return slices.ContainsFunc(names.Terms(avoid), func(t names.Term) bool { return terms[t.Text] })
}

// booked is the last booking that stands.
func (c *Case) booked() *Interpreting {
	for i := len(c.Interpreting) - 1; i >= 0; i-- {
		if b := &c.Interpreting[i]; b.comes() {
			return b
		}
	}
	return nil
}

// end takes a booking back. The interpreter reads the same whatever the reason was.
func (b *Interpreting) end(w Work) error {
	b.Ended = w.Now
	return w.Disengage(b.Engagement)
}

// RefuseInterpreter records that the person does not want the one offered;
// the desk looks for another. No reason is asked for.
type RefuseInterpreter struct{}

func (s *RefuseInterpreter) Possible(c *Case, _ Work) error { return c.hasBooked() }

func (c *Case) hasBooked() error {
	if c.booked() == nil {
		return fault.Conflict("No interpreter is booked.")
	}
	return c.open()
}

func (s *RefuseInterpreter) Apply(c *Case, w Work) error {
	b := c.booked()
	b.Refused = true
	again := b.Asked
	if err := b.end(w); err != nil {
		return err
	}
	return again.Apply(c, w)
}

// CancelInterpreter says that nobody need come.
type CancelInterpreter struct{}

func (s *CancelInterpreter) Possible(c *Case, _ Work) error { return c.hasBooked() }

func (s *CancelInterpreter) Apply(c *Case, w Work) error { return c.booked().end(w) }

// ReplaceInterpreter is the desk's word that who was booked cannot come; it looks for another.
type ReplaceInterpreter struct{}

func (s *ReplaceInterpreter) Possible(c *Case, _ Work) error { return c.hasBooked() }

func (s *ReplaceInterpreter) Apply(c *Case, w Work) error {
	b := c.booked()
	again := b.Asked
	if err := b.end(w); err != nil {
		return err
	}
	return again.Apply(c, w)
}

// bookingDuty asks the booking desk for an interpreter; from its time on the
// organisation that asked knows that none was found.
const bookingDuty = "book_interpreter"

func (c *Case) bookingDuties() []duty.Duty {
	var due []duty.Duty
	for _, b := range c.Interpreting {
		if !b.Booked.IsZero() || !b.Ended.IsZero() || c.Closed != nil {
			continue
		}
		d := duty.Duty{Name: bookingDuty, Since: b.At, Due: b.At.Add(24 * time.Hour)}
		if b.Asked.When.After(b.At) && b.Asked.When.Before(d.Due) {
			d.Due = b.Asked.When
		}
		d.Steps = []duty.Step{{Party: access.Everyone, Role: access.BookingDesk, From: b.At}, {Party: c.Owner, Role: access.CaseWorker, From: d.Due}}
		due = append(due, d)
	}
	return due
}

// requests are what waits for the booking desk, to be chosen.
func (v *View) requests() []input.Option {
	var options []input.Option
	for _, b := range v.Interpreting {
		if b.Booked.IsZero() && b.Ended.IsZero() {
			options = append(options, input.Option{Value: b.ID.String(), Label: b.Asked.Language + " " + b.Asked.When.UTC().Format("2006-01-02 15:04") + " UTC"})
		}
	}
	return options
}

// interpretingEntries shows the bookings: to the desk who comes, to the others the pseudonym.
func (v *View) interpretingEntries() []Entry {
	var list []Entry
	for _, b := range v.Interpreting {
		e := entry("Interpreter asked for", b.At, ident.ID{}, &b.Asked)
		if !b.Booked.IsZero() {
			e.Fields = append(e.Fields, instant("Booked", b.Booked), fact("Pseudonym of the interpreter", "text", b.Pseudonym),
				fact("What the person is told first", "text", b.Offered))
		}
		if !b.Interpreter.IsZero() {
			e.Fields = append(e.Fields, fact("Interpreter", "interpreter", b.Interpreter.String()))
		}
		if !b.Ended.IsZero() {
			e.Fields = append(e.Fields, instant("Not booked any more", b.Ended))
		}
		list = append(list, e)
	}
	return list
}
