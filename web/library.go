package web

import (
	"net/http"

	"palermo/fault"
	"palermo/ident"
	"palermo/library"
	"palermo/record"
	"palermo/web/ui"
)

func (s *Server) routeLibrary(mux *http.ServeMux) {
	mux.HandleFunc("GET /library", s.signedIn(s.library))
	mux.HandleFunc("GET /library/new", s.signedIn(s.proposeForm))
	mux.HandleFunc("POST /library/new", s.signedIn(s.proposePractice))
	mux.HandleFunc("GET /library/{id}", s.signedIn(s.goodPractice))
	mux.HandleFunc("POST /library/{id}/publish", s.signedIn(s.publishPractice))
	mux.HandleFunc("GET /library/{id}/withdraw", s.signedIn(s.withdrawForm))
	mux.HandleFunc("POST /library/{id}/withdraw", s.signedIn(s.withdrawPractice))
	mux.HandleFunc("POST /library/{id}/comment", s.signedIn(s.commentPractice))
	mux.HandleFunc("POST /library/{id}/comments/{comment}/hide", s.signedIn(s.hideComment))
}

type libraryPage struct {
	ui.Page
	Tabs   ui.Tabs
	Filter ui.Filter
	Table  ui.Table
	Steps  ui.Steps
}

// learning are the two pages on which members learn.
func (v *visit) learning() ui.Tabs {
	here := func(href string) bool { return v.r.URL.Path == href }
	return ui.Tabs{Label: v.loc.T("Training"), Items: []ui.NavItem{{Text: v.loc.T("Practice cases"), Href: "/training", Current: here("/training")},
		{Text: v.loc.T("Good practices"), Href: "/library", Current: here("/library")}}}
}

// library lists good practices, of one theme if the reader so chooses (row 7e).
func (s *Server) library(v *visit) error {
	theme := library.Theme(v.r.URL.Query().Get("theme"))
	if theme.Label() == "" {
		theme = ""
	}
	entries, err := s.Library.Entries(v.r.Context(), v.door, theme)
	if err != nil {
		return err
	}
	page := libraryPage{Page: v.frame("Good practices"), Tabs: v.learning()}
	page.Filter = ui.Filter{Action: "/library", Clear: "/library", Title: v.loc.T("By theme"), Fields: []ui.Field{
		{Name: "theme", Label: v.loc.T("Theme"), Kind: ui.KindSelect, Value: string(theme), Options: []ui.Option{{}}}}}
	if theme != "" {
		page.Filter.Active = 1
	}
	for _, o := range theme.Options() {
		page.Filter.Fields[0].Options = append(page.Filter.Fields[0].Options, ui.Option{Value: o.Value, Label: v.loc.T(o.Label)})
	}
	page.Table = ui.Table{Caption: v.loc.T("Good practices"), Columns: []ui.Column{{Text: v.loc.T("What was done")}, {Text: v.loc.T("By whom")}, {Text: v.loc.T("Theme")},
		{Text: v.loc.T("Serves")}, {Text: v.loc.T("Comments"), Numeric: true}, {Text: v.loc.T("Status")}},
		Empty: ui.Empty{Title: v.loc.T("Nothing yet"), Text: v.loc.T("No good practice of this theme is written down. Add what works where you are.")}}
	for _, e := range entries {
		tag := v.practiceTag(e)
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: e.Facts.Title, Href: "/library/" + e.ID.String(), Lang: e.Facts.Language},
			{Text: e.Facts.Who, Lang: e.Facts.Language}, {Text: v.loc.T(e.Facts.Theme.Label())}, {Text: string(e.Facts.Serves)},
			{Text: v.loc.Number(len(e.Comments))}, {Tag: &tag}}})
	}
	page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Add a good practice"), Href: "/library/new"}}}
	return v.show(http.StatusOK, "library", page)
}

func (v *visit) practiceTag(e library.View) ui.Tag {
	switch e.State() {
	case "published":
		return ui.Tag{Text: v.loc.T("Published"), Colour: ui.Green}
	case "withdrawn":
		return ui.Tag{Text: v.loc.T("No longer shown"), Colour: ui.Grey}
	}
	return ui.Tag{Text: v.loc.T("Proposed"), Colour: ui.Yellow}
}

type goodPracticePage struct {
	ui.Page
	Heading, Lang string
	Facts         ui.SummaryList
	Comments      []comment
	Form          *ui.Form
	Steps         *ui.Steps
}

// comment is a colleague's word as the page has it.
type comment struct {
	Card ui.Card
	Hide *ui.Button
}

func (v *visit) practiceSeen() (record.Redacted[library.View], error) {
	id, err := record.ParseID[library.Entry](v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[library.View]{}, err
	}
	return v.s.Library.Entry(v.r.Context(), v.door, id)
}

func (s *Server) goodPractice(v *visit) error { return v.showGoodPractice(http.StatusOK, nil) }

// showGoodPractice is one good practice with what colleagues think of it.
func (v *visit) showGoodPractice(status int, refusal error) error {
	seen, err := v.practiceSeen()
	if err != nil {
		return err
	}
	e := seen.Value()
	base, lang := "/library/"+e.ID.String(), e.Facts.Language
	page := goodPracticePage{Page: v.frame("Good practice"), Heading: e.Facts.Title, Lang: lang}
	page.Back = &ui.Link{Text: v.loc.T("Good practices"), Href: "/library"}
	tag := v.practiceTag(e)
	page.Facts = ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("What was done"), Value: e.Facts.Done, Lang: lang}, {Key: v.loc.T("By whom"), Value: e.Facts.Who, Lang: lang},
		{Key: v.loc.T("Where it can be read"), Value: e.Facts.Source, Lang: lang}, {Key: v.loc.T("Theme"), Value: v.loc.T(e.Facts.Theme.Label())},
		{Key: v.loc.T("Recommendation of the 2018 report that it serves"), Value: string(e.Facts.Serves)},
		{Key: v.loc.T("Added by"), Value: v.addedBy(e)}, {Key: v.loc.T("Status"), Tag: &tag, Note: e.Why}}}
	for _, c := range e.Comments {
		one := comment{Card: ui.Card{Title: v.colleague(c.By, c.Organisation), Text: c.Text,
			Facts: []ui.Row{{Key: v.loc.T("When"), Value: v.loc.Time(c.At, v.s.Zone)}}}}
		switch {
		case !c.Hidden.IsZero():
			one.Card.Tag = &ui.Tag{Text: v.loc.T("No longer shown"), Colour: ui.Grey}
		case seen.May(library.ActPublish):
			one.Hide = &ui.Button{Text: v.loc.T("Hide this comment"), Action: base + "/comments/" + c.ID.String() + "/hide", Kind: ui.ButtonSecondary}
		}
		page.Comments = append(page.Comments, one)
	}
	if e.State() == "published" && seen.May(library.ActComment) {
		page.Form = &ui.Form{Action: base + "/comment", Submit: v.loc.T("Add your comment"), Fields: []ui.Field{{Name: "text", Label: v.loc.T("Your comment"), Required: true,
			Kind: ui.KindTextarea, Value: v.r.PostFormValue("text"), Hint: v.loc.T("What worked or did not where you are. No names, no case, nothing from which a person could be known.")}}}
		if refusal != nil {
			page.Errors = page.Form.Refuse(v.loc, refusal)
		}
	}
	page.Steps = v.practiceSteps(seen, base)
	return v.show(status, "good-practice", page)
}

func (v *visit) addedBy(e library.View) string {
	if e.By.IsZero() {
		return v.loc.T("It came with the program")
	}
	return v.colleague(e.By, e.Organisation)
}

// colleague is a member with the organisation, or the organisation alone where the viewer may not know the name.
func (v *visit) colleague(member, organisation ident.ID) string {
	if name := v.member(member); name != "" {
		return name + ", " + v.organisation(organisation)
	}
	return v.organisation(organisation)
}

func (v *visit) practiceSteps(seen record.Redacted[library.View], base string) *ui.Steps {
	if !seen.May(library.ActPublish) {
		return nil
	}
	e, steps := seen.Value(), &ui.Steps{}
	publish := ui.Step{Text: v.loc.T("Publish"), Action: base + "/publish", Hint: v.loc.T("Read it once more: nobody must be known from it.")}
	if e.By == v.viewer().Member {
		publish.Action, publish.Why = "", v.loc.T("You proposed it; somebody else reads it before it is published.")
	}
	if e.State() != "published" {
		steps.Steps = append(steps.Steps, publish)
	}
	if e.State() != "withdrawn" {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Show it no longer"), Href: base + "/withdraw"})
	}
	return steps
}

func (v *visit) proposing(f *library.Facts) question {
	return question{title: "Add a good practice", action: "/library/new", back: "/library", submit: "Propose it", fields: v.asked(f),
		text: "Every member will read it, once the national focal point has published it. Write what was done, and nobody's story."}
}

func (s *Server) proposeForm(v *visit) error {
	return v.ask(v.proposing(&library.Facts{Language: v.loc.Tag()}), nil)
}

func (s *Server) proposePractice(v *visit) error {
	var f library.Facts
	err := v.decode(&f)
	var id library.ID
	if err == nil {
		id, err = s.Library.Propose(v.r.Context(), v.door, f)
	}
	return v.answer(v.proposing(&f), err, "/library/"+id.String())
}

func (s *Server) publishPractice(v *visit) error {
	return v.onPractice(func(id library.ID) error { return s.Library.Publish(v.r.Context(), v.door, id) })
}

// onPractice does something to the good practice that the address names, and goes back to its page.
func (v *visit) onPractice(do func(id library.ID) error) error {
	id, err := record.ParseID[library.Entry](v.r.PathValue("id"))
	if err == nil {
		err = do(id)
	}
	if err != nil {
		return err
	}
	return v.redirect("/library/" + id.String())
}

// withdrawing asks for the reason.
type withdrawing struct {
	Why string `label:"Reason" kind:"textarea"`
}

func (v *visit) withdrawingPractice(w *withdrawing) question {
	return question{title: "Show it no longer", action: v.r.URL.Path, back: "/library/" + v.r.PathValue("id"), submit: "Show it no longer", danger: true,
		text: "Only the focal point and whoever proposed it see it then, with the reason.", fields: v.asked(w)}
}

func (s *Server) withdrawForm(v *visit) error {
	return v.ask(v.withdrawingPractice(&withdrawing{}), nil)
}

func (s *Server) withdrawPractice(v *visit) error {
	var w withdrawing
	return v.changed(&w, func() question { return v.withdrawingPractice(&w) }, func(id ident.ID) error {
		return s.Library.Withdraw(v.r.Context(), v.door, library.ID(id), w.Why)
	}, "/library/")
}

func (s *Server) commentPractice(v *visit) error {
	id, err := record.ParseID[library.Entry](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	err = s.Library.Comment(v.r.Context(), v.door, id, v.r.PostFormValue("text"))
	if fault.Is(err, fault.CodeInvalid) {
		return v.showGoodPractice(http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/library/" + id.String())
}

func (s *Server) hideComment(v *visit) error {
	return v.onPractice(func(id library.ID) error {
		comment, err := ident.Parse(v.r.PathValue("comment"))
		if err != nil {
			return err
		}
		return s.Library.Hide(v.r.Context(), v.door, id, comment)
	})
}
