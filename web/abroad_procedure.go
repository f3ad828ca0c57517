package web

import (
	"net/http"
	"strings"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
	"palermo/web/ui"
)

type procedurePage struct {
	ui.Page
	Reference string
	Differ    *ui.Interruption
	Stands    ui.SummaryList // who moves next, with whom, when
	Steps     ui.Steps
	Newest    *ui.SummaryList // of what was done
	Earlier   []earlierAct
	Way       ui.Table
	About     ui.SummaryList
}

// earlierAct is folded until it is asked for.
type earlierAct struct {
	Title, When string
	List        ui.SummaryList
}

// procedure is one matter between two nodes: where it stands, what was done on
// both sides, and each message's way.
func (s *Server) procedure(v *visit) error {
	id, err := v.procedureOf()
	if err != nil {
		return err
	}
	seen, err := record.View(v.r.Context(), v.door, s.Abroad.Procedures, id, record.Reason{Action: access.Look})
	if err != nil {
		return err
	}
	p := seen.Value()
	page := procedurePage{Page: v.frame(p.Label), Reference: p.Reference.Reference(), Stands: v.whereItStands(&p), About: v.aboutIt(&p)}
	page.Back = &ui.Link{Text: v.loc.T("With other States"), Href: "/abroad"}
	if p.Disagrees() {
		page.Differ = &ui.Interruption{Title: v.loc.T("The two sides do not see the same state"),
			Text: []string{v.loc.T("Here it stands at: %s. The other side says: %s.", v.loc.T(p.StateLabel), v.loc.T(p.Definition().StateLabel(p.Theirs))),
				v.loc.T("Speak with each other before anything else is done.")}}
	}
	page.Steps = v.procedureSteps(&p, "/abroad/"+id.String())
	for i := len(p.Acts) - 1; i >= 0; i-- {
		list := v.actDone(&p, p.Acts[i])
		if page.Newest == nil {
			page.Newest = &list
			continue
		}
		earlier := earlierAct{Title: list.Title, When: v.loc.Time(p.Acts[i].At, s.Zone)}
		list.Title = ""
		earlier.List = list
		page.Earlier = append(page.Earlier, earlier)
	}
	way, err := s.Abroad.Way(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	page.Way = v.way(way)
	return v.show(http.StatusOK, "procedure", page)
}

// whereItStands says first who moves next, and by when.
func (v *visit) whereItStands(p *cooperation.ProcedureView) ui.SummaryList {
	tag := v.procedureTag(p)
	rows := []ui.Row{{Key: v.loc.T("Status"), Tag: &tag, Value: v.movesNext(p)}}
	if !p.Until.IsZero() {
		rows = append(rows, ui.Row{Key: v.loc.T("Next step by"), Value: v.loc.Time(p.Until, v.s.Zone)})
	}
	rows = append(rows, ui.Row{Key: v.loc.T("With whom"), Value: v.peer(&p.Procedure)})
	if there := p.There(); there != "" {
		rows = append(rows, ui.Row{Key: v.loc.T("At work on it there"), Value: there})
	}
	for _, c := range p.Clocks() {
		rows = append(rows, ui.Row{Key: v.loc.T(c.Label), Value: v.loc.Time(c.At, c.Zone), Note: c.Zone.String()})
	}
	if p.Case != (casework.CaseID{}) {
		rows = append(rows, ui.Row{Key: v.loc.T("Case"), Link: &ui.Link{Text: v.loc.T("Open the case"), Href: "/cases/" + p.Case.String()}})
	}
	return ui.SummaryList{Rows: rows}
}

// movesNext says who moves next.
func (v *visit) movesNext(p *cooperation.ProcedureView) string {
	switch {
	case p.Turn == p.Side:
		return v.loc.T("This side moves next.")
	case p.Turn != "" && p.Turn != cooperation.Either:
		return v.loc.T("The other side moves next.")
	}
	return ""
}

// aboutIt is what seldom matters: who began it, and who has it.
func (v *visit) aboutIt(p *cooperation.ProcedureView) ui.SummaryList {
	rows := []ui.Row{{Key: v.loc.T("Who began"), Value: map[bool]string{true: v.loc.T("This side"), false: v.loc.T("The other side")}[p.Side == cooperation.Asking]},
		{Key: v.loc.T("Began"), Value: v.loc.Time(p.Began, v.s.Zone)}, {Key: v.loc.T("At work on it here"), Value: v.organisation(p.Office)}}
	if !p.From.IsZero() {
		rows = append(rows, ui.Row{Key: v.loc.T("Handed over by"), Value: v.organisation(p.From)})
	}
	if !p.Earlier.IsZero() {
		rows = append(rows, ui.Row{Key: v.loc.T("Came from the enquiry"), Value: p.Earlier.Reference()})
	}
	return ui.SummaryList{Title: v.loc.T("About this procedure"), Rows: rows}
}

func (v *visit) procedureSteps(p *cooperation.ProcedureView, base string) ui.Steps {
	steps := ui.Steps{Sub: true}
	for _, o := range p.Offers {
		step := ui.Step{Text: v.loc.T(o.Label), Main: p.Turn == p.Side && o.To != "" && !o.To.Ended()}
		if o.WhyNot != nil {
			step.Why = v.loc.Err(o.WhyNot)
		} else {
			step.Href = base + "/do/" + o.Name
		}
		steps.Steps = append(steps.Steps, step)
	}
	if p.Links {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Link a case of this State"), Href: base + "/do/link-case"})
	}
	if p.Type == "enquiry" && p.Side == cooperation.Asking && p.State == "answered" {
		for _, d := range cooperation.Definitions() {
			if d.Type != "enquiry" && (!d.Person || d.Holds == cooperation.Asked) {
				steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Make it a formal request: %s", v.loc.T(d.Label)), Href: "/abroad/new/" + string(d.Type) + "?from=" + p.RecordText()})
			}
		}
	}
	return steps
}

// actDone is an act as it was done, on either side.
func (v *visit) actDone(p *cooperation.ProcedureView, a cooperation.Done) ui.SummaryList {
	info, known := p.Definition().Act(a.Name)
	list := ui.SummaryList{Title: a.Name, Sub: true}
	if known {
		list.Title = v.loc.T(info.Past)
	}
	by := v.loc.T("The other side")
	if a.Side == p.Side {
		if by = v.member(a.By); by == "" {
			by = v.loc.T("This side")
		}
	}
	list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("When"), Value: v.loc.Time(a.At, v.s.Zone), Note: by})
	if a.Late {
		list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("Came too late"), Value: v.loc.T("The procedure had ended. Nothing was changed.")})
	}
	if a.Refused != "" {
		list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("Could not be applied here"), Value: v.loc.T(a.Refused)})
	}
	list.Rows = append(list.Rows, v.actFields(p.Definition(), a.Name, a.Fields)...)
	for _, s := range a.Sheets {
		list.Rows = append(list.Rows, v.sheet(s)...)
	}
	if !a.Erased.IsZero() {
		list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("Erased"), Value: v.loc.Time(a.Erased, v.s.Zone)})
	}
	return list
}

// sheet shows a part of a person's case as it was sent.
func (v *visit) sheet(s casework.Sheet) []ui.Row {
	info, ok := casework.Find(s.Step)
	if !ok {
		return nil
	}
	rows := v.filled(info.New(), s.Fields)
	for i := range rows {
		rows[i].Hidden = rows[i].Value != "" // content is folded until asked for
	}
	return rows
}

// actForm asks what an act needs.
func (s *Server) actForm(v *visit) error {
	p, info, err := v.actOf()
	if err != nil {
		return err
	}
	if why := p.WhyNot(info); why != nil {
		return why
	}
	return v.askAct(http.StatusOK, info, info.New(), nil)
}

// actOf reads which procedure and act an address names.
func (v *visit) actOf() (cooperation.ProcedureView, cooperation.Info, error) {
	id, err := v.procedureOf()
	if err != nil {
		return cooperation.ProcedureView{}, cooperation.Info{}, err
	}
	seen, err := record.View(v.r.Context(), v.door, v.s.Abroad.Procedures, id, record.Reason{Action: access.Look, Code: v.r.PathValue("act")})
	if err != nil {
		return cooperation.ProcedureView{}, cooperation.Info{}, err
	}
	p := seen.Value()
	info, ok := p.Definition().Act(v.r.PathValue("act"))
	if !ok {
		return p, info, fault.NotFound("There is no such page.")
	}
	return p, info, nil
}

func (v *visit) askAct(status int, info cooperation.Info, act cooperation.Act, refusal error) error {
	back := "/abroad/" + v.r.PathValue("id")
	fields := input.Describe(act)
	for i := range fields {
		if fields[i].Kind == "organisation" {
			fields[i].Options = v.here()
		}
	}
	page := stepPage{Page: v.frame(info.Label), Form: v.form(info.Label, v.r.URL.Path, back, fields, 0)}
	if info.Draws != 0 {
		page.Before.Texts = []string{v.loc.T("With it goes to the other side, as far as the person allowed it: %s.", v.categories(info.Draws))}
	}
	return v.showAct(status, page, back, refusal)
}

// showAct shows the form of an act. Instants in it are those of this node.
func (v *visit) showAct(status int, page stepPage, back string, refusal error) error {
	for i, f := range page.Form.Fields {
		if f.Kind == ui.KindDatetime {
			page.Form.Fields[i].Hint = strings.TrimSpace(f.Hint + " " + v.loc.T("In the time of %s.", v.s.Zone.String()))
		}
	}
	page.Form.Submit = v.loc.T("Send")
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: back}
	if refusal != nil {
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "step", page)
}

// act does it, and so tells the other side.
func (s *Server) act(v *visit) error {
	id, err := v.procedureOf()
	if err != nil {
		return err
	}
	_, info, err := v.actOf()
	if err != nil {
		return err
	}
	act := info.New()
	err = v.decode(act)
	if err == nil {
		err = s.Abroad.Take(v.r.Context(), v.door, id, info.Name, act)
	}
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.askAct(http.StatusUnprocessableEntity, info, act, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/abroad/" + id.String())
}
