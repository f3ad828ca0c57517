package web

import (
	"palermo/casework"
	"palermo/duty"
	"palermo/ident"
	"palermo/web/ui"
)

// alarms are what must be seen on the case before anything else: the person is
// confined, or missing. Each says who must act, and who is called on there now.
func (v *visit) alarms(c *casework.View, base string) []ui.Card {
	var cards []ui.Card
	place := c.Offered("relocate")
	located := c.Offered("located")
	for _, a := range c.Alarms {
		card := ui.Card{Title: v.loc.T(v.s.Desk.DutyTitle(a.Name)), Tag: &ui.Tag{Text: v.loc.T("Alarm"), Colour: ui.Red}}
		card.Facts = []ui.Row{{Key: v.loc.T("Since"), Value: v.loc.Time(a.Since, v.s.Zone)}}
		if again := v.again(a.Name, a.Duty); again != "" {
			card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("Not done yet"), Value: again})
		}
		if !a.Missing {
			card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("Days in such places"), Value: v.loc.Number(c.Confined)})
		}
		for _, s := range a.Steps {
			card.Facts = append(card.Facts, v.told(s))
		}
		if !a.Missing && place {
			card.Actions = append(card.Actions, ui.Link{Text: v.loc.T("Look for another place"), Href: base + "/places"})
		}
		if a.Missing && located {
			card.Actions = append(card.Actions, ui.Link{Text: v.loc.T("The person is located"), Href: base + "/do/located"})
		}
		cards = append(cards, card)
	}
	return cards
}

// again says how often a duty has come due without being done, and when next.
func (v *visit) again(name string, d duty.Duty) string {
	times, next := v.s.Desk.Again(name, d.Due, v.s.Node.Now())
	if times == 0 {
		return ""
	}
	return v.loc.N("It has come due %d time", "It has come due %d times", times) + ", " + v.loc.T("next on %s", v.loc.Time(next, v.s.Zone))
}

// told is an organisation that must act, from when, with who is called on there now and next.
func (v *visit) told(s duty.Step) ui.Row {
	row := ui.Row{Key: v.loc.T(roleLabel(s.Role)), Value: v.organisation(s.Party)}
	if v.s.Node.Now().Before(s.From) {
		row.Note = v.loc.T("From %s", v.loc.Time(s.From, v.s.Zone))
		return row
	}
	now, next, err := v.s.Directory.OnCall(v.r.Context(), v.door, s.Party, s.Role)
	if err != nil {
		return row // the organisation is named all the same
	}
	row.Note = v.called(now, next)
	return row
}

// called names who is called on now, and who next.
func (v *visit) called(now, next ident.ID) string {
	switch {
	case now.IsZero():
		return v.loc.T("Nobody is named there")
	case next.IsZero():
		return v.loc.T("Now: %s", v.member(now))
	}
	return v.loc.T("Now: %s, next: %s", v.member(now), v.member(next))
}
