package web

import (
	"net/http"

	"golang.org/x/text/language"

	"palermo/fault"
	"palermo/form"
	"palermo/training"
	"palermo/web/ui"
)

type practicePage struct {
	ui.Page
	Heading   string
	Lang, Dir string // of the case's texts
	Text      []string
	Form      *ui.Form // to be worked through
	Feedback  []ui.SummaryList
	Steps     *ui.Steps
}

// question names in the form of a case, beside those of its indicator set.
const (
	viewName      = "view"
	questionPlace = "question-"
)

func (v *visit) practised() (*training.Case, error) {
	c, ok := v.s.Training.Case(v.r.PathValue("case"), v.loc.Tag())
	if !ok {
		return nil, fault.NotFound("There is no such practice case.")
	}
	return c, nil
}

// practiceCase shows a case to work through, or what colleagues say of the viewer's last try.
func (s *Server) practiceCase(v *visit) error {
	c, err := v.practised()
	if err != nil {
		return err
	}
	own, _, err := s.Training.Own(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	work, tried := own.Cases[c.Code]
	if !tried || v.r.URL.Query().Has("again") {
		return v.showCase(http.StatusOK, c, work.Latest, nil)
	}
	return v.showFeedback(c, work)
}

// tryCase keeps what the viewer made of a case, and shows what colleagues saw.
func (s *Server) tryCase(v *visit) error {
	c, err := v.practised()
	if err != nil {
		return err
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, largestForm)
	if err := v.r.ParseForm(); err != nil {
		return fault.Invalid("", "The form could not be read: it is too large, or it was cut off.")
	}
	a := training.Answers{View: training.Verdict(v.r.PostFormValue(viewName)), Questions: map[string]string{}}
	for _, q := range c.Questions {
		a.Questions[q.Key] = v.r.PostFormValue(questionPlace + q.Key)
	}
	if c.Set != "" {
		d, err := s.Desk.Forms.Open(c.Set)
		if err != nil {
			return err
		}
		if a.Form, err = form.FromValues(d, v.r.PostForm); err != nil {
			return v.showCase(http.StatusUnprocessableEntity, c, a, err)
		}
	}
	if err := v.answered(c, a); err != nil {
		return v.showCase(http.StatusUnprocessableEntity, c, a, err)
	}
	if err := s.Training.Try(v.r.Context(), v.door, c.Code, a); err != nil {
		return err
	}
	return v.redirect("/training/cases/" + c.Code)
}

// answered refuses a try that leaves the questions open: the feedback would say what they are there to make one think of.
func (v *visit) answered(c *training.Case, a training.Answers) error {
	var errs []error
	if c.View != "" && a.View.Label() == "" {
		errs = append(errs, fault.Invalid(viewName, "Choose one of the answers."))
	}
	for _, q := range c.Questions {
		if a.Questions[q.Key] == "" {
			errs = append(errs, fault.Invalid(questionPlace+q.Key, "Choose one of the answers."))
		}
	}
	return fault.All(errs...)
}

func (v *visit) practiceFrame(c *training.Case) practicePage {
	page := practicePage{Page: v.frame("Practice case"), Heading: c.Title, Lang: c.Lang, Dir: "ltr", Text: c.Text}
	page.Back = &ui.Link{Text: v.loc.T("Training"), Href: "/training"}
	if script, _ := language.Make(c.Lang).Script(); script.String() == "Arab" {
		page.Dir = "rtl"
	}
	return page
}

func (v *visit) showCase(status int, c *training.Case, a training.Answers, refusal error) error {
	page := v.practiceFrame(c)
	page.Form = &ui.Form{Action: v.r.URL.Path, Submit: v.loc.T("Show what colleagues saw")}
	if c.Set != "" {
		d, err := v.s.Desk.Forms.Open(c.Set)
		if err != nil {
			return err
		}
		for _, f := range form.Run(d, a.Form, form.Env{Now: v.s.Node.Now().In(v.s.Zone), Language: v.loc.Tag()}).Fields {
			v.formFields(page.Form, f, false)
		}
	}
	if c.View != "" {
		view := ui.Field{Name: viewName, Kind: ui.KindRadios, Label: v.loc.T("What do you make of it?"), Value: string(a.View), Required: true}
		for _, o := range a.View.Options() {
			view.Options = append(view.Options, ui.Option{Value: o.Value, Label: v.loc.T(o.Label)})
		}
		page.Form.Fields = append(page.Form.Fields, view)
	}
	for _, q := range c.Questions {
		field := ui.Field{Name: questionPlace + q.Key, Kind: ui.KindRadios, Label: q.Text, Lang: c.Lang, Value: a.Questions[q.Key], Required: true}
		for _, answer := range q.Answers {
			field.Options = append(field.Options, ui.Option{Value: answer.Key, Label: answer.Text})
		}
		page.Form.Fields = append(page.Form.Fields, field)
	}
	if refusal != nil {
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "practice", page)
}

// showFeedback sets the viewer's last try beside what experienced colleagues saw, and why.
func (v *visit) showFeedback(c *training.Case, w training.Work) error {
	f, err := v.s.Training.Feedback(c, w.Latest, form.Env{Now: v.s.Node.Now().In(v.s.Zone), Language: v.loc.Tag()})
	if err != nil {
		return err
	}
	page := v.practiceFrame(c)
	page.Notice = &ui.Notice{Title: v.loc.T("Not passed yet"), Text: v.loc.T("Read what colleagues saw, and why. Then try again: as often as you like, nobody else sees it.")}
	again := ui.Step{Text: v.loc.T("Try again"), Href: v.r.URL.Path + "?again=yes", Main: !f.Passed}
	if f.Passed {
		page.Notice = &ui.Notice{Kind: ui.NoticeSuccess, Title: v.loc.T("Passed"), Text: v.loc.T("You saw what colleagues saw. There is more than one good way to say it.")}
	}
	page.Steps = &ui.Steps{Steps: []ui.Step{again, {Text: v.loc.T("All practice cases"), Href: "/training", Main: f.Passed}}}
	for _, part := range []struct {
		title   string
		remarks []training.Remark
		unsaid  string // where no reason stands
	}{
		{"You missed", f.Missed, ""}, {"You and colleagues saw", f.Both, ""},
		{"One may see it so", f.Arguable, "The text allows it, and does not settle it. Ask."},
		{"The text does not say so", f.Beyond, "Nothing in the text points to it. Ask, and do not assume."},
	} {
		list := ui.SummaryList{Title: v.loc.T(part.title)}
		for _, r := range part.remarks {
			row := ui.Row{Key: r.Label, Value: r.Why, Lang: c.Lang}
			if r.Why == "" {
				row.Value, row.Lang = v.loc.T(part.unsaid), ""
			}
			list.Rows = append(list.Rows, row)
		}
		if len(list.Rows) > 0 {
			page.Feedback = append(page.Feedback, list)
		}
	}
	page.Feedback = append(page.Feedback, v.views(c, w.Latest, f))
	return v.show(http.StatusOK, "practice", page)
}

// views sets the verdict and the answers to the questions beside those of colleagues.
func (v *visit) views(c *training.Case, a training.Answers, f training.Feedback) ui.SummaryList {
	tag := func(same bool) *ui.Tag {
		if same {
			return &ui.Tag{Text: v.loc.T("As colleagues see it"), Colour: ui.Green}
		}
		return &ui.Tag{Text: v.loc.T("Colleagues see it otherwise"), Colour: ui.Yellow}
	}
	list := ui.SummaryList{Title: v.loc.T("What follows from it")}
	if c.View != "" {
		row := ui.Row{Key: v.loc.T("What do you make of it?"), Value: v.loc.T(a.View.Label()), Tag: tag(f.ViewOK), Note: c.Because}
		if !f.ViewOK {
			row.Values = []string{v.loc.T("You: %s", v.loc.T(a.View.Label())), v.loc.T("Colleagues: %s", v.loc.T(c.View.Label()))}
		}
		list.Rows = append(list.Rows, row)
	}
	for _, r := range f.Replies {
		list.Rows = append(list.Rows, ui.Row{Key: r.Question, Value: r.Chosen, Tag: tag(r.Right), Note: r.Why, Lang: c.Lang})
	}
	return list
}
