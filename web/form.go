package web

import (
	"slices"
	"strconv"
	"strings"

	"palermo/casework"
	"palermo/input"
	"palermo/web/ui"
)

// form turns what is asked into a form in the reader's language.
func (v *visit) form(label, action, back string, fields []input.Field, version int64) ui.Form {
	f := ui.Form{Action: action, Submit: v.loc.T("Save"), Cancel: &ui.Link{Text: v.loc.T("Cancel"), Href: back}, Draft: label}
	if version > 0 {
		f.Version = strconv.FormatInt(version, 10)
	}
	for _, field := range fields {
		f.Fields = append(f.Fields, v.field(field))
	}
	return f
}

var kinds = map[string]ui.Kind{"text": ui.KindText, "textarea": ui.KindTextarea, "date": ui.KindDate, "datetime": ui.KindDatetime,
	"number": ui.KindNumber, "choices": ui.KindCheckboxes, "yes": ui.KindCheckbox, "file": ui.KindFile, "hidden": ui.KindHidden}

func (v *visit) field(f input.Field) ui.Field {
	out := ui.Field{Name: f.Name, Label: v.loc.T(f.Label), Kind: kinds[f.Kind], Value: f.Value, Values: f.Values, Required: f.Required}
	if f.Hint != "" {
		out.Hint = v.loc.T(f.Hint)
	}
	options := f.Options
	switch f.Kind {
	case "yes":
		out.Value, out.Checked = "yes", f.Value == "true"
	case "choice", "organisation", "consent", "waiting_consent", "member", "service", "charge", "task", "contact", "booking", "relative", "any-relative", "erasable", "interview", "part", "request", "interpreter", "colleague":
		out.Kind = ui.KindRadios
		if len(options) > 7 || f.Kind != "choice" {
			out.Kind = ui.KindSelect
		}
	case "team":
		out.Kind = ui.KindCheckboxes
	case "language":
		out.Kind = ui.KindSelect
		options = languages()
	case "country":
		out.Kind, out.Hint = ui.KindText, strings.TrimSpace(v.loc.T("Two letters, such as NG or IT.")+" "+out.Hint)
	}
	if out.Kind == ui.KindSelect {
		out.Options = []ui.Option{{Value: "", Label: ""}}
	}
	for _, o := range options {
		option := ui.Option{Value: o.Value, Label: v.loc.T(o.Label), Selected: o.Value == f.Value || slices.Contains(f.Values, o.Value)}
		if o.Hint != "" {
			option.Hint = v.loc.T(o.Hint)
		}
		out.Options = append(out.Options, option)
	}
	return out
}

// choices fills in what can be chosen only at this node or on this case.
func (v *visit) choices(c *casework.View, fields []input.Field) []input.Field {
	for i := range fields {
		switch f := &fields[i]; f.Kind {
		case "organisation":
			for _, o := range v.organisations() {
				f.Options = append(f.Options, input.Option{Value: o.ID.String(), Label: o.Name})
			}
		case "interpreter":
			f.Options = v.interpreterOptions()
		case "team":
			for _, id := range c.Organisations() {
				f.Options = append(f.Options, input.Option{Value: id.String(), Label: v.organisation(id)})
			}
		case "consent", "waiting_consent":
			for _, g := range c.ConsentsFor(f.Kind, v.s.Node.Now()) {
				f.Options = append(f.Options, input.Option{Value: g.ID.String(),
					Label: v.loc.T(casework.PurposeLabel(g.Purpose)) + ": " + v.organisation(g.Recipient) + ", " + v.loc.Date(g.Until.Format("2006-01-02"))})
			}
		default:
			f.Options = append(f.Options, c.Things(f.Kind, v.viewer())...)
		}
	}
	return fields
}

// languages are those that people are most often briefed in, in their own names.
func languages() []input.Option {
	return []input.Option{{Value: "en", Label: "English"}, {Value: "fr", Label: "Français"}, {Value: "es", Label: "Español"},
		{Value: "ar", Label: "العربية"}, {Value: "it", Label: "Italiano"}, {Value: "bin", Label: "Ẹ̀dó"}, {Value: "pcm", Label: "Naijá"},
		{Value: "yo", Label: "Yorùbá"}, {Value: "ig", Label: "Igbo"}, {Value: "ha", Label: "Hausa"}, {Value: "ru", Label: "Русский"},
		{Value: "uk", Label: "Українська"}, {Value: "ro", Label: "Română"}, {Value: "sq", Label: "Shqip"}, {Value: "zh", Label: "中文"},
		{Value: "vi", Label: "Tiếng Việt"}, {Value: "th", Label: "ไทย"}, {Value: "bn", Label: "বাংলা"}, {Value: "ur", Label: "اردو"},
		{Value: "ti", Label: "ትግርኛ"}, {Value: "am", Label: "አማርኛ"}, {Value: "so", Label: "Soomaali"}, {Value: "pt", Label: "Português"}}
}
