package web

import (
	"strings"

	"palermo/register"
	"palermo/web/ui"
)

// facts collects what is known, and leaves out what is not.
type facts struct {
	v    *visit
	rows []ui.Row
}

func (f *facts) add(key, value string) {
	if value != "" {
		f.rows = append(f.rows, ui.Row{Key: f.v.loc.T(key), Value: value})
	}
}

// labelled is a value of a list that a person reads.
type labelled interface{ Label() string }

// phrases are the labels of several values, in the reader's language.
func phrases[L labelled](v *visit, values []L) string {
	var words []string
	for _, x := range values {
		words = append(words, v.loc.T(x.Label()))
	}
	return strings.Join(words, " · ")
}

func (v *visit) part(title string, p register.Part, edits bool, empty string) cardPart {
	part := cardPart{Title: v.loc.T(title), Empty: v.loc.T(empty)}
	if edits {
		part.Add = &ui.Link{Text: v.loc.T("Add to: %s", v.loc.T(title)), Href: "/card/" + string(p) + "/new"}
	}
	return part
}

// change is the way to the form of an entry, for whoever keeps the card.
func (v *visit) change(p register.Part, id interface{ String() string }, edits bool) []ui.Link {
	if !edits {
		return nil
	}
	return []ui.Link{{Text: v.loc.T("Change"), Href: "/card/" + string(p) + "/" + id.String()}}
}

func (v *visit) pointsPart(c *register.Content, edits bool) cardPart {
	part := v.part("Whom to turn to", register.Points, edits, "Nobody is named.")
	for i := range c.Points {
		p := &c.Points[i]
		f := facts{v: v}
		f.rows = v.onDuty(p)
		f.add("Office hours", v.hours(p))
		f.add("Local time", p.Local(v.s.Node.Now()).Format("15:04"))
		f.add("Channels", phrases(v, p.Channels))
		f.add("Languages", v.languageNames(register.Tags(p.Languages)))
		f.add("Country in which it stands", p.In)
		f.add("E-mail address", p.Email)
		f.add("Website", p.Website)
		if p.Joint {
			f.add("Joint action", v.loc.T("It can be asked for joint action on recruitment and transportation"))
		}
		f.add("What else helps to reach it", p.Note)
		part.Cards = append(part.Cards, ui.Card{Title: p.Name, Tag: &ui.Tag{Text: v.loc.T(p.Kind.Label()), Colour: ui.Blue}, Facts: f.rows, Actions: v.change(register.Points, p.ID, edits)})
	}
	return part
}

func (v *visit) agreementsPart(c *register.Content, edits bool) cardPart {
	part := v.part("Agreements and memoranda", register.Agreements, edits, "No agreement is named.")
	for i := range c.Agreements {
		a := &c.Agreements[i]
		f := facts{v: v}
		f.add("With which State", a.With)
		f.add("Between whom", a.Parties)
		f.add("What it is", v.loc.T(a.Form.Label()))
		f.add("Channels that it allows", phrases(v, a.Channels))
		f.add("In force from", v.loc.Date(a.From))
		if a.Until != "" {
			f.add("Until", v.loc.Date(a.Until))
		}
		f.add("What it asks for", a.Note)
		tag := ui.Tag{Text: v.loc.T("In force"), Colour: ui.Green}
		if !a.InForce(v.s.Node.Now()) {
			tag = ui.Tag{Text: v.loc.T("Not in force"), Colour: ui.Grey}
		}
		part.Cards = append(part.Cards, ui.Card{Title: a.Title, Tag: &tag, Facts: f.rows, Actions: v.change(register.Agreements, a.ID, edits)})
	}
	return part
}

func (v *visit) servicesPart(c *register.View, content *register.Content, edits bool) cardPart {
	part := v.part("Services", register.Services, edits, "No service is published.")
	for i := range content.Services {
		s := &content.Services[i]
		card := v.serviceCard(s)
		card.Actions = v.change(register.Services, s.ID, edits)
		if !c.Own {
			card.Actions = v.fromService("", c.Node, s)
		}
		part.Cards = append(part.Cards, card)
	}
	return part
}

// serviceCard says what help it is, for whom, and how to refer somebody.
func (v *visit) serviceCard(s *register.Service) ui.Card {
	f := facts{v: v}
	f.add("For whom", phrases(v, s.For))
	f.add("How to refer somebody", s.HowTo)
	f.add("Languages", v.languageNames(register.Tags(s.Languages)))
	f.add("What makes it easier to use", phrases(v, s.Access))
	f.add("Town", s.Town)
	f.add("Region that it serves", s.Region)
	f.add("What it costs the person", s.Costs)
	return ui.Card{Title: s.By, Tag: &ui.Tag{Text: v.loc.T(s.Kind.Label()), Colour: ui.Blue}, Facts: f.rows}
}

func (v *visit) measuresPart(c *register.Content, edits bool) cardPart {
	part := v.part("Measures", register.Measures, edits, "No measure is published.")
	for i := range c.Measures {
		m := &c.Measures[i]
		f := facts{v: v}
		f.add("What is done", m.Done)
		f.add("By whom", m.By)
		if m.Since != "" {
			f.add("Since", v.loc.Date(m.Since))
		}
		f.add("What others could do with it", m.Joint)
		f.add("Where it can be read", m.Source)
		part.Cards = append(part.Cards, ui.Card{Title: m.Title, Tag: &ui.Tag{Text: v.loc.T(m.Kind.Label()), Colour: ui.Blue}, Facts: f.rows, Actions: v.change(register.Measures, m.ID, edits)})
	}
	return part
}
