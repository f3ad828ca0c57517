package web

import (
	"net/http"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/web/ui"
)

func (s *Server) routePrograms(mux *http.ServeMux) {
	mux.HandleFunc("GET /account/programs/new", s.signedIn(s.programForm))
	mux.HandleFunc("POST /account/programs/new", s.signedIn(s.addProgram))
	mux.HandleFunc("GET /account/programs/{program}/end", s.signedIn(s.endProgramForm))
	mux.HandleFunc("POST /account/programs/{program}/end", s.signedIn(s.endProgram))
}

// programList is the keys with which programs act for the member.
func (v *visit) programList(programs []directory.Program) ui.SummaryList {
	list := ui.SummaryList{Title: v.loc.T("Programs that act for me"), Actions: []ui.Link{{Text: v.loc.T("Make a key for a program"), Href: "/account/programs/new"}}}
	for _, p := range programs {
		row := ui.Row{Key: p.Name, Value: v.loc.T(roleLabel(p.Role)), Note: v.loc.T("Until %s", v.loc.Time(p.Ends, v.s.Zone)),
			Actions: []ui.Link{{Text: v.loc.T("End"), Href: "/account/programs/" + p.ID.String() + "/end"}}}
		if !v.s.Node.Now().Before(p.Ends) {
			row.Tag = &ui.Tag{Text: v.loc.T("Ended"), Colour: ui.Grey}
		}
		list.Rows = append(list.Rows, row)
	}
	if len(programs) == 0 {
		list.Rows = []ui.Row{{Key: v.loc.T("Programs"), Value: v.loc.T("None yet")}}
	}
	return list
}

func (v *visit) makingProgram(a *directory.AddProgram) question {
	fields := v.asked(a)
	for i := range fields {
		if fields[i].Name == "role" {
			fields[i].Kind, fields[i].Options = ui.KindRadios, nil
			for _, r := range v.viewer().Roles {
				if r != access.Administrator && r != access.Auditor {
					fields[i].Options = append(fields[i].Options, ui.Option{Value: string(r), Label: v.loc.T(roleLabel(r)), Selected: r == a.Role})
				}
			}
		}
	}
	return question{title: "Make a key for a program", action: "/account/programs/new", back: "/account", submit: "Make the key",
		text:   "Whoever holds the key can do what you can do in this role, without your password, until the day you choose. Give it to one program or one telephone, and end it when that is lost.",
		fields: append(fields, v.password("password", "Your password", "current-password"))}
}

func (s *Server) programForm(v *visit) error {
	return v.ask(v.makingProgram(&directory.AddProgram{}), nil)
}

type programPage struct {
	ui.Page
	Key   ui.Codes
	Facts ui.SummaryList
	Next  ui.Button
}

func (s *Server) addProgram(v *visit) error {
	var a directory.AddProgram
	if err := v.decode(&a); err != nil && !fault.Is(err, fault.CodeInvalid) {
		return err
	}
	key, err := s.Directory.AddProgram(v.r.Context(), v.door, v.r.PostFormValue("password"), a)
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.ask(v.makingProgram(&a), err)
	}
	if err != nil {
		return err
	}
	page := programPage{Page: v.frame("The key of the program"), Next: ui.Button{Text: v.loc.T("The program has it: go on"), Href: "/account"}}
	page.Key = ui.Codes{Codes: []string{key}, Text: v.loc.T("Copy it into the program now. It is not shown again.")}
	page.Facts = ui.SummaryList{Title: v.loc.T("For ODK Collect or Enketo"), Rows: []ui.Row{
		{Key: v.loc.T("Address of the server"), Value: s.Origin + "/openrosa", Note: v.loc.T("Each questionnaire that is sent in opens a case at first contact.")},
		{Key: v.loc.T("User name"), Value: v.loc.T("any word"), Note: v.loc.T("The password is the key.")}}}
	return v.show(http.StatusOK, "program", page)
}

func (v *visit) endingProgram() (question, ident.ID, error) {
	me, err := v.own()
	if err != nil {
		return question{}, ident.ID{}, err
	}
	for _, p := range me.Account.Programs {
		if p.ID.String() == v.r.PathValue("program") {
			return question{title: "End the key of a program", action: v.r.URL.Path, back: "/account", submit: "End", danger: true,
				fields: []ui.Field{{Kind: ui.KindNote, Label: p.Name, Hint: v.loc.T("The program can do nothing any more from now on. What it brought in stays.")}}}, p.ID, nil
		}
	}
	return question{}, ident.ID{}, fault.NotFound("There is no such key.")
}

func (s *Server) endProgramForm(v *visit) error {
	q, _, err := v.endingProgram()
	if err != nil {
		return err
	}
	return v.ask(q, nil)
}

func (s *Server) endProgram(v *visit) error {
	q, id, err := v.endingProgram()
	if err != nil {
		return err
	}
	return v.answer(q, s.Directory.EndProgram(v.r.Context(), v.door, id), "/account")
}
