package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/skip2/go-qrcode"

	"palermo/directory"
	"palermo/fault"
	"palermo/web/ui"
)

const codesPurpose = "codes" // of the sealed cookie that holds an authenticator's address until it is confirmed

// settingUp lets in whoever has a session, also before sign-in is set up.
func (s *Server) settingUp(h handler) http.HandlerFunc {
	return s.page(func(v *visit) error {
		if err := v.enter(); err != nil {
			if errors.Is(err, errNotSignedIn) {
				return v.toSignIn()
			}
			return err
		}
		return h(v)
	})
}

// own is the viewer's own account.
func (v *visit) own() (directory.MemberView, error) {
	seen, err := v.s.Directory.Member(v.r.Context(), v.door, v.viewer().Member)
	if err != nil {
		return directory.MemberView{}, err
	}
	if seen.Value().Account == nil {
		return directory.MemberView{}, fault.Denied("Only the member and administrators see this.")
	}
	return seen.Value(), nil
}

// setUp leads through the first sign-in: one's own password, then an authenticator.
func (s *Server) setUp(v *visit) error {
	me, err := v.own()
	switch {
	case err != nil:
		return err
	case !me.Account.MustSetUp:
		return v.redirect("/account")
	case me.Account.Initial:
		return v.ask(v.firstPassword(), nil)
	}
	return v.redirect("/account/authenticator")
}

func (v *visit) firstPassword() question {
	next := v.password("next", "Your own password", "new-password")
	next.Hint = v.loc.T("At least 12 characters. Four words that do not belong together are easy to keep in mind.")
	return question{title: "Set up your sign-in: password", action: "/account/set-up", submit: "Go on",
		text:   "Choose a password that you use nowhere else. Nobody but you will know it. Next comes a second step with your telephone.",
		fields: []ui.Field{v.password("password", "The password that you were given", "current-password"), next, v.password("again", "Write it once more", "new-password")}}
}

func (s *Server) choosePassword(v *visit) error {
	next := v.r.PostFormValue("next")
	if err := v.changePassword(next); err != nil {
		return v.answer(v.firstPassword(), err, "")
	}
	return v.enrol(next)
}

// changePassword sets a new password; the browser's session is a new one afterwards.
func (v *visit) changePassword(next string) error {
	if next != v.r.PostFormValue("again") {
		return fault.Invalid("again", "The two are not the same. Write the new password twice.")
	}
	token, err := v.s.Directory.SetPassword(v.r.Context(), v.door, v.r.PostFormValue("password"), next)
	if err != nil {
		return onField(err, "password", "next", "This is not your present password.")
	}
	v.begin(token)
	v.fresh = token
	return nil
}

// onField moves refusals from one field to another, all but one that belongs where it is.
func onField(err error, from, to, but string) error {
	var moved []error
	for _, f := range fault.Each(err) {
		g := *f
		if g.Field == from && g.Message != but {
			g.Field = to
		}
		moved = append(moved, &g)
	}
	return fault.All(moved...)
}

// enrol begins new one-time codes and keeps their address, sealed, for the page that shows it.
func (v *visit) enrol(password string) error {
	address, err := v.s.Directory.EnrolTOTP(v.r.Context(), v.door, password, v.s.Name)
	if err != nil {
		return v.answer(v.authenticatorPassword(), err, "")
	}
	token := v.fresh
	if token == "" {
		token = v.token()
	}
	if err := v.keep(codesPurpose, token, []byte(address), http.SameSiteStrictMode); err != nil {
		return err
	}
	return v.redirect("/account/authenticator")
}

type authenticatorPage struct {
	ui.Page
	Secret string
	Form   ui.Form
}

// authenticator shows the picture to scan and asks for a code; where none was begun, for the password first.
func (s *Server) authenticator(v *visit) error {
	address, err := url.Parse(string(v.kept(codesPurpose, v.token())))
	if err != nil || address.Query().Get("secret") == "" {
		return v.ask(v.authenticatorPassword(), nil)
	}
	return v.showAuthenticator(address, nil)
}

func (v *visit) authenticatorPassword() question {
	q := question{title: "Set up your authenticator", action: "/account/authenticator/begin", back: v.unlessSettingUp("/account"), submit: "Go on",
		fields: []ui.Field{v.password("password", "Your password", "current-password")}}
	if !v.session.MustSetUp {
		q.text = "The codes that you use now work until the new ones are confirmed."
	}
	return q
}

// unlessSettingUp is a way back that is closed until sign-in is set up.
func (v *visit) unlessSettingUp(href string) string {
	if v.session.MustSetUp {
		return ""
	}
	return href
}

func (s *Server) beginAuthenticator(v *visit) error { return v.enrol(v.r.PostFormValue("password")) }

func (v *visit) showAuthenticator(address *url.URL, refusal error) error {
	page := authenticatorPage{Page: v.frame("Set up your authenticator"), Secret: spaced(address.Query().Get("secret"))}
	page.Form = ui.Form{Action: "/account/authenticator", Submit: v.loc.T("Confirm"), Fields: []ui.Field{{Name: "code",
		Label: v.loc.T("Code that the authenticator shows now"), Hint: v.loc.T("Six digits. They change every 30 seconds."),
		Kind: ui.KindCode, Required: true, Autocomplete: "one-time-code"}}}
	if back := v.unlessSettingUp("/account"); back != "" {
		page.Back = &ui.Link{Text: v.loc.T("Back"), Href: back}
	}
	status := http.StatusOK
	if refusal != nil {
		status = http.StatusUnprocessableEntity
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	return v.show(status, "authenticator", page)
}

// spaced writes a secret in groups of four, for typing.
func spaced(secret string) string {
	var groups []string
	for len(secret) > 4 {
		groups = append(groups, secret[:4])
		secret = secret[4:]
	}
	return strings.Join(append(groups, secret), " ")
}

// codePicture is the address as a QR code, for the session that began it and nobody else.
func (s *Server) codePicture(v *visit) error {
	address := v.kept(codesPurpose, v.token())
	if address == nil {
		return fault.NotFound("There is no such page.")
	}
	picture, err := qrcode.Encode(string(address), qrcode.Medium, 264)
	if err != nil {
		return fault.Internal(err)
	}
	v.w.Header().Set("Content-Type", "image/png")
	if _, err := v.w.Write(picture); err != nil {
		v.s.Log.Debug("the reader went away", "cause", err)
	}
	return nil
}

type recoveryPage struct {
	ui.Page
	Codes ui.Codes
	Next  ui.Button
}

// confirmAuthenticator puts the codes into force and shows the recovery codes, once.
func (s *Server) confirmAuthenticator(v *visit) error {
	recovery, err := s.Directory.ConfirmTOTP(v.r.Context(), v.door, v.r.PostFormValue("code"))
	if fault.Is(err, fault.CodeInvalid) {
		if address, parseErr := url.Parse(string(v.kept(codesPurpose, v.token()))); parseErr == nil && address.Query().Get("secret") != "" {
			return v.showAuthenticator(address, err)
		}
		return v.ask(v.authenticatorPassword(), nil)
	}
	if err != nil {
		return err
	}
	v.drop(codesPurpose)
	return v.showRecovery(recovery)
}

func (v *visit) showRecovery(codes []string) error {
	v.session.MustSetUp = false
	page := recoveryPage{Page: v.frame("Your recovery codes"), Next: ui.Button{Text: v.loc.T("I have kept them: go on"), Href: "/account"}}
	page.Codes = ui.Codes{Codes: codes,
		Text: v.loc.T("Each lets you in once in place of a one-time code, when your telephone is lost. Write them down or print them and keep them apart from your telephone. They are not shown again.")}
	return v.show(http.StatusOK, "recovery-codes", page)
}
