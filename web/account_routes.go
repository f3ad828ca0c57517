package web

import "net/http"

// routeAccounts gives the addresses of sign-in, one's own account, organisations, members and audit.
func (s *Server) routeAccounts(mux *http.ServeMux) {
	mux.HandleFunc("GET /account/set-up", s.settingUp(s.setUp))
	mux.HandleFunc("POST /account/set-up", s.settingUp(s.choosePassword))
	mux.HandleFunc("GET /account/authenticator", s.settingUp(s.authenticator))
	mux.HandleFunc("POST /account/authenticator/begin", s.settingUp(s.beginAuthenticator))
	mux.HandleFunc("POST /account/authenticator", s.settingUp(s.confirmAuthenticator))
	mux.HandleFunc("GET /account/code.png", s.settingUp(s.codePicture))

	mux.HandleFunc("GET /account", s.signedIn(s.account))
	mux.HandleFunc("GET /account/password", s.signedIn(s.passwordForm))
	mux.HandleFunc("POST /account/password", s.signedIn(s.newPassword))
	mux.HandleFunc("GET /account/recovery-codes", s.signedIn(s.recoveryForm))
	mux.HandleFunc("POST /account/recovery-codes", s.signedIn(s.newRecoveryCodes))
	mux.HandleFunc("POST /account/duty", s.signedIn(s.setDuty))
	mux.HandleFunc("POST /account/sessions/end", s.signedIn(s.endSessions))
	if s.Passkeys != nil {
		mux.HandleFunc("GET /account/passkeys/new", s.signedIn(s.passkeyForm))
		mux.HandleFunc("POST /account/passkeys/options", s.signedIn(s.passkeyOptions))
		mux.HandleFunc("POST /account/passkeys/new", s.signedIn(s.addPasskey))
		mux.HandleFunc("GET /account/passkeys/{passkey}/remove", s.signedIn(s.removePasskeyForm))
		mux.HandleFunc("POST /account/passkeys/{passkey}/remove", s.signedIn(s.removePasskey))
		mux.HandleFunc("POST /sign-in/passkey/options", s.page(s.passkeySignInOptions))
		mux.HandleFunc("POST /sign-in/passkey", s.page(s.signInPasskey))
	}
}
