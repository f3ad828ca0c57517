package web

import (
	"net/http"
	"slices"

	"palermo/directory"
	"palermo/fault"
	"palermo/web/ui"
)

// Confidential notes open with a passkey too, once it was added while they
// were open. The passkey's secret comes with its answer and is not kept.

const (
	notesOpenPurpose = "notes-open" // of the sealed cookie of notes being opened
	notesAddPurpose  = "notes-add"  // and of a passkey being added to them
)

func (s *Server) routeNotesPasskey(mux *http.ServeMux) {
	if s.Passkeys == nil {
		return
	}
	mux.HandleFunc("GET /confidential/passkey", s.signedIn(s.notesPasskeyForm))
	mux.HandleFunc("POST /confidential/passkey", s.signedIn(s.addNotesPasskey))
	mux.HandleFunc("POST /confidential/passkey/options", s.signedIn(s.notesAddOptions))
	mux.HandleFunc("POST /confidential/open/options", s.signedIn(s.notesOpenOptions))
	mux.HandleFunc("POST /confidential/open/passkey", s.signedIn(s.openNotesByPasskey))
	mux.HandleFunc("POST /cases/{id}/confidential/open/passkey", s.signedIn(s.openNotesOfCaseByPasskey))
}

func (s *Server) notesAddOptions(v *visit) error {
	c, err := s.Passkeys.BeginNotes(v.r.Context(), v.door, true)
	return v.challenge(notesAddPurpose, v.token(), c, err)
}

func (s *Server) notesOpenOptions(v *visit) error {
	c, err := s.Passkeys.BeginNotes(v.r.Context(), v.door, false)
	return v.challenge(notesOpenPurpose, v.token(), c, err)
}

// openByPasskey opens the notes with what the device answered.
func (v *visit) openByPasskey() error {
	state := v.kept(notesOpenPurpose, v.token())
	v.drop(notesOpenPurpose)
	return v.s.Passkeys.OpenNotes(v.r.Context(), v.door, v.token(), state, []byte(v.r.PostFormValue("answer")))
}

func (s *Server) openNotesByPasskey(v *visit) error {
	return v.answer(v.openingNotes(), v.openByPasskey(), "/confidential")
}

func (s *Server) openNotesOfCaseByPasskey(v *visit) error {
	id, c, err := v.caseNotes()
	if err != nil {
		return err
	}
	err = v.openByPasskey()
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.showSealed(http.StatusUnprocessableEntity, id, c, "", err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String() + "/confidential")
}

// notesPasskeys are the viewer's passkeys, and which of them open the notes.
func (v *visit) notesPasskeys() (all, opening []directory.PasskeyView, err error) {
	if v.s.Passkeys == nil {
		return nil, nil, nil
	}
	me, err := v.own()
	if err != nil || me.Account == nil {
		return nil, nil, err
	}
	k, err := v.s.Directory.Keyring(v.r.Context(), v.door)
	if err != nil {
		return nil, nil, err
	}
	ids := k.Passkeys(v.viewer().Member)
	for _, p := range me.Account.Passkeys {
		if slices.ContainsFunc(ids, func(id []byte) bool { return slices.Equal(id, p.ID) }) {
			opening = append(opening, p)
		}
	}
	return me.Account.Passkeys, opening, nil
}

// notesByPasskey is the other way to open the notes, where a passkey of the viewer's does.
func (v *visit) notesByPasskey(action string) *passkeyForm {
	_, opening, err := v.notesPasskeys()
	if err != nil {
		v.s.Log.Warn("the passkeys of confidential notes were not read", "cause", err)
	}
	if len(opening) == 0 {
		return nil
	}
	return &passkeyForm{Title: v.loc.T("Or with a passkey"), Action: action, Options: "/confidential/open/options",
		Failed: v.loc.T("The notes were not opened. Try again, or open them with their password."), Button: v.loc.T("Open with a passkey")}
}

// addPasskeyStep is the button that lets a passkey open the notes, or says why there is none.
func (v *visit) addPasskeyStep() ui.Step {
	step := ui.Step{Text: v.loc.T("Open them with a passkey too"), Href: "/confidential/passkey"}
	all, _, err := v.notesPasskeys()
	if err != nil || len(all) == 0 {
		step.Href, step.Why = "", v.loc.T("You have no passkey. Add one on My account first.")
	}
	return step
}

type notesPasskeyPage struct {
	ui.Page
	Opening ui.SummaryList
	Passkey passkeyForm
}

func (s *Server) notesPasskeyForm(v *visit) error { return v.showNotesPasskey(nil) }

func (v *visit) showNotesPasskey(refusal error) error {
	page := notesPasskeyPage{Page: v.frame("Open them with a passkey too")}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/confidential"}
	_, opening, err := v.notesPasskeys()
	if err != nil {
		return err
	}
	page.Opening.Title = v.loc.T("Passkeys that open them")
	for _, p := range opening {
		page.Opening.Rows = append(page.Opening.Rows, ui.Row{Key: p.Name, Value: v.loc.T("Added on %s", v.loc.Time(p.Added, v.s.Zone))})
	}
	page.Passkey = passkeyForm{Action: "/confidential/passkey", Options: "/confidential/passkey/options",
		Failed: v.loc.T("No passkey was added. Try again, or with another one."), Button: v.loc.T("Choose the passkey")}
	status := http.StatusOK
	if refusal != nil {
		status = http.StatusUnprocessableEntity
		var form ui.Form
		page.Errors = form.Refuse(v.loc, refusal)
	}
	return v.show(status, "notes-passkey", page)
}

func (s *Server) addNotesPasskey(v *visit) error {
	state := v.kept(notesAddPurpose, v.token())
	v.drop(notesAddPurpose)
	err := s.Passkeys.AddToNotes(v.r.Context(), v.door, v.token(), state, []byte(v.r.PostFormValue("answer")))
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.showNotesPasskey(err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/confidential")
}
