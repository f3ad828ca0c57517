package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// A member proposes a good practice, the focal point reads and publishes it, a colleague comments; one comment goes too far.
func TestAGoodPracticeIsProposedPublishedAndCommented(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Click("Training")
		rosa.Click("Good practices")
		rosa.See("A reference judge beside the national referral mechanism", "Tunisia")
		shoot(t, rosa, "library-en")
		rosa.Click("By theme")
		rosa.Select("Theme", "Evidence other than testimony")
		rosa.Click("Apply")
		rosa.See("Convictions without victims' testimony")
		rosa.SeeNot("Tunisia")
		rosa.Click("Add a good practice")
		rosa.Fill("Title", "A clinic on wheels")
		rosa.Fill("What was done", "A nurse and an interpreter visit the fields on Sundays. Ask at +39 095 123 4567.")
		rosa.Fill("By whom", "Porto Aperto")
		rosa.Fill("Where it can be read", "Our own experience, 2025")
		rosa.Select("Theme", "Assistance and recovery")
		rosa.Select("Recommendation of the 2018 report that it serves", "7 (n)")
		rosa.Click("Propose it")
		rosa.See("Please check the following", "telephone number", "without anybody in it")
		shoot(t, rosa, "library-refused-en")
		rosa.Errors() // the refusal was asked for
		rosa.Fill("What was done", "A nurse and an interpreter visit the fields on Sundays.")
		rosa.Check("It names no person, and tells nothing from which a person could be known")
		rosa.Click("Propose it")
		rosa.See("A clinic on wheels", "Proposed")
		rosa.SeeNot("Your comment")
		address := rosa.URL()

		carlo := s.signIn(t, b, "carlo")
		carlo.Go(address)
		if carlo.Status() != 404 {
			t.Errorf("a proposal is shown to everybody: %d", carlo.Status())
		}
		carlo.Errors() // the refusal was asked for
		ines := s.signIn(t, b, "ines")
		ines.Go(address)
		ines.Click("Publish")
		ines.See("Published")
		carlo.Go(address)
		carlo.Fill("Your comment", "Write to carlo@example.org")
		carlo.Click("Add your comment")
		carlo.See("e-mail address")
		carlo.Errors() // the refusal was asked for
		carlo.Fill("Your comment", "We were asked to stay away on those days, and did.")
		carlo.Click("Add your comment")
		carlo.See("Carlo Neri", "stay away on those days")
		carlo.SeeNot("Hide this comment")
		shoot(t, carlo, "good-practice-en")
		carlo.Click("العربية")
		shoot(t, carlo, "good-practice-ar")
		ines.Go(address)
		ines.Click("Hide this comment")
		ines.See("No longer shown")
		rosa.Go(address)
		rosa.SeeNot("stay away on those days")
		ines.Click("Show it no longer")
		ines.Fill("Reason", "Too close to one person.")
		ines.Click("Show it no longer")
		carlo.Go(address)
		if carlo.Status() != 404 {
			t.Errorf("withdrawn, and shown: %d", carlo.Status())
		}
		carlo.Errors() // the refusal was asked for
	})
}
