package walk

import (
	"strings"
	"testing"

	"palermo/e2e/browser"
)

// One note of a case goes: two people of the house, and nothing of it is left on any page.
func TestAPartOfACaseIsErasedByTwoPeople(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Go(s.url + "/cases")
		address := s.first(rosa)
		for _, text := range []string{"Marker-One was written by mistake.", "Later words say marker-one was written by mistake. again."} {
			rosa.Go(address + "/do/write-note")
			rosa.Fill("Note", text)
			rosa.Choose("Only my organisation")
			rosa.Click("Save")
		}
		rosa.Go(address + "/do/propose-part-erasure")
		part := browser.Eval[string](rosa, `[...document.querySelectorAll("label, option")].find(e => e.textContent.includes("Marker-One")).textContent.trim()`)
		rosa.Select("What is erased", part)
		rosa.Fill("What was looked at before: claims, proceedings, a law that demands to keep it", "Nothing runs.")
		rosa.Check("The person knows that nothing can be brought back")
		shoot(t, rosa, "erase-part-en")
		rosa.Click("Save")
		rosa.Go(address + "/do/answer-part-erasure")
		rosa.Choose("Yes")
		rosa.Click("Save")
		rosa.See("You proposed it; somebody else answers.")
		rosa.Errors() // the refusal was asked for

		dario := s.signIn(t, b, "dario")
		dario.Go(address + "/do/answer-part-erasure")
		dario.See("Marker-One was written by mistake.", "Nothing runs.", "The same words stand elsewhere in the case")
		shoot(t, dario, "erase-part-answer-en")
		dario.Click("العربية")
		shoot(t, dario, "erase-part-answer-ar")
		dario.Click("English")
		dario.Choose("Yes")
		dario.Click("Save")
		for _, path := range []string{"", "/part/notes-and-documents", "/history", "/held"} {
			rosa.Go(address + path)
			rosa.SeeNot("Marker-One was")
		}
		rosa.Go(address + "/history")
		rosa.See("Erased a part of the case")
		s.verified(t)
		if strings.Contains(s.log.String(), "Marker-One") {
			t.Error("the log has its words")
		}
	})
}
