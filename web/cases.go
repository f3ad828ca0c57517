package web

import (
	"net/http"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
	"palermo/web/ui"
)

const soon = 24 * time.Hour

type casesPage struct {
	ui.Page
	Search ui.Form
	Table  ui.Table
	Pages  ui.Pages
	Steps  ui.Steps
	Tabs   ui.Tabs
	State  string // "?state=historical" on the list of historical cases
}

// worklist is which list an address names, and what it is asked with.
func (v *visit) worklist() (state, query string) {
	if v.r.URL.Query().Get("state") == "historical" {
		return "historical", "?state=historical"
	}
	return "", ""
}

// cases is the worklist, newest first.
func (s *Server) cases(v *visit) error {
	before, err := cursor(v.r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	state, query := v.worklist()
	found, err := s.Desk.Cases(v.r.Context(), v.door, state, before, 50)
	if err != nil {
		return err
	}
	page := v.casesPage(found)
	page.State = query
	if v.takesOut() {
		page.Tabs = ui.Tabs{Label: v.loc.T("Cases"), Items: []ui.NavItem{{Text: v.loc.T("Cases"), Href: "/cases", Current: state == ""},
			{Text: v.loc.T("Historical cases"), Href: "/cases?state=historical", Current: state != ""}}}
	}
	if len(found) == 50 {
		page.Pages.Next = "/cases?state=" + state + "&before=" + cursorText(found[49].Cursor())
	}
	if state != "" {
		all, err := record.Count(v.r.Context(), v.door, s.Desk.Kind, record.Query[casework.Case]{States: []string{state}})
		if err != nil {
			return err
		}
		page.Table.Caption = v.loc.T("Historical cases: %s. Records without names of what was.", v.loc.Number(all))
		page.Steps = ui.Steps{}
	}
	return v.show(http.StatusOK, "cases", page)
}

// searchCases finds by name or reference; the words stay out of the address.
func (s *Server) searchCases(v *visit) error {
	found, err := s.Desk.SearchCases(v.r.Context(), v.door, v.r.PostFormValue("words"))
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "cases", v.casesPage(found))
}

func (v *visit) casesPage(found []record.Redacted[casework.View]) casesPage {
	page := casesPage{Page: v.frame("Cases")}
	page.Search = ui.Form{Action: "/cases/search", Submit: v.loc.T("Search"), Fields: []ui.Field{
		{Name: "words", Label: v.loc.T("Name or reference"), Hint: v.loc.T("In any script or spelling."), Required: true, Autocomplete: "off"}}}
	page.Table = ui.Table{Caption: v.loc.T("Cases"),
		Columns: []ui.Column{{Text: v.loc.T("Reference")}, {Text: v.loc.T("Name")}, {Text: v.loc.T("Opened")}, {Text: v.loc.T("Status")},
			{Text: v.loc.T("What became of the referral")}},
		Empty: ui.Empty{Title: v.loc.T("No case"), Text: v.loc.T("There is none, or none that you may see.")}}
	for _, r := range found {
		c := r.Value()
		state := v.state(&c)
		row := ui.TableRow{Cells: []ui.Cell{{Text: c.Reference, Href: "/cases/" + r.ID().String()}, {Text: c.Person.Name}, {}, {}, {}}}
		if c.Sees.Has(access.Summary) { // else it is there for an address alone
			row.Cells[2].Text, row.Cells[3].Tag = v.loc.Time(c.Opened, v.s.Zone), &state
		}
		if c.Became != nil {
			row.Cells[4].Text = v.loc.T(c.Became.Stage(v.s.Node.Now()))
		}
		page.Table.Rows = append(page.Table.Rows, row)
	}
	page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Open a case"), Href: "/cases/new", Main: true,
		Hint: v.loc.T("At first contact with a person who may be a victim of trafficking.")}}}
	if v.takesOut() {
		page.Steps.Steps = append(page.Steps.Steps, ui.Step{Text: v.loc.T("Import and export"), Href: "/imports"})
	}
	return page
}

// newCaseForm asks the little that is needed to begin.
func (s *Server) newCaseForm(v *visit) error {
	return v.showStep(http.StatusOK, "", "Open a case", "/cases/new", "/cases", input.Describe(&casework.DescribePerson{}), 0, nil, preface{})
}

func (s *Server) newCase(v *visit) error {
	var first casework.DescribePerson
	err := v.decode(&first)
	var id casework.CaseID
	if err == nil {
		id, err = s.Desk.OpenCase(v.r.Context(), v.door, first)
	}
	if fault.Is(err, fault.CodeInvalid) {
		return v.showStep(http.StatusUnprocessableEntity, "", "Open a case", "/cases/new", "/cases", input.Describe(&first), 0, err, preface{})
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String())
}
