package casework

import (
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Relocate moves the person to a safe place in one step (row 7a): the place is
// recorded by the organisation that runs it, whose address stays with it, and
// what the person allows it to know is recorded with it.
type Relocate struct {
	Provider ident.ID `label:"Who takes the person in" kind:"organisation"`
	Kind     Refuge   `label:"Kind of place"`
	Wanted   bool     `label:"The person wants to go there"`
	Way      string   `label:"Who accompanies the person, and how" kind:"textarea" hint:"Never the address." optional:"true"`
	Allowed  bool     `label:"The person was told that refusing costs nothing, and allows that they learn name, telephone, risks and needs, for 30 days" hint:"For a child this is the child's own answer, and the guardian's is still to come. Without both the move is recorded all the same, and they see nothing here."`
	Language string   `label:"Language it was explained in" kind:"language" optional:"true"`
}

// Refuge is a kind of place that a person is moved to: never one that confines.
type Refuge string

func (Refuge) Options() []input.Option {
	var options []input.Option
	for _, o := range Lodging("").Options() {
		switch o.Value {
		case string(SafeHouse), "shelter", "child_home", "emergency", "hospital":
			options = append(options, o)
		}
	}
	return options
}

// relocationConsent is what the place may know for as long as it usually takes to agree on more.
const relocationConsent = 30 * 24 * time.Hour

func (s *Relocate) Possible(c *Case, _ Work) error { return c.open() }

func (s *Relocate) Apply(c *Case, w Work) error {
	switch {
	case !s.Wanted:
		return fault.Invalid("wanted", "Nobody is moved against their will.")
	case Lodging(s.Kind).Confining():
		return fault.Invalid("kind", "Choose one of the answers.")
	}
	if s.Allowed {
		if err := s.allow(c, w); err != nil {
			return err
		}
	}
	c.moves(Accommodation{From: w.Now, By: w.By.Member, Kind: Lodging(s.Kind), Provider: s.Provider, Way: s.Way}, w)
	return nil
}

// allow records the consent, and brings the organisation to the case; a
// child's waits for the guardian, and the organisation with it.
func (s *Relocate) allow(c *Case, w Work) error {
	if w.By.Organisation != c.Owner {
		return fault.Invalid("allowed", "Only the organisation responsible records what the person allows.")
	}
	g := Consenting(string(consent.Accommodation), s.Provider, []string{access.Identity.String(), access.Contact.String(), access.Placement.String(),
		access.Shelter.String(), access.Risk.String(), access.Needs.String()}, w.Now.Add(relocationConsent))
	g.Language, g.Written, g.Assent = s.Language, false, childAssent(consent.Agrees)
	if err := g.Apply(c, w); err != nil {
		return onField(err, "allowed")
	}
	if c.takesPart(s.Provider, access.ShelterManager) || consent.Released(c.Consents, c.Overrides, s.Provider, w.Now) == 0 {
		return nil
	}
	return Joining(s.Provider, string(access.ShelterManager)).Apply(c, w)
}

// onField puts a refusal beside the field that the person can change.
func onField(err error, field string) error {
	f := *fault.Of(err)
	if f.Code == fault.CodeInvalid || f.Code == fault.CodeConflict {
		f.Field = field
	}
	return &f
}
