package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// A State is reviewed: a reviewer writes back and observes, the focal point agrees and closes; others read what is not confidential.
func TestAStateIsReviewed(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		nobody := "It names no person, and tells nothing from which a person could be known"
		ines, bruno, rosa := s.signIn(t, b, "ines"), s.signIn(t, b, "bruno"), s.signIn(t, b, "rosa")
		ines.Go(s.url + "/reviews/new")
		ines.Fill("State under review", "IT")
		ines.Click("Save")
		review := ines.URL()
		ines.Click("Name a reviewer")
		ines.Select("Organisation that reviews", "Competent Authority on Identification")
		ines.Click("Save")
		ines.Click("The answers are received")
		ines.Click("Save")
		ines.See("Feedback is due")

		bruno.Go(review)
		bruno.Click("Give feedback")
		bruno.Fill("Feedback on the answers", "The answers are clear.")
		bruno.Check(nobody)
		bruno.Click("Save")
		for _, x := range []struct {
			text   string
			secret bool
		}{{"Rights are handed over on a card.", false}, {"One office answers late.", true}} {
			bruno.Click("Add an observation")
			bruno.Choose("Good practice")
			bruno.Fill("Observation", x.text)
			if x.secret {
				bruno.Check("It is confidential")
			}
			bruno.Check(nobody)
			bruno.Click("Save")
		}
		bruno.See("One office answers late.", "Waits for agreement")
		rosa.Go(review)
		rosa.SeeNot("Rights are handed over on a card.", "The answers are clear.")

		for _, text := range []string{"Rights are handed over on a card.", "One office answers late."} {
			ines.Go(review)
			ines.Click("Agree to an observation")
			ines.Select("Observation", text)
			ines.Click("Save")
		}
		shoot(t, ines, "review-en")
		ines.Click("Close the review")
		ines.Fill("Summary", "One list, two observations.")
		ines.Check(nobody)
		ines.Click("Save")
		rosa.Go(review)
		rosa.See("Rights are handed over on a card.", "One list, two observations.")
		rosa.SeeNot("One office answers late.")
		arabic := s.arrive(t, b, "ines", "ar")
		arabic.Go(review)
		shoot(t, arabic, "review-ar")
		arabic.Go(s.url + "/reviews")
		shoot(t, arabic, "reviews-ar")
	})
}
