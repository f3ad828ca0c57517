package web

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"

	"palermo/access"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/record"
	"palermo/web/ui"
)

// way lists the messages of a procedure: who holds what, and what is late.
func (v *visit) way(messages []record.Redacted[cooperation.MessageView]) ui.Table {
	slices.SortStableFunc(messages, func(a, b record.Redacted[cooperation.MessageView]) int { return b.Value().At.Compare(a.Value().At) }) // those that wait come by their deadlines
	t := ui.Table{Caption: v.loc.T("Newest first"), Columns: []ui.Column{{Text: v.loc.T("Message")}, {Text: v.loc.T("Of the person")}, {Text: v.loc.T("Status")}}}
	for _, r := range messages {
		m := r.Value()
		tag := v.messageTag(&m.Message)
		name := v.messageName(&m.Message)
		data := v.loc.T("Nothing")
		if m.Scope != 0 {
			data = v.categories(m.Scope)
		}
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: name, Href: "/messages/" + r.ID().String(), Note: v.loc.Time(m.At, v.s.Zone)}, {Text: data}, {Tag: &tag}}})
	}
	return t
}

func (v *visit) messageName(m *cooperation.Message) string {
	if d, ok := cooperation.Find(m.Type); ok {
		if info, ok := d.Act(m.Act); ok {
			return v.loc.T(info.Past)
		}
	}
	return v.loc.T(map[string]string{"erase": "Request to erase", "erased": "Answer to a request to erase", "card": "Card of a State", "card.ask": "Question for the card of a State"}[m.Act])
}

func (v *visit) categories(set access.Set) string {
	text := ""
	for i, c := range set.List() {
		if i > 0 {
			text += "; "
		}
		text += v.loc.T(c.Label())
	}
	return text
}

// messageTag says where a message is.
func (v *visit) messageTag(m *cooperation.Message) ui.Tag {
	e := m.Erasure
	switch {
	case e.Erased:
		return ui.Tag{Text: v.loc.T("Erased at the receiver"), Colour: ui.Grey}
	case e.Provision != "":
		return ui.Tag{Text: v.loc.T("Retained under a provision"), Colour: ui.Yellow}
	case !m.Recalled.IsZero():
		return ui.Tag{Text: v.loc.T("Taken back"), Colour: ui.Grey}
	case !e.Asked.IsZero():
		return ui.Tag{Text: v.loc.T("Erasure asked for"), Colour: ui.Yellow}
	case !m.Out:
		return ui.Tag{Text: v.loc.T("Received"), Colour: ui.Teal}
	case !m.Delivered.IsZero():
		return ui.Tag{Text: v.loc.T("Stored at the receiver"), Colour: ui.Teal}
	case !m.Failed.IsZero() && !exchange.Settles(exchange.FromReason(m.Reason)):
		return ui.Tag{Text: v.loc.T("Not known whether it arrived"), Colour: ui.Red}
	case !m.Failed.IsZero():
		return ui.Tag{Text: v.loc.T("Did not arrive"), Colour: ui.Red}
	}
	return ui.Tag{Text: v.loc.T("On its way"), Colour: ui.Yellow}
}

// refusal is the sentence of a named refusal.
func (v *visit) refusal(name string) string { return v.loc.Err(exchange.FromReason(name)) }

type messagePage struct {
	ui.Page
	Facts  ui.SummaryList
	Fields ui.SummaryList // the very fields that were sent
	Proof  ui.SummaryList
	Steps  ui.Steps
}

func (v *visit) messageOf() (cooperation.MessageID, error) {
	return record.ParseID[cooperation.Message](v.r.PathValue("id"))
}

// message shows a message with its way, its proof, and the very fields in it.
func (s *Server) message(v *visit) error {
	id, err := v.messageOf()
	if err != nil {
		return err
	}
	seen, err := s.Abroad.Message(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	m := seen.Value()
	page := messagePage{Page: v.frame("Message"), Facts: v.messageFacts(&m.Message), Proof: v.messageProof(&m.Message)}
	page.Back = &ui.Link{Text: v.loc.T("Procedure"), Href: "/abroad/" + m.Procedure.String()}
	if m.Procedure == (cooperation.ProcedureID{}) {
		page.Back = &ui.Link{Text: v.loc.T("With other States"), Href: "/abroad"}
	}
	page.Fields = ui.SummaryList{Title: v.loc.T("The very fields that were sent")}
	if d, ok := cooperation.Find(m.Type); ok {
		page.Fields.Rows = v.actFields(d, m.Act, url.Values(m.Fields))
	}
	for _, sheet := range m.Sheets {
		page.Fields.Rows = append(page.Fields.Rows, v.sheet(sheet)...)
	}
	base := "/messages/" + id.String()
	if seen.May(cooperation.DoCooperate) {
		if !m.Failed.IsZero() && m.Seen.IsZero() {
			page.Steps.Steps = []ui.Step{{Text: v.loc.T("Send it again"), Action: base + "/again", Main: true}, {Text: v.loc.T("Leave it: I have taken note"), Action: base + "/noted"}}
		}
		if e := m.Erasure; !m.Out && !e.Asked.IsZero() && e.Answered.IsZero() {
			page.Steps.Steps = append(page.Steps.Steps, ui.Step{Text: v.loc.T("Answer the request to erase"), Href: base + "/erasure", Main: true})
		}
	}
	return v.show(http.StatusOK, "message", page)
}

// messageFacts says where a message is, and what of the person is in it.
func (v *visit) messageFacts(m *cooperation.Message) ui.SummaryList {
	tag := v.messageTag(m)
	rows := []ui.Row{{Key: v.loc.T("Status"), Tag: &tag}, {Key: v.loc.T("What it says"), Value: v.messageName(m)},
		{Key: v.loc.T("With whom"), Value: v.at(m.Peer)}, {Key: v.loc.T("Sent"), Value: v.loc.Time(m.At, v.s.Zone)}}
	if m.Reason != "" {
		rows = append(rows, ui.Row{Key: v.loc.T("Why it did not arrive"), Value: v.refusal(m.Reason)})
	} else if m.Trouble != "" && m.Delivered.IsZero() {
		rows = append(rows, ui.Row{Key: v.loc.T("Why it is not there yet"), Value: v.refusal(m.Trouble)},
			ui.Row{Key: v.loc.T("You are told if it has not arrived by"), Value: v.loc.Time(m.Deadline, v.s.Zone)})
	}
	if m.Scope != 0 {
		rows = append(rows, ui.Row{Key: v.loc.T("Of the person"), Value: v.categories(m.Scope)}, ui.Row{Key: v.loc.T("The consent ends"), Value: v.loc.Time(m.Until, v.s.Zone)})
	}
	if m.Erasure.Provision != "" {
		rows = append(rows, ui.Row{Key: v.loc.T("Retained under"), Value: m.Erasure.Provision})
	}
	return ui.SummaryList{Rows: rows}
}

// messageProof is what binds whoever has the message, and what proves that it was sent and stored.
func (v *visit) messageProof(m *cooperation.Message) ui.SummaryList {
	answer := map[bool]string{true: "Yes", false: "No"}
	rows := []ui.Row{{Key: v.loc.T("May be used in court"), Value: v.loc.T(answer[m.Handling.MayBeUsedInCourt])}}
	if m.Scope != 0 {
		rows = append(rows, ui.Row{Key: v.loc.T("May be passed on"), Value: v.loc.T(answer[m.Handling.MayBePassedOn])})
	}
	if len(m.Handling.NeverTo) > 0 {
		rows = append(rows, ui.Row{Key: v.loc.T("Never to authorities of"), Values: m.Handling.NeverTo})
	}
	if !m.Delivered.IsZero() {
		rows = append(rows, ui.Row{Key: v.loc.T("Receipt"), Value: v.loc.Time(m.Delivered, v.s.Zone)})
	}
	rows = append(rows, ui.Row{Key: v.loc.T("Digest"), Value: hex.EncodeToString(m.Digest[:]), Lang: "zxx", Hidden: true})
	return ui.SummaryList{Title: v.loc.T("Handling and proof"), Rows: rows}
}

// at names who works at another node.
func (v *visit) at(node string) string {
	for _, o := range v.organisations() {
		if o.Node == node {
			return o.Name
		}
	}
	return node
}

// sendAgain sends the act of a message that did not arrive once more.
func (s *Server) sendAgain(v *visit) error { return v.settle(s.Abroad.Resend) }

// noteFailure takes note of it.
func (s *Server) noteFailure(v *visit) error { return v.settle(s.Abroad.TakeNote) }

func (v *visit) settle(how func(context.Context, *record.Door, cooperation.MessageID) error) error {
	id, err := v.messageOf()
	if err != nil {
		return err
	}
	if err := how(v.r.Context(), v.door, id); err != nil {
		return err
	}
	return v.redirect("/messages/" + id.String())
}

// erasureForm asks what becomes of what was sent.
func (s *Server) erasureForm(v *visit) error {
	return v.ask(v.erasure(cooperation.AnswerErasure{}), nil)
}

func (v *visit) erasure(answer cooperation.AnswerErasure) question {
	return question{title: "Answer the request to erase", action: v.r.URL.Path, back: "/messages/" + v.r.PathValue("id"), fields: v.asked(&answer)}
}

func (s *Server) answerErasure(v *visit) error {
	id, err := v.messageOf()
	if err != nil {
		return err
	}
	var answer cooperation.AnswerErasure
	err = v.decode(&answer)
	if err == nil {
		err = s.Abroad.Answers(v.r.Context(), v.door, id, answer)
	}
	return v.answer(v.erasure(answer), err, "/messages/"+id.String())
}
