package web

import (
	"net/http"
	"slices"
	"strings"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/web/ui"
)

// roster narrows who is on duty; a district says nothing of a person.
type roster struct {
	District string `label:"District" optional:"true"`
}

type onDutyPage struct {
	ui.Page
	Filter ui.Filter
	Tables []ui.Table
	Empty  *ui.Empty
	Steps  ui.Steps
}

// onDuty says who is called on now and next (row 16): the focal point, reference
// judges and prosecutors by district, then those who help and decide.
func (s *Server) onDuty(v *visit) error {
	var asked roster
	if err := input.Decode(v.r.URL.Query(), nil, &asked, s.Zone); err != nil {
		return err
	}
	turns, err := s.Directory.WhoIsOnDuty(v.r.Context(), v.door, asked.District)
	if err != nil {
		return err
	}
	page := onDutyPage{Page: v.frame("Who is on duty")}
	page.Wide = true
	page.Filter = ui.Filter{Action: "/on-duty", Fields: v.asked(&asked), Clear: "/on-duty", Active: len(v.r.URL.Query())}
	role := access.Role("")
	for _, t := range turns {
		if t.Role != role {
			role = t.Role
			page.Tables = append(page.Tables, ui.Table{Caption: v.loc.T(dutyLabel(role)), Columns: []ui.Column{{Text: v.loc.T("Name")}, {Text: v.loc.T("Organisation")},
				{Text: v.loc.T("Called on")}, {Text: v.loc.T("Districts")}, {Text: v.loc.T("Hours")}, {Text: v.loc.T("Deputy")}}})
		}
		table := &page.Tables[len(page.Tables)-1]
		for i, m := range t.Line {
			table.Rows = append(table.Rows, v.turn(t, i, m))
		}
	}
	if len(turns) == 0 {
		page.Empty = &ui.Empty{Title: v.loc.T("Nobody"), Text: v.loc.T("Nobody is named for this district.")}
	}
	page.Steps.Steps = []ui.Step{{Text: v.loc.T("My districts, hours and deputy"), Href: "/account/reach"}}
	return v.show(http.StatusOK, "on-duty", page)
}

// dutyLabel names a role as the page of who is on duty does: judges and prosecutors there are a reference for colleagues.
func dutyLabel(r access.Role) string {
	switch r {
	case access.Judge:
		return "Reference judges"
	case access.Prosecutor:
		return "Reference prosecutors"
	}
	return roleLabel(r)
}

func (v *visit) turn(t directory.Turn, place int, m directory.MemberView) ui.TableRow {
	called := ui.Cell{Text: v.loc.T("Later")}
	switch {
	case place == 0 && m.OnDuty:
		called = ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Now, on duty"), Colour: ui.Green}}
	case place == 0:
		called = ui.Cell{Tag: &ui.Tag{Text: v.loc.T("Now, though not on duty"), Colour: ui.Yellow}}
	case place == 1:
		called = ui.Cell{Text: v.loc.T("Next")}
	}
	districts := strings.Join(m.Districts, " · ")
	if districts == "" {
		districts = v.loc.T("The whole country")
	}
	return ui.TableRow{Cells: []ui.Cell{{Text: m.Name}, {Text: t.Name, Href: "/organisations/" + t.Organisation.String(), Note: t.Telephone}, called,
		{Text: districts}, {Text: m.Hours}, {Text: v.member(m.Deputy)}}}
}

// reaching is where, when and by whom one is stood in for, as a form asks for it.
type reaching struct {
	Districts string   `label:"Districts" hint:"With commas between. Empty: the whole country." optional:"true"`
	Hours     string   `label:"Hours" hint:"When you can be reached." optional:"true"`
	Deputy    ident.ID `label:"Deputy" kind:"colleague" hint:"Called on in your place when you are not on duty." optional:"true"`
}

func (v *visit) reachQuestion(r *reaching) question {
	return question{title: "My districts, hours and deputy", action: "/account/reach", back: "/on-duty", fields: v.colleagues(v.asked(r), v.viewer().Organisation, v.viewer().Member)}
}

func (s *Server) reachForm(v *visit) error {
	me, err := v.own()
	if err != nil {
		return err
	}
	return v.ask(v.reachQuestion(&reaching{Districts: strings.Join(me.Districts, ", "), Hours: me.Hours, Deputy: me.Deputy}), nil)
}

func (s *Server) setReach(v *visit) error {
	var r reaching
	err := v.decode(&r)
	if err == nil {
		err = s.Directory.SetReach(v.r.Context(), v.door, v.viewer().Member, directory.Reach{Districts: lines(r.Districts), Hours: r.Hours})
	}
	if err == nil {
		err = s.Directory.SetDeputy(v.r.Context(), v.door, v.viewer().Member, r.Deputy)
	}
	return v.answer(v.reachQuestion(&r), err, "/on-duty")
}

// lines are names in a line with commas between.
func lines(text string) []string {
	var list []string
	for _, name := range strings.Split(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// ordering is the order in which an organisation's members are called on.
type ordering struct {
	First  ident.ID `label:"First" kind:"colleague"`
	Second ident.ID `label:"Second" kind:"colleague" optional:"true"`
	Third  ident.ID `label:"Third" kind:"colleague" optional:"true"`
}

func (v *visit) orderQuestion(o *ordering, organisation ident.ID) question {
	return question{title: "Who is called on first", action: v.r.URL.Path, back: "/organisations/" + organisation.String(),
		text: "Those on duty come first, then the deputies of those who are not, then the others, each in this order.", fields: v.colleagues(v.asked(o), organisation, ident.ID{})}
}

func (s *Server) orderForm(v *visit) error {
	seen, err := v.organisationSeen()
	if err != nil {
		return err
	}
	o := seen.Value()
	var now ordering
	for i, to := range []*ident.ID{&now.First, &now.Second, &now.Third} {
		if i < len(o.Escalation) {
			*to = o.Escalation[i]
		}
	}
	return v.ask(v.orderQuestion(&now, o.ID), nil)
}

func (s *Server) setOrder(v *visit) error {
	var o ordering
	organisation, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return fault.NotFound("There is no such page.")
	}
	return v.changed(&o, func() question { return v.orderQuestion(&o, organisation) }, func(id ident.ID) error {
		order := slices.DeleteFunc([]ident.ID{o.First, o.Second, o.Third}, ident.ID.IsZero)
		return s.Directory.SetEscalation(v.r.Context(), v.door, id, order)
	}, "/organisations/")
}

// colleagues fills in the members of an organisation but one; interpreters are never among them.
func (v *visit) colleagues(fields []ui.Field, organisation, but ident.ID) []ui.Field {
	members, err := v.s.Directory.MembersOf(v.r.Context(), v.door, organisation)
	if err != nil {
		v.s.Log.Error("members cannot be read", "cause", err)
	}
	for i := range fields {
		if f := &fields[i]; f.Kind == ui.KindSelect {
			for _, m := range members {
				if !m.Interpreter && m.ID != but {
					f.Options = append(f.Options, ui.Option{Value: m.ID.String(), Label: m.Name, Selected: m.ID.String() == f.Value})
				}
			}
		}
	}
	return fields
}

// routeOnDuty gives the addresses of who is called on, and of postings.
func (s *Server) routeOnDuty(mux *http.ServeMux) {
	mux.HandleFunc("GET /on-duty", s.signedIn(s.onDuty))
	mux.HandleFunc("GET /account/reach", s.signedIn(s.reachForm))
	mux.HandleFunc("POST /account/reach", s.signedIn(s.setReach))
	mux.HandleFunc("GET /organisations/{id}/order", s.keeping(s.orderForm))
	mux.HandleFunc("POST /organisations/{id}/order", s.keeping(s.setOrder))
	mux.HandleFunc("GET /members/{id}/posting", s.keeping(s.postingForm))
	mux.HandleFunc("POST /members/{id}/posting", s.keeping(s.post))
	mux.HandleFunc("GET /members/{id}/posting/end", s.keeping(s.endPostingForm))
	mux.HandleFunc("POST /members/{id}/posting/end", s.keeping(s.endPosting))
	mux.HandleFunc("POST /members/{id}/reference", s.keeping(s.setReference))
}
