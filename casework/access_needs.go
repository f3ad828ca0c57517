package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// AccessNeeds is what the person needs to take part: support, formats, aids (row 8d).
type AccessNeeds struct {
	At     time.Time
	By     ident.ID
	Fields PlanAccess
}

// PlanAccess records it; what the person needs, never a diagnosis.
type PlanAccess struct {
	Formats  []Format `label:"How information reaches the person" optional:"true"`
	Support  string   `label:"Support the person wants" kind:"textarea" optional:"true"`
	Breaks   bool     `label:"Needs breaks"`
	Mobility bool     `label:"Needs step-free access"`
	Role     string   `label:"How the person's role in each procedure was explained" kind:"textarea" optional:"true"`
}

// Format is a way to give information.
type Format string

func (Format) Options() []input.Option {
	return []input.Option{{Value: "spoken", Label: "Spoken, not written"}, {Value: "easy", Label: "Easy to read"}, {Value: "sign", Label: "Sign language"},
		{Value: "large", Label: "Large print"}, {Value: "braille", Label: "Braille"}, {Value: "pictures", Label: "Pictures"},
		{Value: "support", Label: "With a support person"}}
}

func (s *PlanAccess) Before(c *Case) {
	if c.Access != nil {
		*s = c.Access.Fields
	}
}

func (s *PlanAccess) Possible(c *Case, _ Work) error { return c.open() }

func (s *PlanAccess) Apply(c *Case, w Work) error {
	c.Access = &AccessNeeds{At: w.Now, By: w.By.Member, Fields: *s}
	return nil
}

// Preference is a wish about who listens.
type Preference string

func (Preference) Options() []input.Option {
	return []input.Option{{Value: "any", Label: "No preference"}, {Value: "woman", Label: "A woman"}, {Value: "man", Label: "A man"}}
}

// Interpreting is a booking (rule 8): who interprets is known to the booking
// desk; those on the case see the language and that somebody is booked.
type Interpreting struct {
	ID          ident.ID
	At          time.Time
	Asked       AskInterpreter
	Interpreter string // known to the booking desk only
	Offered     string // what the person heard first: gender, region, community
	Booked      time.Time
	Refused     bool // by the person; never shown to the interpreter
}

// AskInterpreter asks the booking desk.
type AskInterpreter struct {
	Language   string     `label:"Language" kind:"language"`
	Dialect    string     `label:"Dialect or region" optional:"true"`
	Preference Preference `label:"Wish for the interpreter"`
	Avoid      string     `label:"Communities or regions to avoid" optional:"true"`
	When       time.Time  `label:"When"`
	Remote     bool       `label:"By telephone or video"`
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

// BookInterpreter is the desk's answer.
type BookInterpreter struct {
	Interpreter string `label:"Interpreter" hint:"Known to the booking desk only."`
	Offered     string `label:"What the person is told first: gender, region, community"`
	Conflict    bool   `label:"No conflict of interest was found"`
}

func (c *Case) unbooked() *Interpreting {
	for i := range c.Interpreting {
		if c.Interpreting[i].Booked.IsZero() {
			return &c.Interpreting[i]
		}
	}
	return nil
}

func (s *BookInterpreter) Possible(c *Case, _ Work) error {
	if c.unbooked() == nil {
		return fault.Conflict("No interpreter is asked for.")
	}
	return nil
}

func (s *BookInterpreter) Apply(c *Case, w Work) error {
	if !s.Conflict {
		return fault.Invalid("conflict", "Check for a conflict of interest first.")
	}
	b := c.unbooked()
	b.Interpreter, b.Offered, b.Booked = s.Interpreter, s.Offered, w.Now
	return nil
}

// RefuseInterpreter records that the person does not want the one offered;
// the desk looks for another. No reason is asked for.
type RefuseInterpreter struct{}

func (s *RefuseInterpreter) Possible(c *Case, _ Work) error {
	if n := len(c.Interpreting); n == 0 || c.Interpreting[n-1].Booked.IsZero() || c.Interpreting[n-1].Refused {
		return fault.Conflict("No interpreter is booked.")
	}
	return c.open()
}

func (s *RefuseInterpreter) Apply(c *Case, w Work) error {
	last := &c.Interpreting[len(c.Interpreting)-1]
	last.Refused = true
	again := last.Asked
	return again.Apply(c, w)
}
