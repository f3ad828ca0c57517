package walk

import (
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

// Somebody comes in, or the telephone changes hands: nothing of a case comes back to the screen.
func TestWhoLeavesLeavesNothingOnTheScreen(t *testing.T) {
	s := serve(t, node.Config{})
	b := browser.New(t, browser.Options{Width: 375, Height: 740})

	rosa := s.signIn(t, b, "rosa")
	rosa.Go(s.url + "/cases")
	rosa.Go(s.first(rosa))
	rosa.See("Timeline")
	rosa.Click("Sign out")
	rosa.See("One-time code")
	rosa.Back()
	rosa.See("One-time code")
	rosa.SeeNot("Timeline")

	ines := s.signIn(t, b, "ines")
	ines.Go(s.url + "/rights")
	browser.Eval[string](ines, `document.querySelector("[data-quick-exit]").href = "/static/icon.svg"`) // a test has no other server
	ines.Click("Leave this page now")
	for try := 0; try < 50 && !ines.Has("One-time code"); try++ { // signing out is on its way while the other page comes
		ines.Go(s.url + "/cases")
	}
	ines.See("One-time code")
}
