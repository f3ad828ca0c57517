package web

import (
	"net/http"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/review/recommendation"
	"palermo/web/ui"
)

func (s *Server) routeRecommendations(mux *http.ServeMux) {
	mux.HandleFunc("GET /recommendations", s.signedIn(s.recommendations))
	mux.HandleFunc("GET /recommendations/{number}", s.signedIn(s.recommendation))
	mux.HandleFunc("GET /recommendations/{number}/measures/{id}", s.signedIn(s.measureForm))
	mux.HandleFunc("POST /recommendations/{number}/measures/{id}", s.signedIn(s.setMeasure))
}

// recommendations is the board: what this State does about each recommendation (paras. 7 and 8).
func (s *Server) recommendations(v *visit) error {
	board, err := s.Recommendations.Board(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := statesPage{Page: v.frame("Recommendations")}
	page.Links = []ui.Link{{Text: v.loc.T("Instruments and decisions"), Href: "/instruments"},
		{Text: v.loc.T("Answers to the questionnaire"), Href: "/answers"}, {Text: v.loc.T("Figures"), Href: "/figures"}}
	page.Table = ui.Table{Caption: v.loc.T("What this State does about the recommendations of July 2018"), Columns: []ui.Column{{Text: v.loc.T("Number")},
		{Text: v.loc.T("Recommendation")}, {Text: v.loc.T("Measures"), Numeric: true}, {Text: v.loc.T("Status")}}}
	for _, l := range board {
		state := ui.Cell{Tag: v.followTag(l.State())}
		if l.Needs() {
			state.Note = v.loc.T("Technical assistance is needed")
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: l.Number, Href: followHref(l.Number)},
			{Text: l.Text, Lang: "en", Long: true}, {Text: v.loc.Number(len(l.Measures))}, state}})
	}
	return v.show(http.StatusOK, "recommendations", page)
}

// followHref is the page of a recommendation: "7 (a)" is /recommendations/7a.
func followHref(number string) string {
	return "/recommendations/" + strings.NewReplacer(" ", "", "(", "", ")", "").Replace(number)
}

func (v *visit) followTag(s recommendation.Status) *ui.Tag {
	switch s {
	case "":
		return &ui.Tag{Text: v.loc.T("Nothing written yet"), Colour: ui.Grey}
	case "done":
		return &ui.Tag{Text: v.loc.T(s.Label()), Colour: ui.Green}
	case "under_way":
		return &ui.Tag{Text: v.loc.T(s.Label()), Colour: ui.Blue}
	}
	return &ui.Tag{Text: v.loc.T(s.Label()), Colour: ui.Yellow}
}

type recommendationPage struct {
	ui.Page
	Heading string
	Facts   ui.SummaryList
	Part    cardPart
	Figures cardPart
}

// followed is the recommendation that the address names.
func (v *visit) followed() (recommendation.Line, error) {
	board, err := v.s.Recommendations.Board(v.r.Context(), v.door)
	if err != nil {
		return recommendation.Line{}, err
	}
	for _, l := range board {
		if followHref(l.Number) == "/recommendations/"+v.r.PathValue("number") {
			return l, nil
		}
	}
	return recommendation.Line{}, fault.NotFound("There is no such page.")
}

func (s *Server) recommendation(v *visit) error {
	l, err := v.followed()
	if err != nil {
		return err
	}
	edits := v.viewer().Has(access.FocalPoint)
	page := recommendationPage{Page: v.frame("Recommendation"), Heading: l.Number}
	page.Back = &ui.Link{Text: v.loc.T("Recommendations"), Href: "/recommendations"}
	page.Facts = ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("Recommendation"), Value: l.To + ": " + l.Text, Lang: "en"}, {Key: v.loc.T("Theme"), Value: l.Theme, Lang: "en"},
		{Key: v.loc.T("Status"), Tag: v.followTag(l.State())}}}
	page.Part = cardPart{Title: v.loc.T("Measures"), Empty: v.loc.T("No measure is written down.")}
	if edits {
		page.Part.Add = &ui.Link{Text: v.loc.T("Add a measure"), Href: followHref(l.Number) + "/measures/new"}
	}
	for _, m := range l.Measures {
		page.Part.Cards = append(page.Part.Cards, v.measureCard(l.Number, m, edits))
	}
	if page.Figures, err = v.measuredPart(l.Number); err != nil {
		return err
	}
	return v.show(http.StatusOK, "recommendation", page)
}

func (v *visit) measureCard(number string, m recommendation.Measure, edits bool) ui.Card {
	f := facts{v: v}
	f.add("Who answers for it", m.Owner)
	if m.Due != "" {
		f.add("By when", v.loc.Date(m.Due))
	}
	f.add("How one will see that it worked", m.Indicator)
	f.add("What shows it", m.Evidence)
	f.add("Technical assistance that is needed", m.Need)
	f.add("As of", v.loc.Time(m.At, v.s.Zone))
	card := ui.Card{Title: m.What, Tag: v.followTag(m.Status), Facts: f.rows}
	if edits {
		card.Actions = []ui.Link{{Text: v.loc.T("Change"), Href: followHref(number) + "/measures/" + m.ID.String()}}
	}
	return card
}

// measureAt is the measure that the address names, or an empty one.
func (v *visit) measureAt() (recommendation.Line, recommendation.Measure, error) {
	if !v.viewer().Has(access.FocalPoint) {
		return recommendation.Line{}, recommendation.Measure{}, fault.Denied("The national focal point writes what this State does.")
	}
	l, err := v.followed()
	if err != nil || v.r.PathValue("id") == "new" {
		return l, recommendation.Measure{}, err
	}
	for _, m := range l.Measures {
		if m.ID.String() == v.r.PathValue("id") {
			return l, m, nil
		}
	}
	return l, recommendation.Measure{}, fault.NotFound("There is no such page.")
}

func (v *visit) askMeasure(l recommendation.Line, m *recommendation.Measure) question {
	return question{title: "Measure", action: v.r.URL.Path, back: followHref(l.Number), fields: v.asked(m),
		text: "Every member of this node reads it. Offices and laws only: nobody's name, nobody's story."}
}

func (s *Server) measureForm(v *visit) error {
	l, m, err := v.measureAt()
	if err != nil {
		return err
	}
	return v.ask(v.askMeasure(l, &m), nil)
}

func (s *Server) setMeasure(v *visit) error {
	l, m, err := v.measureAt()
	if err != nil {
		return err
	}
	err = v.decode(&m)
	if err == nil {
		err = s.Recommendations.Set(v.r.Context(), v.door, l.Number, m)
	}
	return v.answer(v.askMeasure(l, &m), err, followHref(l.Number))
}
