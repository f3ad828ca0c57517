package browser

import (
	"github.com/chromedp/cdproto/webauthn"
)

// Authenticator is a made-up device that keeps passkeys for a page. Pages must come from https or from localhost;
// 127.0.0.1 has no passkeys.
type Authenticator struct {
	p  *Page
	id webauthn.AuthenticatorID
}

// Authenticator plugs in a device like a telephone's own: it keeps passkeys, has verified its person, and says yes.
func (p *Page) Authenticator() *Authenticator {
	p.t.Helper()
	return p.authenticator(true)
}

// PlainAuthenticator is one whose passkeys have no secret of their own (no PRF extension).
func (p *Page) PlainAuthenticator() *Authenticator {
	p.t.Helper()
	return p.authenticator(false)
}

func (p *Page) authenticator(prf bool) *Authenticator {
	p.t.Helper()
	run(p, "enable passkeys", call(webauthn.Enable, webauthn.EnableParams{}))
	added := run(p, "add an authenticator", call(webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol:                    webauthn.AuthenticatorProtocolCtap2,
			Ctap2version:                webauthn.Ctap2versionCtap21,
			Transport:                   webauthn.AuthenticatorTransportInternal,
			HasResidentKey:              true,
			HasUserVerification:         true,
			HasPrf:                      prf,
			AutomaticPresenceSimulation: true,
			IsUserVerified:              true,
		},
	}))
	return &Authenticator{p, added.AuthenticatorID}
}

// Passkeys is how many passkeys the device keeps.
func (a *Authenticator) Passkeys() int {
	a.p.t.Helper()
	kept := run(a.p, "count passkeys", call(webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: a.id}))
	return len(kept.Credentials)
}

// SetVerified says whether the device recognises its person from now on (fingerprint, PIN).
func (a *Authenticator) SetVerified(yes bool) {
	a.p.t.Helper()
	run(a.p, "set verification", call(webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: a.id, IsUserVerified: yes}))
}

// Remove unplugs the device, with its passkeys.
func (a *Authenticator) Remove() {
	a.p.t.Helper()
	run(a.p, "remove the authenticator", call(webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: a.id}))
}
