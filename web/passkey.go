package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"palermo/directory"
	"palermo/fault"
	"palermo/web/ui"
)

const (
	passkeyPurpose       = "passkey"        // of the sealed cookie of a passkey being added
	passkeySignInPurpose = "passkey-signin" // and of a sign-in under way
)

// challenge sends what the browser's device must answer, and keeps its state sealed in a cookie.
func (v *visit) challenge(purpose, session string, c directory.Challenge, err error) error {
	if err != nil {
		return err
	}
	if err := v.keep(purpose, session, c.State, http.SameSiteStrictMode); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	if _, err := v.w.Write(c.Options); err != nil {
		v.s.Log.Debug("the reader went away", "cause", err)
	}
	return nil
}

// passkeyForm asks a passkey for an answer and sends that. It stays hidden where the browser has no passkeys.
type passkeyForm struct {
	Title   string // may be empty
	Action  string
	Options string // where the script fetches what to ask
	Failed  string // what is shown when the device gave no answer
	Button  string
}

func (v *visit) signInByPasskey() *passkeyForm {
	if v.s.Passkeys == nil {
		return nil
	}
	return &passkeyForm{Title: v.loc.T("Or with a passkey"), Action: "/sign-in/passkey", Options: "/sign-in/passkey/options",
		Failed: v.loc.T("No passkey was used. Try again, or sign in in another way."), Button: v.loc.T("Use a passkey")}
}

func (s *Server) passkeySignInOptions(v *visit) error {
	c, err := s.Passkeys.BeginSignIn()
	return v.challenge(passkeySignInPurpose, "", c, err)
}

// signInPasskey begins a session for whom a passkey belongs to.
func (s *Server) signInPasskey(v *visit) error {
	state := v.kept(passkeySignInPurpose, "")
	v.drop(passkeySignInPurpose)
	token, err := s.Passkeys.FinishSignIn(v.r.Context(), state, []byte(v.r.PostFormValue("answer")))
	if fault.Is(err, fault.CodeDenied) || fault.Is(err, fault.CodeInvalid) {
		page := v.signInPage()
		page.Errors = page.Form.Refuse(v.loc, err)
		return v.show(http.StatusForbidden, "sign-in", page)
	}
	if err != nil {
		return err
	}
	v.begin(token)
	return v.redirect("/")
}

type passkeyPage struct {
	ui.Page
	Name     ui.Field
	Password ui.Field
}

func (v *visit) passkeyPage() passkeyPage {
	p := passkeyPage{Page: v.frame("Add a passkey")}
	p.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/account"}
	p.Name = ui.Field{Name: "name", Label: v.loc.T("Name of the passkey"), Hint: v.loc.T("So that you know it again, such as: work telephone, blue key."),
		Required: true, MaxLength: 60, Value: v.r.PostFormValue("name")}
	p.Password = v.password("password", "Your password", "current-password")
	return p
}

func (s *Server) passkeyForm(v *visit) error {
	return v.show(http.StatusOK, "passkey", v.passkeyPage())
}

func (s *Server) passkeyOptions(v *visit) error {
	c, err := s.Passkeys.BeginAdd(v.r.Context(), v.door)
	return v.challenge(passkeyPurpose, v.token(), c, err)
}

func (s *Server) addPasskey(v *visit) error {
	state := v.kept(passkeyPurpose, v.token())
	v.drop(passkeyPurpose)
	err := s.Passkeys.FinishAdd(v.r.Context(), v.door, state, []byte(v.r.PostFormValue("answer")), v.r.PostFormValue("password"), v.r.PostFormValue("name"))
	if fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		page := v.passkeyPage()
		form := ui.Form{Fields: []ui.Field{page.Name, page.Password}}
		page.Errors = form.Refuse(v.loc, err)
		page.Name, page.Password = form.Fields[0], form.Fields[1]
		return v.show(http.StatusUnprocessableEntity, "passkey", page)
	}
	if err != nil {
		return err
	}
	return v.redirect("/account")
}

// passkeyHandle names a passkey in an address without telling its id.
func passkeyHandle(id []byte) string {
	sum := sha256.Sum256(id)
	return hex.EncodeToString(sum[:8])
}

func (v *visit) removingPasskey() (question, []byte, error) {
	me, err := v.own()
	if err != nil {
		return question{}, nil, err
	}
	for _, p := range me.Account.Passkeys {
		if passkeyHandle(p.ID) == v.r.PathValue("passkey") {
			q := question{title: "Remove a passkey", action: v.r.URL.Path, back: "/account", submit: "Remove", danger: true,
				fields: []ui.Field{{Kind: ui.KindNote, Label: p.Name, Hint: v.loc.T("Nobody can sign in with it afterwards. Delete it on the device as well.")},
					v.password("password", "Your password", "current-password")}}
			return q, p.ID, nil
		}
	}
	return question{}, nil, fault.NotFound("There is no such passkey.")
}

func (s *Server) removePasskeyForm(v *visit) error {
	q, _, err := v.removingPasskey()
	if err != nil {
		return err
	}
	return v.ask(q, nil)
}

func (s *Server) removePasskey(v *visit) error {
	q, id, err := v.removingPasskey()
	if err != nil {
		return err
	}
	return v.answer(q, s.Directory.RemovePasskey(v.r.Context(), v.door, v.r.PostFormValue("password"), id), "/account")
}
