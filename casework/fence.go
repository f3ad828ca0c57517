package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/jurisdiction"
)

// Organisation is what the rules of a case must know of an organisation.
type Organisation struct {
	Country     string // ISO 3166-1, two letters: the one that it works for, not where it sits
	Authority   bool   // of a State, or working for one
	Immigration bool   // enforces immigration law: no case is for it (rule 7)
	Police      bool
}

// Organisations knows them; the directory does.
type Organisations interface {
	// Learn reads them, if that was not done. It comes before a change, which looks at all who stand on a case.
	Learn(ctx context.Context) error
	// Of says what an organisation is. One that is not known counts as an
	// authority of a country that is not known: nothing goes to it through a closed door.
	Of(id ident.ID) Organisation
}

// fence keeps two kinds of organisation off a case, whatever a consent, an
// override or a mandate says. Authorities of a country that the person fled or
// fears, while somebody on the case seeks international protection (rule 3):
// for what they want it does not matter, nor on what ground; and those to which
// the node that sent the case closed it. And immigration enforcement, always (rule 7).
type fence struct {
	home  string // the State that protects
	focal ident.ID
	of    func(ident.ID) Organisation
}

func newFence(p *jurisdiction.Profile, focal ident.ID, of func(ident.ID) Organisation) fence {
	f := fence{focal: focal, of: of}
	if f.of == nil {
		f.of = func(ident.ID) Organisation { return Organisation{Authority: true} }
	}
	if p.Kind == "state" {
		f.home = strings.ToUpper(p.Code)
	}
	return f
}

// shut reports that the organisation is an authority of origin, and the door to it closed.
func (f fence) shut(c *Case, id ident.ID) bool {
	if id == c.Owner || id == f.focal || id.IsZero() {
		return false
	}
	o := f.of(id)
	if !o.Authority && !c.liaison(id) {
		return false
	}
	if _, closed := c.closedSince(); !closed {
		return c.closedBySender(o.Country)
	}
	feared, known := c.fearedCountries()
	feared = slices.DeleteFunc(feared, func(country string) bool { return country == f.home }) // it protects
	return o.Country == "" || slices.Contains(feared, o.Country) || c.closedBySender(o.Country) || !known && o.Country != f.protects(c)
}

// sentByOrigin reports that a State that the person fled or fears sent the
// viewer here: whose guest they may be, through a closed door they see what the
// person's own request names, and nothing else.
func (f fence) sentByOrigin(c *Case, p *access.Posting) bool {
	if _, closed := c.closedSince(); !closed {
		return c.closedBySender(p.State)
	}
	feared, known := c.fearedCountries()
	return !known || slices.Contains(feared, p.State) || c.closedBySender(p.State)
}

// protects is the State on whose ground the person is: where a text that
// States share is the profile, that of the organisation responsible.
func (f fence) protects(c *Case) string {
	if f.home != "" {
		return f.home
	}
	return f.of(c.Owner).Country
}

// liaison reports that the organisation was brought to the case as another State's officers.
func (c *Case) liaison(id ident.ID) bool {
	return slices.ContainsFunc(c.Team, func(a Assignment) bool { return a.Organisation == id && a.Role == access.LiaisonOfficer })
}

// asked is what the person's own request lets through the closed door.
func (c *Case) asked(id ident.ID, now time.Time) access.Set {
	var data access.Set
	for _, g := range c.Consents {
		if g.Recipient == id && c.ownRequest(g) && g.Stands(now) {
			data |= g.Data
		}
	}
	return data
}

// askedUntil is how long it may stand on the case by that; zero where nothing is asked.
func (c *Case) askedUntil(id ident.ID) time.Time {
	var until time.Time
	for _, g := range c.Consents {
		if g.Recipient == id && c.ownRequest(g) && g.Withdrawn.IsZero() && g.Until.After(until) {
			until = g.Until
		}
	}
	return until
}

// ownRequest is a consent that was asked for in writing, after legal advice, since the door closed.
func (c *Case) ownRequest(g consent.Consent) bool {
	since, closed := c.closedSince()
	return closed && g.Advised && g.Written && !g.GivenAt.Before(since)
}

// cannotReceive is said of every organisation that is kept off, so that it does not tell why.
const cannotReceive = "This organisation cannot receive this here. If the person wants it, ask the lawyer."

// refuses looks at every organisation that a step names, before it is applied.
func (f fence) refuses(c *Case, s Step, now time.Time) error {
	switch s.(type) {
	case *EndPart, *RefuseConsent:
		return nil // they give nothing
	}
	for _, n := range named(s) {
		if f.of(n.id).Immigration && !forAHold(s) || (f.shut(c, n.id) || c.postedHere(s)) && !c.lets(s, n.id, now) {
			return fault.Invalid(n.field, cannotReceive)
		}
	}
	return nil
}

// naming is an organisation in a field of a step.
type naming struct {
	field string
	id    ident.ID
}

func named(s Step) []naming {
	var found []naming
	for _, f := range input.Describe(s) {
		for _, value := range append(f.Values, f.Value) {
			if id, err := ident.Parse(value); (f.Kind == "organisation" || f.Kind == "team") && err == nil && !id.IsZero() {
				found = append(found, naming{f.Name, id})
			}
		}
	}
	return found
}

// forAHold reports that a step tells immigration enforcement who must not be
// removed, and nothing else.
func forAHold(s Step) bool {
	switch s := s.(type) {
	case *AskHold:
		return true
	case *GiveConsent:
		return consent.Purpose(s.Purpose) == consent.Hold && s.Data.set() == access.Of(access.Summary, access.Identity)
	case *ProposeOverride:
		return s.Data.set() == access.Of(access.Summary, access.Identity)
	}
	return false
}

// postedHere reports that a step brings another State's officers while the door is closed.
func (c *Case) postedHere(s Step) bool {
	j, joins := s.(*Join)
	_, closed := c.closedSince()
	return joins && closed && access.Role(j.Role) == access.LiaisonOfficer
}

// lets are the few steps that the person's own request opens the door to; a
// legal duty, a mandate or another worker's step never does.
func (c *Case) lets(s Step, id ident.ID, now time.Time) bool {
	switch s := s.(type) {
	case *GiveConsent:
		return s.Written && s.Advised
	case *Join, *PlanService, *AddTask:
		return c.asked(id, now) != 0
	}
	return false
}

// close ends what authorities of origin have on the case: at the first word,
// and again when more becomes known of where the person is from.
func (f fence) close(c *Case, w Work) {
	_, closed := c.closedSince()
	for i := range c.Consents {
		g := &c.Consents[i]
		if g.Open(w.Now) && (closed && g.Purpose == consent.Consular || f.shut(c, g.Recipient)) && !c.ownRequest(*g) {
			c.withdraw(g, w)
		}
	}
	for i := range c.Overrides {
		if o := &c.Overrides[i]; f.shut(c, o.Recipient) && w.Now.Before(o.Until) {
			o.Until = w.Now
		}
	}
	for i := range c.Team {
		a := &c.Team[i]
		kept := !(closed && a.Role == access.LiaisonOfficer) && !f.shut(c, a.Organisation) || c.asked(a.Organisation, w.Now) != 0
		if !kept && (a.Until.IsZero() || w.Now.Before(a.Until)) {
			a.Until = w.Now
		}
	}
	for i := range c.Addresses {
		if a := &c.Addresses[i]; f.shut(c, a.Fields.Police) && w.Now.Before(a.Until) {
			a.Until = w.Now
		}
	}
	if f.shut(c, c.Child.Guardian) {
		c.Child.Guardian, c.Child.GuardianName = ident.ID{}, ""
		c.happened("child_unaccompanied", w.Now)
	}
}

// relations are those of the case without whom the fence keeps off; who is on
// it by the person's own request, as long as that stands.
func (f fence) relations(c *Case) []access.Relation {
	var kept []access.Relation
	for _, r := range relations(c, f.focal) {
		if r.Party == access.Everyone || r.Party == c.Owner || r.Role == access.BreakGlass {
			kept = append(kept, r)
			continue
		}
		if f.of(r.Party).Immigration {
			continue
		}
		if f.shut(c, r.Party) {
			until := c.askedUntil(r.Party)
			if until.IsZero() {
				continue
			}
			if r.Until.IsZero() || until.Before(r.Until) {
				r.Until = until
			}
		}
		kept = append(kept, r)
	}
	return kept
}

// duties are those of the case without the parties that the door is shut to:
// a reminder tells that there is a case, and what became of it.
func (f fence) duties(c *Case, due []duty.Duty) []duty.Duty {
	for i := range due {
		due[i].Steps = slices.DeleteFunc(due[i].Steps, func(s duty.Step) bool { return f.shut(c, s.Party) })
	}
	return slices.DeleteFunc(due, func(d duty.Duty) bool { return len(d.Steps) == 0 })
}

// released narrows what consent releases, by whose member looks.
func (f fence) released(c *Case, v access.Viewer, standing []access.Role, now time.Time) access.Set {
	seen := released(c, v, standing, now) &^ c.notForCourt(standing)
	if p := v.Posting; p != nil {
		if f.sentByOrigin(c, p) {
			return seen & p.Looks & c.asked(v.Organisation, now)
		}
		seen &= p.Looks | access.Of(access.Summary)
	} else if v.Organisation != c.Owner && slices.Contains(standing, access.LiaisonOfficer) {
		seen &= access.Of(access.Summary) // without a posting nobody is a liaison officer
	}
	switch {
	case v.Organisation == c.Owner || v.Organisation.IsZero():
		return seen
	case f.of(v.Organisation).Immigration:
		return 0
	case f.shut(c, v.Organisation):
		return seen & c.asked(v.Organisation, now)
	}
	return seen
}
