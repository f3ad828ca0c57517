package web

import (
	"net/http"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/web/ui"
)

// The pages of an organisation's confidential notes: only its members' own keys
// open them. A key is in memory, with the session in which it was opened.

func (s *Server) routeConfidential(mux *http.ServeMux) {
	mux.HandleFunc("GET /cases/{id}/confidential", s.signedIn(s.sealedNotes))
	mux.HandleFunc("POST /cases/{id}/confidential", s.signedIn(s.sealNote))
	mux.HandleFunc("POST /cases/{id}/confidential/open", s.signedIn(s.openNotesOfCase))
	s.routeNotesPasskey(mux)
	mux.HandleFunc("GET /confidential", s.signedIn(s.keyring))
	mux.HandleFunc("GET /confidential/begin", s.signedIn(s.beginNotesForm))
	mux.HandleFunc("POST /confidential/begin", s.signedIn(s.beginNotes))
	mux.HandleFunc("GET /confidential/ask", s.signedIn(s.askForNotesForm))
	mux.HandleFunc("POST /confidential/ask", s.signedIn(s.askForNotes))
	mux.HandleFunc("GET /confidential/open", s.signedIn(s.openNotesForm))
	mux.HandleFunc("POST /confidential/open", s.signedIn(s.openNotes))
	mux.HandleFunc("POST /confidential/lock", s.signedIn(s.lockNotes))
	mux.HandleFunc("GET /confidential/members/{id}/let-in", s.signedIn(s.letInForm))
	mux.HandleFunc("POST /confidential/members/{id}/let-in", s.signedIn(s.letIn))
	mux.HandleFunc("GET /confidential/members/{id}/take-out", s.signedIn(s.takeOutForm))
	mux.HandleFunc("POST /confidential/members/{id}/take-out", s.signedIn(s.takeOut))
	mux.HandleFunc("POST /confidential/recovery", s.signedIn(s.newNotesRecovery))
	mux.HandleFunc("GET /confidential/recover", s.signedIn(s.recoverNotesForm))
	mux.HandleFunc("POST /confidential/recover", s.signedIn(s.recoverNotes))
}

type sealedNotesPage struct {
	ui.Page
	Count   string
	Locked  string // why they are not shown; empty when they are open
	Setup   *ui.Link
	Open    *ui.Form     // where they are locked
	Passkey *passkeyForm // another way to open them; nil without one
	Notes   []ui.SummaryList
	Write   *ui.Form
	Lock    *ui.Button
}

// caseNotes is a case with the confidential notes of the viewer's organisation on it.
func (v *visit) caseNotes() (casework.CaseID, casework.View, error) {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return id, casework.View{}, err
	}
	seen, err := record.View(v.r.Context(), v.door, v.s.Desk.Kind, id, record.Reason{Action: access.Look, Code: "notes"})
	if err != nil {
		return id, casework.View{}, err
	}
	if !seen.May("do:note") {
		return id, casework.View{}, fault.Denied("Your role on this record does not allow this step.")
	}
	return id, seen.Value(), nil
}

func (s *Server) sealedNotes(v *visit) error {
	id, c, err := v.caseNotes()
	if err != nil {
		return err
	}
	return v.showSealed(http.StatusOK, id, c, "", nil)
}

// showSealed shows the notes where they are open, else how many there are and how to open them.
func (v *visit) showSealed(status int, id casework.CaseID, c casework.View, text string, refusal error) error {
	page := sealedNotesPage{Page: v.frame("Confidential notes")}
	base := "/cases/" + id.String()
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: base + "/part/" + casework.Part(casework.SectionRecord)}
	page.Count = v.loc.N("Your organisation has %d confidential note on this case.", "Your organisation has %d confidential notes on this case.", len(c.SealedNotes))
	ring, err := v.s.Directory.NotesKey(v.r.Context(), v.door, v.token())
	switch {
	case fault.Is(err, fault.CodeNotFound):
		page.Locked = v.loc.Err(err)
		page.Setup = &ui.Link{Text: v.loc.T("Set them up"), Href: "/confidential"}
		return v.show(status, "sealed-notes", page)
	case fault.Is(err, fault.CodeDenied):
		page.Locked = v.loc.Err(err)
		page.Setup = &ui.Link{Text: v.loc.T("Who can open them, and what to do without the password"), Href: "/confidential"}
		page.Open = &ui.Form{Action: base + "/confidential/open", Submit: v.loc.T("Open the notes"), Fields: []ui.Field{v.notesPassword()}}
		page.Passkey = v.notesByPasskey(base + "/confidential/open/passkey")
		if refusal != nil {
			page.Errors = page.Open.Refuse(v.loc, refusal)
		}
		return v.show(status, "sealed-notes", page)
	case err != nil:
		return err
	}
	for i := len(c.SealedNotes) - 1; i >= 0; i-- {
		n := c.SealedNotes[i]
		row := ui.Row{Key: v.loc.T("Note"), Hidden: true}
		if row.Value, err = n.Read(ring, id); err != nil {
			row.Value, row.Hidden = v.loc.T("This note cannot be opened: it was changed, or it is older than your key."), false
		}
		page.Notes = append(page.Notes, ui.SummaryList{Title: v.loc.Time(n.At, v.s.Zone), Sub: true,
			Rows: []ui.Row{{Key: v.loc.T("From"), Value: v.member(n.By)}, row}})
	}
	page.Write = &ui.Form{Action: base + "/confidential", Submit: v.loc.T("Seal and save"), Fields: []ui.Field{
		{Name: "text", Label: v.loc.T("New confidential note"), Kind: ui.KindTextarea, Required: true, Value: text, Autocomplete: "off"}}}
	if refusal != nil {
		page.Errors = page.Write.Refuse(v.loc, refusal)
	}
	page.Lock = &ui.Button{Text: v.loc.T("Lock the notes"), Action: "/confidential/lock", Kind: ui.ButtonSecondary}
	return v.show(status, "sealed-notes", page)
}

func (v *visit) notesPassword() ui.Field {
	return v.password("password", "Password of the notes", "off")
}

func (s *Server) openNotesOfCase(v *visit) error {
	id, c, err := v.caseNotes()
	if err != nil {
		return err
	}
	err = s.Directory.Unlock(v.r.Context(), v.door, v.token(), v.r.PostFormValue("password"))
	if fault.Is(err, fault.CodeInvalid) {
		return v.showSealed(http.StatusUnprocessableEntity, id, c, "", err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String() + "/confidential")
}

// sealNote seals what was written before anything else has it, and saves the seal.
func (s *Server) sealNote(v *visit) error {
	id, c, err := v.caseNotes()
	if err != nil {
		return err
	}
	text := v.r.PostFormValue("text")
	ring, err := s.Directory.NotesKey(v.r.Context(), v.door, v.token())
	if fault.Is(err, fault.CodeDenied) {
		return v.showSealed(http.StatusForbidden, id, c, "", nil)
	}
	if err != nil {
		return err
	}
	note, err := ident.New(s.Node.Now(), s.Node.Random)
	if err != nil {
		return fault.Internal(err)
	}
	step, err := casework.SealFor(s.Node.Random, ring, id, note, text)
	if err == nil {
		err = s.Desk.Take(v.r.Context(), v.door, id, "seal-note", step, 0)
	}
	if fault.Is(err, fault.CodeInvalid) {
		return v.showSealed(http.StatusUnprocessableEntity, id, c, text, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/cases/" + id.String() + "/confidential")
}

type keyringPage struct {
	ui.Page
	Text   string // what the viewer's own standing is
	Mine   string // the fingerprint of the viewer's key
	Within ui.SummaryList
	Asking ui.SummaryList
	Steps  ui.Steps
}

// keyring is who can open the organisation's confidential notes, and what the viewer can do about it.
func (s *Server) keyring(v *visit) error {
	page := keyringPage{Page: v.frame("Confidential notes of my organisation")}
	page.Back = &ui.Link{Text: v.loc.T("My account"), Href: "/account"}
	k, err := s.Directory.Keyring(v.r.Context(), v.door)
	if fault.Is(err, fault.CodeNotFound) {
		page.Text = v.loc.T("Your organisation has none yet. Whoever begins them is the first who can open them, and lets colleagues in.")
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Begin confidential notes"), Href: "/confidential/begin", Main: true}}
		return v.show(http.StatusOK, "keyring", page)
	}
	if err != nil {
		return err
	}
	_, locked := s.Directory.NotesKey(v.r.Context(), v.door, v.token())
	open := locked == nil
	page.Within = v.keyHolders("Who can open them", k.Within, open, "Take out", "take-out")
	page.Asking = v.keyHolders("Who waits to be let in", k.Asking, open, "Let in", "let-in")
	me := v.viewer().Member
	asked, waits := k.Asks(me)
	switch {
	case open:
		page.Text = v.loc.T("They are open in this session.")
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Lock the notes"), Action: "/confidential/lock"},
			v.addPasskeyStep(),
			{Text: v.loc.T("Make a new recovery key"), Action: "/confidential/recovery", Hint: v.loc.T("When the paper was lost or seen. The old one opens nothing that is written from now on.")}}
	case k.Holds(me):
		page.Text = v.loc.T("They are locked in this session.")
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Open the notes"), Href: "/confidential/open", Main: true}, v.recoverStep()}
	case waits:
		page.Text, page.Mine = v.loc.T("A colleague who can open them lets you in. Read these letters to them, face to face or by telephone:"), asked.Fingerprint
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Make another key"), Href: "/confidential/ask"}, v.recoverStep()}
	default:
		page.Text = v.loc.T("You cannot open them yet. Make a key of your own; then a colleague lets you in.")
		page.Steps.Steps = []ui.Step{{Text: v.loc.T("Make my key"), Href: "/confidential/ask", Main: true}, v.recoverStep()}
	}
	return v.show(http.StatusOK, "keyring", page)
}

func (v *visit) recoverStep() ui.Step {
	return ui.Step{Text: v.loc.T("Use the recovery key"), Href: "/confidential/recover", Hint: v.loc.T("The one on paper, when passwords are lost.")}
}

func (v *visit) keyHolders(title string, list []directory.KeyHolder, open bool, act, path string) ui.SummaryList {
	out := ui.SummaryList{Title: v.loc.T(title), Sub: true}
	for _, h := range list {
		row := ui.Row{Key: v.member(h.Member), Value: h.Fingerprint}
		if open {
			row.Actions = []ui.Link{{Text: v.loc.T(act), Href: "/confidential/members/" + h.Member.String() + "/" + path}}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
