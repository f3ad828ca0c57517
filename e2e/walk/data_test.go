package walk

import (
	"strings"
	"testing"

	"palermo/e2e/browser"
)

// A person sees what is held and asks for its erasure; two colleagues erase it.
// Meanwhile their organisation writes what only its members can open.
func TestWhatIsHeldIsSeenAskedAboutAndErased(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Click("Cases")
		rosa.Click("Open a case")
		rosa.Fill("Name", "Amina Bello")
		rosa.Choose("18 or older")
		rosa.Click("Save")
		address := rosa.URL()
		rosa.Click("Go through what is held with the person")
		rosa.See("What is held about you", "Amina Bello", "Who looked", "Porto Aperto", "Nothing that you allowed is in force.")
		accessible(t, rosa)
		rosa.Click("Record what the person asks about their data")
		rosa.Choose("To erase it")
		rosa.Fill("What it is about", "All of it.")
		rosa.Click("Save")

		rosa.Go(address + "/confidential")
		rosa.See("Your organisation has no confidential notes yet.")
		rosa.Click("Set them up")
		accessible(t, rosa)
		rosa.Click("Begin confidential notes")
		rosa.Fill("A password for the notes", "four grey herons waiting")
		rosa.Fill("Write it once more", "four grey herons waiting")
		rosa.Click("Begin")
		rosa.See("The recovery key of your notes")
		rosa.Click("It is on paper: go on")
		accessible(t, rosa)
		rosa.Go(address + "/confidential")
		rosa.Fill("New confidential note", "Only for our house.")
		rosa.Click("Seal and save")
		accessible(t, rosa)
		rosa.Click("Lock the notes")
		rosa.Go(address + "/confidential")
		rosa.See("1 confidential note on this case", "locked")
		rosa.SeeNot("Only for our house")
		accessible(t, rosa)

		rosa.Go(address)
		rosa.Click("The case")
		rosa.Click("Close the case")
		rosa.Choose("The person wishes it")
		rosa.Fill("What was agreed, and whom the person can turn to", "She can come back at any time.")
		rosa.Check("The person knows that it can be reopened at any time")
		rosa.Click("Save")
		rosa.Click("The case")
		rosa.Click("Propose to erase the case")
		rosa.Choose("The person asks for it")
		rosa.Fill("What was looked at before: claims, proceedings, a law that demands to keep it", "Nothing runs.")
		rosa.Click("Save")

		dario := s.signIn(t, b, "dario")
		dario.Go(address)
		dario.Click("The case")
		dario.Click("Answer the proposal to erase")
		dario.Choose("Yes")
		dario.Fill("Why", "She asked for it.")
		dario.Click("Save")
		dario.Go(address)
		dario.SeeNot("Amina Bello")
		s.verified(t)
		if strings.Contains(s.log.String(), "Amina") {
			t.Error("the log names the person")
		}
	})
}
