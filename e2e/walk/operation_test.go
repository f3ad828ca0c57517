package walk

import (
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

func TestOnlyAnAdministratorSeesHowTheNodeFares(t *testing.T) {
	s := serve(t, node.Config{})
	b := browser.New(t, browser.Options{})
	admin := s.signIn(t, b, "admin")
	admin.Click("Operation")
	admin.See("In order", "Duties past their time, of everybody together", "Backup last made", "Not known here")
	shoot(t, admin, "operation-en")
	admin.Click("العربية")
	shoot(t, admin, "operation-ar")

	other := s.signIn(t, b, "rosa")
	other.Go(s.url + "/operation")
	other.See("Only administrators see this.")
}
