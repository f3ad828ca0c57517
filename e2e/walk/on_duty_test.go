package walk

import (
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

// Who is called on, by district; and a posting, without which a liaison officer has no role.
func TestWhoIsOnDutyAndWhoIsPosted(t *testing.T) {
	s := serve(t, node.Config{})
	b := browser.New(t, browser.Options{})
	axe := func(p *browser.Page) {
		t.Helper()
		for _, v := range p.Axe() {
			t.Error(v)
		}
	}
	bruno := s.signIn(t, b, "bruno")
	bruno.Click("Who is on duty")
	bruno.See("National focal point", "Ines Marchetti", "Now, on duty", "The whole country")
	axe(bruno)
	bruno.Click("My districts, hours and deputy")
	bruno.Fill("Districts", "Catania, Siracusa")
	bruno.Fill("Hours", "Mondays to Fridays, 8 to 16")
	bruno.Select("Deputy", "Lea Monti")
	bruno.Click("Save")
	bruno.See("Catania · Siracusa", "Mondays to Fridays, 8 to 16", "Lea Monti")

	admin := s.signIn(t, b, "admin")
	admin.Click("Members")
	admin.Click("Carlo Neri")
	admin.Click("Give a role")
	admin.Select("Role", "Liaison officer")
	admin.Click("Save")
	admin.See("No posting by the sending State is in force. Ask an administrator.")
	admin.Click("Write down a posting")
	admin.Fill("State that sends them", "NG")
	admin.Fill("What for", "Joint work on one route")
	admin.Check("Name, date of birth, nationality, documents")
	admin.Fill("Until", s.Record.Now().AddDate(1, 0, 0).Format("2006-01-02"))
	admin.Click("Save")
	admin.See("Sent by NG", "Joint work on one route")
	admin.SeeNot("No posting by the sending State is in force")
	axe(admin)
	admin.Click("End the posting")
	admin.Click("End the posting")
	admin.See("No posting by the sending State is in force. Ask an administrator.")

	admin.Click("Organisations")
	admin.Click("Competent Authority on Identification")
	admin.Click("Who is called on first")
	admin.Select("First", "Lea Monti")
	admin.Select("Second", "Bruno Salerno")
	admin.Click("Save")
}
