package walk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/demo"
	"palermo/directory"
	"palermo/e2e/browser"
)

// shoot keeps a picture where PALERMO_SHOTS says, and holds the page to the accessibility rules.
func shoot(t *testing.T, p *browser.Page, name string) {
	t.Helper()
	if dir := os.Getenv("PALERMO_SHOTS"); dir != "" {
		p.Screenshot(filepath.Join(dir, name+".png"))
	}
	for _, v := range p.Axe() {
		t.Errorf("%s: %s", name, v)
	}
	for _, e := range p.Errors() {
		t.Errorf("%s: %s", name, e)
	}
}

const ownPassword = "nine slow copper lanterns"

// newcomer is invited by the administrator and signs in with the password that was handed over.
func (s *served) newcomer(t *testing.T, b *browser.Browser, login string, grants ...directory.Grant) *browser.Page {
	t.Helper()
	return s.newcomerOf(t, b, "rosa", login, grants...)
}

// newcomerOf is the same, of the organisation of a colleague.
func (s *served) newcomerOf(t *testing.T, b *browser.Browser, colleague, login string, grants ...directory.Grant) *browser.Page {
	t.Helper()
	door := s.Record.For(s.accounts["admin"].Viewer)
	_, handOver, err := s.Directory.Invite(t.Context(), door, directory.AddMember{Login: login, Name: "Nora Fini",
		Organisation: s.accounts[colleague].Organisation, Grants: grants})
	if err != nil {
		t.Fatal(err)
	}
	p := b.NewPage()
	p.Go(s.url + "/sign-in")
	p.Fill("User name", login)
	p.Fill("Password", handOver)
	p.Click("Sign in")
	p.See("Set up your sign-in: password")
	p.Fill("The password that you were given", handOver)
	return p
}

// settleIn goes on from there to the recovery codes, and gives the key of the codes.
func settleIn(t *testing.T, p *browser.Page) (secret string) {
	t.Helper()
	p.Fill("Your own password", ownPassword)
	p.Fill("Write it once more", ownPassword)
	p.Click("Go on")
	p.See("Scan this picture")
	p.Click("I cannot scan it")
	secret = strings.ReplaceAll(browser.Eval[string](p, `document.querySelector('main code').textContent`), " ", "")
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	p.Fill("Code that the authenticator shows now", code)
	return secret
}

func TestTheFirstSignInIsSetUpBeforeAnythingElse(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		p := s.newcomer(t, b, "nora", directory.Grant{Role: access.CaseWorker})
		shoot(t, p, "set-up-password-en")
		address := p.URL()
		for _, path := range []string{"/", "/cases", "/account"} {
			p.Go(s.url + path)
			if p.URL() != address {
				t.Errorf("%s is open before set-up", path)
			}
		}
		p.Click("العربية")
		p.Errors() // the browser asked whether to leave what was entered
		shoot(t, p, "set-up-password-ar")
		p.Click("English")
		p.Errors()
		p.Fill("The password that you were given", "not this one at all")
		p.Fill("Your own password", ownPassword)
		p.Fill("Write it once more", ownPassword)
		p.Click("Go on")
		p.See("This is not your present password.")

		p = s.newcomer(t, b, "norafini", directory.Grant{Role: access.CaseWorker})
		settleIn(t, p)
		if width := browser.Eval[int](p, `document.querySelector('.code-picture').naturalWidth`); width != 264 {
			t.Errorf("the picture is %d wide", width)
		}
		shoot(t, p, "authenticator-en")
		other := s.signIn(t, b, "rosa")
		other.Go(s.url + "/account/code.png")
		if other.Status() != 404 {
			t.Errorf("another's session gets %d for the picture", other.Status())
		}
		other.Errors() // the refusal was asked for
		p.Click("Confirm")
		p.See("Your recovery codes", "They are not shown again.")
		shoot(t, p, "recovery-codes-en")
		recovery := browser.Eval[string](p, `document.querySelector('.codes code').textContent`)
		p.Click("I have kept them: go on")
		p.See("My account", "In force")
		shoot(t, p, "account-new-en")
		p.Click("Sign out")
		p.Fill("User name", "norafini")
		p.Fill("Password", ownPassword)
		p.Fill("One-time code", recovery)
		p.Click("Sign in")
		p.See("My day")
	})
}

func TestAPasskeyIsAddedUsedAndRemoved(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		p := s.signIn(t, b, "rosa")
		device := p.Authenticator()
		p.Go(s.url + "/account")
		p.Click("Add a passkey")
		shoot(t, p, "passkey-en")
		p.Fill("Name of the passkey", "Blue key")
		p.Fill("Your password", demo.Password)
		p.Click("Add a passkey")
		p.See("My account", "Blue key")
		if device.Passkeys() != 1 {
			t.Fatal("the device keeps no passkey")
		}
		shoot(t, p, "account-passkey-en")
		p.Click("العربية")
		shoot(t, p, "account-passkey-ar")
		p.Click("English")
		p.Click("Sign out")
		p.See("Use a passkey")
		shoot(t, p, "sign-in-passkey-en")
		p.Click("Use a passkey")
		p.See("My day")

		p.Go(s.url + "/account")
		p.Click("Remove")
		p.See("Remove a passkey", "Blue key")
		p.Fill("Your password", demo.Password)
		p.Click("Remove")
		p.SeeNot("Blue key")
		p.Click("Sign out")
		p.Click("Use a passkey")
		p.See("Sign in", "is not right")
	})
}

func TestARoleIsNotInForceWithoutItsTraining(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		door := s.Record.For(s.accounts["admin"].Viewer)
		_, err := s.Directory.AddCourse(t.Context(), door, directory.CourseFacts{Code: "ID-1", Title: "Identification"})
		if err != nil {
			t.Fatal(err)
		}
		p := s.newcomer(t, b, "nora", directory.Grant{Role: access.CaseWorker, Courses: []string{"ID-1"}, Agreement: directory.CoversReferral})
		settleIn(t, p)
		p.Click("Confirm")
		p.Click("I have kept them: go on")
		p.See("Not in force", "The course ID-1 Identification must be passed first, or again.", "no agreement in force")
		shoot(t, p, "account-not-in-force-en")
		p.Go(s.url + "/cases/new")
		p.Fill("Name", "Amina Bello")
		p.Choose("18 or older")
		p.Click("Save")
		if p.Status() != 403 {
			t.Errorf("a case was opened in a role that is not in force: %d", p.Status())
		}
		p.Errors() // the refusal was asked for
	})
}
