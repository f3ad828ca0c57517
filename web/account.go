package web

import (
	"net/http"
	"slices"

	"palermo/directory"
	"palermo/fault"
	"palermo/web/ui"
)

type accountPage struct {
	ui.Page
	Facts    ui.SummaryList
	Roles    ui.SummaryList
	SignIn   ui.SummaryList
	Passkeys ui.SummaryList
	Programs ui.SummaryList
	Steps    ui.Steps
	Duty     ui.Button
	Notes    *ui.Link
}

// account is one's own: who one is here, which roles are in force, and how one signs in.
func (s *Server) account(v *visit) error {
	me, err := v.own()
	if err != nil {
		return err
	}
	standings, err := s.Directory.Conditions(v.r.Context(), v.door, me.ID)
	if err != nil {
		return err
	}
	page := accountPage{Page: v.frame("My account")}
	duty := ui.Tag{Text: v.loc.T("Not on duty"), Colour: ui.Grey}
	page.Duty = ui.Button{Text: v.loc.T("I am on duty now"), Action: "/account/duty", Name: "on", Value: "yes", Kind: ui.ButtonSecondary}
	if me.OnDuty {
		duty = ui.Tag{Text: v.loc.T("On duty"), Colour: ui.Green}
		page.Duty.Text, page.Duty.Value = v.loc.T("I am no longer on duty"), "no"
	}
	page.Facts = ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("Name"), Value: me.Name}, {Key: v.loc.T("User name"), Value: me.Account.Login},
		{Key: v.loc.T("Organisation"), Value: v.organisation(me.Organisation)}, {Key: v.loc.T("Duty"), Tag: &duty}}}
	page.Roles = v.roleList(standings)
	page.SignIn = v.signInFacts(me.Account)
	page.Passkeys = v.passkeyList(me.Account.Passkeys)
	page.Programs = v.programList(me.Account.Programs)
	if s.SignOn != nil {
		page.SignIn.Rows = append(page.SignIn.Rows, v.providerRow(me.Account))
	}
	page.Notes = &ui.Link{Text: v.loc.T("Confidential notes of my organisation"), Href: "/confidential"}
	page.Steps = ui.Steps{Title: v.loc.T("Sessions"), Steps: []ui.Step{{Text: v.loc.T("End all my sessions"), Action: "/account/sessions/end",
		Hint: v.loc.T("On this device and all others. You sign in again afterwards.")}}}
	if s.SignOn != nil && slices.Contains(me.Account.Providers, s.SignOn.Issuer) {
		page.Steps.Steps = append(page.Steps.Steps, ui.Step{Text: v.loc.T("Undo the link to %s", s.SignOn.Name), Action: "/account/provider/unlink",
			Hint: v.loc.T("All your sessions end.")})
	}
	return v.show(http.StatusOK, "account", page)
}

// roleList says of each role whether it is in force, and what to do where it is not.
func (v *visit) roleList(standings []directory.Standing) ui.SummaryList {
	list := ui.SummaryList{Title: v.loc.T("Roles")}
	for _, st := range standings {
		tag := ui.Tag{Text: v.loc.T("In force"), Colour: ui.Green}
		row := ui.Row{Key: v.loc.T(roleLabel(st.Role))}
		if len(st.WhyNot) > 0 {
			tag = ui.Tag{Text: v.loc.T("Not in force"), Colour: ui.Yellow}
		}
		for _, why := range st.WhyNot {
			row.Values = append(row.Values, v.loc.Err(why))
		}
		row.Tag = &tag
		list.Rows = append(list.Rows, row)
	}
	return list
}

func (v *visit) signInFacts(a *directory.AccountView) ui.SummaryList {
	change := func(href, text string) []ui.Link { return []ui.Link{{Text: v.loc.T(text), Href: href}} }
	codes := v.loc.T("Not set up")
	if a.Codes {
		codes = v.loc.T("Set up")
	}
	return ui.SummaryList{Title: v.loc.T("Signing in"), Rows: []ui.Row{
		{Key: v.loc.T("Password"), Value: "••••••••", Actions: change("/account/password", "Change")},
		{Key: v.loc.T("Authenticator"), Value: codes, Actions: change("/account/authenticator", "Set up anew")},
		{Key: v.loc.T("Recovery codes"), Value: v.loc.N("%d is left", "%d are left", a.Recovery), Actions: change("/account/recovery-codes", "Make new ones")},
		{Key: v.loc.T("Last sign-in"), Value: v.loc.Time(a.LastSignIn, v.s.Zone)}}}
}

func (v *visit) passkeyList(passkeys []directory.PasskeyView) ui.SummaryList {
	list := ui.SummaryList{Title: v.loc.T("Passkeys"), Actions: []ui.Link{{Text: v.loc.T("Add a passkey"), Href: "/account/passkeys/new"}}}
	for _, p := range passkeys {
		row := ui.Row{Key: p.Name, Value: v.loc.T("Added on %s", v.loc.Time(p.Added, v.s.Zone)),
			Actions: []ui.Link{{Text: v.loc.T("Remove"), Href: "/account/passkeys/" + passkeyHandle(p.ID) + "/remove"}}}
		if !p.Used.IsZero() {
			row.Note = v.loc.T("Last used on %s", v.loc.Time(p.Used, v.s.Zone))
		}
		list.Rows = append(list.Rows, row)
	}
	if len(passkeys) == 0 {
		list.Rows = []ui.Row{{Key: v.loc.T("Passkeys"), Value: v.loc.T("None yet")}}
	}
	return list
}

func (v *visit) changingPassword() question {
	next := v.password("next", "New password", "new-password")
	next.Hint = v.loc.T("At least 12 characters. Four words that do not belong together are easy to keep in mind.")
	return question{title: "Change your password", action: "/account/password", back: "/account",
		text:   "Your sessions on other devices end.",
		fields: []ui.Field{v.password("password", "Your present password", "current-password"), next, v.password("again", "Write it once more", "new-password")}}
}

func (s *Server) passwordForm(v *visit) error { return v.ask(v.changingPassword(), nil) }

func (s *Server) newPassword(v *visit) error {
	return v.answer(v.changingPassword(), v.changePassword(v.r.PostFormValue("next")), "/account")
}

func (v *visit) makingRecoveryCodes() question {
	return question{title: "New recovery codes", action: "/account/recovery-codes", back: "/account", submit: "Make new ones",
		text:   "The codes that you have now stop working.",
		fields: []ui.Field{v.password("password", "Your password", "current-password")}}
}

func (s *Server) recoveryForm(v *visit) error { return v.ask(v.makingRecoveryCodes(), nil) }

func (s *Server) newRecoveryCodes(v *visit) error {
	codes, err := s.Directory.NewRecoveryCodes(v.r.Context(), v.door, v.r.PostFormValue("password"))
	if fault.Is(err, fault.CodeInvalid) {
		return v.ask(v.makingRecoveryCodes(), err)
	}
	if err != nil {
		return err
	}
	return v.showRecovery(codes)
}

func (s *Server) setDuty(v *visit) error {
	if err := s.Directory.SetOnDuty(v.r.Context(), v.door, v.viewer().Member, v.r.PostFormValue("on") == "yes"); err != nil {
		return err
	}
	return v.redirect("/account")
}

func (s *Server) endSessions(v *visit) error {
	if err := s.Directory.EndSessions(v.r.Context(), v.door); err != nil {
		return err
	}
	return v.redirect("/sign-in")
}

// providerRow says whether the member signs in at the other provider too. Linking begins there.
func (v *visit) providerRow(a *directory.AccountView) ui.Row {
	row := ui.Row{Key: v.s.SignOn.Name, Value: v.loc.T("Not linked"), Actions: []ui.Link{{Text: v.loc.T("Link"), Href: "/account/provider/link"}}}
	if slices.Contains(a.Providers, v.s.SignOn.Issuer) {
		row.Value, row.Actions = v.loc.T("Linked"), nil
	}
	return row
}
