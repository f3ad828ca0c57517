package web

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
	"palermo/web/ui"
)

const largestForm = 25 << 20 // bytes, with its files

type stepPage struct {
	ui.Page
	Reference string // of the case, so that nobody writes into another's
	Before    preface
	Form      ui.Form
}

// preface is what stands already, above what is asked.
type preface struct {
	Texts    []string
	Warnings []string
	Lists    []ui.SummaryList
}

type haltPage struct {
	ui.Page
	Reference    string
	Before       preface
	Interruption ui.Interruption
}

type conflictPage struct {
	ui.Page
	Comparison ui.Comparison
	Form       ui.Form
}

// stepForm asks what a step needs.
func (s *Server) stepForm(v *visit) error {
	seen, info, err := v.step()
	if err != nil {
		return err
	}
	c := seen.Value()
	part := "/cases/" + v.r.PathValue("id") + "/part/" + casework.Part(info.Section)
	if e := c.Halt(info, v.work()); e != nil && v.r.URL.Query().Get("read") == "" {
		return v.halt(c.Reference, info, *e, part)
	}
	return v.showStep(http.StatusOK, c.Reference, info.Label, v.r.URL.Path, part, v.choices(&c, info.Fields(&c.Case)), seen.Version(), nil,
		v.entries(c.Before(info, v.work())...))
}

// work is what a step may know of the world while it is only looked at.
func (v *visit) work() casework.Work {
	return casework.Work{Now: v.s.Node.Now(), By: v.viewer(), Profile: v.s.Desk.Profile}
}

// halt is the card that must be read before a step asks anything.
func (v *visit) halt(reference string, info casework.Info, e casework.Entry, part string) error {
	page := haltPage{Page: v.frame(info.Label), Reference: reference, Before: v.entries(e)}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: part}
	page.Interruption = ui.Interruption{Title: v.loc.T("Read this first"), Text: []string{v.loc.T("It was agreed with the person, and it keeps them safe.")},
		Buttons: []ui.Button{{Text: v.loc.T("I have read it: go on"), Href: v.r.URL.Path + "?read=1"}}, Cancel: &ui.Link{Text: v.loc.T("Cancel"), Href: part}}
	return v.show(http.StatusOK, "halt", page)
}

func (v *visit) entries(list ...casework.Entry) preface {
	var b preface
	for _, e := range list {
		if e.Warn != nil {
			b.Warnings = append(b.Warnings, v.loc.Err(e.Warn))
		}
		if shown := v.entry(e); len(shown.Rows) > 0 {
			shown.Sub = false
			b.Lists = append(b.Lists, shown)
		}
	}
	return b
}

// step reads which case and step an address names, as the viewer may see them.
func (v *visit) step() (record.Redacted[casework.View], casework.Info, error) {
	var seen record.Redacted[casework.View]
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return seen, casework.Info{}, err
	}
	info, ok := casework.Find(v.r.PathValue("step"))
	if !ok {
		return seen, info, fault.NotFound("There is no such page.")
	}
	seen, err = record.View(v.r.Context(), v.door, v.s.Desk.Kind, id, record.Reason{Action: access.Look, Code: info.Name})
	if err != nil {
		return seen, info, err
	}
	if !seen.May(info.Action) {
		return seen, info, fault.Denied("Your role on this record does not allow this step.")
	}
	return seen, info, nil
}

// takeStep takes it.
func (s *Server) takeStep(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	info, ok := casework.Find(v.r.PathValue("step"))
	if !ok {
		return fault.NotFound("There is no such page.")
	}
	step := info.New()
	err = v.decode(step)
	version, _ := strconv.ParseInt(v.r.PostFormValue("version"), 10, 64) // 0 where none was sent: the door then compares nothing
	if err == nil {
		err = s.Desk.Take(v.r.Context(), v.door, id, info.Name, step, version)
	}
	var changed *record.Changed
	if errors.As(err, &changed) {
		return v.showConflict(info, step)
	}
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		seen, info, viewErr := v.step()
		if viewErr != nil {
			return viewErr
		}
		c := seen.Value()
		return v.showStep(http.StatusUnprocessableEntity, c.Reference, info.Label, v.r.URL.Path, "/cases/"+id.String(),
			v.choices(&c, input.Describe(step)), version, err, v.entries(c.Before(info, v.work())...))
	}
	if err != nil {
		return err
	}
	if a, ok := step.(*casework.AnswerErasure); ok && a.Erase == casework.Yes {
		return v.redirect("/cases") // it may be gone
	}
	return v.redirect("/cases/" + id.String() + "/part/" + casework.Part(info.Section))
}

// showConflict shows what is stored now beside what the person entered.
func (v *visit) showConflict(info casework.Info, mine casework.Step) error {
	seen, _, err := v.step()
	if err != nil {
		return err
	}
	c := seen.Value()
	now := info.Fields(&c.Case)
	page := conflictPage{Page: v.frame("Somebody changed this meanwhile")}
	page.Wide = true
	page.Comparison = ui.Comparison{Title: v.loc.T(info.Label), Theirs: v.loc.T("Stored now"), Yours: v.loc.T("What you entered")}
	for i, f := range input.Describe(mine) {
		theirs, yours := v.row(now[i], false), v.row(f, false)
		page.Comparison.Rows = append(page.Comparison.Rows, ui.ComparisonRow{Key: yours.Key, Theirs: rowText(theirs), Yours: rowText(yours)})
	}
	page.Form = v.form(info.Label, v.r.URL.Path, "/cases/"+v.r.PathValue("id"), v.choices(&c, input.Describe(mine)), seen.Version())
	page.Form.Submit = v.loc.T("Save mine")
	return v.show(http.StatusConflict, "conflict", page)
}

func rowText(r ui.Row) string {
	text := r.Value
	for _, value := range r.Values {
		text += value + "\n"
	}
	return text
}

// decode reads a form with its files into a struct.
func (v *visit) decode(into any) error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, largestForm)
	files := map[string]input.File{}
	err := v.r.ParseMultipartForm(1 << 20)
	if errors.Is(err, http.ErrNotMultipart) {
		err = v.r.ParseForm()
	}
	if err != nil {
		return fault.Invalid("", "The form could not be read: it is too large, or it was cut off.")
	}
	if v.r.MultipartForm != nil {
		for name, list := range v.r.MultipartForm.File {
			file, err := list[0].Open()
			if err != nil {
				return fault.Invalid(name, "The file could not be read.")
			}
			data, err := io.ReadAll(file)
			if err != nil {
				return fault.Invalid(name, "The file could not be read.")
			}
			files[name] = input.File{Name: list[0].Filename, Bytes: data}
			_ = file.Close() // only read
		}
	}
	return input.Decode(v.r.PostForm, files, into, v.s.Zone)
}

func (v *visit) showStep(status int, reference, label, action, back string, fields []input.Field, version int64, refusal error, before preface) error {
	page := stepPage{Page: v.frame(label), Reference: reference, Before: before, Form: v.form(label, action, back, fields, version)}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: back}
	if refusal != nil {
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "step", page)
}
