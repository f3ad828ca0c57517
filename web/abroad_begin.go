package web

import (
	"net/http"
	"net/url"
	"time"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
	"palermo/web/ui"
)

// beginForm asks with whom a procedure begins, and its first act.
func (s *Server) beginForm(v *visit) error {
	d, first, err := v.definitionOf()
	if err != nil {
		return err
	}
	act := first.New()
	recipient, err := v.chosenService(act)
	if err != nil {
		return err
	}
	if earlier, err := v.earlier(); err != nil {
		return err
	} else if earlier != nil {
		recipient = earlier.Recipient
		cooperation.Formal(&earlier.Procedure, act)
	}
	return v.askToBegin(http.StatusOK, d, act, recipient, nil)
}

// earlier is the enquiry that becomes a formal request, if the address names one.
func (v *visit) earlier() (*cooperation.ProcedureView, error) {
	from := v.r.FormValue("from")
	if from == "" {
		return nil, nil
	}
	id, err := record.ParseID[cooperation.Procedure](from)
	if err != nil {
		return nil, err
	}
	seen, err := record.View(v.r.Context(), v.door, v.s.Abroad.Procedures, id, record.Reason{Action: "look"})
	p := seen.Value()
	return &p, err
}

func (v *visit) askToBegin(status int, d *cooperation.Definition, act cooperation.Act, recipient ident.ID, refusal error) error {
	fields := []input.Field{{Name: "recipient", Label: "With whom", Kind: "organisation", Required: true, Value: recipient.String(), Options: v.reachable()}}
	back := "/abroad"
	if v.r.PathValue("id") != "" {
		back = "/cases/" + v.r.PathValue("id") + "/abroad"
	}
	page := stepPage{Page: v.frame(d.Label), Form: v.form(d.Label, v.r.URL.Path, back, append(fields, input.Describe(act)...), 0)}
	if from := v.r.FormValue("from"); from != "" {
		page.Form.Fields = append(page.Form.Fields, ui.Field{Name: "from", Kind: ui.KindHidden, Value: from})
	}
	if err := v.sayChannels(&page.Form, d.Type); err != nil {
		return err
	}
	if first, _ := d.Act(d.Begin); first.Draws == 0 {
		page.Before.Texts = []string{v.loc.T("This first message tells nobody who the person is. Write nothing from which the person could be known.")}
	} else {
		page.Before.Texts = []string{v.loc.T("With it goes to the other side, as far as the person allowed it: %s.", v.categories(first.Draws))}
	}
	return v.showAct(status, page, back, refusal)
}

// reachable are the organisations of other nodes.
func (v *visit) reachable() []input.Option {
	var options []input.Option
	for _, o := range v.organisations() {
		if o.Node != "" {
			options = append(options, input.Option{Value: o.ID.String(), Label: o.Name})
		}
	}
	return options
}

// here are the organisations of this node.
func (v *visit) here() []input.Option {
	var options []input.Option
	for _, o := range v.organisations() {
		if o.Node == "" && o.ID != v.viewer().Organisation {
			options = append(options, input.Option{Value: o.ID.String(), Label: o.Name})
		}
	}
	return options
}

// begin sends the first act.
func (s *Server) begin(v *visit) error {
	d, first, err := v.definitionOf()
	if err != nil {
		return err
	}
	act := first.New()
	err = v.decode(act)
	start := cooperation.Start{Type: d.Type}
	if id, idErr := ident.Parse(v.r.PostFormValue("recipient")); idErr == nil {
		start.Recipient = id
	} else {
		err = fault.All(err, fault.Invalid("recipient", "Choose one of the answers."))
	}
	if v.r.PathValue("id") != "" {
		id, idErr := record.ParseID[casework.Case](v.r.PathValue("id"))
		if idErr != nil {
			return idErr
		}
		start.Case = id
	}
	earlier, earlierErr := v.earlier()
	if earlierErr != nil {
		return earlierErr
	}
	if earlier != nil {
		start.Earlier = earlier.Reference
	}
	var id cooperation.ProcedureID
	if err == nil {
		id, err = s.Abroad.Begin(v.r.Context(), v.door, start, act)
	}
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.askToBegin(http.StatusUnprocessableEntity, d, act, start.Recipient, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/abroad/" + id.String())
}

// actFields shows what an act said: decoded, so that labels and options are those of its form.
func (v *visit) actFields(d *cooperation.Definition, name string, values url.Values) []ui.Row {
	info, ok := d.Act(name)
	if !ok {
		return nil
	}
	return v.filled(info.New(), values)
}

// filled shows a form with its values, without what was left empty.
func (v *visit) filled(into any, values url.Values) []ui.Row {
	if err := input.Decode(values, nil, into, time.UTC); err != nil && len(values) == 0 {
		return nil
	}
	var rows []ui.Row
	for _, f := range input.Describe(into) {
		if f.Value != "" || len(f.Values) > 0 {
			row := v.row(f, false)
			if f.Kind == "datetime" {
				row.Note = v.s.Zone.String()
			}
			rows = append(rows, row)
		}
	}
	return rows
}
