package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/web/ui"
)

type organisationsPage struct {
	ui.Page
	Table ui.Table
	Steps *ui.Steps // for administrators
}

// organisations lists who takes part.
func (s *Server) organisations(v *visit) error {
	list, err := s.Directory.AllOrganisations(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := organisationsPage{Page: v.frame("Organisations")}
	page.Table = ui.Table{Caption: v.loc.T("Organisations"), Columns: []ui.Column{{Text: v.loc.T("Name")}, {Text: v.loc.T("What it is")},
		{Text: v.loc.T("Agreements in force"), Numeric: true}, {Text: v.loc.T("Free places"), Numeric: true}, {Text: v.loc.T("Status")}}}
	for _, o := range list {
		places := ""
		if free, total := freePlaces(o); total > 0 {
			places = v.loc.T("%s of %s", v.loc.Number(free), v.loc.Number(total))
		}
		signed := 0
		for _, a := range o.Agreements {
			if a.InForce(s.Node.Now()) {
				signed++
			}
		}
		tag := v.partTag(o)
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: o.Name, Href: "/organisations/" + o.ID.String()},
			{Text: v.loc.T(o.Kind.Label())}, {Text: v.loc.Number(signed)}, {Text: places}, {Tag: &tag}}})
	}
	if v.viewer().Has(access.Administrator) {
		page.Steps = &ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Add an organisation"), Href: "/organisations/new", Main: true}}}
	}
	return v.show(http.StatusOK, "organisations", page)
}

func (v *visit) partTag(o directory.OrganisationView) ui.Tag {
	if !o.Closed.IsZero() {
		return ui.Tag{Text: v.loc.T("Takes part no longer"), Colour: ui.Grey}
	}
	return ui.Tag{Text: v.loc.T("Takes part"), Colour: ui.Teal}
}

func freePlaces(o directory.OrganisationView) (free, total int) {
	for _, s := range o.Services {
		for _, p := range s.Places {
			if !s.Closed {
				free, total = free+p.Free, total+p.Total
			}
		}
	}
	return free, total
}

type organisationPage struct {
	ui.Page
	Heading    string
	Facts      ui.SummaryList
	Agreements ui.Table
	Services   []ui.SummaryList
	Steps      ui.Steps
}

// organisationSeen is the organisation that an address names.
func (v *visit) organisationSeen() (record.Redacted[directory.OrganisationView], error) {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[directory.OrganisationView]{}, fault.NotFound("There is no such page.")
	}
	return v.s.Directory.Organisation(v.r.Context(), v.door, id)
}

// showOrganisation is an organisation with what it agreed to and offers.
func (s *Server) showOrganisation(v *visit) error {
	seen, err := v.organisationSeen()
	if err != nil {
		return err
	}
	o := seen.Value()
	base := "/organisations/" + o.ID.String()
	page := organisationPage{Page: v.frame("Organisation"), Heading: o.Name}
	page.Back = &ui.Link{Text: v.loc.T("Organisations"), Href: "/organisations"}
	tag := v.partTag(o)
	page.Facts.Rows = append(page.Facts.Rows, ui.Row{Key: v.loc.T("What it is"), Value: v.loc.T(o.Kind.Label())}, ui.Row{Key: v.loc.T("Status"), Tag: &tag})
	for _, row := range []ui.Row{{Key: v.loc.T("Country"), Value: o.Country}, {Key: v.loc.T("Telephone"), Value: o.Contact.Telephone},
		{Key: v.loc.T("E-mail address"), Value: o.Contact.Email}, {Key: v.loc.T("Website"), Value: o.Contact.Website},
		{Key: v.loc.T("Address of the office"), Value: o.Contact.Address}, {Key: v.loc.T("Hours, and how to reach it"), Value: o.Contact.Text}} {
		if row.Value != "" {
			page.Facts.Rows = append(page.Facts.Rows, row)
		}
	}
	if o.Authority() {
		page.Facts.Rows = append(page.Facts.Rows, ui.Row{Key: v.loc.T("For whom"), Value: v.loc.T("It belongs to a State, or works for one")})
	}
	if o.FirstResponder {
		page.Facts.Rows = append(page.Facts.Rows, ui.Row{Key: v.loc.T("Referrals"), Value: v.loc.T("It may refer a presumed victim for identification")})
	}
	page.Agreements = v.agreements(o, seen.May(directory.ActAgree), base)
	for _, service := range o.Services {
		page.Services = append(page.Services, v.service(service, seen.May(directory.ActServices), base))
	}
	page.Steps = v.organisationSteps(seen, base)
	return v.show(http.StatusOK, "organisation", page)
}

// agreements lists what the organisation signed, formal or for the occasion, from when until when (rows 7e, 25).
func (v *visit) agreements(o directory.OrganisationView, may bool, base string) ui.Table {
	table := ui.Table{Caption: v.loc.T("Written agreements, newest last"), Columns: []ui.Column{{Text: v.loc.T("Title")}, {Text: v.loc.T("With whom")}, {Text: v.loc.T("What it covers")},
		{Text: v.loc.T("From")}, {Text: v.loc.T("Until")}, {Text: v.loc.T("Status")}}, Empty: ui.Empty{Text: v.loc.T("No agreement is written down.")}}
	if may {
		table.Columns = append(table.Columns, ui.Column{Text: v.loc.T("Change")})
	}
	for _, a := range o.Agreements {
		var covers []string
		for _, c := range a.Covers {
			covers = append(covers, v.loc.T(c.Label()))
		}
		with := ui.Cell{Text: a.With}
		if !a.WithID.IsZero() {
			with.Href = "/organisations/" + a.WithID.String()
		}
		tag, note := v.agreementState(a)
		row := ui.TableRow{Cells: []ui.Cell{{Text: a.Title, Note: v.loc.T(a.Form.Label())}, with, {Text: strings.Join(covers, " · ")},
			{Text: v.day(a.From)}, {Text: v.until(a)}, {Tag: &tag, Note: note}}}
		if may && a.Ended.IsZero() {
			row.Cells = append(row.Cells, ui.Cell{Text: v.loc.T("End"), Href: base + "/agreements/" + a.ID.String() + "/end"})
		} else if may {
			row.Cells = append(row.Cells, ui.Cell{})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// agreementState says whether an agreement binds, and if not, why.
func (v *visit) agreementState(a directory.Agreement) (tag ui.Tag, note string) {
	now := v.s.Node.Now()
	switch {
	case a.InForce(now):
		return ui.Tag{Text: v.loc.T("In force"), Colour: ui.Green}, ""
	case !a.Ended.IsZero():
		return ui.Tag{Text: v.loc.T("Ended"), Colour: ui.Grey}, v.loc.T("Ended before its time, on %s", v.day(a.Ended))
	case now.Before(a.From):
		return ui.Tag{Text: v.loc.T("Not in force"), Colour: ui.Yellow}, v.loc.T("It has not begun yet.")
	}
	return ui.Tag{Text: v.loc.T("Ended"), Colour: ui.Grey}, v.loc.T("Its time is over.")
}

func (v *visit) until(a directory.Agreement) string {
	if a.Until.IsZero() {
		return v.loc.T("Until it is ended")
	}
	return v.day(a.Until)
}

// day is the civil date of an instant here.
func (v *visit) day(at time.Time) string { return v.loc.Date(at.In(v.s.Zone).Format(time.DateOnly)) }

func (v *visit) service(s directory.Service, may bool, base string) ui.SummaryList {
	places := ui.Link{Text: v.loc.T("Add places"), Href: base + "/services/" + s.ID.String() + "/places/new"}
	list := ui.SummaryList{Title: s.Name, Sub: true, Rows: []ui.Row{{Key: v.loc.T("Kind of help"), Value: v.loc.T(s.Kind.Label())}}}
	if s.Closed {
		tag := ui.Tag{Text: v.loc.T("Not offered now"), Colour: ui.Grey}
		list.Rows[0].Tag = &tag
	}
	if may && s.Kind.Shelters() {
		list.Actions = []ui.Link{places}
	}
	if len(s.Languages) > 0 {
		list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("Languages spoken there"), Value: v.languageNames(s.Languages)})
	}
	for _, p := range s.Places {
		row := ui.Row{Key: v.loc.T(p.For.Label()), Value: v.loc.T("%s of %s places are free", v.loc.Number(p.Free), v.loc.Number(p.Total)),
			Note: v.loc.T("As of %s", v.loc.Time(p.AsOf, v.s.Zone))}
		if may {
			row.Actions = []ui.Link{{Text: v.loc.T("Change"), Href: base + "/services/" + s.ID.String() + "/places/" + string(p.For)}}
		}
		list.Rows = append(list.Rows, row)
	}
	if s.HowTo != "" {
		list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("How to refer somebody"), Value: s.HowTo})
	}
	for _, f := range s.Access {
		list.Rows[0].Note += v.loc.T(f.Label()) + " "
	}
	return list
}

func (v *visit) organisationSteps(seen record.Redacted[directory.OrganisationView], base string) ui.Steps {
	var steps ui.Steps
	add := func(action access.Action, step ui.Step) {
		if seen.May(action) {
			steps.Steps = append(steps.Steps, step)
		}
	}
	o := seen.Value()
	add(directory.ActServices, ui.Step{Text: v.loc.T("Add a service"), Href: base + "/services/new"})
	add(directory.ActAgree, ui.Step{Text: v.loc.T("Write down an agreement"), Href: base + "/agreements/new"})
	add(directory.ActKeep, ui.Step{Text: v.loc.T("Who is called on first"), Href: base + "/order"})
	add(directory.ActKeep, ui.Step{Text: v.loc.T("Change the facts"), Href: base + "/change"})
	if o.Closed.IsZero() {
		add(directory.ActKeep, ui.Step{Text: v.loc.T("Close the organisation"), Href: base + "/close"})
	} else {
		add(directory.ActKeep, ui.Step{Text: v.loc.T("Let it take part again"), Action: base + "/reopen"})
	}
	return steps
}

// offering is a service as a form asks for it.
type offering struct {
	Kind      directory.ServiceKind     `label:"Kind of help"`
	Name      string                    `label:"Name" hint:"Never a street or a place where people are sheltered."`
	Languages string                    `label:"Languages spoken there" hint:"Their codes, with commas between: en, ar, ti." optional:"true"`
	Access    []directory.AccessFeature `label:"What makes it easier to use" optional:"true"`
	HowTo     string                    `label:"How to refer somebody" kind:"textarea" optional:"true"`
	For       directory.PersonKind      `label:"Places for" optional:"true"`
	Total     int                       `label:"Places in all" optional:"true"`
	Free      int                       `label:"Free places now" optional:"true"`
}

func (o offering) service() directory.Service {
	s := directory.Service{Kind: o.Kind, Name: o.Name, Access: o.Access, HowTo: o.HowTo, Languages: tags(o.Languages)}
	if o.For != "" {
		s.Places = []directory.Places{{For: o.For, Total: o.Total, Free: o.Free}}
	}
	return s
}

func (s *Server) serviceForm(v *visit) error { return v.ask(v.offeringQuestion(&offering{}), nil) }

func (v *visit) offeringQuestion(o *offering) question {
	return question{title: "Add a service", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"), fields: v.asked(o)}
}

func (s *Server) offerService(v *visit) error {
	var o offering
	return v.changed(&o, func() question { return v.offeringQuestion(&o) }, func(id ident.ID) error {
		_, err := s.Directory.Offer(v.r.Context(), v.door, id, o.service())
		return err
	}, "/organisations/")
}

// placesQuestion asks how many places are free for a kind of person.
func (v *visit) placesQuestion() question {
	return question{title: "Free places", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"),
		fields: []ui.Field{{Name: "free", Label: v.loc.T("Free places now"), Hint: v.loc.T(directory.PersonKind(v.r.PathValue("for")).Label()),
			Kind: ui.KindNumber, Required: true, Value: v.r.PostFormValue("free")}}}
}

func (s *Server) placesForm(v *visit) error { return v.ask(v.placesQuestion(), nil) }

func (s *Server) setPlaces(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	service, serviceErr := ident.Parse(v.r.PathValue("service"))
	if err != nil || serviceErr != nil {
		return fault.NotFound("There is no such page.")
	}
	free, err := strconv.Atoi(v.r.PostFormValue("free"))
	if err != nil {
		return v.ask(v.placesQuestion(), fault.Invalid("free", "Write a number."))
	}
	err = s.Directory.SetFree(v.r.Context(), v.door, id, service, directory.PersonKind(v.r.PathValue("for")), free)
	if fault.Is(err, fault.CodeInvalid) {
		err = onField(err, "places", "free", "")
	}
	return v.answer(v.placesQuestion(), err, "/organisations/"+id.String())
}

// tags are the codes of languages in a line, as a person writes them.
func tags(line string) []string {
	return strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
}
