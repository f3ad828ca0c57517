package web

import (
	"net/http"
	"strconv"
	"strings"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/form"
	"palermo/record"
	"palermo/web/ui"
)

type formsPage struct {
	ui.Page
	List ui.TaskList
}

// forms offers the questionnaires.
func (s *Server) forms(v *visit) error {
	if _, _, err := v.fillable(); err != nil {
		return err
	}
	page := formsPage{Page: v.frame("Fill in a questionnaire")}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + v.r.PathValue("id")}
	for _, set := range s.Desk.Forms.Sets() {
		d, err := s.Desk.Forms.Open(set.Name)
		if err != nil {
			return err
		}
		task := ui.Task{Text: title(d, set.Name), Href: v.r.URL.Path + "/" + set.Name}
		if set.Indicator {
			task.Hint, task.Status = v.loc.T("A screening aid. It decides nothing."), v.borneOut(d)
		}
		page.List.Tasks = append(page.List.Tasks, task)
	}
	return v.show(http.StatusOK, "forms", page)
}

// borneOut marks a set that a source does not bear out, in whole or in part.
func (v *visit) borneOut(d *form.Definition) ui.Tag {
	all, open := 0, 0
	for _, o := range d.Origins() {
		if all += o.Count; o.Status == form.StatusUnverified || o.Status == form.StatusDraft {
			open += o.Count
		}
		if o.Status == form.StatusDraft {
			return ui.Tag{Text: v.loc.T("Draft of this project"), Colour: ui.Yellow}
		}
	}
	if open == 0 {
		return ui.Tag{}
	}
	return ui.Tag{Text: v.loc.T("%s of %s not verified", v.loc.Number(open), v.loc.Number(all)), Colour: ui.Yellow}
}

var statusNames = map[form.Status]string{form.StatusSeen: "read in this source", form.StatusSecondary: "read in a text that cites this source",
	form.StatusUnverified: "not verified", form.StatusDraft: "draft of this project"}

// origins says where the questions of an indicator set come from.
func (v *visit) origins(d *form.Definition) []ui.Row {
	var rows []ui.Row
	for _, o := range d.Origins() {
		rows = append(rows, ui.Row{Key: v.loc.N("%d indicator", "%d indicators", o.Count), Value: o.Source, Lang: "en", Note: v.loc.T(statusNames[o.Status])})
	}
	return rows
}

// fillable is the case, when the viewer may fill in a questionnaire on it.
func (v *visit) fillable() (casework.CaseID, *form.Definition, error) {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return id, nil, err
	}
	seen, err := record.View(v.r.Context(), v.door, v.s.Desk.Kind, id, record.Reason{Action: access.Look, Code: "questionnaire"})
	if err != nil {
		return id, nil, err
	}
	if info, ok := casework.Find("fill-form"); !ok || !seen.May(info.Action) {
		return id, nil, fault.Denied("Your role on this record does not allow this step.")
	}
	if v.r.PathValue("form") == "" {
		return id, nil, nil
	}
	d, err := v.s.Desk.Forms.Open(v.r.PathValue("form"))
	return id, d, err
}

// title is the questionnaire's own, or what it is called among the sets.
func title(d *form.Definition, name string) string {
	if d.Title != "" {
		return d.Title
	}
	return strings.ToUpper(name)
}

type fillPage struct {
	ui.Page
	Form    ui.Form
	Heading string // the questionnaire's own title
	Origins ui.SummaryList
}

// fillForm shows a questionnaire that nobody has answered yet.
func (s *Server) fillForm(v *visit) error {
	_, d, err := v.fillable()
	if err != nil {
		return err
	}
	return v.showFill(http.StatusOK, d, form.Answers{}, nil)
}

// answerForm works out what was entered: shows what it makes visible, adds or
// takes away a part that repeats, or keeps the answers.
func (s *Server) answerForm(v *visit) error {
	id, d, err := v.fillable()
	if err != nil {
		return err
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, largestForm)
	if err := v.r.ParseForm(); err != nil {
		return fault.Invalid("", "The form could not be read: it is too large, or it was cut off.")
	}
	answers, err := form.FromValues(d, v.r.PostForm)
	if err != nil {
		return v.showFill(http.StatusUnprocessableEntity, d, answers, err)
	}
	if do := pressed(v.r.PostForm["do"]); do != "save" {
		return v.showFill(http.StatusOK, d, answers, change(d, answers, do))
	}
	step := &casework.FillForm{Set: v.r.PathValue("form"), Language: v.loc.Tag(), Answers: answers}
	err = s.Desk.Take(v.r.Context(), v.door, id, "fill-form", step, 0)
	if fault.Is(err, fault.CodeInvalid) {
		return v.showFill(http.StatusUnprocessableEntity, d, answers, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String() + "/part/" + casework.Part(casework.SectionIdentification))
}

// pressed is the button that sent the form: its value comes after the hidden one.
func pressed(do []string) string {
	if len(do) == 0 {
		return "save"
	}
	return do[len(do)-1]
}

// change adds ("add household 2") or removes ("remove household 2") an instance of a part that repeats.
func change(d *form.Definition, answers form.Answers, do string) error {
	words := strings.Fields(do)
	if len(words) != 3 {
		return nil // only look again at what is visible now
	}
	n, err := strconv.Atoi(words[2])
	if err != nil {
		return nil // the same
	}
	if words[0] == "add" {
		return answers.AddInstance(d, words[1], n)
	}
	return answers.RemoveInstance(d, words[1], n)
}

func (v *visit) showFill(status int, d *form.Definition, answers form.Answers, refusal error) error {
	state := form.Run(d, answers, form.Env{Now: v.s.Node.Now().In(v.s.Zone), Language: v.loc.Tag()})
	page := fillPage{Page: v.frame("Fill in a questionnaire"), Heading: title(d, v.r.PathValue("form"))}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + v.r.PathValue("id") + "/forms"}
	page.Origins = ui.SummaryList{Title: v.loc.T("Where these questions come from"), Rows: v.origins(d)}
	page.Form = ui.Form{Action: v.r.URL.Path, Draft: "form-" + v.r.PathValue("form")}
	for _, f := range state.Fields {
		v.formFields(&page.Form, f, status != http.StatusOK)
	}
	page.Form.Secondary = append([]ui.Button{{Text: v.loc.T("Show what follows from these answers"), Name: "do", Value: "look", Kind: ui.ButtonSecondary}}, page.Form.Secondary...)
	page.Form.Fields = append(page.Form.Fields, ui.Field{Name: "do", Kind: ui.KindHidden, Value: "save"})
	if refusal != nil {
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "fill", page)
}

// formFields turns a field of the questionnaire, and what is in it, into fields of the page.
func (v *visit) formFields(out *ui.Form, f *form.Field, problems bool) {
	if !f.Visible && f.Kind == form.KindQuestion {
		return
	}
	switch f.Kind {
	case form.KindQuestion:
		q := v.question(f, problems)
		if q.Kind == ui.KindCheckboxes { // so that none ticked is not mistaken for never asked
			out.Fields = append(out.Fields, ui.Field{Name: f.Path, ID: ui.IDOf(f.Path) + "-none", Kind: ui.KindHidden})
		}
		out.Fields = append(out.Fields, q)
	case form.KindRepeat:
		out.Fields = append(out.Fields, ui.Field{Name: f.CountName, Kind: ui.KindHidden, Value: strconv.Itoa(f.Count())})
		if f.CanAdd {
			out.Secondary = append(out.Secondary, ui.Button{Text: v.loc.T("Add: %s", f.Label), Name: "do",
				Value: "add " + f.Path + " " + strconv.Itoa(f.Count()), Kind: ui.ButtonSecondary})
		}
	default:
		if f.Label != "" && f.Relevant {
			out.Fields = append(out.Fields, ui.Field{Name: f.Path, Kind: ui.KindNote, Label: f.Label, Hint: f.Hint})
		}
	}
	for _, child := range f.Children {
		v.formFields(out, child, problems)
	}
}

func (v *visit) question(f *form.Field, problems bool) ui.Field {
	q := ui.Field{Name: f.Path, Label: f.Label, Hint: f.Hint, Value: f.Value, Required: f.Required, ReadOnly: f.ReadOnly}
	if problems && len(f.Problems) > 0 {
		q.Error = f.Problems[0]
	}
	if !f.Supported {
		q.Kind, q.Hint = ui.KindNote, v.loc.T("This cannot be answered on line.")
		return q
	}
	switch f.Type {
	case form.TypeNote:
		q.Kind = ui.KindNote
	case form.TypeInteger, form.TypeDecimal:
		q.Kind = ui.KindNumber
	case form.TypeDate:
		q.Kind = ui.KindDate
	case form.TypeMultiple, form.TypeRank:
		q.Kind, q.Values = ui.KindCheckboxes, f.Chosen()
	case form.TypeOne:
		q.Kind = ui.KindRadios
		if len(f.Options) > 12 {
			q.Kind = ui.KindSelect
			q.Options = []ui.Option{{}}
		}
	}
	if strings.Contains(f.Appearance, "multiline") {
		q.Kind = ui.KindTextarea
	}
	for _, o := range f.Options {
		q.Options = append(q.Options, ui.Option{Value: o.Name, Label: o.Label, Selected: o.Selected})
	}
	return q
}
