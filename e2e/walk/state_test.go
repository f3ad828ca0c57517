package walk

import (
	"testing"

	"palermo/e2e/browser"
)

// What is not known of a State's law, and what nobody has compared with its source, is not taken for law.
func TestTheStateShowsItsLawsAndWhatIsNotVerified(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		ines := s.signIn(t, browser.New(t, browser.Options{}), "ines")
		ines.Click("This State")
		ines.See("The Protocol, paragraph by paragraph", "Not verified", "(not verified)", "No change of the law is known.")
		shoot(t, ines, "state-en")
		ines.Click("العربية")
		shoot(t, ines, "state-ar")
	})
}
