package web

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/review/floor"
	"palermo/review/instrument"
	"palermo/review/meeting"
	"palermo/web/ui"
)

func (s *Server) routeSessions(mux *http.ServeMux) {
	mux.HandleFunc("GET /sessions", s.signedIn(s.sessions))
	mux.HandleFunc("GET /sessions/new", s.signedIn(s.beginSessionForm))
	mux.HandleFunc("POST /sessions/new", s.signedIn(s.beginSession))
	mux.HandleFunc("GET /sessions/{id}", s.signedIn(s.heldSession))
	mux.HandleFunc("POST /sessions/{id}/do/{what}", s.signedIn(s.inSession))
	mux.HandleFunc("POST /sessions/{id}/items/{item}", s.signedIn(s.takeUpItem))
	mux.HandleFunc("POST /sessions/{id}/floor/{request}/{what}", s.signedIn(s.onFloor))
	s.routeSessionWritten(mux)
}

// sessions lists the sessions that are held at this node (paras. 35 to 49).
func (s *Server) sessions(v *visit) error {
	list, err := s.Sessions.List(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := sessionsPage{Page: v.frame("Sessions")}
	page.Table = ui.Table{Caption: v.loc.T("Sessions"), Columns: []ui.Column{{Text: v.loc.T("Body")}, {Text: v.loc.T("From")}, {Text: v.loc.T("To")}, {Text: v.loc.T("State")}},
		Empty: ui.Empty{Title: v.loc.T("Nothing yet"), Text: v.loc.T("No session is held here.")}}
	for _, seen := range list {
		x := seen.Value()
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: x.Facts.Body, Href: "/sessions/" + seen.ID().String(), Lang: "en"},
			{Text: v.loc.Date(string(x.Facts.From))}, {Text: v.loc.Date(string(x.Facts.To))}, {Tag: v.meetingTag(&x.Session)}}})
	}
	if v.viewer().Has(access.Secretariat) {
		page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Begin a session"), Href: "/sessions/new"}}}
	}
	return v.show(http.StatusOK, "sessions", page)
}

// sessionsPage is a list with a step, as that of the questionnaires.
type sessionsPage = readingsPage

func (v *visit) meetingTag(x *floor.Session) *ui.Tag {
	if x.Meeting == 0 {
		return &ui.Tag{Text: v.loc.T("No meeting is open"), Colour: ui.Grey}
	}
	return &ui.Tag{Text: v.loc.T("Meeting %d", x.Meeting), Colour: ui.Teal}
}

func (v *visit) sessionAt() (record.Redacted[floor.View], error) {
	id, err := record.ParseID[floor.Session](v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[floor.View]{}, err
	}
	return v.s.Sessions.Of(v.r.Context(), v.door, id)
}

type sessionPage struct {
	ui.Page
	Heading  string
	Facts    ui.SummaryList
	Steps    ui.Steps
	Speaker  *ui.Card
	Waiting  []waitingRow
	Agenda   []agendaRow
	Spoken   ui.Table
	Present  ui.Table
	Report   string
	HasFloor string
}

// waitingRow is a request on the list of speakers, with what the viewer can do about it.
type waitingRow struct {
	Name    string
	Tag     *ui.Tag
	Note    string
	Buttons ui.ButtonGroup
}

// agendaRow is an item of the agenda.
type agendaRow struct {
	Text   string
	Tag    *ui.Tag
	TakeUp *ui.Button
}

// heldSession is a session as it is held: the item, the speaker, the list, the agenda, who was there.
func (s *Server) heldSession(v *visit) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	x, base := seen.Value().Session, "/sessions/"+seen.ID().String()
	page := sessionPage{Page: v.frame("Session"), Heading: x.Facts.Body, Report: base + "/report.docx"}
	page.Back = &ui.Link{Text: v.loc.T("Sessions"), Href: "/sessions"}
	page.Renew = renewWithoutScripts
	f := facts{v: v}
	f.add("City", x.Facts.City)
	f.add("From", v.loc.Date(string(x.Facts.From)))
	f.add("To", v.loc.Date(string(x.Facts.To)))
	f.rows = append(f.rows, ui.Row{Key: v.loc.T("State"), Tag: v.meetingTag(&x)})
	if x.Minutes > 0 {
		f.add("Minutes for a statement", v.loc.Number(x.Minutes))
	}
	if x.Facts.Adoption.On != "" {
		f.add("Report adopted", v.loc.Date(string(x.Facts.Adoption.On)))
	}
	page.Facts = ui.SummaryList{Rows: f.rows}
	page.Steps = v.sessionSteps(seen, &x, base)
	v.fillFloor(&page, seen, &x, base)
	for _, i := range x.Facts.Agenda {
		row := agendaRow{Text: strconv.Itoa(i.Number) + ". " + i.Title}
		if i.Number == x.Item {
			row.Tag = &ui.Tag{Text: v.loc.T("Considered now"), Colour: ui.Teal}
		} else if seen.May(floor.ActChair) && x.Meeting != 0 {
			row.TakeUp = &ui.Button{Text: v.loc.T("Take up item %d", i.Number), Action: base + "/items/" + strconv.Itoa(i.Number), Kind: ui.ButtonSecondary}
		}
		page.Agenda = append(page.Agenda, row)
	}
	return v.show(http.StatusOK, "session", page)
}

func (v *visit) sessionSteps(seen record.Redacted[floor.View], x *floor.Session, base string) ui.Steps {
	var steps ui.Steps
	add := func(text, href, action, why string) {
		if why != "" {
			href, action = "", ""
		}
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T(text), Href: href, Action: action, Why: why})
	}
	closed := ""
	if x.Meeting == 0 {
		closed = v.loc.T("No meeting is open.")
	}
	if v.viewer().Has(access.Delegate) || v.viewer().Has(access.Observer) {
		add("Ask for the floor", "", base+"/do/ask", closed)
	}
	if v.viewer().Has(access.Delegate) {
		add("Raise a point of order", "", base+"/do/order", closed)
	}
	if seen.May(floor.ActChair) {
		if x.Meeting == 0 {
			add("Open the next meeting", "", base+"/do/sit", "")
		} else {
			add("Close the meeting", "", base+"/do/rise", "")
		}
		if x.Facts.Adopted.Meeting == 0 {
			add("Adopt the agenda", "", base+"/do/adopt-agenda", closed)
		}
		if x.Facts.Adoption.On == "" {
			add("Adopt the report", "", base+"/do/adopt-report", closed)
		}
	}
	if seen.May(floor.ActKeep) {
		add("Note who is present", base+"/attend", "", "")
		add("Put a delegation on the list", base+"/ask-for", "", closed)
		add("Write down what was said", base+"/tell", "", "")
	}
	return steps
}

func (v *visit) fillFloor(page *sessionPage, seen record.Redacted[floor.View], x *floor.Session, base string) {
	now := v.s.Node.Now()
	if q := x.Speaker(); q != nil {
		took := q.Took(now)
		page.Speaker = &ui.Card{Title: q.Name, Text: v.loc.T("Speaking for %s", clock(took)), Tag: v.requestTag(q)}
		if x.Minutes > 0 && took > time.Duration(x.Minutes)*time.Minute && !q.Order {
			page.Speaker.Tag = &ui.Tag{Text: v.loc.T("Over time"), Colour: ui.Red}
		}
		if seen.May(floor.ActChair) {
			page.HasFloor = base + "/do/end"
		}
	}
	for n, q := range x.Waiting() {
		row := waitingRow{Name: strconv.Itoa(n+1) + ". " + q.Name, Tag: v.requestTag(&q), Note: v.loc.Time(q.Asked, v.s.Zone)}
		at := base + "/floor/" + q.ID.String()
		if seen.May(floor.ActChair) {
			row.Buttons.Buttons = append(row.Buttons.Buttons, ui.Button{Text: v.loc.T("Give the floor: %s", q.Name), Action: at + "/give"})
		}
		if seen.May(floor.ActChair) || q.Delegation == v.viewer().Organisation {
			row.Buttons.Buttons = append(row.Buttons.Buttons, ui.Button{Text: v.loc.T("Take off the list: %s", q.Name), Action: at + "/leave", Kind: ui.ButtonSecondary})
		}
		page.Waiting = append(page.Waiting, row)
	}
	page.Spoken = ui.Table{Caption: v.loc.T("Statements"), Columns: []ui.Column{{Text: v.loc.T("Delegation")}, {Text: v.loc.T("Item"), Numeric: true}, {Text: v.loc.T("Time"), Numeric: true}},
		Empty: ui.Empty{Title: v.loc.T("Nobody has spoken yet")}}
	for _, q := range slices.Backward(x.Floor) {
		if !q.Ended.IsZero() {
			page.Spoken.Rows = append(page.Spoken.Rows, ui.TableRow{Cells: []ui.Cell{{Text: q.Name, Tag: v.requestTag(&q)}, {Text: v.loc.Number(q.Item)}, {Text: clock(q.Spoken)}}})
		}
	}
	page.Present = ui.Table{Caption: v.loc.T("List of participants"), Columns: []ui.Column{{Text: v.loc.T("Delegation")}, {Text: v.loc.T("Represented as")}}, Empty: ui.Empty{Title: v.loc.T("Nobody is noted as present yet")}}
	for _, p := range x.Present {
		page.Present.Rows = append(page.Present.Rows, ui.TableRow{Cells: []ui.Cell{{Text: p.Name}, {Text: v.loc.T(p.Group.Label())}}})
	}
}

func (v *visit) requestTag(q *floor.Request) *ui.Tag {
	switch {
	case q.Order:
		return &ui.Tag{Text: v.loc.T("Point of order"), Colour: ui.Yellow}
	case q.Waits() && q.Spoken > 0:
		return &ui.Tag{Text: v.loc.T("Interrupted"), Colour: ui.Blue}
	}
	return nil
}

// clock is minutes and seconds.
func clock(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// inSession does what a button of the page says.
func (s *Server) inSession(v *visit) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	ctx, id, mine := v.r.Context(), floor.ID(seen.ID()), v.viewer().Organisation
	do, ok := map[string]func() error{
		"ask": func() error { return s.Sessions.Ask(ctx, v.door, id, mine, false) }, "order": func() error { return s.Sessions.Ask(ctx, v.door, id, mine, true) },
		"sit": func() error { return s.Sessions.Sit(ctx, v.door, id, s.Zone) }, "rise": func() error { return s.Sessions.Rise(ctx, v.door, id) },
		"end":          func() error { return s.Sessions.End(ctx, v.door, id) },
		"adopt-agenda": func() error { return s.Sessions.AdoptAgenda(ctx, v.door, id) },
		"adopt-report": func() error { return s.Sessions.AdoptReport(ctx, v.door, id, s.Zone) },
	}[v.r.PathValue("what")]
	if !ok {
		return fault.NotFound("There is no such page.")
	}
	return v.doneInSession(do())
}

func (v *visit) doneInSession(err error) error {
	if err != nil {
		return err
	}
	return v.redirect("/sessions/" + v.r.PathValue("id"))
}

func (s *Server) takeUpItem(v *visit) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	item, err := strconv.Atoi(v.r.PathValue("item"))
	if err != nil {
		return fault.NotFound("There is no such page.")
	}
	return v.doneInSession(s.Sessions.TakeUp(v.r.Context(), v.door, floor.ID(seen.ID()), item))
}

func (s *Server) onFloor(v *visit) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	request, err := ident.Parse(v.r.PathValue("request"))
	if err != nil {
		return fault.NotFound("There is no such page.")
	}
	if v.r.PathValue("what") == "give" {
		return v.doneInSession(s.Sessions.Give(v.r.Context(), v.door, floor.ID(seen.ID()), request))
	}
	return v.doneInSession(s.Sessions.Leave(v.r.Context(), v.door, floor.ID(seen.ID()), request))
}

// sessionReport is the report as the facts of the session make it so far.
func (s *Server) sessionReport(v *visit) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	l, err := instrument.Open()
	if err != nil {
		return err
	}
	x := seen.Value()
	var b bytes.Buffer
	if err := meeting.Write(&x.Facts, l).WriteDOCX(&b); err != nil {
		return fault.Internal(err)
	}
	return v.save("report.docx", docxType, b.Bytes())
}
