package web

import (
	"net/http"

	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/web/ui"
)

// newNotesPassword asks for the password of the notes, twice.
func (v *visit) newNotesPassword() []ui.Field {
	first := v.password("password", "A password for the notes", "off")
	first.Hint = v.loc.T("Another one than for signing in, at least 12 characters. Nobody can reset it: not the administrator, not the operator.")
	return []ui.Field{first, v.password("again", "Write it once more", "off")}
}

// twice refuses a password that was not written twice alike.
func (v *visit) twice() (string, error) {
	password := v.r.PostFormValue("password")
	if password != v.r.PostFormValue("again") {
		return "", fault.Invalid("again", "The two are not the same.")
	}
	return password, nil
}

func (v *visit) beginningNotes() question {
	return question{title: "Begin confidential notes", action: "/confidential/begin", back: "/confidential", submit: "Begin",
		text:   "Only members whom you let in can open them. The node has no key to them: what all of you and the paper lose is lost.",
		fields: v.newNotesPassword()}
}

func (s *Server) beginNotesForm(v *visit) error { return v.ask(v.beginningNotes(), nil) }

func (s *Server) beginNotes(v *visit) error {
	password, err := v.twice()
	recovery := ""
	if err == nil {
		recovery, err = s.Directory.BeginNotes(v.r.Context(), v.door, v.token(), password)
	}
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.ask(v.beginningNotes(), err)
	}
	if err != nil {
		return err
	}
	return v.showPaper(recovery)
}

// showPaper shows the recovery key, once.
func (v *visit) showPaper(recovery string) error {
	page := recoveryPage{Page: v.frame("The recovery key of your notes"), Next: ui.Button{Text: v.loc.T("It is on paper: go on"), Href: "/confidential"}}
	page.Codes = ui.Codes{Codes: []string{recovery},
		Text: v.loc.T("It opens all confidential notes of your organisation when passwords are lost. Print it or write it down, and lock it away, where neither the node's operator nor anybody outside comes to it. It is not shown again.")}
	return v.show(http.StatusOK, "recovery-codes", page)
}

func (v *visit) askingForNotes() question {
	return question{title: "Make my key", action: "/confidential/ask", back: "/confidential", submit: "Make the key",
		text: "Then a colleague who can open the notes compares your key with you, and lets you in.", fields: v.newNotesPassword()}
}

func (s *Server) askForNotesForm(v *visit) error { return v.ask(v.askingForNotes(), nil) }

func (s *Server) askForNotes(v *visit) error {
	password, err := v.twice()
	if err == nil {
		err = s.Directory.AskForNotes(v.r.Context(), v.door, password)
	}
	return v.answer(v.askingForNotes(), err, "/confidential")
}

func (v *visit) openingNotes() question {
	return question{title: "Open the notes", action: "/confidential/open", back: "/confidential", submit: "Open the notes", fields: []ui.Field{v.notesPassword()},
		passkey: v.notesByPasskey("/confidential/open/passkey")}
}

func (s *Server) openNotesForm(v *visit) error { return v.ask(v.openingNotes(), nil) }

func (s *Server) openNotes(v *visit) error {
	return v.answer(v.openingNotes(), s.Directory.Unlock(v.r.Context(), v.door, v.token(), v.r.PostFormValue("password")), "/confidential")
}

func (s *Server) lockNotes(v *visit) error {
	s.Directory.Lock(v.token())
	return v.redirect("/confidential")
}

func (s *Server) newNotesRecovery(v *visit) error {
	recovery, err := s.Directory.NewRecovery(v.r.Context(), v.door, v.token())
	if err != nil {
		return err
	}
	return v.showPaper(recovery)
}

func (v *visit) recoveringNotes() question {
	paper := ui.Field{Name: "recovery", Label: v.loc.T("The recovery key, as it is on the paper"), Required: true, Autocomplete: "off", Value: ""}
	return question{title: "Use the recovery key", action: "/confidential/recover", back: "/confidential", submit: "Open the notes",
		text: "It lets you in under a new password. Your colleagues see in the journal that it was used.", fields: append([]ui.Field{paper}, v.newNotesPassword()...)}
}

func (s *Server) recoverNotesForm(v *visit) error { return v.ask(v.recoveringNotes(), nil) }

func (s *Server) recoverNotes(v *visit) error {
	password, err := v.twice()
	if err == nil {
		err = s.Directory.Recover(v.r.Context(), v.door, v.token(), v.r.PostFormValue("recovery"), password)
	}
	return v.answer(v.recoveringNotes(), err, "/confidential")
}

// keyHolder finds the member that an address names among those who have a key.
func (v *visit) keyHolder() (directory.KeyHolder, error) {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return directory.KeyHolder{}, fault.NotFound("There is no such member.")
	}
	k, err := v.s.Directory.Keyring(v.r.Context(), v.door)
	if err != nil {
		return directory.KeyHolder{}, err
	}
	for _, h := range append(k.Within, k.Asking...) {
		if h.Member == id {
			return h, nil
		}
	}
	return directory.KeyHolder{}, fault.NotFound("There is no such member.")
}

func (v *visit) lettingIn(h directory.KeyHolder) question {
	return question{title: "Let a colleague in", action: v.r.URL.Path, back: "/confidential", submit: "Let in",
		text: "Let the colleague read the letters from their own page, face to face or by telephone, and compare every group. Whoever could write to the database could otherwise put a key of their own here.",
		fields: []ui.Field{{Kind: ui.KindNote, Label: v.member(h.Member), Hint: h.Fingerprint}, {Name: "fingerprint", Kind: ui.KindHidden, Value: h.Fingerprint},
			{Name: "compared", Kind: ui.KindCheckbox, Label: v.loc.T("I have compared all of them with the colleague, and they are the same")}}}
}

func (s *Server) letInForm(v *visit) error {
	h, err := v.keyHolder()
	if err != nil {
		return err
	}
	return v.ask(v.lettingIn(h), nil)
}

func (s *Server) letIn(v *visit) error {
	h, err := v.keyHolder()
	if err != nil {
		return err
	}
	if v.r.PostFormValue("compared") == "" {
		err = fault.Invalid("compared", "Compare them first.")
	} else {
		err = s.Directory.LetIn(v.r.Context(), v.door, v.token(), h.Member, v.r.PostFormValue("fingerprint"))
	}
	return v.answer(v.lettingIn(h), err, "/confidential")
}

func (v *visit) takingOut(h directory.KeyHolder) question {
	return question{title: "Take a colleague out", action: v.r.URL.Path, back: "/confidential", submit: "Take out", danger: true,
		text:   "The notes get a new key, and the colleague reads nothing that is written from now on. What was read before cannot be taken back.",
		fields: []ui.Field{{Kind: ui.KindNote, Label: v.member(h.Member), Hint: h.Fingerprint}}}
}

func (s *Server) takeOutForm(v *visit) error {
	h, err := v.keyHolder()
	if err != nil {
		return err
	}
	return v.ask(v.takingOut(h), nil)
}

func (s *Server) takeOut(v *visit) error {
	h, err := v.keyHolder()
	if err != nil {
		return err
	}
	return v.answer(v.takingOut(h), s.Directory.TakeOut(v.r.Context(), v.door, v.token(), h.Member), "/confidential")
}
