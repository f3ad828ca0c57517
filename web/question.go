package web

import (
	"net/http"

	"palermo/access"
	"palermo/fault"
	"palermo/input"
	"palermo/web/ui"
)

// question is a page that asks for one thing to be done.
type question struct {
	title  string // an English phrase
	text   string // an English sentence above the form; may be empty
	action string
	back   string
	submit string // an English phrase; "Save" when empty
	danger bool
	fields []ui.Field

	passkey *passkeyForm // another way to answer; nil without one
}

type questionPage struct {
	ui.Page
	Text    string
	Form    ui.Form
	Passkey *passkeyForm
}

// ask shows the page; with a refusal, what must be mended.
func (v *visit) ask(q question, refusal error) error {
	page := questionPage{Page: v.frame(q.title), Passkey: q.passkey, Form: ui.Form{Action: q.action, Submit: v.loc.T("Save"), Danger: q.danger, Fields: q.fields}}
	if q.text != "" {
		page.Text = v.loc.T(q.text)
	}
	if q.submit != "" {
		page.Form.Submit = v.loc.T(q.submit)
	}
	if q.back != "" {
		page.Back = &ui.Link{Text: v.loc.T("Back"), Href: q.back}
		page.Form.Cancel = &ui.Link{Text: v.loc.T("Cancel"), Href: q.back}
	}
	status := http.StatusOK
	if refusal != nil {
		status = http.StatusUnprocessableEntity
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "question", page)
}

// answer goes on when it was done, and asks again when something must be mended.
func (v *visit) answer(q question, err error, to string) error {
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.ask(q, err)
	}
	if err != nil {
		return err
	}
	return v.redirect(to)
}

// asked gives a struct's fields as a form has them, with what can be chosen at this node.
func (v *visit) asked(x any) []ui.Field {
	fields := input.Describe(x)
	var out []ui.Field
	for i := range fields {
		f := &fields[i]
		switch f.Kind {
		case "organisation":
			list, err := v.s.Accounts.Organisations(v.r.Context(), v.door)
			if err != nil {
				v.s.Log.Error("organisations cannot be read", "cause", err)
			}
			for _, o := range list {
				f.Options = append(f.Options, input.Option{Value: o.ID.String(), Label: o.Name})
			}
		case "course":
			f.Options, f.Kind = v.courseOptions(), "service" // a list to choose from
		}
		out = append(out, v.field(*f))
	}
	return out
}

func (v *visit) courseOptions() []input.Option {
	list, err := v.s.Directory.Courses(v.r.Context(), v.door)
	if err != nil {
		v.s.Log.Error("courses cannot be read", "cause", err)
	}
	var options []input.Option
	for _, c := range list {
		if c.Retired.IsZero() {
			options = append(options, input.Option{Value: c.Code, Label: c.Code + " " + c.Title})
		}
	}
	return options
}

// roleChoice is a role as a form asks for it.
type roleChoice access.Role

// Options lists the roles.
func (roleChoice) Options() []input.Option {
	var options []input.Option
	for _, r := range access.Roles() {
		options = append(options, input.Option{Value: string(r), Label: roleLabel(r)})
	}
	return options
}

// password is a field for a password; it is never filled in again.
func (v *visit) password(name, label, autocomplete string) ui.Field {
	return ui.Field{Name: name, Label: v.loc.T(label), Kind: ui.KindPassword, Required: true, Autocomplete: autocomplete}
}
