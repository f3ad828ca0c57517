package web

import (
	"cmp"
	"net/http"

	"palermo/casework"
	"palermo/record"
	"palermo/web/ui"
)

type holdsPage struct {
	ui.Page
	Cards []ui.Card
	Empty *ui.Empty
}

// holds lists who must not be removed for now, to the authority that could
// remove them and to those who asked for it.
func (s *Server) holds(v *visit) error {
	found, err := s.Desk.HoldsFor(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := holdsPage{Page: v.frame("Removals that must wait")}
	for _, r := range found {
		h := r.Value()
		card := ui.Card{Title: cmp.Or(h.Name, r.ID().Reference()), Facts: []ui.Row{{Key: v.loc.T("Authority that could remove the person"), Value: v.organisation(h.Authority)},
			{Key: v.loc.T("Date of birth"), Value: h.BirthDate}, {Key: v.loc.T("Nationality"), Value: h.Nationality},
			{Key: v.loc.T("Told"), Value: v.loc.Time(h.At, s.Zone)}}}
		switch {
		case !h.Lifted.IsZero():
			card.Tag = &ui.Tag{Text: v.loc.T("Need not wait any more"), Colour: ui.Grey}
		case !h.Acknowledged.IsZero():
			card.Tag = &ui.Tag{Text: v.loc.T("Acknowledged"), Colour: ui.Green}
		default:
			card.Tag = &ui.Tag{Text: v.loc.T("Not acknowledged"), Colour: ui.Red}
			if r.May("do:acknowledge") {
				card.Actions = append(card.Actions, ui.Link{Text: v.loc.T("Acknowledge"), Href: "/holds/" + r.ID().String() + "/acknowledge"})
			}
		}
		page.Cards = append(page.Cards, card)
	}
	if len(found) == 0 {
		page.Empty = &ui.Empty{Title: v.loc.T("No removal must wait"), Text: v.loc.T("Those who are told to wait find the notice here.")}
	}
	return v.show(http.StatusOK, "holds", page)
}

type acknowledgePage struct {
	ui.Page
	Interruption ui.Interruption
	Form         ui.Form
}

// acknowledgeForm asks once more.
func (s *Server) acknowledgeForm(v *visit) error {
	page := acknowledgePage{Page: v.frame("Acknowledge")}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/holds"}
	page.Interruption = ui.Interruption{Title: v.loc.T("This person must not be removed for now"),
		Text: []string{v.loc.T("You say that your authority has this notice and waits until it is told otherwise.")}}
	page.Form = ui.Form{Action: v.r.URL.Path, Submit: v.loc.T("Acknowledge")}
	return v.show(http.StatusOK, "break-glass", page)
}

func (s *Server) acknowledgeHold(v *visit) error {
	id, err := record.ParseID[casework.Hold](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := s.Desk.AcknowledgeHold(v.r.Context(), v.door, id); err != nil {
		return err
	}
	return v.redirect("/holds")
}
