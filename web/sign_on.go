package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/web/ui"
)

// SignOn is single sign-on with one OpenID Connect provider, such as a
// ministry's. The provider says who somebody is and whether it asked for a
// second factor; which member that is, and what they may do, only the directory says.
type SignOn struct {
	Name         string // of the provider, as people know it
	Issuer       string
	ClientID     string
	ClientSecret string
	Redirect     string // https://…/sign-in/provider/back, as the provider knows it
	// SecondFactor are the values of acr or amr that say it; without one of them, the node's own code is asked for.
	SecondFactor []string

	mu       sync.Mutex
	provider *oidc.Provider
}

// Federation is what single sign-on needs of the directory.
type Federation interface {
	SignInOIDC(ctx context.Context, issuer, subject string) (token string, err error)
	SignInOIDCWithCode(ctx context.Context, issuer, subject, code string) (token string, err error)
	LinkOIDC(ctx context.Context, d *record.Door, id ident.ID, issuer, subject string) error
	UnlinkOIDC(ctx context.Context, d *record.Door, id ident.ID, issuer string) error
}

var _ Federation = (*directory.Book)(nil)

// discover reads the provider's addresses and keys, once it can be reached: a
// node starts without it.
func (o *SignOn) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider == nil {
		// The provider's keys are read again later, when this visit is over.
		p, err := oidc.NewProvider(context.WithoutCancel(ctx), o.Issuer)
		if err != nil {
			return nil, nil, fault.Unavailable(err, "The other provider cannot be reached now. Try again, or sign in in another way.")
		}
		o.provider = p
	}
	return o.provider, &oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, Endpoint: o.provider.Endpoint(),
		RedirectURL: o.Redirect, Scopes: []string{oidc.ScopeOpenID}}, nil
}

const signOnPurpose = "provider" // of the sealed cookie of a sign-in at the provider

// signOnState is what must come back unchanged: against a forged answer
// (State), a replayed one (Nonce) and a stolen code (Verifier, RFC 7636).
type signOnState struct{ State, Nonce, Verifier, Link string }

func secret() (string, error) {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return "", fault.Internal(err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// signOn sends the browser to the provider. Whoever is signed in links the
// identity there to their account; others sign in with it.
func (s *Server) signOn(v *visit) error { return v.toProvider("") }

func (s *Server) linkProvider(v *visit) error { return v.toProvider(v.viewer().Member.String()) }

func (v *visit) toProvider(link string) error {
	_, config, err := v.s.SignOn.discover(v.r.Context())
	if err != nil {
		return err
	}
	kept := signOnState{Verifier: oauth2.GenerateVerifier(), Link: link}
	if kept.State, err = secret(); err != nil {
		return err
	}
	if kept.Nonce, err = secret(); err != nil {
		return err
	}
	plain, err := json.Marshal(kept)
	if err != nil {
		return fault.Internal(err)
	}
	// Lax: the provider's page leads back here, and the cookie must come along.
	if err := v.keep(signOnPurpose, "", plain, http.SameSiteLaxMode); err != nil {
		return err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(kept.Nonce), oauth2.S256ChallengeOption(kept.Verifier)}
	if wanted := v.s.SignOn.SecondFactor; len(wanted) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(wanted, " ")))
	}
	return v.redirect(config.AuthCodeURL(kept.State, options...))
}

var errSignOn = fault.Denied("The other provider's answer could not be used. Begin again.")

// fromProvider checks what the provider says and begins a session, or links the identity.
func (s *Server) fromProvider(v *visit) error {
	who, err := v.identity()
	if err != nil {
		return v.signOnRefused(err)
	}
	if who.link != "" {
		if err := v.confirmLink(who.subject, who.link); err != nil {
			return err
		}
		return v.onward("/account/provider")
	}
	if !who.second {
		if err := v.keep(codePurpose, "", []byte(who.subject), http.SameSiteStrictMode); err != nil {
			return err
		}
		return v.onward("/sign-in/provider/code")
	}
	token, err := s.Federation.SignInOIDC(v.r.Context(), s.SignOn.Issuer, who.subject)
	if err != nil {
		return v.signOnRefused(err)
	}
	v.begin(token)
	return v.onward("/")
}

func (v *visit) signOnRefused(err error) error {
	if !fault.Is(err, fault.CodeDenied) {
		return err
	}
	page := v.signInPage()
	page.Errors = page.Form.Refuse(v.loc, err)
	return v.show(http.StatusForbidden, "sign-in", page)
}

// identified is who came from the provider.
type identified struct {
	subject string
	link    string // the member who links the identity to their account; empty for a sign-in
	second  bool   // a second factor was asked for there
}

// identity exchanges the code and checks the token's signature, issuer,
// audience, end and nonce.
func (v *visit) identity() (identified, error) {
	var kept signOnState
	plain := v.kept(signOnPurpose, "")
	v.drop(signOnPurpose)
	query := v.r.URL.Query()
	if json.Unmarshal(plain, &kept) != nil || kept.State == "" || !equal(kept.State, query.Get("state")) || query.Get("code") == "" {
		return identified{}, errSignOn
	}
	provider, config, err := v.s.SignOn.discover(v.r.Context())
	if err != nil {
		return identified{}, err
	}
	tokens, err := config.Exchange(v.r.Context(), query.Get("code"), oauth2.VerifierOption(kept.Verifier))
	if err != nil {
		return identified{}, errSignOn
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return identified{}, errSignOn
	}
	id, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(v.r.Context(), raw)
	if err != nil || !equal(id.Nonce, kept.Nonce) {
		return identified{}, errSignOn
	}
	return identified{subject: id.Subject, link: kept.Link, second: v.s.SignOn.askedSecond(id)}, nil
}

// askedSecond reports whether the provider says that it asked for a second
// factor, by one of the words that the settings name. A claim in another form says nothing.
func (o *SignOn) askedSecond(id *oidc.IDToken) bool {
	var level struct {
		ACR string `json:"acr"`
	}
	var methods struct {
		AMR []string `json:"amr"`
	}
	said := func(word string) bool { return word != "" && slices.Contains(o.SecondFactor, word) }
	return id.Claims(&level) == nil && said(level.ACR) || id.Claims(&methods) == nil && slices.ContainsFunc(methods.AMR, said)
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

const linkPurpose = "link" // of the sealed cookie that holds a verified identity until its member takes it

// confirmLink keeps the verified identity for the member who began. The
// session's cookie does not come along from the provider's page; it does on the next one.
func (v *visit) confirmLink(subject, member string) error {
	return v.keep(linkPurpose, member, []byte(subject), http.SameSiteStrictMode)
}

func (s *Server) finishLink(v *visit) error {
	subject := v.kept(linkPurpose, v.viewer().Member.String())
	v.drop(linkPurpose)
	if subject == nil {
		return errSignOn
	}
	if err := s.Federation.LinkOIDC(v.r.Context(), v.door, v.viewer().Member, s.SignOn.Issuer, string(subject)); err != nil {
		return err
	}
	return v.redirect("/account")
}

func (s *Server) unlinkProvider(v *visit) error {
	if err := s.Federation.UnlinkOIDC(v.r.Context(), v.door, v.viewer().Member, s.SignOn.Issuer); err != nil {
		return err
	}
	return v.redirect("/sign-in") // sessions have ended
}

type onwardPage struct {
	ui.Page
	Next ui.Button
}

// onward goes on by a page of our own: what a strange page led to is sent no strict cookie, the next address is.
func (v *visit) onward(path string) error {
	v.w.Header().Set("Refresh", "0; url="+path)
	page := onwardPage{Page: v.frame("Signing in"), Next: ui.Button{Text: v.loc.T("Go on"), Href: path}}
	return v.show(http.StatusOK, "onward", page)
}
