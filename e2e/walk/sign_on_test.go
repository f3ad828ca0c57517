package walk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"palermo/e2e/browser"
	"palermo/e2e/oidctest"
	"palermo/e2e/postgrestest"
	"palermo/node"
)

// withProvider serves a node whose members may sign in at a provider that says "mfa" when it asked for a second factor.
func withProvider(t *testing.T, c node.Config) (*served, *oidctest.Provider) {
	t.Helper()
	p := oidctest.Start(t)
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(oidctest.ClientSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.SignOn = node.OpenIDConnect{Name: "Ministry sign-in", Issuer: p.Issuer, ClientID: oidctest.ClientID, ClientSecretFile: file, SecondFactor: []string{"mfa"}}
	s := serve(t, c)
	p.Client(s.url + "/sign-in/provider/back")
	return s, p
}

// link lets rosa sign in at the provider, where she is known as 42.
func (s *served) link(t *testing.T, b *browser.Browser, p *oidctest.Provider) *browser.Page {
	t.Helper()
	p.Says(oidctest.Answer{Account: "42", AMR: []string{"pwd", "mfa"}})
	rosa := s.signIn(t, b, "rosa")
	rosa.Go(s.url + "/account")
	rosa.Click("Link")
	rosa.See("My account", "Linked")
	return rosa
}

// atProvider signs in there, in a browser that nobody used before.
func (s *served) atProvider(b *browser.Browser) *browser.Page {
	p := b.NewPage()
	p.Go(s.url + "/sign-in")
	p.Click("Ministry sign-in")
	return p
}

func TestSingleSignOn(t *testing.T) {
	try := func(t *testing.T, c node.Config) {
		s, p := withProvider(t, c)
		b := browser.New(t, browser.Options{})
		p.Says(oidctest.Answer{Account: "42", AMR: []string{"mfa"}})
		s.atProvider(b).See("Sign in", "is not right") // nobody here has this identity yet

		rosa := s.link(t, b, p)
		shoot(t, rosa, "account-linked-en")
		rosa.Click("Sign out")
		shoot(t, rosa, "sign-in-provider-en")
		rosa.Click("Ministry sign-in")
		rosa.See("My day", "Rosa Ferlito")
		p.Says(oidctest.Answer{Account: "43", AMR: []string{"mfa"}})
		s.atProvider(b).See("Sign in", "is not right")

		rosa.Go(s.url + "/account")
		rosa.Click("Undo the link to Ministry sign-in")
		rosa.Click("Ministry sign-in")
		rosa.See("Sign in", "is not right")
	}
	t.Run("SQLite", func(t *testing.T) { try(t, node.Config{}) })
	t.Run("PostgreSQL", func(t *testing.T) { try(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}) })
}

func TestWithoutASecondFactorThereOurOwnCodeIsAsked(t *testing.T) {
	s, p := withProvider(t, node.Config{})
	b := browser.New(t, browser.Options{})
	s.link(t, b, p)
	for _, said := range []oidctest.Answer{{Account: "42"}, {Account: "42", AMR: []string{"pwd"}, ACR: "low"}, {Account: "42", Claims: map[string]any{"amr": "mfa"}}} {
		p.Says(said)
		page := s.atProvider(b)
		page.See("One-time code", "did not ask for a second factor")
		page.Go(s.url + "/")
		page.See("Sign in", "User name") // nobody is signed in yet
	}
	page := s.atProvider(b)
	page.See("One-time code", "did not ask for a second factor") // the provider has led back
	shoot(t, page, "sign-in-provider-code-en")
	page.Fill("One-time code", "000000")
	page.Click("Sign in")
	page.See("is not right")
	page.Fill("One-time code", s.code("rosa"))
	page.Click("Sign in")
	page.See("My day", "Rosa Ferlito")
	page.Go(s.url + "/sign-in/provider/code") // what was kept served once
	page.See("User name")

	p.Says(oidctest.Answer{Account: "43"}) // whom nobody knows: asked and refused just the same
	page = s.atProvider(b)
	page.Fill("One-time code", "000000")
	page.Click("Sign in")
	page.See("One-time code", "is not right")

	p.Says(oidctest.Answer{Account: "42", ACR: "mfa"})
	s.atProvider(b).See("My day", "Rosa Ferlito")
}

func TestAForgedIdentityIsRefused(t *testing.T) {
	s, p := withProvider(t, node.Config{})
	b := browser.New(t, browser.Options{})
	s.link(t, b, p)
	for what, forged := range map[string]oidctest.Answer{
		"of another sign-in":      {Claims: map[string]any{"nonce": "of another sign-in"}},
		"for another program":     {Claims: map[string]any{"aud": "another program"}},
		"of another provider":     {Claims: map[string]any{"iss": "https://id.example"}},
		"over":                    {Claims: map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}},
		"signed with another key": {Key: "other"},
		"not signed":              {Key: "none"},
	} {
		forged.Account, forged.AMR = "42", []string{"mfa"}
		p.Says(forged)
		page := s.atProvider(b)
		t.Log(what)
		page.See("The other provider's answer could not be used.")
	}
	p.Says(oidctest.Answer{Account: "42", AMR: []string{"mfa"}})
	page := s.atProvider(b)
	page.See("My day", "Rosa Ferlito") // the same, when it is true
	for _, back := range []string{"?state=forged&code=the+code", "?code=the+code", "?error=access_denied"} {
		stranger := b.NewPage()
		stranger.Go(s.url + "/sign-in/provider/back" + back)
		stranger.See("The other provider's answer could not be used.")
	}
}
