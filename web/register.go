package web

import (
	"net/http"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/register"
	"palermo/web/ui"
)

// routeRegister is what States tell each other of themselves.
func (s *Server) routeRegister(mux *http.ServeMux) {
	if s.Register == nil {
		return
	}
	mux.HandleFunc("GET /states", s.signedIn(s.states))
	mux.HandleFunc("GET /states/{node}", s.signedIn(s.stateCard))
	mux.HandleFunc("POST /states/{node}/ask", s.signedIn(s.askForCard))
	mux.HandleFunc("GET /states/{node}/hindrances/{id}", s.signedIn(s.hindranceForm))
	mux.HandleFunc("POST /states/{node}/hindrances/{id}", s.signedIn(s.noteHindrance))
	mux.HandleFunc("GET /card/{part}/{id}", s.signedIn(s.entryForm))
	mux.HandleFunc("POST /card/{part}/{id}", s.signedIn(s.setEntry))
	mux.HandleFunc("POST /card/{part}/{id}/remove", s.signedIn(s.removeEntry))
	mux.HandleFunc("POST /card/publish", s.signedIn(s.publishCard))
	mux.HandleFunc("GET /services", s.signedIn(s.services))
	mux.HandleFunc("GET /cases/{id}/services", s.signedIn(s.services))
}

type statesPage struct {
	ui.Page
	Table ui.Table
	Links []ui.Link
}

// states lists whom one turns to in each State, now.
func (s *Server) states(v *visit) error {
	cards, err := s.Register.Cards(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := statesPage{Page: v.frame("Contacts and services abroad")}
	page.Links = []ui.Link{{Text: v.loc.T("Find a service in another State"), Href: "/services"}}
	page.Table = ui.Table{Caption: v.loc.T("Whom to turn to"), Columns: []ui.Column{{Text: v.loc.T("State or organisation")}, {Text: v.loc.T("Who answers now")},
		{Text: v.loc.T("Local time")}, {Text: v.loc.T("Services"), Numeric: true}, {Text: v.loc.T("As of")}}}
	for i := range cards {
		page.Table.Rows = append(page.Table.Rows, v.stateRow(&cards[i]))
	}
	return v.show(http.StatusOK, "states", page)
}

func (v *visit) stateRow(c *register.View) ui.TableRow {
	name := ui.Cell{Text: c.Title, Href: "/states/" + c.Node}
	if c.Own {
		name.Note = v.loc.T("This node")
	}
	answers, local := ui.Cell{}, ui.Cell{}
	if p := c.Content.Focal(); p != nil {
		answers, local = v.answering(p), ui.Cell{Text: p.Local(v.s.Node.Now()).Format("15:04"), Note: p.Zone}
	}
	return ui.TableRow{Cells: []ui.Cell{name, answers, local, {Text: v.loc.Number(len(c.Content.Services))}, v.asOf(c)}}
}

// answering says who answers at a point now.
func (v *visit) answering(p *register.Point) ui.Cell {
	on := p.OnDuty(v.s.Node.Now())
	if len(on) == 0 {
		return ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Nobody at this hour"), Colour: ui.Grey}}
	}
	return ui.Cell{Text: on[0].Function, Note: on[0].Telephone}
}

// asOf says of when a card is, and whether it is old.
func (v *visit) asOf(c *register.View) ui.Cell {
	if c.Version == 0 {
		return ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Nothing published yet"), Colour: ui.Grey}}
	}
	cell := ui.Cell{Text: v.loc.Time(c.Published, v.s.Zone)}
	if c.Stale(v.s.Node.Now()) {
		cell.Tag = &ui.Tag{Text: v.loc.T("Not confirmed for three months"), Colour: ui.Yellow}
	}
	return cell
}

type stateCardPage struct {
	ui.Page
	Heading string
	Facts   ui.SummaryList
	Steps   ui.Steps
	Parts   []cardPart
	Hinder  *ui.Table // for those who work with other States
}

// cardPart is one of the lists of a card.
type cardPart struct {
	Title string
	Cards []ui.Card
	Add   *ui.Link
	Empty string
}

// stateCard shows a State's card: who answers now, channels, agreements, services, measures.
func (s *Server) stateCard(v *visit) error { return v.showStateCard(http.StatusOK, nil) }

func (v *visit) showStateCard(status int, refusal error) error {
	c, err := v.s.Register.Of(v.r.Context(), v.door, v.cardNode())
	if err != nil {
		return err
	}
	edits := c.Own && v.viewer().Has(access.FocalPoint)
	content := &c.Content
	if edits {
		content = c.Working()
	}
	page := stateCardPage{Page: v.frame("Card of a State"), Heading: c.Title, Facts: v.cardFacts(&c)}
	page.Back = &ui.Link{Text: v.loc.T("Contacts and services abroad"), Href: "/states"}
	page.Parts = []cardPart{v.pointsPart(content, edits), v.agreementsPart(content, edits), v.servicesPart(&c, content, edits), v.measuresPart(content, edits)}
	works := v.viewer().Has(access.FocalPoint) || v.viewer().Has(access.CaseWorker) || v.viewer().Has(access.Advocate)
	switch {
	case edits:
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Publish this card"), Action: "/card/publish", Main: true,
			Hint: v.loc.T("It goes to every node of the trust list. Publish it again when nothing changed: it tells others that it is still right.")}}
	case !c.Own && works:
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Find a service here"), Href: "/services?node=" + c.Node},
			{Text: v.loc.T("Ask for the newest card"), Action: "/states/" + c.Node + "/ask"}}
		page.Hinder = v.hindrances(&c)
		page.Steps.Steps = append(page.Steps.Steps, ui.Step{Text: v.loc.T("Note what discouraged cooperation"), Href: "/states/" + c.Node + "/hindrances/new"})
	}
	if refusal != nil {
		page.Errors = (&ui.Form{}).Refuse(v.loc, refusal)
	}
	return v.show(status, "state-card", page)
}

// cardNode is the node whose card the address names; without one, this node's.
func (v *visit) cardNode() string {
	if n := v.r.PathValue("node"); n != "" {
		return n
	}
	return v.s.Register.OwnNode()
}

func (v *visit) cardFacts(c *register.View) ui.SummaryList {
	of := v.asOf(c)
	rows := []ui.Row{{Key: v.loc.T("As of"), Value: of.Text, Tag: of.Tag}}
	if c.State != "" {
		rows = append(rows, ui.Row{Key: v.loc.T("Country"), Value: c.State})
	}
	if !c.Own && c.Version > 0 {
		rows = append(rows, ui.Row{Key: v.loc.T("Came here"), Value: v.loc.Time(c.Came, v.s.Zone)})
	}
	if !c.Own && c.Asked.After(c.Came) {
		rows = append(rows, ui.Row{Key: v.loc.T("Asked for"), Value: v.loc.Time(c.Asked, v.s.Zone)})
	}
	if p := c.Content.Focal(); p != nil {
		rows = append(rows, v.onDuty(p)...)
	}
	if c.Draft != nil {
		rows = append(rows, ui.Row{Key: v.loc.T("Status"), Tag: &ui.Tag{Text: v.loc.T("Changed since it was published"), Colour: ui.Yellow}})
	}
	return ui.SummaryList{Rows: rows}
}

// onDuty says who answers now at a point, and who stands in.
func (v *visit) onDuty(p *register.Point) []ui.Row {
	on := p.OnDuty(v.s.Node.Now())
	if len(on) == 0 {
		return []ui.Row{{Key: v.loc.T("Who answers now"), Value: v.loc.T("Nobody at this hour"), Note: v.hours(p)}}
	}
	rows := []ui.Row{{Key: v.loc.T("Who answers now"), Value: on[0].Function, Note: on[0].Telephone}}
	if len(on) > 1 {
		rows = append(rows, ui.Row{Key: v.loc.T("Who stands in"), Value: on[1].Function, Note: on[1].Telephone})
	}
	return rows
}

// hours are a point's office hours on its own clock.
func (v *visit) hours(p *register.Point) string {
	if len(p.Days) == 0 {
		return v.loc.T("Day and night")
	}
	var days []string
	for _, d := range p.Days {
		days = append(days, v.loc.T(d.Label()))
	}
	return strings.Join(days, ", ") + " " + p.Opens + "–" + p.Closes + " (" + p.Zone + ")"
}

func (s *Server) askForCard(v *visit) error {
	err := s.Register.Ask(v.r.Context(), v.door, v.cardNode())
	if fault.Is(err, fault.CodeConflict) {
		return v.showStateCard(http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/states/" + v.cardNode())
}
