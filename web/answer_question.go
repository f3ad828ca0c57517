package web

import (
	"net/http"
	"slices"
	"strconv"

	"palermo/access"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
	"palermo/review/answer"
	"palermo/review/questionnaire"
	"palermo/statistics"
	"palermo/web/ui"
)

type answerPage struct {
	ui.Page
	Number string
	Facts  ui.SummaryList
	Steps  ui.Steps
	Parts  []cardPart
}

// answered is a question that the address names, with the reply to it.
type answered struct {
	id    record.ID[answer.Answers]
	all   answer.View
	x     questionnaire.Question
	no    string
	reply answer.Reply
}

func (v *visit) answeredAt() (answered, error) {
	id, a, q, err := v.yearOfAnswers()
	if err != nil {
		return answered{}, err
	}
	at := slices.IndexFunc(a.Replies, func(r answer.Reply) bool { return r.Key == v.r.PathValue("key") })
	if at < 0 {
		return answered{}, fault.NotFound("There is no such page.")
	}
	key := a.Replies[at].Key
	return answered{id: id, all: a, x: q.Questions[q.Find(key)], no: q.Number(key), reply: a.Replies[at]}, nil
}

// answerTo shows one question, what is answered, the figures, and what was answered in other years.
func (s *Server) answerTo(v *visit) error {
	a, err := v.answeredAt()
	if err != nil {
		return err
	}
	page := answerPage{Page: v.frame("Question"), Number: a.no}
	page.Back = &ui.Link{Text: v.loc.T("Answers of a year"), Href: "/answers/" + a.id.String()}
	page.Facts = ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("Question"), Value: a.x.Text, Lang: "en"}}}
	page.Facts.Rows = append(page.Facts.Rows, v.replyRows(&a.reply)...)
	page.Steps = v.answerSteps(&a)
	page.Parts = []cardPart{v.evidencePart(&a)}
	earlier, err := v.otherYears(&a)
	if err != nil {
		return err
	}
	page.Parts = append(page.Parts, earlier)
	return v.show(http.StatusOK, "answer", page)
}

// replyRows are what is answered, and how far it is.
func (v *visit) replyRows(r *answer.Reply) []ui.Row {
	f := facts{v: v}
	if !r.By.IsZero() {
		f.add("Who drafts the answer", v.organisation(r.By))
	}
	f.rows = append(f.rows, ui.Row{Key: v.loc.T("State"), Tag: v.replyTag(r)})
	if r.Carried != 0 {
		f.add("Carried forward from", strconv.Itoa(r.Carried))
	}
	f.add("What should be different", r.Returned)
	for _, o := range r.Draft.Answer.Options() {
		if o.Value == string(r.Draft.Answer) {
			f.add("Answer", v.loc.T(o.Label))
		}
	}
	f.add("Explanation", r.Draft.Explain)
	f.add("Laws and provisions", r.Draft.Provisions)
	if links := r.Draft.Addresses(); len(links) > 0 {
		f.rows = append(f.rows, ui.Row{Key: v.loc.T("Links"), Values: links})
	}
	f.add("Technical assistance that is needed", r.Draft.Need)
	if r.Status == answer.Cleared {
		f.add("It may be made public", v.loc.T(map[bool]string{true: "Yes", false: "No"}[r.Public]))
	}
	return f.rows
}

func (v *visit) evidencePart(a *answered) cardPart {
	r := &a.reply
	part := cardPart{Title: v.loc.T("Figures of this State's own node"), Empty: v.loc.T("No figure is attached.")}
	for i := range r.Evidence {
		e := &r.Evidence[i].Released
		m, _ := statistics.Find(e.Measure)
		card := ui.Card{Title: v.loc.T(m.Title) + " " + strconv.Itoa(e.Year), Facts: v.figureRows(e)}
		card.Text = v.loc.T("No figure stands for fewer than %d persons. Smaller ones, and nought, are not shown; the others are rounded down.", e.K)
		card.Actions = []ui.Link{{Text: v.loc.T("As a signed file"), Href: questionHref(a.id, r.Key) + "/figures/" + r.Evidence[i].ID.String()}}
		part.Cards = append(part.Cards, card)
	}
	return part
}

// otherYears are what was answered to the same question in other years, to compare.
func (v *visit) otherYears(a *answered) (cardPart, error) {
	part := cardPart{Title: v.loc.T("In other years"), Empty: v.loc.T("It was not answered in another year.")}
	list, err := v.s.Answers.All(v.r.Context(), v.door)
	if err != nil {
		return part, err
	}
	for i := range list {
		if list[i].Year == a.all.Year && list[i].Symbol == a.all.Symbol {
			continue
		}
		for j := range list[i].Replies {
			if r := &list[i].Replies[j]; r.Key == a.reply.Key && r.Status != answer.Empty {
				part.Cards = append(part.Cards, ui.Card{Title: strconv.Itoa(list[i].Year), Facts: v.replyRows(r)})
			}
		}
	}
	return part, nil
}

// answerSteps are what the viewer may do, each with why not.
func (v *visit) answerSteps(a *answered) ui.Steps {
	focal := v.viewer().Has(access.FocalPoint)
	var steps ui.Steps
	add := func(label, act, why string) {
		step := ui.Step{Text: v.loc.T(label), Href: questionHref(a.id, a.reply.Key) + "/" + act}
		if why != "" {
			step.Href, step.Why = "", v.loc.T(why)
		}
		steps.Steps = append(steps.Steps, step)
	}
	r, frozen := &a.reply, !a.all.Submitted.IsZero()
	cleared := r.Status == answer.Cleared
	if (focal || !r.By.IsZero() && r.By == v.viewer().Organisation) && !frozen {
		why := ""
		if cleared {
			why = "The answer is cleared. It is returned before it can change."
		}
		add("Write the answer", "draft", why)
	}
	if !focal {
		return steps
	}
	if !frozen {
		if !cleared {
			add("Say who drafts it", "share", "")
		}
		if r.Status == answer.Ready || r.Status == answer.Drafted {
			add("Clear the answer", "clear", "")
		}
		if r.Status != answer.Empty && r.Status != answer.Back {
			add("Return it", "return", "")
		}
		add("Attach a figure", "attach", "")
		if len(r.Evidence) > 0 {
			add("Take a figure away", "detach", "")
		}
	}
	if cleared {
		add("Change what is public", "publish", "")
	}
	return steps
}

// measureOf is a measure that can be attached.
type measureOf string

// Options lists them.
func (measureOf) Options() []input.Option {
	var list []input.Option
	for _, m := range statistics.Measures() {
		list = append(list, input.Option{Value: m.Key, Label: m.Title})
	}
	return list
}

// attachFigure is what is asked to attach a figure.
type attachFigure struct {
	Measure measureOf `label:"Figure"`
	Year    int       `label:"Year"`
}

// actOn is the form of an act, filled with what stands there; nil for no such act.
func (v *visit) actOn(a *answered) (form any, title string) {
	switch v.r.PathValue("act") {
	case "share":
		return &answer.Share{By: a.reply.By}, "Say who drafts it"
	case "draft":
		draft := a.reply.Draft
		draft.Nobody, draft.Ready = false, false
		return &draft, "Write the answer"
	case "clear":
		return &answer.Clear{}, "Clear the answer"
	case "return":
		return &answer.Return{}, "Return it"
	case "publish":
		return &answer.Publish{Public: a.reply.Public}, "Change what is public"
	case "detach":
		return &answer.Detach{}, "Take a figure away"
	case "attach":
		f := &attachFigure{Year: a.all.Year - 1}
		for _, m := range statistics.Measures() {
			if f.Measure == "" && slices.Contains(m.Paragraphs, a.reply.Key) {
				f.Measure = measureOf(m.Key)
			}
		}
		return f, "Attach a figure"
	}
	return nil, ""
}

func (v *visit) askReply(a *answered, form any, title string) question {
	q := question{title: title, action: v.r.URL.Path, back: questionHref(a.id, a.reply.Key), fields: v.asked(form)}
	if _, detaches := form.(*answer.Detach); detaches {
		for i := range a.reply.Evidence {
			e := &a.reply.Evidence[i]
			m, _ := statistics.Find(e.Released.Measure)
			q.fields[0].Options = append(q.fields[0].Options, ui.Option{Value: e.ID.String(), Label: v.loc.T(m.Title) + " " + strconv.Itoa(e.Released.Year)})
		}
	}
	return q
}

// acting is the place of an answer, and what the address asks to do there.
func (v *visit) acting() (a answered, form any, title string, err error) {
	if a, err = v.answeredAt(); err != nil {
		return a, nil, "", err
	}
	if form, title = v.actOn(&a); form == nil {
		return a, nil, "", fault.NotFound("There is no such page.")
	}
	return a, form, title, nil
}

func (s *Server) replyForm(v *visit) error {
	a, form, title, err := v.acting()
	if err != nil {
		return err
	}
	return v.ask(v.askReply(&a, form, title), nil)
}

func (s *Server) actOnAnswer(v *visit) error {
	a, form, title, err := v.acting()
	if err != nil {
		return err
	}
	err = v.decode(form)
	if err == nil {
		if f, attaches := form.(*attachFigure); attaches {
			err = s.Answers.Attach(v.r.Context(), v.door, a.id, a.reply.Key, string(f.Measure), f.Year)
		} else {
			err = s.Answers.Do(v.r.Context(), v.door, a.id, a.reply.Key, form.(answer.Act))
		}
	}
	return v.answer(v.askReply(&a, form, title), err, questionHref(a.id, a.reply.Key))
}

// signedEvidence gives an attached figure as the note that anybody can check.
func (s *Server) signedEvidence(v *visit) error {
	a, err := v.answeredAt()
	if err != nil {
		return err
	}
	for i := range a.reply.Evidence {
		if e := &a.reply.Evidence[i]; e.ID.String() == v.r.PathValue("figure") {
			return v.signed(&e.Released, e.Signed)
		}
	}
	return fault.NotFound("There is no such page.")
}
