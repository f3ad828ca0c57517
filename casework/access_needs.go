package casework

import (
	"time"

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
