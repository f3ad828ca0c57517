package web

import (
	"net/http"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/matching"
	"palermo/record"
	"palermo/web/ui"
)

// routeMatching is how two States find out whether they assist the same person.
func (s *Server) routeMatching(mux *http.ServeMux) {
	if s.Abroad == nil {
		return
	}
	mux.HandleFunc("GET /cases/{id}/matching", s.signedIn(func(v *visit) error { return s.askWhether(v, http.StatusOK, nil) }))
	mux.HandleFunc("POST /cases/{id}/matching", s.signedIn(s.ask))
	mux.HandleFunc("GET /matching", s.signedIn(s.matches))
	mux.HandleFunc("GET /matching/{id}", s.signedIn(func(v *visit) error { return s.match(v, http.StatusOK, nil) }))
	mux.HandleFunc("POST /matching/{id}", s.signedIn(s.answerMatch))
	mux.HandleFunc("GET /matching/asked/{id}", s.signedIn(s.asked))
	mux.HandleFunc("POST /matching/asked/{id}", s.signedIn(s.noteAnswer))
}

type matchingPage struct {
	ui.Page
	Text  []string
	Table ui.Table
	Pages ui.Pages
	Ask   *ui.Form
}

// askWhether shows what was asked from a case, and offers the States that the
// person agreed may be asked; no other is named.
func (s *Server) askWhether(v *visit, status int, refusal error) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := v.r.Context()
	if _, err := record.View(ctx, v.door, s.Desk.Kind, id, record.Reason{Action: access.Look, Code: "matching"}); err != nil {
		return err
	}
	options, err := s.Matching.Askable(ctx, v.door, id)
	if err != nil {
		return err
	}
	found, err := s.Matching.OfCase(ctx, v.door, id)
	if err != nil {
		return err
	}
	base := "/cases/" + id.String()
	page := matchingPage{Page: v.frame("Does another State help the person already?"), Table: v.askedTable(found)}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: base + "/abroad"}
	page.Text = []string{v.loc.T("The other State learns nothing of the person from the question. Its duty officer decides whether to say that both should talk. Nothing else ever comes back: not that the person is unknown there, nor that nobody decided.")}
	if len(options) == 0 {
		if refusal != nil {
			page.Text = append(page.Text, v.loc.Err(refusal))
		}
		page.Text = append(page.Text, v.loc.T("No State can be asked from this case now. The person decides which may be: record a consent for this purpose that names the organisation there, and the name."))
	} else {
		field := input.Field{Name: "recipient", Label: "Which State", Kind: "organisation", Required: true}
		for _, o := range options {
			field.Options = append(field.Options, input.Option{Value: o.String(), Label: v.organisation(o)})
		}
		form := v.form("Ask", base+"/matching", base+"/abroad", []input.Field{field}, 0)
		form.Submit = v.loc.T("Ask")
		if refusal != nil {
			page.Errors = form.Refuse(v.loc, refusal)
		}
		page.Ask = &form
	}
	return v.show(status, "matching", page)
}

func (v *visit) askedTable(found []record.Redacted[matching.Question]) ui.Table {
	t := ui.Table{Caption: v.loc.T("States that were asked"), Columns: []ui.Column{{Text: v.loc.T("Which State")}, {Text: v.loc.T("Asked on")}, {Text: v.loc.T("Until")}, {Text: v.loc.T("What it says")}},
		Empty: ui.Empty{Title: v.loc.T("No State was asked"), Text: v.loc.T("A question is open for three days.")}}
	for _, r := range found {
		q := r.Value()
		said := ui.Cell{Text: v.loc.T("Asked")}
		switch {
		case !q.Withdrawn.IsZero():
			said.Text = v.loc.T("Taken back: the person does not agree any more")
		case !q.Spoke.IsZero():
			said = ui.Cell{Text: v.loc.T("Both should talk"), Href: "/matching/asked/" + r.ID().String()}
		}
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.organisation(q.Recipient)}, {Text: v.loc.Time(q.At, v.s.Zone)}, {Text: v.loc.Time(q.Until, v.s.Zone)}, said}})
	}
	return t
}

func (s *Server) ask(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	recipient, err := ident.Parse(v.r.PostFormValue("recipient"))
	if err != nil {
		return s.askWhether(v, http.StatusUnprocessableEntity, fault.Invalid("recipient", "Choose one of the answers."))
	}
	_, err = s.Matching.Ask(v.r.Context(), v.door, id, recipient)
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) || fault.Is(err, fault.CodeUnavailable) {
		return s.askWhether(v, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String() + "/matching")
}

// asked shows that another State says that both should talk.
func (s *Server) asked(v *visit) error {
	id, err := record.ParseID[matching.Question](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := record.View(v.r.Context(), v.door, s.Matching.Questions, id, record.Reason{Action: access.Look})
	if err != nil {
		return err
	}
	q := seen.Value()
	page := matchPage{Page: v.frame("Another State says that both should talk")}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + q.Case.String() + "/matching"}
	page.Facts.Rows = []ui.Row{{Key: v.loc.T("Which State"), Value: v.organisation(q.Recipient)}, {Key: v.loc.T("Asked on"), Value: v.loc.Time(q.At, s.Zone)}}
	if q.Spoke.IsZero() {
		return fault.NotFound("There is no such page.")
	}
	page.Facts.Rows = append(page.Facts.Rows, ui.Row{Key: v.loc.T("Said"), Value: v.loc.Time(q.Spoke, s.Zone)})
	for _, state := range q.NeverTo {
		page.Facts.Rows = append(page.Facts.Rows, ui.Row{Key: v.loc.T("Nothing of this may go to authorities of"), Value: state})
	}
	page.Text = []string{v.loc.T("It may assist the same person. That is not certain: speak with its focal point before anything else, and with the person.")}
	if q.Seen.IsZero() && seen.May(matching.ActMatch) {
		form := ui.Form{Action: v.r.URL.Path, Submit: v.loc.T("I speak with them")}
		page.Form = &form
	}
	page.Links = []ui.Link{{Text: v.loc.T("Begin something with this State"), Href: "/cases/" + q.Case.String() + "/abroad"}}
	return v.show(http.StatusOK, "match", page)
}

func (s *Server) noteAnswer(v *visit) error {
	id, err := record.ParseID[matching.Question](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := s.Matching.Noted(v.r.Context(), v.door, id); err != nil {
		return err
	}
	return v.redirect("/matching/asked/" + id.String())
}
