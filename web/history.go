package web

import (
	"net/http"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/web/ui"
)

type historyPage struct {
	ui.Page
	Table ui.Table
	Pages ui.Pages
}

// caseHistory answers "who saw this case, and why".
func (s *Server) caseHistory(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	before, err := ident.Parse(v.r.URL.Query().Get("before"))
	if err != nil {
		before = ident.ID{} // the first page
	}
	lines, next, err := s.Desk.History(v.r.Context(), v.door, id, before, 100)
	if err != nil {
		return err
	}
	page := historyPage{Page: v.frame("Who looked, and why")}
	page.Wide = true
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + id.String()}
	page.Table = ui.Table{Caption: v.loc.T("Who looked, and why"), Columns: []ui.Column{{Text: v.loc.T("When")}, {Text: v.loc.T("Who")},
		{Text: v.loc.T("Organisation")}, {Text: v.loc.T("As")}, {Text: v.loc.T("What")}, {Text: v.loc.T("Reason")}}}
	for _, l := range lines {
		as := ""
		for _, r := range l.Header.Standing {
			as += v.loc.T(roleLabel(access.Role(r))) + " "
		}
		who := l.Header.Name
		if !l.Header.Program.IsZero() {
			who = v.loc.T("%s, through a program", who)
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.Time(l.At, s.Zone)}, {Text: who},
			{Text: v.organisation(l.Header.Organisation)}, {Text: as}, {Text: v.action(l.Header.Action)}, {Text: v.reason(l)}}})
	}
	if !next.IsZero() {
		page.Pages.Next = "/cases/" + id.String() + "/history?before=" + next.String()
	}
	return v.show(http.StatusOK, "history", page)
}

// reason is why somebody looked: in their own words where these were asked for, else the occasion.
func (v *visit) reason(l record.Line) string {
	switch l.Header.Why {
	case "":
		return l.Reason
	case "worklist":
		return v.loc.T("In a list of cases")
	case "search":
		return v.loc.T("In a search")
	case "day":
		return v.loc.T("In the list of the day")
	case "document":
		return v.loc.T("A document of the case")
	case "letter":
		return v.loc.T("A letter to the person, to print")
	case "notes":
		return v.loc.T("Notes")
	case "figures":
		return v.loc.T("Counted for a figure about many cases")
	case "file":
		return v.loc.T("The case as a file, to take away")
	case "export":
		return v.loc.T("In a file with other cases, to take away")
	case "held":
		return v.loc.T("What is held, gone through with the person")
	case "questionnaire":
		return v.loc.T("A questionnaire")
	}
	if info, ok := casework.Find(l.Header.Why); ok {
		return v.loc.T(info.Label)
	}
	return l.Header.Why
}

// action names what an entry of the journal says was done.
func (v *visit) action(name string) string {
	switch name {
	case "look":
		return v.loc.T("Looked at the case")
	case "see:history":
		return v.loc.T("Read this list")
	case "break_glass":
		return v.loc.T("Opened the case in an emergency")
	case journal.PartErased:
		return v.loc.T("Erased a part of the case")
	case "open":
		return v.loc.T("Opened the case")
	}
	if info, ok := casework.Find(name); ok {
		return v.loc.T(info.Past)
	}
	return name
}

// orBreakGlass offers the emergency door to those whose role has it.
func (v *visit) orBreakGlass(err error) error {
	d := v.s.Node.Policy.Decide(v.viewer(), v.s.Desk.Kind.Name, nil, v.s.Node.Now())
	if fault.Is(err, fault.CodeNotFound) && d.May("break_glass") {
		return v.redirect("/cases/" + v.r.PathValue("id") + "/break-glass")
	}
	return err
}

type breakGlassPage struct {
	ui.Page
	Interruption ui.Interruption
	Form         ui.Form
}

func (v *visit) breakGlassPage() breakGlassPage {
	p := breakGlassPage{Page: v.frame("Open this case in an emergency")}
	p.Interruption = ui.Interruption{Title: v.loc.T("You have no part in this case"), Text: []string{
		v.loc.T("Where it can wait for an answer, ring who is on duty there."),
		v.loc.T("In an emergency you can open it for two hours. The organisation responsible, the focal point and the auditor are told, with your reason.")}}
	p.Interruption.Buttons = []ui.Button{{Text: v.loc.T("Who is on duty"), Href: "/on-duty"}}
	p.Form = ui.Form{Action: v.r.URL.Path, Submit: v.loc.T("Open for two hours"), Danger: true, Fields: []ui.Field{
		{Name: "reason", Label: v.loc.T("Why you need to see this case now"), Kind: ui.KindTextarea, Required: true}}}
	return p
}

func (s *Server) breakGlassForm(v *visit) error {
	return v.show(http.StatusOK, "break-glass", v.breakGlassPage())
}

func (s *Server) breakGlass(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	err = casework.BreakGlass(v.r.Context(), v.door, s.Desk.Kind, id, v.r.PostFormValue("reason"))
	if fault.Is(err, fault.CodeInvalid) {
		page := v.breakGlassPage()
		page.Errors = page.Form.Refuse(v.loc, err)
		return v.show(http.StatusUnprocessableEntity, "break-glass", page)
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String())
}
