package walk

import (
	"bytes"
	"testing"

	"palermo/document/docx"
	"palermo/e2e/browser"
)

// A meeting is opened, delegations ask for the floor, a point of order interrupts, and the report names who spoke.
func TestASessionIsHeldAndItsReportMade(t *testing.T) {
	secretariat(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		amara := s.signIn(t, b, "amara")
		amara.Click("Sessions")
		amara.Click("Working Group of the demonstration")
		address := amara.URL()
		amara.Click("Open the next meeting")
		amara.Click("Adopt the agenda")
		amara.Click("Take up item 2")
		amara.See("Considered now", "Meeting 1")
		lucia := s.signIn(t, b, "lucia")
		lucia.Go(address)
		lucia.Click("Ask for the floor")
		lucia.See("1. Argentina")
		lucia.SeeNot("Give the floor")
		amara.Go(address)
		amara.Click("Give the floor: Argentina")
		jose := s.signIn(t, b, "jose")
		jose.Go(address)
		jose.See("Speaking for")
		jose.Click("Raise a point of order")
		amara.Go(address)
		shoot(t, amara, "session-en")
		amara.Click("Give the floor: Philippines")
		amara.See("Interrupted")
		amara.Click("Give the floor: Argentina")
		amara.Click("The statement has ended")
		amara.Click("العربية")
		shoot(t, amara, "session-ar")
		amara.Click("English")
		chen := s.signIn(t, b, "chen")
		chen.Go(address)
		chen.Click("Write down what was said")
		chen.Fill("What was said", "Many speakers said that survivors should be heard.")
		chen.Click("Save")
		_, file := chen.Download("Report so far (DOCX)")
		d, _, err := docx.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		for _, block := range d.Blocks {
			if p, ok := block.(*docx.Paragraph); ok {
				text.WriteString(p.Text() + "\n")
			}
		}
		for _, want := range []string{"One meeting was held", "statements were made", "Argentina", "survivors should be heard"} {
			if !bytes.Contains(text.Bytes(), []byte(want)) {
				t.Errorf("the report does not say %q:\n%s", want, text.String())
			}
		}
		s.verified(t)
	})
}
