package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Screening is a guided look for indicators (rows 7h, 7m). It never decides.
type Screening struct {
	ID         ident.ID
	At         time.Time
	By         ident.ID
	Place      string
	Indicators []Indicator
	Reasons    string
}

// Indicator is something seen or said that may point to trafficking. The
// eleven are the ILO's indicators of forced labour (2012).
type Indicator string

func (Indicator) Options() []input.Option {
	return []input.Option{
		{Value: "vulnerability", Label: "Somebody takes advantage of the person's situation"},
		{Value: "deception", Label: "What was promised is not what happened"},
		{Value: "movement", Label: "The person cannot come and go freely"},
		{Value: "isolation", Label: "The person is kept away from others"},
		{Value: "violence", Label: "Signs or accounts of violence"},
		{Value: "threats", Label: "Threats to the person or to family"},
		{Value: "documents", Label: "Somebody else keeps the person's documents"},
		{Value: "wages", Label: "Pay is withheld"},
		{Value: "debt", Label: "The person works to pay off a debt"},
		{Value: "conditions", Label: "Living and working conditions are abusive"},
		{Value: "overtime", Label: "Working hours are excessive"},
	}
}

// Screen records a screening.
type Screen struct {
	Place      string      `label:"Where you met the person" hint:"A place, not an address." optional:"true"`
	Indicators []Indicator `label:"What you saw or heard" hint:"An indicator proves nothing by itself." optional:"true"`
	Reasons    string      `label:"What makes you think so" kind:"textarea" hint:"In your own words. Do not write down a full account."`
}

func (s *Screen) Possible(c *Case, _ Work) error { return c.open() }

func (s *Screen) Apply(c *Case, w Work) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Screenings = append(c.Screenings, Screening{ID: id, At: w.Now, By: w.By.Member, Place: s.Place, Indicators: s.Indicators, Reasons: s.Reasons})
	c.happened("screened", w.Now)
	return nil
}

// Presume says that somebody with reason to do so treats the person as a
// presumed victim: from here clocks run and protection is due (rows 7b, 7n).
type Presume struct {
	Reasons string `label:"Why the person is presumed a victim" kind:"textarea"`
	Others  bool   `label:"Other people may be in danger in the same place"`
}

func (s *Presume) Possible(c *Case, _ Work) error {
	if err := c.open(); err != nil {
		return err
	}
	if len(c.Screenings) == 0 {
		return fault.Conflict("Record a screening first.")
	}
	if !c.Identification.Presumed.IsZero() {
		return fault.Conflict("The person is already presumed a victim.")
	}
	return nil
}

func (s *Presume) Apply(c *Case, w Work) error {
	c.Identification.Presumed = w.Now
	c.happened("presumed", w.Now)
	if c.Person.ProtectedAsChild(w.Now) && c.Child.Guardian.IsZero() {
		c.happened("child_unaccompanied", w.Now)
	}
	return nil
}

// Classification puts the elements of trafficking and of smuggling side by
// side (row 18; Palermo Protocol art. 3, Smuggling Protocol arts. 3 and 6).
type Classification struct {
	At      time.Time
	By      ident.ID
	Fields  Classify
	Finding string
}

// Classify compares.
type Classify struct {
	Acts     []Act     `label:"Trafficking: the act" optional:"true"`
	Means    []Means   `label:"Trafficking: the means" hint:"Where one was used, it does not matter whether the person agreed. Not needed for a person who was under 18 at the time." optional:"true"`
	Purpose  []Purpose `label:"Trafficking: the purpose" optional:"true"`
	Began    string    `label:"When it began" hint:"Year alone, or year and month, if no more is known: 1999, 1999-04, 1999-04-23." optional:"true"`
	ChildAt  bool      `label:"The person was under 18 when it happened, or that cannot be excluded"`
	Border   bool      `label:"Smuggling: a border was crossed without permission"`
	Procured bool      `label:"Smuggling: somebody arranged the crossing for a benefit"`
	Reasons  string    `label:"Remarks" kind:"textarea" optional:"true"`
}

func (s *Classify) Possible(c *Case, _ Work) error { return c.open() }

func (s *Classify) Apply(c *Case, w Work) error {
	if err := partialDate("began", s.Began); err != nil {
		return err
	}
	// Age at the time decides (rule 6): who is a child now was one then, and a date of birth may say so.
	s.ChildAt = s.ChildAt || c.Person.ProtectedAsChild(w.Now) || c.Person.underAge(s.Began)
	c.Classification = &Classification{At: w.Now, By: w.By.Member, Fields: *s, Finding: s.finding()}
	return nil
}

// finding says which elements are there; it decides nothing.
func (s *Classify) finding() string {
	trafficking := len(s.Acts) > 0 && len(s.Purpose) > 0 && (len(s.Means) > 0 || s.ChildAt)
	smuggling := s.Border && s.Procured
	switch {
	case trafficking && smuggling:
		return "The elements of trafficking are all named, those of smuggling too: the person may be a victim of trafficking who was also smuggled."
	case trafficking:
		return "The elements of trafficking are all named."
	case smuggling:
		return "The elements of smuggling are named, not all of trafficking: look again for the purpose and the means."
	}
	return "Not all elements of either are named yet."
}

// Act is the first element of trafficking (Palermo Protocol art. 3 (a)).
type Act string

func (Act) Options() []input.Option {
	return []input.Option{{Value: "recruitment", Label: "Recruitment"}, {Value: "transport", Label: "Transport"},
		{Value: "transfer", Label: "Transfer"}, {Value: "harbouring", Label: "Harbouring"}, {Value: "receipt", Label: "Receipt of the person"}}
}

// Means is the second element; where one was used, consent is irrelevant (art. 3 (b)).
type Means string

func (Means) Options() []input.Option {
	return []input.Option{{Value: "force", Label: "Threat or use of force"}, {Value: "coercion", Label: "Other coercion"},
		{Value: "abduction", Label: "Abduction"}, {Value: "fraud", Label: "Fraud"}, {Value: "deception", Label: "Deception"},
		{Value: "power", Label: "Abuse of power"}, {Value: "vulnerability", Label: "Abuse of a position of vulnerability"},
		{Value: "payment", Label: "Payment to somebody in control of the person"}}
}

// Purpose is the third element.
type Purpose string

func (Purpose) Options() []input.Option {
	return []input.Option{{Value: "sexual", Label: "Exploitation of prostitution or other sexual exploitation"},
		{Value: "labour", Label: "Forced labour or services"}, {Value: "slavery", Label: "Slavery or similar practices"},
		{Value: "servitude", Label: "Servitude, also in a household"}, {Value: "organs", Label: "Removal of organs"},
		{Value: "crime", Label: "Forced criminal acts or begging"}, {Value: "other", Label: "Another form"}}
}

// partialDate accepts a year, a year and month, or a date.
func partialDate(field, s string) error {
	for _, layout := range []string{"", "2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return fault.Invalid(field, "Write a year, or year and month, or a full date: 1999, 1999-04, 1999-04-23.")
}
