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
	if s.SignOn != nil {
		mux.HandleFunc("GET /sign-in/provider", s.page(s.signOn))
		mux.HandleFunc("GET /sign-in/provider/back", s.page(s.fromProvider))
		mux.HandleFunc("GET /sign-in/provider/code", s.page(s.providerCodeForm))
		mux.HandleFunc("POST /sign-in/provider/code", s.page(s.providerCode))
		mux.HandleFunc("GET /account/provider/link", s.signedIn(s.linkProvider))
		mux.HandleFunc("GET /account/provider", s.signedIn(s.finishLink))
		mux.HandleFunc("POST /account/provider/unlink", s.signedIn(s.unlinkProvider))
	}
	s.routePrograms(mux)
	s.routeOrganisations(mux)
	s.routeMembers(mux)
	mux.HandleFunc("GET /audit", s.auditing(s.audit))
	mux.HandleFunc("POST /audit/case", s.auditing(s.auditCase))
	mux.HandleFunc("POST /audit/member", s.auditing(s.auditMember))
	mux.HandleFunc("GET /audit/members/{id}", s.auditing(s.memberHistory))
}

func (s *Server) routeOrganisations(mux *http.ServeMux) {
	mux.HandleFunc("GET /organisations", s.signedIn(s.organisations))
	mux.HandleFunc("GET /organisations/{id}", s.signedIn(s.showOrganisation))
	mux.HandleFunc("GET /organisations/new", s.keeping(s.newOrganisationForm))
	mux.HandleFunc("POST /organisations/new", s.keeping(s.addOrganisation))
	mux.HandleFunc("GET /organisations/{id}/change", s.keeping(s.changeOrganisationForm))
	mux.HandleFunc("POST /organisations/{id}/change", s.keeping(s.changeOrganisation))
	mux.HandleFunc("GET /organisations/{id}/close", s.keeping(s.closeOrganisationForm))
	mux.HandleFunc("POST /organisations/{id}/close", s.keeping(s.closeOrganisation))
	mux.HandleFunc("POST /organisations/{id}/reopen", s.keeping(s.reopenOrganisation))
	mux.HandleFunc("GET /organisations/{id}/agreements/new", s.keeping(s.agreementForm))
	mux.HandleFunc("POST /organisations/{id}/agreements/new", s.keeping(s.signAgreement))
	mux.HandleFunc("GET /organisations/{id}/agreements/{agreement}/end", s.keeping(s.endAgreementForm))
	mux.HandleFunc("POST /organisations/{id}/agreements/{agreement}/end", s.keeping(s.endAgreement))
	mux.HandleFunc("GET /organisations/{id}/services/new", s.signedIn(s.serviceForm))
	mux.HandleFunc("POST /organisations/{id}/services/new", s.signedIn(s.offerService))
	mux.HandleFunc("GET /organisations/{id}/services/{service}/places/{for}", s.signedIn(s.placesForm))
	mux.HandleFunc("POST /organisations/{id}/services/{service}/places/{for}", s.signedIn(s.setPlaces))
}

func (s *Server) routeMembers(mux *http.ServeMux) {
	mux.HandleFunc("GET /members", s.keeping(s.members))
	mux.HandleFunc("POST /members/search", s.keeping(s.searchMembers))
	mux.HandleFunc("GET /members/new", s.keeping(s.inviteForm))
	mux.HandleFunc("POST /members/new", s.keeping(s.invite))
	mux.HandleFunc("GET /members/{id}", s.keeping(s.showMember))
	mux.HandleFunc("GET /members/{id}/invite", s.keeping(s.inviteAgainForm))
	mux.HandleFunc("POST /members/{id}/invite", s.keeping(s.inviteAgain))
	mux.HandleFunc("GET /members/{id}/close", s.keeping(s.closeAccountForm))
	mux.HandleFunc("POST /members/{id}/close", s.keeping(s.closeAccount))
	mux.HandleFunc("GET /members/{id}/roles/new", s.keeping(s.roleForm))
	mux.HandleFunc("POST /members/{id}/roles/new", s.keeping(s.giveRole))
	mux.HandleFunc("GET /members/{id}/roles/{role}/revoke", s.keeping(s.revokeForm))
	mux.HandleFunc("POST /members/{id}/roles/{role}/revoke", s.keeping(s.revokeRole))
	mux.HandleFunc("GET /members/{id}/courses/new", s.keeping(s.completionForm))
	mux.HandleFunc("POST /members/{id}/courses/new", s.keeping(s.recordCompletion))
	mux.HandleFunc("GET /courses", s.keeping(s.courses))
	mux.HandleFunc("GET /courses/new", s.keeping(s.courseForm))
	mux.HandleFunc("POST /courses/new", s.keeping(s.addCourse))
	mux.HandleFunc("GET /courses/{id}/retire", s.keeping(s.retireForm))
	mux.HandleFunc("POST /courses/{id}/retire", s.keeping(s.retireCourse))
}
