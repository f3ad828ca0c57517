package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Conference is a case conference of several agencies that shares the least
// (row 14): what all who are there may know, and beyond that what the person
// allowed to one of them alone.
type Conference struct {
	At       time.Time
	By       ident.ID
	Fields   HoldConference
	Released []ReleasedTo // what each could be told that day
}

// ReleasedTo is what the person, or a law, released to an organisation.
type ReleasedTo struct {
	Organisation ident.ID
	Data         access.Set
}

// HoldConference records one.
type HoldConference struct {
	Question string     `label:"What had to be decided"`
	Present  []ident.ID `label:"Which organisations took part" kind:"team"`
	Shared   dataSet    `label:"What was shared with all of them" hint:"The least that serves. Only what each of them may know." optional:"true"`
	Beyond   dataSet    `label:"What was shared with one of them alone" optional:"true"`
	Consent  ident.ID   `label:"On which consent that rests" kind:"consent" optional:"true"`
	Agreed   string     `label:"What was agreed: who does what, until when" kind:"textarea"`
	Knows    bool       `label:"The person knows of it and could say what they want"`
}

// authorities see no health and no address, whatever was released (rule 7); a
// conference is no way around it.
var authorities = []access.Role{access.Police, access.LabourInspector, access.Prosecutor, access.Judge, access.LiaisonOfficer,
	access.Interpreter, access.DecisionMaker, access.BookingDesk}

// releasedTo is what an organisation on the case may be told now.
func (c *Case) releasedTo(organisation ident.ID, now time.Time) (data access.Set, onCase bool) {
	if organisation == c.Owner {
		return access.Everything, true
	}
	data = access.Of(access.Summary) | consent.Released(c.Consents, c.Overrides, organisation, now)
	var never access.Set
	for _, a := range c.Team {
		if a.Organisation != organisation || !a.Until.IsZero() && !now.Before(a.Until) {
			continue
		}
		data, onCase = data|a.Mandate, true
		if slices.Contains(authorities, a.Role) {
			never = access.Of(access.Health, access.Shelter)
		}
	}
	return data &^ never, onCase
}

func (s *HoldConference) Possible(c *Case, _ Work) error { return c.open() }

func (s *HoldConference) Apply(c *Case, w Work) error {
	all := access.Everything
	var each []ReleasedTo
	for _, organisation := range s.Present {
		data, onCase := c.releasedTo(organisation, w.Now)
		if !onCase {
			return fault.Invalid("present", "An organisation that is not on the case takes part in no conference about it.")
		}
		all &= data
		each = append(each, ReleasedTo{Organisation: organisation, Data: data})
	}
	if more := s.Shared.set() &^ all; more != 0 {
		return fault.Invalid("shared", "Not all of them may know this: %s. Leave it out, or share it with one of them alone, on the person's consent.", Phrase(more.List()[0].Label()))
	}
	if len(s.Beyond) > 0 {
		if err := s.rests(c, each, w.Now); err != nil {
			return err
		}
	}
	if !s.Knows {
		return fault.Invalid("knows", "Ask the person first: it is about them.")
	}
	c.Conferences = append(c.Conferences, Conference{At: w.Now, By: w.By.Member, Fields: *s, Released: each})
	return nil
}

// Phrase is a text of the program inside a sentence: it is translated too.
type Phrase string

// rests holds that what was shared with one alone is in a consent to one who was there.
func (s *HoldConference) rests(c *Case, each []ReleasedTo, now time.Time) error {
	for _, g := range c.Consents {
		if g.ID != s.Consent || !g.Stands(now) {
			continue
		}
		there := slices.ContainsFunc(each, func(r ReleasedTo) bool {
			return r.Organisation == g.Recipient && s.Beyond.set()&^(r.Data&g.Data|access.Of(access.Summary)) == 0
		})
		if there {
			return nil
		}
	}
	return fault.Invalid("consent", "Name the consent in force that allows this to one who took part.")
}

// Shows what each organisation on the case may be told, and what all of them may.
func (s *HoldConference) Shows(v *View, w Work) []Entry {
	if !v.Sees.Has(access.Consents) {
		return nil
	}
	told := func(title string, data access.Set) Entry {
		d := dataOf(data)
		values := make([]string, len(d))
		for i, name := range d {
			values[i] = string(name)
		}
		return Entry{Title: title, Fields: []input.Field{{Label: "Which information", Kind: "choices", Options: releasable("").Options(), Values: values}}}
	}
	all := access.Everything
	var list []Entry
	for _, organisation := range v.Organisations() {
		data, _ := v.releasedTo(organisation, w.Now)
		all &= data
		e := told("What this organisation may be told", data)
		e.Fields = append([]input.Field{fact("Organisation", "organisation", organisation.String())}, e.Fields...)
		list = append(list, e)
	}
	return append([]Entry{told("What all on the case may be told", all)}, list...)
}

// Organisations on the case, the one responsible first.
func (v *View) Organisations() []ident.ID {
	list := []ident.ID{v.Owner}
	for _, a := range v.Team {
		if a.Until.IsZero() && !slices.Contains(list, a.Organisation) {
			list = append(list, a.Organisation)
		}
	}
	return list
}

// conferencesApart takes out of a conference which shelter was there, for
// those who do not see where the person sleeps, and what each was allowed, for
// those who do not see consents.
func conferencesApart(v *View, c *Case, d access.Decision) {
	hidden := func(organisation ident.ID) bool {
		return !d.Sees(access.Placement) && organisation != d.Viewer.Organisation && slices.ContainsFunc(c.Team, func(a Assignment) bool {
			return a.Organisation == organisation && a.Role == access.ShelterManager
		})
	}
	for _, x := range c.Conferences {
		x.Fields.Present = slices.DeleteFunc(slices.Clone(x.Fields.Present), hidden)
		x.Released = slices.DeleteFunc(slices.Clone(x.Released), func(r ReleasedTo) bool { return hidden(r.Organisation) })
		if !d.Sees(access.Consents) {
			x.Released, x.Fields.Consent = nil, ident.ID{}
		}
		v.Conferences = append(v.Conferences, x)
	}
}

func (x *Conference) entry() Entry {
	e := entry("Case conference", x.At, x.By, &x.Fields)
	e.Fields = withoutKind(e.Fields, "consent")
	return e
}
