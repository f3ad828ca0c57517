package web

import (
	"net/http"

	"palermo/fault"
	"palermo/web/ui"
)

type signInPage struct {
	ui.Page
	Form     ui.Form
	Passkey  *passkeyForm // nil without passkeys
	Provider string       // where people sign in who have an account with another provider; empty without one
}

func (v *visit) signInPage() signInPage {
	provider := ""
	if v.s.SignOn != nil {
		provider = v.s.SignOn.Name
	}
	return signInPage{Page: v.frame("Sign in"), Passkey: v.signInByPasskey(), Provider: provider, Form: ui.Form{Action: "/sign-in", Submit: v.loc.T("Sign in"), Fields: []ui.Field{
		{Name: "login", Label: v.loc.T("User name"), Required: true, Autocomplete: "username"},
		{Name: "password", Label: v.loc.T("Password"), Kind: ui.KindPassword, Required: true, Autocomplete: "current-password"},
		{Name: "code", Label: v.loc.T("One-time code"), Hint: v.loc.T("Six digits from your authenticator, or a recovery code. Empty at your first sign-in."), Kind: ui.KindCode,
			InputMode: "text", Autocomplete: "one-time-code"},
	}}}
}

func (s *Server) signInForm(v *visit) error {
	return v.show(http.StatusOK, "sign-in", v.signInPage())
}

func (s *Server) signIn(v *visit) error {
	token, err := s.Accounts.SignIn(v.r.Context(), v.r.PostFormValue("login"), v.r.PostFormValue("password"), v.r.PostFormValue("code"))
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

func (s *Server) signOut(v *visit) error {
	if cookie, err := v.r.Cookie(s.Cookie); err == nil {
		if err := s.Accounts.SignOut(v.r.Context(), cookie.Value); err != nil {
			return err
		}
	}
	s.setCookie(v.w, "", "", -1, http.SameSiteStrictMode)
	v.w.Header().Set("Clear-Site-Data", `"storage"`)
	return v.redirect("/sign-in")
}

// extendSession prolongs a session: reading it has done so.
func (s *Server) extendSession(v *visit) error {
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}
