package web

import (
	"net/http"
	"strings"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/web/ui"
)

type interpretersPage struct {
	ui.Page
	Filter ui.Filter
	Table  ui.Table
}

// booking lets in the booking desk only: it alone knows who interprets (rule 8).
func (s *Server) booking(h handler) http.HandlerFunc {
	return s.signedIn(func(v *visit) error {
		if !v.viewer().Has(access.BookingDesk) {
			return fault.Denied("Only the booking desk knows the interpreters. Ask it for one.")
		}
		return h(v)
	})
}

// interpreters is the register (row 17): by language, dialect, gender, vetting and whether they can be booked.
func (s *Server) interpreters(v *visit) error {
	var seek directory.SeekInterpreter
	if err := input.Decode(v.r.URL.Query(), nil, &seek, s.Zone); err != nil {
		return err
	}
	found, err := s.Directory.Interpreters(v.r.Context(), v.door, seek)
	if err != nil {
		return err
	}
	page := interpretersPage{Page: v.frame("Interpreters")}
	page.Wide = true
	page.Filter = ui.Filter{Action: "/interpreters", Fields: v.asked(&seek), Clear: "/interpreters", Active: len(v.r.URL.Query())}
	page.Table = ui.Table{Caption: v.loc.T("Interpreters"), Columns: []ui.Column{{Text: v.loc.T("Pseudonym")}, {Text: v.loc.T("Name")}, {Text: v.loc.T("Languages")},
		{Text: v.loc.T("Dialects")}, {Text: v.loc.T("Gender")}, {Text: v.loc.T("Vetted until")}, {Text: v.loc.T("Status")}},
		Empty: ui.Empty{Title: v.loc.T("Nobody"), Text: v.loc.T("No interpreter fits. Ask for less, or ask an administrator to invite one.")}}
	for _, m := range found {
		i := m.Interpreting
		gender, until := "", ""
		if i.Gender != "" {
			gender = v.loc.T(i.Gender.Label())
		}
		if !i.VettedUntil.IsZero() {
			until = v.loc.Time(i.VettedUntil, s.Zone)
		}
		tag := ui.Tag{Text: v.loc.T("Can be booked"), Colour: ui.Green}
		if !i.Bookable(s.Node.Now()) {
			tag = ui.Tag{Text: v.loc.T("Cannot be booked now"), Colour: ui.Grey}
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: i.Pseudonym, Href: "/interpreters/" + m.ID.String()}, {Text: m.RealName},
			{Text: v.languageNames(m.Languages)}, {Text: i.Dialects}, {Text: gender}, {Text: until}, {Tag: &tag}}})
	}
	return v.show(http.StatusOK, "interpreters", page)
}

// describing is an interpreter as a form asks for it.
type describing struct {
	Name        string                      `label:"Name" hint:"Only the booking desk and the interpreter see it."`
	Pseudonym   string                      `label:"Pseudonym" hint:"By which everybody else knows the interpreter."`
	Languages   string                      `label:"Languages" hint:"Their codes, with commas between: en, ar, ti."`
	Dialects    string                      `label:"Dialects" optional:"true"`
	Gender      directory.InterpreterGender `label:"Gender, as the interpreter gave it" optional:"true"`
	Communities string                      `label:"Own communities and regions" hint:"With commas between. Nobody is sent to a person who asked to avoid one of them." optional:"true"`
	VettedUntil string                      `label:"Vetted until" kind:"date" optional:"true"`
	Available   bool                        `label:"Can be booked"`
}

func (v *visit) describingQuestion(d *describing) question {
	return question{title: "Interpreter", action: v.r.URL.Path, back: "/interpreters", fields: v.asked(d)}
}

func (s *Server) interpreterForm(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return fault.NotFound("There is no such interpreter.")
	}
	m, err := s.Directory.Interpreter(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	i := m.Interpreting
	d := describing{Name: m.RealName, Pseudonym: i.Pseudonym, Languages: strings.Join(m.Languages, ", "), Dialects: i.Dialects, Gender: i.Gender,
		Communities: i.Communities, Available: i.Available}
	if !i.VettedUntil.IsZero() {
		d.VettedUntil = i.VettedUntil.In(s.Zone).Format(time.DateOnly)
	}
	return v.ask(v.describingQuestion(&d), nil)
}

func (s *Server) describeInterpreter(v *visit) error {
	var d describing
	return v.changed(&d, func() question { return v.describingQuestion(&d) }, func(id ident.ID) error {
		until := time.Time{}
		if d.VettedUntil != "" {
			day, err := time.ParseInLocation(time.DateOnly, d.VettedUntil, s.Zone)
			if err != nil {
				return fault.Invalid("vetted_until", "Write a date.")
			}
			until = day.AddDate(0, 0, 1).Add(-time.Second) // to the end of the day
		}
		return s.Directory.Describe(v.r.Context(), v.door, id, directory.DescribeInterpreter{Name: d.Name, Pseudonym: d.Pseudonym, Languages: tags(d.Languages),
			Dialects: d.Dialects, Gender: d.Gender, Communities: d.Communities, VettedUntil: until, Available: d.Available})
	}, "/interpreters/")
}

// interpreterOptions are those who can be booked, for the desk alone.
func (v *visit) interpreterOptions() []input.Option {
	found, err := v.s.Directory.Interpreters(v.r.Context(), v.door, directory.SeekInterpreter{Free: true})
	if err != nil {
		v.s.Log.Error("the register of interpreters cannot be read", "cause", err)
	}
	var options []input.Option
	for _, m := range found {
		words := []string{m.Interpreting.Pseudonym, m.RealName, v.languageNames(m.Languages), m.Interpreting.Dialects, m.Interpreting.Communities}
		if m.Interpreting.Gender != "" {
			words = append(words, v.loc.T(m.Interpreting.Gender.Label()))
		}
		label := ""
		for _, w := range words {
			if w != "" && label != "" {
				label += ", "
			}
			label += w
		}
		options = append(options, input.Option{Value: m.ID.String(), Label: label})
	}
	return options
}

// interpreter names one to the booking desk.
func (v *visit) interpreter(id ident.ID) string {
	m, err := v.s.Directory.Interpreter(v.r.Context(), v.door, id)
	if err != nil {
		return ""
	}
	return m.RealName + " (" + m.Interpreting.Pseudonym + ")"
}
