package web

import (
	"net/http"
	"strings"

	"palermo/access"
	"palermo/cooperation"
	"palermo/jurisdiction"
	"palermo/web/ui"
)

type statePage struct {
	ui.Page
	Entitlements ui.Table
	Clocks       ui.Table
	Between      ui.Table
	Register     ui.Table
	Amendments   ui.Table
	Gaps         []gapGroup
}

type gapGroup struct {
	Name  string
	Lines []string
}

// state shows the State as its profile has it: what non-nationals are entitled
// to, what is due when, the Protocol's paragraphs, and every gap (row 7k).
func (s *Server) state(v *visit) error {
	p := s.Desk.Profile
	name, _ := p.Name.In(v.loc.Tag())
	page := statePage{Page: v.frame("This State")}
	page.Title, page.Wide = name, true
	page.Entitlements = v.entitlements(p)
	page.Clocks = ui.Table{Caption: v.loc.T("What is due when"), Columns: []ui.Column{{Text: v.loc.T("What is due")}, {Text: v.loc.T("Within")}, {Text: v.loc.T("By whom")}, {Text: v.loc.T("Source")}}}
	for _, c := range p.Clocks {
		source := c.Citation()
		if c.Own() {
			source = v.loc.T("The project's own default: no law says so.")
		}
		page.Clocks.Rows = append(page.Clocks.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.T(c.Title)}, {Text: c.Period.String(), Lang: "en"},
			{Text: v.loc.T(roleLabel(access.Role(c.Responsible)))}, {Text: source, Lang: "en"}}})
	}
	page.Between = v.between(p)
	page.Register = ui.Table{Caption: v.loc.T("The Protocol, paragraph by paragraph"), Columns: []ui.Column{{Text: v.loc.T("Paragraph")}, {Text: v.loc.T("Subject")}, {Text: v.loc.T("Obligation")}, {Text: v.loc.T("State's provision")}}}
	for _, r := range p.Register() {
		law := ui.Cell{Text: r.Entry.Text, Lang: "en"}
		switch {
		case r.Gap:
			law = ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Not known"), Colour: ui.Grey}}
		case !r.Entry.Verified():
			law.Tag = v.notVerified()
		}
		page.Register.Rows = append(page.Register.Rows, ui.TableRow{Cells: []ui.Cell{{Text: r.ID}, {Text: r.Subject, Lang: "en"}, {Text: r.Modality, Lang: "en"}, law}})
	}
	page.Amendments = v.amendments(p)
	names := map[jurisdiction.GapKind]string{"missing": "Not known", "default": "Taken from a default", "unverified": "Not verified", "condition": "Conditions that the law puts on help"}
	gaps := p.Gaps()
	for _, kind := range []jurisdiction.GapKind{"missing", "default", "unverified", "condition"} {
		group := gapGroup{Name: v.loc.T(names[kind])}
		for _, g := range gaps {
			if g.Kind == kind {
				group.Lines = append(group.Lines, g.Text)
			}
		}
		if len(group.Lines) > 0 {
			page.Gaps = append(page.Gaps, group)
		}
	}
	return v.show(http.StatusOK, "state", page)
}

// between says how soon this State does its part in a procedure with another one.
func (v *visit) between(p *jurisdiction.Profile) ui.Table {
	t := ui.Table{Caption: v.loc.T("How soon a procedure between States moves on"), Columns: []ui.Column{{Text: v.loc.T("Procedure")}, {Text: v.loc.T("State")}, {Text: v.loc.T("Within")}, {Text: v.loc.T("Source")}}}
	for _, d := range cooperation.Definitions() {
		for _, s := range d.States {
			m := p.Move(d.Move(s.State))
			source := m.Citation()
			if m.Status == jurisdiction.Project {
				source = v.loc.T("The project's own default: no law says so.")
			}
			t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.T(d.Label)}, {Text: v.loc.T(s.Label)}, {Text: m.Period.String(), Lang: "en"}, {Text: source, Lang: "en"}}})
		}
	}
	return t
}

var stageNames = map[jurisdiction.BillStage]string{"planned": "Planned", "proposed": "Proposed", "in_parliament": "In parliament", "adopted": "Adopted",
	"in_force": "Law in force", "dropped": "Dropped"}

// amendments lists the changes of law, how far each has come and since when.
func (v *visit) amendments(p *jurisdiction.Profile) ui.Table {
	t := ui.Table{Caption: v.loc.T("Changes of the law"), Columns: []ui.Column{{Text: v.loc.T("Change of the law")}, {Text: v.loc.T("Paragraph")}, {Text: v.loc.T("Stage")},
		{Text: v.loc.T("The way so far")}, {Text: v.loc.T("Source")}}, Empty: ui.Empty{Title: v.loc.T("Changes of the law"), Text: v.loc.T("No change of the law is known.")}}
	for _, a := range p.Amendments {
		tag, way := ui.Tag{Text: v.loc.T(stageNames[a.Stage]), Colour: ui.Teal}, ""
		switch a.Stage {
		case "in_force":
			tag.Colour = ui.Green
		case "dropped":
			tag.Colour = ui.Grey
		}
		for i, step := range a.Steps {
			if i > 0 {
				way += " · "
			}
			way += v.loc.T("%s: %s", v.loc.T(stageNames[step.Stage]), v.loc.Date(string(step.On)))
		}
		source := ui.Cell{Text: a.Citation(), Lang: "en"}
		if !a.Verified() {
			source.Tag = v.notVerified()
		}
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: a.Title, Note: a.Text, Lang: "en"}, {Text: string(a.Provision)}, {Tag: &tag}, {Text: way}, source}})
	}
	return t
}

var needNames = map[jurisdiction.Need]string{"accommodation": "Accommodation", "medical_care": "Medical care", "counselling": "Counselling",
	"legal_aid": "Legal aid", "interpretation": "Interpretation", "work": "Work", "education_for_children": "School for children",
	"residence_permit": "Residence permit", "compensation": "Compensation", "return": "Safe return"}

var standingNames = map[jurisdiction.Standing]string{"presumed": "Presumed a victim", "recovery": "In the recovery period", "identified": "Identified",
	"declined": "Declined identification", "child": "Child"}

func (v *visit) entitlements(p *jurisdiction.Profile) ui.Table {
	t := ui.Table{Caption: v.loc.T("What people who are not nationals are entitled to"), Columns: []ui.Column{{Text: v.loc.T("Entitlement")}}}
	for _, standing := range jurisdiction.Standings() {
		t.Columns = append(t.Columns, ui.Column{Text: v.loc.T(standingNames[standing])})
	}
	words := map[jurisdiction.Entitled]ui.Tag{jurisdiction.Yes: {Text: v.loc.T("Yes"), Colour: ui.Green}, jurisdiction.No: {Text: v.loc.T("No"), Colour: ui.Red},
		jurisdiction.Conditional: {Text: v.loc.T("On a condition"), Colour: ui.Yellow}, jurisdiction.Unknown: {Text: v.loc.T("Not known"), Colour: ui.Grey}}
	for _, need := range jurisdiction.Needs() {
		row := ui.TableRow{Cells: []ui.Cell{{Text: v.loc.T(needNames[need])}}}
		for _, standing := range jurisdiction.Standings() {
			cell := p.Entitlement(need, standing)
			tag := words[cell.Value]
			row.Cells = append(row.Cells, ui.Cell{Tag: &tag, Note: v.entitlementNote(cell)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// entitlementNote is the condition of an entitlement, and whether anybody has compared it with its source.
func (v *visit) entitlementNote(e jurisdiction.Cell) string {
	if e.Value == jurisdiction.Unknown || e.Verified() {
		return e.Condition
	}
	return strings.TrimSpace(e.Condition + " " + v.loc.T("(not verified)"))
}

func (v *visit) notVerified() *ui.Tag {
	return &ui.Tag{Text: v.loc.T("Not verified"), Colour: ui.Yellow}
}
