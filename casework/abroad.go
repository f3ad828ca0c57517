package casework

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Sheet is a part of a case as it goes to another node: a step with its
// fields, which the other side reads as its own form and can take on a case of its own.
type Sheet struct {
	Step   string
	Fields url.Values
}

// Abroad is a procedure with another node that this case is in.
type Abroad struct {
	Procedure ident.ID
	Recipient ident.ID // the organisation that stands for the other node
	Began     time.Time
}

// Received says where a case came from, and what binds this State in handling it.
type Received struct {
	Peer      string
	Procedure ident.ID   // by which it came
	NeverTo   []string   // countries to whose authorities nothing may be passed on
	Until     time.Time  // when the consent under which it came ends
	Data      access.Set // what of the person came
	NotCourt  bool       // it may not be used in court
	NotPassOn bool       // it may not be passed on
}

// Extract gives what of the case may go to a recipient for a purpose: of the
// categories drawn, those that the person allowed, the newest sheet of each. It
// also gives which these are, and until when.
func (c *Case) Extract(drawn access.Set, recipient ident.ID, purpose consent.Purpose, now time.Time) ([]Sheet, access.Set, time.Time) {
	released, until := consent.ReleasedFor(c.Consents, c.Overrides, recipient, purpose, now)
	released &= drawn
	var sheets []Sheet
	add := func(category access.Category, step string, fields any) {
		if released.Has(category) {
			sheets = append(sheets, Sheet{Step: step, Fields: input.Values(fields)})
		}
	}
	person := DescribePerson(c.Person)
	add(access.Identity, "describe-person", &person)
	if c.SafeContact != nil {
		add(access.Contact, "safe-contact", &c.SafeContact.Fields)
	}
	if n := len(c.Screenings); n > 0 {
		s := c.Screenings[n-1]
		add(access.Screening, "screen", &Screen{Place: s.Place, Indicators: s.Indicators, Reasons: s.Reasons})
	}
	if n := len(c.Risks); n > 0 {
		add(access.Risk, "assess-risk", &c.Risks[n-1].Fields)
	}
	if n := len(c.Needs); n > 0 {
		needs := c.Needs[n-1].Fields
		if !released.Has(access.Health) {
			needs.Health = ""
			needs.Now, needs.Days, needs.Weeks = insensitive(needs.Now), insensitive(needs.Days), insensitive(needs.Weeks)
		}
		add(access.Needs, "assess-needs", &needs)
	}
	if c.Access != nil {
		add(access.Needs, "plan-access", &c.Access.Fields)
	}
	for _, f := range c.Family {
		if !released.Has(access.Health) {
			f.Fields.Needs = insensitive(f.Fields.Needs)
		}
		if !released.Has(access.Protection) {
			f.Fields.Protection, f.Fields.Countries = false, ""
		}
		if !f.Fields.Danger {
			add(access.Family, "add-family", &f.Fields)
		}
	}
	return sheets, released, until
}

// ClosedTo refuses an authority of a country that is feared while somebody on
// the case seeks protection (rule 3), and any authority to which the sender of a
// received case closed it. It reads like any other refusal.
func (c *Case) ClosedTo(country string, authority bool) error {
	_, closed := c.closedSince()
	feared, known := c.fearedCountries()
	origin := closed && (!known || country == "" || slices.Contains(feared, country))
	if authority && (origin || c.closedBySender(country)) {
		return fault.Conflict("This is not possible with this organisation.")
	}
	return nil
}

// closedBySender reports that a received case came with the word that nothing goes to a country's authorities.
func (c *Case) closedBySender(country string) bool {
	return c.Received != nil && slices.Contains(c.Received.NeverTo, country)
}

// NeverTo lists the countries to whose authorities a recipient may pass nothing on.
func (c *Case) NeverTo() []string {
	var countries []string
	if _, closed := c.closedSince(); closed {
		countries, _ = c.fearedCountries()
	}
	if c.Received != nil {
		countries = append(countries, c.Received.NeverTo...)
	}
	slices.Sort(countries)
	return slices.Compact(countries)
}

// ChoseReturn reports that a return is the person's own present choice.
func (c *Case) ChoseReturn() bool {
	n := len(c.Choices)
	return n > 0 && c.Choices[n-1].Fields.Choice == "return"
}

// BeganAbroad notes that a procedure with another node began from this case.
type BeganAbroad struct{ Type string }

// Event names the note.
func (BeganAbroad) Event() string { return "began_abroad" }

// Begin notes a procedure with another node on the case.
func (c *Case) Begin(a Abroad, kind string, by access.Viewer) {
	c.goesOn(a, "abroad", by)
	c.Base.Note(BeganAbroad{Type: kind})
}

// LinkedAbroad notes that a procedure that another node began is about this case.
type LinkedAbroad struct{ Type string }

// Event names the note.
func (LinkedAbroad) Event() string { return "linked_abroad" }

// Link notes a procedure that another node began on the case.
func (c *Case) Link(a Abroad, kind string, by access.Viewer) {
	c.goesOn(a, "abroad-linked", by)
	c.Base.Note(LinkedAbroad{Type: kind})
}

func (c *Case) goesOn(a Abroad, moment string, by access.Viewer) {
	c.Abroad = append(c.Abroad, a)
	c.Timeline = append(c.Timeline, Moment{At: a.Began, Step: moment, Member: by.Member, Organisation: by.Organisation, Category: access.Decisions})
}

// entry shows where the case came from. Which countries are closed tells what the person fears.
func (r *Received) entry() Entry {
	e := Entry{Title: "Where this case came from", Fields: []input.Field{fact("From", "text", r.Peer)}}
	if !r.Until.IsZero() {
		e.Fields = append(e.Fields, instant("The consent under which it came ends", r.Until))
	}
	if r.NotCourt {
		e.Fields = append(e.Fields, fact("What came may be used in court", "yes", "false"))
	}
	if r.NotPassOn {
		e.Fields = append(e.Fields, fact("What came may be passed on", "yes", "false"))
	}
	if len(r.NeverTo) > 0 {
		e.Fields = append(e.Fields, fact("Nothing of it goes to authorities of", "text", strings.Join(r.NeverTo, ", ")))
	}
	return e
}
