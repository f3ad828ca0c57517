package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// A company takes part with its agreements, formal or for the occasion; everybody sees what each covers, until when, and whether it binds.
func TestTheAgreementsOfAMemberAreThereForAllToSee(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		admin := s.signIn(t, b, "admin")
		admin.Click("Organisations")
		admin.Click("Add an organisation")
		admin.Fill("Name", "Port Logistics")
		admin.Select("What it is", "Company")
		admin.Fill("Country", "IT")
		admin.Click("Save")
		admin.See("Port Logistics", "No agreement is written down.")
		address := admin.URL()
		admin.Click("Write down an agreement")
		admin.Fill("With whom", "Office of the National Focal Point")
		admin.Choose("Formal agreement")
		admin.Fill("Title", "Memorandum on supply chains")
		admin.Check("Supply chains and work")
		admin.Fill("From", "2026-01-01T00:00")
		admin.Click("Save")
		admin.See("Memorandum on supply chains", "Formal agreement", "1 January 2026", "Until it is ended", "In force")
		admin.Click("Write down an agreement")
		admin.Fill("With whom", "Porto Aperto")
		admin.Select("The other organisation, where it is in the directory", "Porto Aperto")
		admin.Choose("Made for the occasion")
		admin.Fill("Title", "Night watch")
		admin.Check("Assistance and support")
		admin.Fill("From", "2025-01-01T00:00")
		admin.Fill("Until", "2025-02-01T00:00")
		admin.Click("Save")
		admin.See("Night watch", "Made for the occasion", "1 February 2025", "Its time is over.")

		rosa := s.signIn(t, b, "rosa")
		rosa.Go(address)
		rosa.See("Memorandum on supply chains", "Supply chains and work", "In force", "Night watch")
		rosa.SeeNot("Write down an agreement")
		shoot(t, rosa, "agreements-en")
		rosa.Click("Porto Aperto")
		rosa.See("Non-governmental organisation")
		ends := browser.Eval[string](admin, `document.querySelector('a[href$="/end"]').getAttribute('href')`)
		admin.Go(s.url + ends)
		admin.Click("End an agreement")
		admin.See("Ended before its time, on")
		shoot(t, admin, "agreements-ended-en")
	})
}
