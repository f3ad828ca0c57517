package web

import (
	"net/http"

	"palermo/access"
	"palermo/jurisdiction"
	"palermo/web/ui"
)

type statePage struct {
	ui.Page
	Entitlements ui.Table
	Clocks       ui.Table
	Register     ui.Table
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
	page.Clocks = ui.Table{Caption: v.loc.T("What is due when"), Columns: []ui.Column{{Text: v.loc.T("Duty")}, {Text: v.loc.T("Within")}, {Text: v.loc.T("By whom")}, {Text: v.loc.T("Source")}}}
	for _, c := range p.Clocks {
		source := c.Citation()
		if c.Own() {
			source = v.loc.T("The project's own default: no law says so.")
		}
		page.Clocks.Rows = append(page.Clocks.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.T(c.Title)}, {Text: c.Period.String(), Lang: "en"},
			{Text: v.loc.T(roleLabel(access.Role(c.Responsible)))}, {Text: source, Lang: "en"}}})
	}
	page.Register = ui.Table{Caption: v.loc.T("The Protocol, paragraph by paragraph"), Columns: []ui.Column{{Text: v.loc.T("Paragraph")}, {Text: v.loc.T("Subject")}, {Text: v.loc.T("Obligation")}, {Text: v.loc.T("State's provision")}}}
	for _, r := range p.Register() {
		law := ui.Cell{Text: r.Entry.Text, Lang: "en"}
		if r.Gap {
			law = ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Not known"), Colour: ui.Grey}}
		}
		page.Register.Rows = append(page.Register.Rows, ui.TableRow{Cells: []ui.Cell{{Text: r.ID}, {Text: r.Subject, Lang: "en"}, {Text: r.Modality, Lang: "en"}, law}})
	}
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
			row.Cells = append(row.Cells, ui.Cell{Tag: &tag, Note: cell.Condition})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
