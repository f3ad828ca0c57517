package web

import (
	"palermo/fault"
	"palermo/ident"
	"palermo/register"
	"palermo/web/ui"
)

// entryTitles are what the form of an entry is called, by part.
var entryTitles = map[register.Part]string{register.Points: "Whom to turn to", register.Agreements: "Agreement or memorandum",
	register.Services: "Service", register.Measures: "Measure"}

// entryAt gives the entry of this node's card that an address names, as it is
// being worked on, or an empty one.
func (v *visit) entryAt() (register.Part, register.Item, ident.ID, error) {
	none := fault.NotFound("There is no such page.")
	part := register.Part(v.r.PathValue("part"))
	x := register.NewItem(part)
	if x == nil {
		return part, nil, ident.ID{}, none
	}
	if v.r.PathValue("id") == "new" {
		return part, x, ident.ID{}, nil
	}
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return part, nil, id, none
	}
	c, err := v.s.Register.Of(v.r.Context(), v.door, v.s.Register.OwnNode())
	if err != nil {
		return part, nil, id, err
	}
	if x = c.Working().Find(part, id); x == nil {
		return part, nil, id, none
	}
	return part, x, id, nil
}

func (v *visit) askEntry(p register.Part, x register.Item) question {
	return question{title: entryTitles[p], action: v.r.URL.Path, back: "/states/" + v.s.Register.OwnNode(), fields: v.asked(x),
		text: "Other States read it once the card is published. Offices and functions only: nobody's name, nobody's own number, and never where a shelter is."}
}

func (s *Server) entryForm(v *visit) error {
	part, x, id, err := v.entryAt()
	if err != nil {
		return err
	}
	q := v.askEntry(part, x)
	if !id.IsZero() {
		return v.askWithRemoval(q)
	}
	return v.ask(q, nil)
}

type entryPage struct {
	ui.Page
	Text   string
	Form   ui.Form
	Remove ui.Button
}

// askWithRemoval asks for what an entry says, and offers to take it out.
func (v *visit) askWithRemoval(q question) error {
	page := entryPage{Page: v.frame(q.title), Text: v.loc.T(q.text), Form: ui.Form{Action: q.action, Submit: v.loc.T("Save"), Fields: q.fields}}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: q.back}
	page.Form.Cancel = &ui.Link{Text: v.loc.T("Cancel"), Href: q.back}
	page.Remove = ui.Button{Text: v.loc.T("Take it out of the card"), Action: q.action + "/remove", Kind: ui.ButtonSecondary}
	return v.show(200, "entry", page)
}

func (s *Server) setEntry(v *visit) error {
	part, x, id, err := v.entryAt()
	if err != nil {
		return err
	}
	err = v.decode(x)
	if err == nil {
		_, err = s.Register.Set(v.r.Context(), v.door, register.WithID(x, id))
	}
	return v.answer(v.askEntry(part, x), err, "/states/"+s.Register.OwnNode())
}

func (s *Server) removeEntry(v *visit) error {
	_, _, id, err := v.entryAt()
	if err != nil {
		return err
	}
	if err := s.Register.Remove(v.r.Context(), v.door, id); err != nil {
		return err
	}
	return v.redirect("/states/" + s.Register.OwnNode())
}

func (s *Server) publishCard(v *visit) error {
	err := s.Register.Publish(v.r.Context(), v.door)
	if fault.Is(err, fault.CodeInvalid) {
		return v.showStateCard(422, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/states/" + s.Register.OwnNode())
}

// hindranceAt gives the note that an address names, or an empty one.
func (v *visit) hindranceAt() (register.Hindrance, error) {
	if v.r.PathValue("id") == "new" {
		return register.Hindrance{}, nil
	}
	c, err := v.s.Register.Of(v.r.Context(), v.door, v.cardNode())
	if err != nil {
		return register.Hindrance{}, err
	}
	for _, h := range c.Hindrances {
		if h.ID.String() == v.r.PathValue("id") {
			return h, nil
		}
	}
	return register.Hindrance{}, fault.NotFound("There is no such page.")
}

func (v *visit) askHindrance(h *register.Hindrance) question {
	return question{title: "What discouraged cooperation", action: v.r.URL.Path, back: "/states/" + v.cardNode(), fields: v.asked(h),
		text: "Those who work with other States at this node read it. It is sent to nobody."}
}

func (s *Server) hindranceForm(v *visit) error {
	h, err := v.hindranceAt()
	if err != nil {
		return err
	}
	return v.ask(v.askHindrance(&h), nil)
}

func (s *Server) noteHindrance(v *visit) error {
	h, err := v.hindranceAt()
	if err != nil {
		return err
	}
	err = v.decode(&h)
	if err == nil {
		err = s.Register.Hinder(v.r.Context(), v.door, v.cardNode(), h)
	}
	return v.answer(v.askHindrance(&h), err, "/states/"+v.cardNode())
}

// hindrances lists what discouraged cooperation with a State, and what was done.
func (v *visit) hindrances(c *register.View) *ui.Table {
	t := &ui.Table{Caption: v.loc.T("What discouraged cooperation, and what was done"), Columns: []ui.Column{{Text: v.loc.T("What discouraged cooperation")},
		{Text: v.loc.T("Channel")}, {Text: v.loc.T("What happened")}, {Text: v.loc.T("What was done about it")}, {Text: v.loc.T("Status")}},
		Empty: ui.Empty{Title: v.loc.T("Nothing is noted")}}
	for _, h := range c.Hindrances {
		tag := ui.Tag{Text: v.loc.T("Not solved"), Colour: ui.Yellow}
		if h.Settled {
			tag = ui.Tag{Text: v.loc.T("Solved"), Colour: ui.Green}
		}
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.T(h.Kind.Label()), Href: "/states/" + c.Node + "/hindrances/" + h.ID.String(), Note: v.loc.Time(h.At, v.s.Zone)},
			{Text: v.loc.T(h.Channel.Label())}, {Text: h.What}, {Text: h.Done}, {Tag: &tag}}})
	}
	return t
}
