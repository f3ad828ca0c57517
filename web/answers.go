package web

import (
	"net/http"
	"strconv"

	"palermo/access"
	"palermo/input"
	"palermo/record"
	"palermo/review/answer"
	"palermo/review/questionnaire"
	"palermo/review/questionnaire/drafts"
	"palermo/web/ui"
)

func (s *Server) routeAnswers(mux *http.ServeMux) {
	mux.HandleFunc("GET /answers", s.signedIn(s.answers))
	mux.HandleFunc("GET /answers/new", s.signedIn(s.beginAnswersForm))
	mux.HandleFunc("POST /answers/new", s.signedIn(s.beginAnswers))
	mux.HandleFunc("GET /answers/{id}", s.signedIn(s.answersOfYear))
	mux.HandleFunc("GET /answers/{id}/submit", s.signedIn(s.submitForm))
	mux.HandleFunc("POST /answers/{id}/submit", s.signedIn(s.submitAnswers))
	mux.HandleFunc("GET /answers/{id}/questions/{key}", s.signedIn(s.answerTo))
	mux.HandleFunc("GET /answers/{id}/questions/{key}/figures/{figure}", s.signedIn(s.signedEvidence))
	mux.HandleFunc("GET /answers/{id}/questions/{key}/{act}", s.signedIn(s.replyForm))
	mux.HandleFunc("POST /answers/{id}/questions/{key}/{act}", s.signedIn(s.actOnAnswer))
}

type answersPage struct {
	ui.Page
	Text  string
	Add   *ui.Link
	Steps ui.Steps
	Table ui.Table
}

// answers lists the years in which this State answers (paras. 4 and 5).
func (s *Server) answers(v *visit) error {
	list, err := s.Answers.All(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := answersPage{Page: v.frame("Answers to the questionnaire")}
	page.Text = v.loc.T("The national focal point shares the questions among ministries, clears what they draft, and submits the whole.")
	if v.viewer().Has(access.FocalPoint) {
		page.Add = &ui.Link{Text: v.loc.T("Begin the answers of a year"), Href: "/answers/new"}
	}
	page.Table = ui.Table{Caption: v.loc.T("Answers to the questionnaire"), Empty: ui.Empty{Text: v.loc.T("Nothing was begun yet.")}, Columns: []ui.Column{{Text: v.loc.T("Year")}, {Text: v.loc.T("Questionnaire")},
		{Text: v.loc.T("Cleared"), Numeric: true}, {Text: v.loc.T("State")}}}
	for i := range list {
		a := &list[i]
		cleared := ""
		if v.viewer().Has(access.FocalPoint) {
			cleared = v.loc.T("%d of %d", a.Cleared(), len(a.Replies))
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: strconv.Itoa(a.Year), Href: "/answers/" + a.RecordID().String()},
			{Text: a.Symbol, Lang: "en"}, {Text: cleared}, {Tag: v.submittedTag(a)}}})
	}
	return v.show(http.StatusOK, "answers", page)
}

func (v *visit) submittedTag(a *answer.View) *ui.Tag {
	if a.Submitted.IsZero() {
		return &ui.Tag{Text: v.loc.T("Being drafted"), Colour: ui.Blue}
	}
	return &ui.Tag{Text: v.loc.T("Submitted"), Colour: ui.Green}
}

// symbolOf is a frozen questionnaire.
type symbolOf string

// Options lists them. The files came with the program and are read in its tests.
func (symbolOf) Options() []input.Option {
	all, _ := drafts.All()
	var list []input.Option
	for i := range all {
		list = append(list, input.Option{Value: all[i].Symbol, Label: all[i].Symbol})
	}
	return list
}

// beginYear is what begins the answers of a year.
type beginYear struct {
	Questionnaire symbolOf `label:"Questionnaire"`
	Year          int      `label:"Year"`
}

func (s *Server) askBegin(v *visit, b *beginYear) question {
	return question{title: "Begin the answers of a year", action: "/answers/new", back: "/answers", fields: v.asked(b),
		text: "What was submitted before is carried forward, as drafts to look at again."}
}

func (s *Server) beginAnswersForm(v *visit) error {
	return v.ask(s.askBegin(v, &beginYear{Year: s.Node.Now().In(s.Zone).Year()}), nil)
}

func (s *Server) beginAnswers(v *visit) error {
	var b beginYear
	var id record.ID[answer.Answers]
	err := v.decode(&b)
	if err == nil {
		id, err = s.Answers.Begin(v.r.Context(), v.door, string(b.Questionnaire), b.Year)
	}
	return v.answer(s.askBegin(v, &b), err, "/answers/"+id.String())
}

// yearOfAnswers is what the address names, with its questionnaire.
func (v *visit) yearOfAnswers() (record.ID[answer.Answers], answer.View, *questionnaire.Version, error) {
	id, err := record.ParseID[answer.Answers](v.r.PathValue("id"))
	if err != nil {
		return id, answer.View{}, nil, err
	}
	a, q, err := v.s.Answers.One(v.r.Context(), v.door, id)
	return id, a, q, err
}

// answersOfYear shows every question with who drafts the answer and how far it is.
func (s *Server) answersOfYear(v *visit) error {
	id, a, q, err := v.yearOfAnswers()
	if err != nil {
		return err
	}
	page := answersPage{Page: v.frame("Answers of a year")}
	page.Back = &ui.Link{Text: v.loc.T("Answers to the questionnaire"), Href: "/answers"}
	page.Text = v.loc.T("The questionnaire is a draft of the project. It is not a text of the Working Group.")
	if v.viewer().Has(access.FocalPoint) {
		step := ui.Step{Text: v.loc.T("Submit the answers"), Href: "/answers/" + id.String() + "/submit"}
		if err := a.WhyNot(q); err != nil {
			step.Href, step.Why = "", v.loc.Err(err)
		}
		page.Steps = ui.Steps{Steps: []ui.Step{step}}
	}
	page.Table = ui.Table{Caption: strconv.Itoa(a.Year) + ", " + q.Symbol, Columns: []ui.Column{{Text: v.loc.T("Number")}, {Text: v.loc.T("Question")},
		{Text: v.loc.T("Who drafts the answer")}, {Text: v.loc.T("State")}}}
	for i := range a.Replies {
		r := &a.Replies[i]
		x := q.Questions[q.Find(r.Key)]
		by := ""
		if !r.By.IsZero() {
			by = v.organisation(r.By)
		}
		state := ui.Cell{Tag: v.replyTag(r)}
		if r.Draft.Need != "" {
			state.Note = v.loc.T("Technical assistance is needed")
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: q.Number(r.Key), Href: questionHref(id, r.Key)},
			{Text: x.Text, Lang: "en"}, {Text: by}, state}})
	}
	return v.show(http.StatusOK, "answers", page)
}

func questionHref(id record.ID[answer.Answers], key string) string {
	return "/answers/" + id.String() + "/questions/" + key
}

func (v *visit) replyTag(r *answer.Reply) *ui.Tag {
	colour := map[answer.Status]ui.Colour{answer.Empty: ui.Grey, answer.Drafted: ui.Blue, answer.Ready: ui.Yellow, answer.Back: ui.Red, answer.Cleared: ui.Green}
	return &ui.Tag{Text: v.loc.T(r.Status.Label()), Colour: colour[r.Status]}
}

func (s *Server) askSubmit(v *visit) question {
	return question{title: "Submit the answers", action: v.r.URL.Path, back: "/answers/" + v.r.PathValue("id"), submit: "Submit",
		text: "The answers then stay as they are. What is public can still be changed."}
}

func (s *Server) submitForm(v *visit) error { return v.ask(s.askSubmit(v), nil) }

func (s *Server) submitAnswers(v *visit) error {
	id, err := record.ParseID[answer.Answers](v.r.PathValue("id"))
	if err == nil {
		err = s.Answers.Submit(v.r.Context(), v.door, id)
	}
	return v.answer(s.askSubmit(v), err, "/answers/"+v.r.PathValue("id"))
}
