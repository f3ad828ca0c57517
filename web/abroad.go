package web

import (
	"net/http"
	"slices"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/matching"
	"palermo/record"
	"palermo/web/ui"
)

// routeAbroad is what people do together with other nodes.
func (s *Server) routeAbroad(mux *http.ServeMux) {
	if s.Abroad == nil {
		return
	}
	mux.HandleFunc("GET /abroad", s.signedIn(s.procedures))
	mux.HandleFunc("GET /abroad/new/{type}", s.signedIn(s.beginForm))
	mux.HandleFunc("POST /abroad/new/{type}", s.signedIn(s.begin))
	mux.HandleFunc("GET /cases/{id}/abroad", s.signedIn(s.caseAbroad))
	mux.HandleFunc("GET /cases/{id}/abroad/{type}", s.signedIn(s.beginForm))
	mux.HandleFunc("POST /cases/{id}/abroad/{type}", s.signedIn(s.begin))
	mux.HandleFunc("GET /abroad/{id}", s.signedIn(s.procedure))
	mux.HandleFunc("GET /abroad/{id}/do/{act}", s.signedIn(s.actForm))
	mux.HandleFunc("POST /abroad/{id}/do/{act}", s.signedIn(s.act))
	mux.HandleFunc("GET /abroad/{id}/do/link-case", s.signedIn(s.linkForm))
	mux.HandleFunc("POST /abroad/{id}/do/link-case", s.signedIn(s.linkCase))
	mux.HandleFunc("GET /messages/{id}", s.signedIn(s.message))
	mux.HandleFunc("POST /messages/{id}/again", s.signedIn(s.sendAgain))
	mux.HandleFunc("POST /messages/{id}/noted", s.signedIn(s.noteFailure))
	mux.HandleFunc("GET /messages/{id}/erasure", s.signedIn(s.erasureForm))
	mux.HandleFunc("POST /messages/{id}/erasure", s.signedIn(s.answerErasure))
	mux.HandleFunc("GET /abroad/refused", s.signedIn(s.refusedMessages))
}

// abroadMoments are those of a case's timeline that no step of the case makes.
var abroadMoments = map[string]string{"abroad": "Began with another State", "abroad-linked": "Another State's procedure was linked",
	casework.MomentAsked: "Another State was asked whether it knows the person"}

type proceduresPage struct {
	ui.Page
	Table ui.Table
	Pages ui.Pages
	Steps ui.Steps
	Links []ui.Link
}

// procedures lists what goes on with other States, changed last first.
func (s *Server) procedures(v *visit) error {
	before, err := cursor(v.r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	found, err := s.Abroad.List(v.r.Context(), v.door, before, 50)
	if err != nil {
		return err
	}
	page := proceduresPage{Page: v.frame("With other States")}
	if len(found) == 50 {
		page.Pages.Next = "/abroad?before=" + cursorText(found[49].Cursor())
	}
	page.Table = v.procedureTable(found)
	page.Steps = v.beginnings("/abroad/new/", func(d *cooperation.Definition) bool { return !d.Person || d.Holds == cooperation.Asked })
	page.Links = []ui.Link{{Text: v.loc.T("Messages that were not taken"), Href: "/abroad/refused"}}
	if v.viewer().Has(access.FocalPoint) {
		page.Links = append(page.Links, ui.Link{Text: v.loc.T("Persons whom another State may assist too"), Href: "/matching"})
	}
	return v.show(http.StatusOK, "abroad", page)
}

// caseAbroad lists the procedures that a case is in, and what can begin from it.
func (s *Server) caseAbroad(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := record.View(v.r.Context(), v.door, s.Desk.Kind, id, record.Reason{Action: "look", Code: "abroad"})
	if err != nil {
		return err
	}
	found, err := s.Abroad.OfCase(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	page := proceduresPage{Page: v.frame("With other States"), Table: v.procedureTable(found)}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + id.String()}
	if seen.May(cooperation.DoCooperate) {
		page.Steps = v.beginnings("/cases/"+id.String()+"/abroad/", func(d *cooperation.Definition) bool { return d.Person && d.Holds == cooperation.Asking })
	}
	if s.Register != nil {
		page.Links = []ui.Link{{Text: v.loc.T("Find a service in another State"), Href: "/cases/" + id.String() + "/services"}}
	}
	if seen.May(matching.ActMatch) {
		page.Links = append(page.Links, ui.Link{Text: v.loc.T("Does another State help the person already?"), Href: "/cases/" + id.String() + "/matching"})
	}
	return v.show(http.StatusOK, "abroad", page)
}

// beginnings are the procedures that can begin here.
func (v *visit) beginnings(base string, here func(*cooperation.Definition) bool) ui.Steps {
	steps := ui.Steps{Title: v.loc.T("Begin something new"), Sub: true}
	for _, d := range cooperation.Definitions() {
		if here(d) {
			steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T(d.Label), Href: base + string(d.Type)})
		}
	}
	return steps
}

func (v *visit) procedureTable(found []record.Redacted[cooperation.ProcedureView]) ui.Table {
	t := ui.Table{Caption: v.loc.T("Procedures"), Columns: []ui.Column{{Text: v.loc.T("Procedure")}, {Text: v.loc.T("Status")},
		{Text: v.loc.T("With whom")}, {Text: v.loc.T("Changed")}},
		Empty: ui.Empty{Title: v.loc.T("Nothing goes on with another State"), Text: v.loc.T("What another State begins with you appears here by itself.")}}
	slices.SortStableFunc(found, func(a, b record.Redacted[cooperation.ProcedureView]) int { return waits(b) - waits(a) })
	for _, r := range found {
		p := r.Value()
		tag := v.procedureTag(&p)
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.T(p.Label) + " " + p.Reference.Reference(), Href: "/abroad/" + r.ID().String()},
			{Tag: &tag, Note: v.movesNext(&p)}, {Text: v.peer(&p.Procedure)}, {Text: v.loc.Time(p.Changed, v.s.Zone)}}})
	}
	return t
}

// waits is how much a procedure waits for this side: what others wait for stands first, what has ended last.
func waits(r record.Redacted[cooperation.ProcedureView]) int {
	switch p := r.Value(); {
	case p.State.Ended():
		return 0
	case p.Turn == p.Side || p.Disagrees():
		return 2
	}
	return 1
}

// procedureTag is where a procedure stands, coloured by who moves next.
func (v *visit) procedureTag(p *cooperation.ProcedureView) ui.Tag {
	tag := ui.Tag{Text: v.loc.T(p.StateLabel), Colour: ui.Grey}
	switch {
	case p.Disagrees():
		tag.Colour = ui.Red
	case p.State.Ended():
	case p.Turn == p.Side:
		tag.Colour = ui.Yellow
	default:
		tag.Colour = ui.Teal
	}
	return tag
}

// peer names the other side: by this directory, or else by its node.
func (v *visit) peer(p *cooperation.Procedure) string {
	if p.Recipient.IsZero() {
		return p.Peer
	}
	return v.organisation(p.Recipient)
}

type refusedPage struct {
	ui.Page
	Table ui.Table
}

// refusedMessages lists what came and was not taken, with its named reason.
func (s *Server) refusedMessages(v *visit) error {
	before, err := cursor(v.r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	found, err := s.Abroad.Refused(v.r.Context(), v.door, before, 100)
	if err != nil {
		return err
	}
	page := refusedPage{Page: v.frame("Messages that were not taken")}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/abroad"}
	page.Table = ui.Table{Caption: v.loc.T("Messages that were not taken"), Columns: []ui.Column{{Text: v.loc.T("When")}, {Text: v.loc.T("From")}, {Text: v.loc.T("Why")}},
		Empty: ui.Empty{Title: v.loc.T("Everything that came was taken"), Text: v.loc.T("What is refused appears here with its reason.")}}
	for _, r := range found {
		x := r.Value()
		from := x.From
		if from == "" {
			from = x.Carrier
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.Time(x.At, s.Zone)}, {Text: from}, {Text: v.refusal(x.Reason), Note: x.Where}}})
	}
	return v.show(http.StatusOK, "refused", page)
}

// procedureOf reads which procedure an address names.
func (v *visit) procedureOf() (cooperation.ProcedureID, error) {
	return record.ParseID[cooperation.Procedure](v.r.PathValue("id"))
}

// definitionOf reads which kind of procedure an address names.
func (v *visit) definitionOf() (*cooperation.Definition, cooperation.Info, error) {
	d, ok := cooperation.Find(cooperation.Type(v.r.PathValue("type")))
	if !ok {
		return nil, cooperation.Info{}, fault.NotFound("There is no such page.")
	}
	first, _ := d.Act(d.Begin) // TestInEveryStateOneSideMovesAndCan holds that there is one
	return d, first, nil
}
