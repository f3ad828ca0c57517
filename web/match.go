package web

import (
	"net/http"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/input"
	"palermo/linkage"
	"palermo/matching"
	"palermo/record"
	"palermo/web/ui"
)

type matchPage struct {
	ui.Page
	Warning *ui.Interruption
	Facts   ui.SummaryList
	Text    []string
	Links   []ui.Link
	Form    *ui.Form
}

// matches lists the own cases that may be the person whom another State asks about.
func (s *Server) matches(v *visit) error {
	before, err := cursor(v.r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	found, err := s.Matching.Found(v.r.Context(), v.door, before, 50)
	if err != nil {
		return err
	}
	page := matchingPage{Page: v.frame("Persons whom another State may assist too")}
	page.Back = &ui.Link{Text: v.loc.T("With other States"), Href: "/abroad"}
	page.Table = ui.Table{Caption: v.loc.T("Own cases that may be the person of a question"), Columns: []ui.Column{{Text: v.loc.T("Case")}, {Text: v.loc.T("Who asks")},
		{Text: v.loc.T("Until")}, {Text: v.loc.T("Status")}},
		Empty: ui.Empty{Title: v.loc.T("Nothing waits for a decision"), Text: v.loc.T("What may be the same person appears here by itself. Nobody else is told.")}}
	for _, r := range found {
		m := r.Value()
		tag := v.matchTag(&m)
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: m.Reference, Href: "/matching/" + r.ID().String()},
			{Text: v.organisation(m.Recipient)}, {Text: v.loc.Time(m.Until, s.Zone)}, {Tag: &tag}}})
	}
	if len(found) == 50 {
		page.Pages.Next = "/matching?before=" + cursorText(found[49].Cursor())
	}
	return v.show(http.StatusOK, "matching", page)
}

func (v *visit) matchTag(m *matching.MatchView) ui.Tag {
	switch {
	case m.Undecided:
		return ui.Tag{Text: v.loc.T("To decide"), Colour: ui.Yellow}
	case m.Speak:
		return ui.Tag{Text: v.loc.T("It was said that both should talk"), Colour: ui.Teal}
	}
	return ui.Tag{Text: v.loc.T("Nothing was said"), Colour: ui.Grey}
}

// decideMatch is what the duty officer decides.
type decideMatch struct {
	Speak casework.Answer `label:"Do you say that both States should talk?" hint:"Yes tells the other State that the person may be known here. No, and no decision, tell it nothing, now or later."`
}

// match shows which keys agree; the asker's record is not here, and never comes.
func (s *Server) match(v *visit, status int, refusal error) error {
	id, err := record.ParseID[matching.Match](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := record.View(v.r.Context(), v.door, s.Matching.Matches, id, record.Reason{Action: access.Look})
	if err != nil {
		return err
	}
	m := seen.Value()
	if m.From == "" { // oversight sees who looked, not what met
		return fault.NotFound("There is no such page.")
	}
	tag := v.matchTag(&m)
	page := matchPage{Page: v.frame("Another State may assist the same person")}
	page.Back = &ui.Link{Text: v.loc.T("Persons whom another State may assist too"), Href: "/matching"}
	page.Facts.Rows = []ui.Row{{Key: v.loc.T("Own case"), Value: m.Reference, Tag: &tag}, {Key: v.loc.T("Responsible"), Value: v.organisation(m.Owner)},
		{Key: v.loc.T("Who asks"), Value: v.organisation(m.Recipient)}, {Key: v.loc.T("Until"), Value: v.loc.Time(m.Until, s.Zone)}}
	for _, k := range m.Keys {
		page.Facts.Rows = append(page.Facts.Rows, ui.Row{Key: v.loc.T("Agrees"), Value: v.loc.T(keyLabel(k))})
	}
	page.Text = []string{v.loc.T("That is possible, not certain. Speak with the organisation responsible before you decide: they know the person, what the person fears, and whom.")}
	if m.OneName {
		page.Warning = &ui.Interruption{Title: v.loc.T("It may be a brother or a sister"), Text: []string{v.loc.T("No two parts of a name agree. What agrees, a brother or a sister born on the same day has as well.")}}
	}
	if m.Undecided && seen.May(matching.ActAnswer) {
		form := v.form("Decide", v.r.URL.Path, "/matching", input.Describe(&decideMatch{}), 0)
		form.Submit = v.loc.T("Decide")
		if refusal != nil {
			page.Errors = form.Refuse(v.loc, refusal)
		}
		page.Form = &form
	}
	return v.show(status, "match", page)
}

// keyLabel names what two records agree in, an English phrase.
func keyLabel(k linkage.Key) string {
	switch k {
	case linkage.ByDocument:
		return "The number of a document"
	case linkage.ByNamesAndYear:
		return "Two parts of the name, and the year of birth"
	case linkage.ByNameAndDay:
		return "One part of the name, and the day of birth"
	case linkage.ByNamesAndPlace:
		return "Two parts of the name, and a place"
	case linkage.ByDayAndPlace:
		return "The day of birth, and a place"
	case linkage.ByAddress:
		return "An address, and a part of the name or the day of birth"
	case linkage.ByParent:
		return "One part of the name, one of a parent's, and the year of birth"
	}
	return "Two parts of the name, and a nationality"
}

func (s *Server) answerMatch(v *visit) error {
	id, err := record.ParseID[matching.Match](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	var d decideMatch
	if err = v.decode(&d); err == nil {
		err = s.Matching.Answer(v.r.Context(), v.door, id, d.Speak == casework.Yes)
	}
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return s.match(v, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/matching/" + id.String())
}
