package walk

import (
	"strings"
	"testing"

	"palermo/e2e/browser"
	"palermo/journal"
)

// A case from first contact to closure, by three people in three browsers.
func TestACaseFromScreeningToClosure(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Click("Cases")
		rosa.Click("Open a case")
		rosa.Fill("Name", "Amina Bello")
		rosa.Choose("18 or older")
		rosa.Click("Save")
		rosa.See("Case opened")
		address := rosa.URL()
		rosa.Click("The case")
		rosa.See("Amina Bello")

		rosa.Click("Identification")
		rosa.Click("Record a screening")
		rosa.Fill("What makes you think so", "Her pay was kept back.")
		rosa.Check("Pay is withheld")
		rosa.Click("Save")
		rosa.See("Pay is withheld")

		rosa.Click("Presume a victim")
		rosa.Fill("Why the person is presumed a victim", "Pay kept back, and threats.")
		rosa.Click("Save")
		if !strings.Contains(rosa.HTML(), "The person has not consented to a referral.") {
			t.Error("the page does not say why a referral is not possible")
		}

		rosa.Click("Rights and consent")
		rosa.Click("Record a consent")
		rosa.Select("What for", "Formal identification by the competent authority")
		rosa.Select("Who may receive it", "Competent Authority on Identification")
		rosa.Check("Name, date of birth, nationality, documents")
		rosa.Check("Decisions on identification")
		rosa.Fill("Until", "2027-06-30")
		rosa.Select("Language it was explained in", "English")
		rosa.Check("The person was told that refusing costs nothing, that it can be withdrawn, and what cannot be called back")
		rosa.Click("Save")

		rosa.Click("Identification")
		rosa.Click("Refer to the competent authority")
		rosa.Select("Competent authority", "Competent Authority on Identification")
		rosa.Fill("Grounds for the referral", "Pay kept back, threats.")
		rosa.Click("Save")
		rosa.See("Referral to the competent authority")

		bruno := s.signIn(t, b, "bruno")
		bruno.Go(address)
		bruno.See("Competent authority")
		bruno.Click("The case")
		bruno.See("Amina Bello")
		bruno.Click("Identification")
		bruno.SeeNot("Her pay was kept back") // the consent does not name the screening
		bruno.Click("Give the first decision")
		bruno.Choose("No")
		bruno.Fill("Reasons", "Not enough yet.")
		bruno.Click("Save")
		bruno.See("First decision: negative")

		rosa.Go(address)
		rosa.Click("The case")
		rosa.Click("Close the case")
		rosa.Choose("The person wishes it")
		rosa.Fill("What was agreed, and whom the person can turn to", "She can come back at any time.")
		rosa.Check("The person knows that it can be reopened at any time")
		rosa.Click("Save")
		rosa.See("Closed")

		viola := s.signIn(t, b, "viola")
		viola.Go(address + "/history")
		viola.See("Rosa Ferlito", "Bruno Salerno", "First decision given")
		viola.SeeNot("Amina Bello")

		s.verified(t)
		if strings.Contains(s.log.String(), "Amina") {
			t.Error("the log names the person")
		}
	})
}

// verified proves the journal as palermo verify does.
func (s *served) verified(t *testing.T) {
	t.Helper()
	problems, err := journal.Verify(t.Context(), s.Store.Evidence(s.Keys), s.Signer, s.Record.JournalKey, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}
