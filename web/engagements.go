package web

import (
	"net/http"
	"slices"

	"palermo/access"
	"palermo/casework"
	"palermo/record"
	"palermo/web/ui"
)

type engagementsPage struct {
	ui.Page
	Cards []ui.Card
	Empty *ui.Empty
}

// engagements is an interpreter's own page: language, time, place or line, and
// nothing of any case. The booking desk sees all, a court what was disclosed to it.
func (s *Server) engagements(v *visit) error {
	list, err := s.Desk.EngagementsFor(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := engagementsPage{Page: v.frame("Engagements")}
	for _, r := range list {
		page.Cards = append(page.Cards, v.engagement(r))
	}
	if len(list) == 0 {
		page.Empty = &ui.Empty{Title: v.loc.T("No engagement"), Text: v.loc.T("Whoever is booked finds it here.")}
	}
	return v.show(http.StatusOK, "engagements", page)
}

func (v *visit) engagement(r record.Redacted[casework.EngagementView]) ui.Card {
	e := r.Value()
	card := ui.Card{Title: v.languageNames([]string{e.Language}) + ", " + v.loc.Time(e.When, v.s.Zone)}
	how := "In person"
	if e.Remote {
		how = "By telephone or video"
	}
	card.Facts = []ui.Row{{Key: v.loc.T("How"), Value: v.loc.T(how)}}
	for _, row := range []ui.Row{{Key: v.loc.T("Dialect or region"), Value: e.Dialect}, {Key: v.loc.T("Place, or how to reach the line"), Value: e.Where},
		{Key: v.loc.T("Pseudonym"), Value: e.Pseudonym}} {
		if row.Value != "" {
			card.Facts = append(card.Facts, row)
		}
	}
	if !e.Interpreter.IsZero() {
		card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("Interpreter"), Value: v.interpreter(e.Interpreter)})
	}
	switch {
	case !e.Ended.IsZero():
		card.Tag = &ui.Tag{Text: v.loc.T("No longer needed"), Colour: ui.Grey}
	case !e.Declined.IsZero():
		card.Tag = &ui.Tag{Text: v.loc.T("The interpreter cannot come"), Colour: ui.Yellow}
	default:
		card.Tag = &ui.Tag{Text: v.loc.T("Booked"), Colour: ui.Teal}
	}
	for _, t := range e.Threats {
		card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("Threat told"), Value: t.What, Note: v.loc.Time(t.At, v.s.Zone)})
		if !t.Answered.IsZero() {
			card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("What is done to protect the interpreter"), Value: t.Answer, Note: v.loc.Time(t.Answered, v.s.Zone)})
		}
	}
	for _, o := range e.Oaths {
		card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("Disclosed to a court, for the oath"), Value: o.Name,
			Note: v.organisation(o.Court) + ", " + o.Provision + ", " + v.loc.T("Until %s", v.loc.Time(o.Until, v.s.Zone))})
	}
	card.Actions = v.engagementActions(r)
	return card
}

func (v *visit) engagementActions(r record.Redacted[casework.EngagementView]) []ui.Link {
	e, base := r.Value(), "/engagements/"+r.ID().String()
	var links []ui.Link
	add := func(may bool, text, href string) {
		if may {
			links = append(links, ui.Link{Text: v.loc.T(text), Href: href})
		}
	}
	waits := slices.ContainsFunc(e.Threats, func(t casework.Threat) bool { return t.Answered.IsZero() })
	add(r.May("do:engaged") && e.Ended.IsZero() && e.Declined.IsZero(), "I cannot come", base+"/decline")
	add(r.May("do:engaged") && !waits, "I was threatened", base+"/threat")
	add(r.May("do:protect") && waits, "Answer the threat", base+"/answer")
	add(r.May("do:disclose"), "Disclose to a court that must take an oath", base+"/court")
	add(e.Case != casework.CaseID{}, "The request", "/cases/"+e.Case.String()+"/part/"+casework.Part(casework.SectionRecord))
	return links
}

// engaged reads a form about the engagement of the address, and does something with it.
func (v *visit) engaged(x any, ask func() question, do func(record.ID[casework.Engagement]) error) error {
	id, err := record.ParseID[casework.Engagement](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if err = v.decode(x); err == nil {
		err = do(id)
	}
	return v.answer(ask(), err, "/engagements")
}

func (v *visit) declining() question {
	return question{title: "I cannot come", action: v.r.URL.Path, back: "/engagements", submit: "I cannot come",
		text: "Also if you know somebody who may be concerned. No reason is asked for; the booking desk looks for somebody else."}
}

func (s *Server) declineForm(v *visit) error { return v.ask(v.declining(), nil) }

func (s *Server) decline(v *visit) error {
	return v.engaged(&struct{}{}, v.declining, func(id record.ID[casework.Engagement]) error { return s.Desk.CannotCome(v.r.Context(), v.door, id) })
}

func (v *visit) tellingThreat(t *casework.ReportThreat) question {
	return question{title: "I was threatened", action: v.r.URL.Path, back: "/engagements", fields: v.asked(t),
		text: "In danger now, ring the police first. The booking desk must answer within hours; if it does not, the focal point is told."}
}

func (s *Server) threatForm(v *visit) error {
	return v.ask(v.tellingThreat(&casework.ReportThreat{}), nil)
}

func (s *Server) tellThreat(v *visit) error {
	var t casework.ReportThreat
	return v.engaged(&t, func() question { return v.tellingThreat(&t) }, func(id record.ID[casework.Engagement]) error {
		return s.Desk.Threatened(v.r.Context(), v.door, id, t)
	})
}

func (v *visit) answeringThreat(a *casework.AnswerThreat) question {
	return question{title: "Answer the threat", action: v.r.URL.Path, back: "/engagements", fields: v.asked(a)}
}

func (s *Server) answerThreatForm(v *visit) error {
	return v.ask(v.answeringThreat(&casework.AnswerThreat{}), nil)
}

func (s *Server) answerThreat(v *visit) error {
	var a casework.AnswerThreat
	return v.engaged(&a, func() question { return v.answeringThreat(&a) }, func(id record.ID[casework.Engagement]) error {
		return s.Desk.AnswerThreatened(v.r.Context(), v.door, id, a)
	})
}

func (v *visit) disclosing(o *casework.TakeOath) question {
	return question{title: "Disclose to a court that must take an oath", action: v.r.URL.Path, back: "/engagements", fields: v.asked(o), danger: true, submit: "Disclose",
		text: "The judges of that court see the interpreter's name until the days have gone, and nothing of the case. It cannot be taken back from those who read it."}
}

func (s *Server) discloseForm(v *visit) error { return v.ask(v.disclosing(&casework.TakeOath{}), nil) }

func (s *Server) disclose(v *visit) error {
	var o casework.TakeOath
	return v.engaged(&o, func() question { return v.disclosing(&o) }, func(id record.ID[casework.Engagement]) error {
		return s.Desk.Disclose(v.r.Context(), v.door, id, o)
	})
}

// interpreting reports whether the viewer works with the page of engagements; a focal point comes to it from the day.
func (v *visit) interpreting() bool {
	for _, r := range []access.Role{access.Interpreter, access.BookingDesk, access.Judge} {
		if v.viewer().Has(r) {
			return true
		}
	}
	return false
}

// routeInterpreting gives the addresses of the register and of engagements.
func (s *Server) routeInterpreting(mux *http.ServeMux) {
	mux.HandleFunc("GET /interpreters", s.booking(s.interpreters))
	mux.HandleFunc("GET /interpreters/{id}", s.booking(s.interpreterForm))
	mux.HandleFunc("POST /interpreters/{id}", s.booking(s.describeInterpreter))
	mux.HandleFunc("GET /engagements", s.signedIn(s.engagements))
	mux.HandleFunc("GET /engagements/{id}/decline", s.signedIn(s.declineForm))
	mux.HandleFunc("POST /engagements/{id}/decline", s.signedIn(s.decline))
	mux.HandleFunc("GET /engagements/{id}/threat", s.signedIn(s.threatForm))
	mux.HandleFunc("POST /engagements/{id}/threat", s.signedIn(s.tellThreat))
	mux.HandleFunc("GET /engagements/{id}/answer", s.signedIn(s.answerThreatForm))
	mux.HandleFunc("POST /engagements/{id}/answer", s.signedIn(s.answerThreat))
	mux.HandleFunc("GET /engagements/{id}/court", s.signedIn(s.discloseForm))
	mux.HandleFunc("POST /engagements/{id}/court", s.signedIn(s.disclose))
}
