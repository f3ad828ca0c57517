package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// Two people change the same thing: the second sees both versions, and nothing is lost.
func TestWhoComesSecondSeesBothVersions(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Go(s.url + "/cases")
		address := s.first(rosa)
		dario := s.signIn(t, b, "dario")
		rosa.Go(address + "/do/describe-person")
		dario.Go(address + "/do/describe-person")
		dario.Fill("Other names or spellings", "Osayuwa")
		dario.Click("Save")
		dario.See("Osayuwa")
		rosa.Fill("Languages the person speaks", "Edo, English, Italian")
		rosa.Click("Save")
		rosa.See("Somebody changed this meanwhile", "Osayuwa", "Edo, English, Italian")
		rosa.Fill("Other names or spellings", "Osayuwa")
		rosa.Click("Save mine")
		rosa.See("Edo, English, Italian", "Osayuwa")
		s.verified(t)
	})
}

// Rules 5 and 7: who could remove the person learns a name and waits; the case is closed to that office.
func TestARemovalAuthorityAcknowledgesAndSeesNoCase(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Go(s.url + "/cases")
		address := s.first(rosa)
		ugo := s.signIn(t, b, "ugo")
		ugo.See("Obtain the acknowledgement of the authority that could remove the person")
		ugo.Go(s.url + "/cases")
		ugo.SeeNot("Joy")
		ugo.Go(address)
		ugo.See("There is no such record, or you may not see it.")
		ugo.Go(s.url + "/holds")
		ugo.See("Joy Osayuwamen Igbinedion", "Not acknowledged")
		ugo.Click("Acknowledge")
		ugo.See("This person must not be removed for now")
		ugo.Click("Acknowledge")
		ugo.See("Acknowledged")
		ugo.SeeNot("Not acknowledged")
	})
}

// Row 16: an emergency opening by somebody who has no part in the case, told to those who answer for it.
func TestAnEmergencyOpeningIsTold(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Go(s.url + "/cases")
		samuel := s.url + browser.Eval[string](rosa, `[...document.querySelectorAll('tr')].find(r => r.textContent.includes('Samuel')).querySelector('a').getAttribute('href')`)
		ines := s.signIn(t, b, "ines") // the case is not referred: she has no part in it
		ines.Go(samuel)
		ines.See("You have no part in this case")
		ines.Fill("Why you need to see this case now", "He did not come back to the reception centre tonight.")
		ines.Click("Open for two hours")
		ines.Click("The case")
		ines.See("Samuel Tesfay")
		rosa.Go(s.url + "/")
		rosa.See("Somebody opened this case in an emergency; look at the reason")
		rosa.Go(samuel + "/do/review-emergency")
		rosa.Choose("Yes")
		rosa.Fill("What was found, and what follows", "He was at the clinic.")
		rosa.Click("Save")
		rosa.Go(s.url + "/")
		rosa.SeeNot("Somebody opened this case in an emergency; look at the reason")
	})
}
