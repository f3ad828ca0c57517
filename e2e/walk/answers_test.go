package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// A State answers with what its own node measures: the focal point shares a
// question, the authority drafts, a figure is attached, the answer is cleared.
func TestAStateAnswersWithMeasuredEvidence(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		ines := s.signIn(t, b, "ines")
		ines.Go(s.url + "/answers")
		ines.Click("Begin the answers of a year")
		ines.Choose("PALERMO/TIP/1")
		ines.Click("Save")
		ines.Click("1 step that is not possible yet, and why")
		ines.See("It is not a text of the Working Group.", "Question 1 is mandatory and has no answer.", "information on court and administrative proceedings")
		shoot(t, ines, "answers-en")
		ines.Click("6")
		ines.Click("Say who drafts it")
		ines.Select("Who drafts the answer", "Competent Authority on Identification")
		ines.Click("Save")
		question := ines.URL()

		rosa := s.signIn(t, b, "rosa")
		rosa.Go(question)
		rosa.SeeNot("Write the answer", "Competent Authority on Identification")

		bruno := s.signIn(t, b, "bruno")
		bruno.Go(question)
		bruno.Click("Write the answer")
		bruno.Choose("Yes")
		bruno.Fill("Explanation", "Rights are explained within a day, in a language that the person understands.")
		bruno.Check("It names no person, and tells nothing from which a person could be known")
		bruno.Check("It is ready for clearance")
		bruno.Click("Save")
		bruno.See("Waits for clearance", "within a day")
		bruno.SeeNot("Clear the answer")

		ines.Go(question)
		ines.Click("Attach a figure")
		shoot(t, ines, "attach-en")
		if !ines.Checked("From presumption to explained rights") {
			t.Error("the figure that the question is about is not suggested")
		}
		ines.Click("Save")
		ines.See("From presumption to explained rights", "Fewer than 11")
		ines.Click("Clear the answer")
		ines.Check("It may be made public")
		ines.Click("Save")
		ines.See("Cleared", "No figure stands for fewer than 11 persons.")
		shoot(t, ines, "answer-en")

		ines.Click("Figures")
		ines.See("Days in detention, prison, a locked shelter or a camp", "Fewer than 11")
		ines.Click("Count, and give out")
		shoot(t, ines, "figures-en")

		arabic := s.arrive(t, b, "ines", "ar")
		for name, address := range map[string]string{"answer-ar": question, "figures-ar": s.url + "/figures", "answers-ar": s.url + "/answers"} {
			arabic.Go(address)
			shoot(t, arabic, name)
		}
	})
}
