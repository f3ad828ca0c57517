package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// The focal point says what the State does about a recommendation; others read it, and cannot write.
func TestARecommendationIsFollowedUp(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		ines := s.signIn(t, b, "ines")
		ines.Click("Recommendations")
		ines.See("7 (a)", "Discourage the use of detention centres", "8 (h)", "Nothing written yet")
		shoot(t, ines, "recommendations-en")
		ines.Click("7 (a)")
		ines.Click("Add a measure")
		ines.Fill("What is done", "Nobody is accommodated in the old centre any more.")
		ines.Fill("Who answers for it", "Ministry of the Interior")
		ines.Choose("Done")
		ines.Check("It names no person, and tells nothing from which a person could be known")
		ines.Click("Save")
		ines.See("Say what shows that it is done.")
		ines.Errors() // the refusal was asked for
		ines.Fill("What shows it", "Order of 1 March 2026, article 2")
		ines.Click("Save")
		ines.See("Ministry of the Interior", "Order of 1 March 2026", "Done")
		shoot(t, ines, "recommendation-en")
		address := ines.URL()

		rosa := s.signIn(t, b, "rosa")
		rosa.Go(address)
		rosa.See("Nobody is accommodated in the old centre")
		rosa.SeeNot("Add a measure")
		rosa.Go(address + "/measures/new")
		if rosa.Status() != 403 {
			t.Errorf("the form is shown to who may not write: %d", rosa.Status())
		}
		rosa.Errors() // the refusal was asked for
		rosa.Click("Recommendations")
		rosa.Click("Instruments and decisions")
		rosa.See("resolution 8/2", "art. 6, para. 3 (a)", "Not known here")
		shoot(t, rosa, "instruments-en")
	})
}
