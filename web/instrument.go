package web

import (
	"net/http"

	"palermo/review/instrument"
	"palermo/web/ui"
)

type instrumentsPage struct {
	ui.Page
	Tables []ui.Table
}

// instruments is what the review cites: treaties, their paragraphs, who is a party, what the Conference decided (paras. 1 to 5).
func (s *Server) instruments(v *visit) error {
	l, err := instrument.Open()
	if err != nil {
		return err
	}
	page := instrumentsPage{Page: v.frame("Instruments and decisions")}
	page.Back = &ui.Link{Text: v.loc.T("Recommendations"), Href: "/recommendations"}
	page.Tables = []ui.Table{v.treaties(l), v.acts(l)}
	for _, i := range l.Instruments {
		if len(i.Provisions) > 0 {
			page.Tables = append(page.Tables, v.provisions(i))
		}
	}
	page.Tables = append(page.Tables, v.statuses(l))
	return v.show(http.StatusOK, "instruments", page)
}

// known is a text of a source in English, or says that no source has it.
func (v *visit) known(text string) ui.Cell {
	if text == "" {
		return ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Not known here"), Colour: ui.Grey}}
	}
	return ui.Cell{Text: text, Lang: "en"}
}

func (v *visit) treaties(l *instrument.Library) ui.Table {
	t := ui.Table{Caption: v.loc.T("Instruments"), Columns: []ui.Column{{Text: v.loc.T("Short name")}, {Text: v.loc.T("Title")}}}
	for _, i := range l.Instruments {
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{v.known(i.Short), v.known(i.Title)}})
	}
	return t
}

func (v *visit) acts(l *instrument.Library) ui.Table {
	t := ui.Table{Caption: v.loc.T("Resolutions and decisions of the Conference"), Columns: []ui.Column{{Text: v.loc.T("Symbol")}, {Text: v.loc.T("What it is about")}}}
	for _, a := range l.Acts {
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{v.known(a.Symbol), v.known(a.About)}})
	}
	return t
}

func (v *visit) provisions(i instrument.Instrument) ui.Table {
	t := ui.Table{Caption: v.loc.T("Paragraphs of: %s", i.Short), Columns: []ui.Column{{Text: v.loc.T("Paragraph")}, {Text: v.loc.T("What it is about")},
		{Text: v.loc.T("How far it obliges")}, {Text: v.loc.T("Condition")}}}
	for _, p := range i.Provisions {
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{v.known(p.Cite()), v.known(p.Subject), v.known(p.Modality), {Text: p.Qualifier, Lang: "en"}}})
	}
	return t
}

func (v *visit) statuses(l *instrument.Library) ui.Table {
	words := map[string]string{"party": v.loc.T("Party"), "signatory": v.loc.T("Signatory"), "neither": v.loc.T("Neither party nor signatory")}
	t := ui.Table{Caption: v.loc.T("Parties and signatories, as far as a source says"), Columns: []ui.Column{{Text: v.loc.T("Country")}, {Text: v.loc.T("Instrument")},
		{Text: v.loc.T("Status")}, {Text: v.loc.T("Party since")}, {Text: v.loc.T("As of")}}}
	for _, s := range l.Statuses {
		i, _ := l.Instrument(s.Instrument)
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{v.known(l.State(s.State).Listed), v.known(i.Short), {Text: words[s.Is]}, v.known(s.Party),
			{Text: v.loc.Date(s.AsOf), Note: s.Source}}})
	}
	return t
}
