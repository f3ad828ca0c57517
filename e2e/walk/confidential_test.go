package walk

import (
	"testing"

	"palermo/demo"
	"palermo/e2e/browser"
)

const notesWord = "four grey herons waiting"

// addPasskey gives whoever is signed in a passkey of the device that is plugged in.
func addPasskey(p *browser.Page, s *served, name string) {
	p.Go(s.url + "/account")
	p.Click("Add a passkey")
	p.Fill("Name of the passkey", name)
	p.Fill("Your password", demo.Password)
	p.Click("Add a passkey")
	p.See("My account", name)
}

func TestWhoSignsInWithAPasskeyOpensConfidentialNotesWithIt(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		p := s.signIn(t, browser.New(t, browser.Options{}), "rosa")
		p.Go(s.url + "/confidential/begin")
		p.Fill("A password for the notes", notesWord)
		p.Fill("Write it once more", notesWord)
		p.Click("Begin")
		p.Click("It is on paper: go on")
		p.See("They are open in this session.")

		device := p.PlainAuthenticator()
		addPasskey(p, s, "Old key")
		p.Go(s.url + "/confidential")
		p.Click("Open them with a passkey too")
		p.Click("Choose the passkey")
		p.See("has no secret of its own", "Open them with their password")
		p.Errors() // the refusal was asked for
		shoot(t, p, "notes-passkey-refused-en")
		device.Remove()

		p.Authenticator()
		addPasskey(p, s, "Blue key")
		p.Go(s.url + "/confidential/passkey")
		shoot(t, p, "notes-passkey-en")
		p.Click("العربية")
		shoot(t, p, "notes-passkey-ar")
		p.Click("English")
		p.Click("Choose the passkey")
		p.See("They are open in this session.")
		p.Click("Sign out")

		p.Click("Use a passkey")
		p.See("My day")
		p.Go(s.url + "/confidential")
		p.See("They are locked in this session.")
		p.Click("Open the notes")
		shoot(t, p, "notes-open-en")
		p.Click("Open with a passkey")
		p.See("They are open in this session.")
		p.Click("Lock the notes")
		p.See("They are locked in this session.")
	})
}
