package web

import (
	"net/http"
	"strings"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/record"
	"palermo/web/ui"
)

type heldPage struct {
	ui.Page
	Parts   []heldPart
	Allowed []ui.SummaryList
	Looks   *ui.Table // nil where the viewer's organisation may not tell them
	More    bool
	Steps   ui.Steps
}

type heldPart struct {
	Name  string
	About string // in plain words, to the person
	Lists []ui.SummaryList
}

// held is what is held about the person, to be gone through with them, on
// screen or on paper. No colleague is named on it, only organisations.
func (s *Server) held(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	h, err := s.Desk.Held(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	base := "/cases/" + id.String()
	page := heldPage{Page: v.frame("What is held about you"), More: h.More}
	page.Back, page.Exit = &ui.Link{Text: v.loc.T("Back"), Href: base}, awayFromHere()
	for _, section := range h.View.Sections() {
		if len(section.Entries) == 0 {
			continue
		}
		part := heldPart{Name: v.loc.T(section.Name), About: v.loc.T(heldWords[section.Name])}
		for _, e := range section.Entries {
			e.By, e.Hidden = [16]byte{}, true
			part.Lists = append(part.Lists, v.entry(e))
		}
		page.Parts = append(page.Parts, part)
	}
	for _, g := range h.Allowed {
		page.Allowed = append(page.Allowed, v.allowed(g))
	}
	if h.Looked {
		page.Looks = v.looks(h.Looks)
	}
	for _, o := range h.View.Offers() {
		if o.WhyNot == nil && (o.Name == "withdraw-consent" || o.Name == "ask-about-data") {
			page.Steps.Steps = append(page.Steps.Steps, ui.Step{Text: v.loc.T(o.Label), Href: base + "/do/" + o.Name})
		}
	}
	return v.show(http.StatusOK, "held", page)
}

// heldWords say to the person what a part of the case is.
var heldWords = map[string]string{
	casework.SectionCase:           "Who you are, and what became of the case as a whole.",
	casework.SectionIdentification: "What was asked, and what was decided about whether you were trafficked.",
	casework.SectionRights:         "What you were told, what you allowed, and what went to somebody without your consent.",
	casework.SectionSafety:         "How you can be reached without danger, and what endangers you.",
	casework.SectionPlace:          "Where you slept, and whether you were missed.",
	casework.SectionAssistance:     "What you need, what you want, and what was planned.",
	casework.SectionFamily:         "Your family, and for a child the guardian and what serves you best.",
	casework.SectionLegal:          "Charges, and evidence other than your word.",
	casework.SectionRecord:         "Notes, documents, interviews and meetings about you.",
}

// allowed is one consent in force, in the person's words.
func (v *visit) allowed(g consent.Consent) ui.SummaryList {
	list := ui.SummaryList{Title: v.organisation(g.Recipient), Sub: true}
	data := ui.Row{Key: v.loc.T("It may receive")}
	for _, c := range g.Data.List() {
		data.Values = append(data.Values, v.loc.T(c.Label()))
	}
	list.Rows = []ui.Row{{Key: v.loc.T("What for"), Value: v.loc.T(casework.PurposeLabel(g.Purpose))}, data,
		{Key: v.loc.T("Until"), Value: v.loc.Date(g.Until.In(v.s.Zone).Format("2006-01-02"))}}
	return list
}

// looks says which organisation looked, as what and when; nobody in it.
func (v *visit) looks(list []casework.Looked) *ui.Table {
	table := &ui.Table{Caption: v.loc.T("Which organisation looked, as what and when"), Columns: []ui.Column{{Text: v.loc.T("Organisation")}, {Text: v.loc.T("As")},
		{Text: v.loc.T("First")}, {Text: v.loc.T("Last")}, {Text: v.loc.T("How often"), Numeric: true}}}
	for _, l := range list {
		var as []string
		for _, r := range l.Roles {
			as = append(as, v.loc.T(roleLabel(access.Role(r))))
		}
		table.Rows = append(table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.organisation(l.Organisation)}, {Text: strings.Join(as, ", ")},
			{Text: v.loc.Time(l.First, v.s.Zone)}, {Text: v.loc.Time(l.Last, v.s.Zone)}, {Text: v.loc.Number(l.Times)}}})
	}
	return table
}
