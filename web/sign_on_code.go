package web

import (
	"net/http"

	"palermo/fault"
	"palermo/web/ui"
)

const codePurpose = "code" // of the sealed cookie that holds a verified identity until its member shows a code

// providerCodeForm asks for our own second factor, where the provider asked for none.
func (s *Server) providerCodeForm(v *visit) error { return v.askCode(http.StatusOK, nil) }

func (v *visit) askCode(status int, refusal error) error {
	if v.kept(codePurpose, "") == nil {
		return v.toSignIn()
	}
	page := signInPage{Page: v.frame("One-time code"), Form: ui.Form{Action: "/sign-in/provider/code", Submit: v.loc.T("Sign in"), Fields: []ui.Field{
		{Name: "code", Label: v.loc.T("One-time code"), Hint: v.loc.T("Your organisation's sign-in did not ask for a second factor. Give six digits from your authenticator, or a recovery code."),
			Kind: ui.KindCode, Required: true, InputMode: "text", Autocomplete: "one-time-code"}}}}
	if refusal != nil {
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "sign-in", page)
}

// providerCode begins a session for the identity from the provider, with a code.
func (s *Server) providerCode(v *visit) error {
	subject := v.kept(codePurpose, "")
	if subject == nil {
		return v.toSignIn()
	}
	token, err := s.Federation.SignInOIDCWithCode(v.r.Context(), s.SignOn.Issuer, string(subject), v.r.PostFormValue("code"))
	if fault.Is(err, fault.CodeDenied) {
		return v.askCode(http.StatusForbidden, err)
	}
	if err != nil {
		return err
	}
	v.drop(codePurpose)
	v.begin(token)
	return v.redirect("/")
}
