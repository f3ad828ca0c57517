package web

import (
	"net/http"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
	"palermo/review/dialogue"
	"palermo/web/ui"
)

func (s *Server) routeReviews(mux *http.ServeMux) {
	mux.HandleFunc("GET /reviews", s.signedIn(s.reviews))
	mux.HandleFunc("GET /reviews/new", s.signedIn(s.beginReviewForm))
	mux.HandleFunc("POST /reviews/new", s.signedIn(s.beginReview))
	mux.HandleFunc("GET /reviews/{id}", s.signedIn(s.review))
	mux.HandleFunc("GET /reviews/{id}/{act}", s.signedIn(s.reviewForm))
	mux.HandleFunc("POST /reviews/{id}/{act}", s.signedIn(s.actOnReview))
}

// reviews lists the reviews of States that this node keeps.
func (s *Server) reviews(v *visit) error {
	list, err := s.Reviews.All(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := answersPage{Page: v.frame("Reviews of States")}
	page.Text = v.loc.T("Two States are drawn to review one. They read its answers, write back, and agree with it on one list of observations and a summary.")
	if v.viewer().Has(access.FocalPoint) {
		page.Add = &ui.Link{Text: v.loc.T("Begin a review"), Href: "/reviews/new"}
	}
	page.Table = ui.Table{Caption: v.loc.T("Reviews of States"), Empty: ui.Empty{Text: v.loc.T("Nothing was begun yet.")},
		Columns: []ui.Column{{Text: v.loc.T("State under review")}, {Text: v.loc.T("Began")}, {Text: v.loc.T("State")}}}
	for i := range list {
		r := &list[i]
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: r.State, Href: "/reviews/" + r.RecordID().String()},
			{Text: v.loc.Time(r.Began, s.Zone)}, {Tag: v.reviewTag(r)}}})
	}
	return v.show(http.StatusOK, "answers", page)
}

func (v *visit) reviewTag(r *dialogue.View) *ui.Tag {
	if r.Closed.IsZero() {
		return &ui.Tag{Text: v.loc.T("Under way"), Colour: ui.Blue}
	}
	return &ui.Tag{Text: v.loc.T("Closed"), Colour: ui.Green}
}

// beginOf is what begins a review.
type beginOf struct {
	State string `label:"State under review" kind:"country"`
}

func (v *visit) askReview(b *beginOf) question {
	return question{title: "Begin a review", action: "/reviews/new", back: "/reviews", fields: v.asked(b)}
}

func (s *Server) beginReviewForm(v *visit) error { return v.ask(v.askReview(&beginOf{}), nil) }

func (s *Server) beginReview(v *visit) error {
	var b beginOf
	var id record.ID[dialogue.Review]
	err := v.decode(&b)
	if err == nil {
		id, err = s.Reviews.Begin(v.r.Context(), v.door, b.State)
	}
	return v.answer(v.askReview(&b), err, "/reviews/"+id.String())
}

// reviewAt is the review that the address names.
func (v *visit) reviewAt() (record.ID[dialogue.Review], dialogue.View, error) {
	id, err := record.ParseID[dialogue.Review](v.r.PathValue("id"))
	if err != nil {
		return id, dialogue.View{}, err
	}
	r, err := v.s.Reviews.One(v.r.Context(), v.door, id)
	return id, r, err
}

// review shows one review: its reviewers and deadlines, feedback and observations.
func (s *Server) review(v *visit) error {
	id, r, err := v.reviewAt()
	if err != nil {
		return err
	}
	page := answerPage{Page: v.frame("Review of a State"), Number: r.State}
	page.Back = &ui.Link{Text: v.loc.T("Reviews of States"), Href: "/reviews"}
	f := facts{v: v}
	for _, o := range r.Reviewers {
		f.add("Reviewer", v.organisation(o))
	}
	f.rows = append(f.rows, ui.Row{Key: v.loc.T("State"), Tag: v.reviewTag(&r)})
	for _, x := range []struct {
		label string
		at    time.Time
	}{{"Began", r.Began}, {"Answers are due", r.AnswersDue()}, {"Answers received", r.Answered}, {"Feedback is due", r.FeedbackDue()}, {"Closed", r.Closed}} {
		if !x.at.IsZero() {
			f.add(x.label, v.loc.Time(x.at, s.Zone))
		}
	}
	f.add("Summary", r.Summary)
	page.Facts = ui.SummaryList{Rows: f.rows}
	page.Steps = v.reviewSteps(id, &r)
	page.Parts = []cardPart{v.feedbackPart(&r), v.observationsPart(&r)}
	return v.show(http.StatusOK, "answer", page)
}

func (v *visit) feedbackPart(r *dialogue.View) cardPart {
	part := cardPart{Title: v.loc.T("Feedback on the answers"), Empty: v.loc.T("None is shown to you.")}
	for i := range r.Feedback {
		x := &r.Feedback[i]
		f := facts{v: v}
		f.add("What should be explained", x.Fields.Asks)
		f.add("As of", v.loc.Time(x.At, v.s.Zone))
		part.Cards = append(part.Cards, ui.Card{Title: v.organisation(x.By), Text: x.Fields.Text, Facts: f.rows})
	}
	return part
}

func (v *visit) observationsPart(r *dialogue.View) cardPart {
	part := cardPart{Title: v.loc.T("Observations"), Empty: v.loc.T("None is shown to you.")}
	for i := range r.Observations {
		o := &r.Observations[i]
		f := facts{v: v}
		f.add("Article", o.Fields.Article)
		f.add("By whom", v.organisation(o.By))
		if o.Fields.Confidential {
			f.add("Who reads it", v.loc.T("Read by the reviewers and the focal point alone."))
		}
		tag := &ui.Tag{Text: v.loc.T("Waits for agreement"), Colour: ui.Yellow}
		if !o.Agreed.IsZero() {
			tag = &ui.Tag{Text: v.loc.T("Agreed"), Colour: ui.Green}
		}
		part.Cards = append(part.Cards, ui.Card{Title: v.loc.T(o.Fields.Kind.Label()), Text: o.Fields.Text, Tag: tag, Facts: f.rows})
	}
	return part
}

// reviewActs are the steps: each with its address, its name, and whether it is the focal point's or a reviewer's.
var reviewActs = []struct {
	name, title string
	focal       bool
	form        func() dialogue.Act
}{
	{"reviewer", "Name a reviewer", true, func() dialogue.Act { return &dialogue.NameReviewer{} }},
	{"receive", "The answers are received", true, func() dialogue.Act { return &dialogue.Receive{} }},
	{"feedback", "Give feedback", false, func() dialogue.Act { return &dialogue.GiveFeedback{} }},
	{"observe", "Add an observation", false, func() dialogue.Act { return &dialogue.Observe{} }},
	{"withdraw", "Withdraw an observation", false, func() dialogue.Act { return &dialogue.Withdraw{} }},
	{"agree", "Agree to an observation", true, func() dialogue.Act { return &dialogue.Agree{} }},
	{"close", "Close the review", true, func() dialogue.Act { return &dialogue.Close{} }},
}

func (v *visit) reviewSteps(id record.ID[dialogue.Review], r *dialogue.View) ui.Steps {
	var steps ui.Steps
	if !r.Closed.IsZero() || !r.Takes {
		return steps
	}
	for _, a := range reviewActs {
		if a.focal == v.viewer().Has(access.FocalPoint) && !(a.name == "receive" && !r.Answered.IsZero()) {
			steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T(a.title), Href: "/reviews/" + id.String() + "/" + a.name})
		}
	}
	return steps
}

// askOfReview is the form of a step; the observations that wait can be chosen where one is asked for.
func (v *visit) askOfReview(r *dialogue.View) (dialogue.Act, question, error) {
	for _, a := range reviewActs {
		if a.name != v.r.PathValue("act") {
			continue
		}
		form := a.form()
		q := question{title: a.title, action: v.r.URL.Path, back: "/reviews/" + v.r.PathValue("id"), fields: v.asked(form)}
		for i := range r.Observations {
			if o := &r.Observations[i]; o.Agreed.IsZero() && (a.name == "agree" || a.name == "withdraw") {
				q.fields[0].Options = append(q.fields[0].Options, ui.Option{Value: o.ID.String(), Label: o.Fields.Text})
			}
		}
		return form, q, nil
	}
	return nil, question{}, fault.NotFound("There is no such page.")
}

func (s *Server) reviewForm(v *visit) error {
	_, r, err := v.reviewAt()
	if err != nil {
		return err
	}
	_, q, err := v.askOfReview(&r)
	if err != nil {
		return err
	}
	return v.ask(q, nil)
}

func (s *Server) actOnReview(v *visit) error {
	id, r, err := v.reviewAt()
	if err != nil {
		return err
	}
	form, q, err := v.askOfReview(&r)
	if err != nil {
		return err
	}
	if err = v.decode(form); err == nil {
		err = s.Reviews.Do(v.r.Context(), v.door, id, form)
	}
	if err != nil { // what was sent stays in the form
		q.fields = v.keptFields(form, q.fields)
	}
	return v.answer(q, err, "/reviews/"+id.String())
}

// keptFields are the fields of a form as it was sent, with what can be chosen.
func (v *visit) keptFields(form any, choices []ui.Field) []ui.Field {
	fields := v.asked(form)
	for i := range fields {
		if len(fields[i].Options) <= 1 && i < len(choices) {
			fields[i].Options = choices[i].Options
		}
	}
	return fields
}
