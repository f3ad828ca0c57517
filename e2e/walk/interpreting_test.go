package walk

import (
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

// Rule 8: the desk books from its register; the interpreter reads where to come, and of a refusal only that nobody is needed.
func TestAnInterpreterIsBookedAndRefused(t *testing.T) {
	s := serve(t, node.Config{})
	b := browser.New(t, browser.Options{})
	axe := func(p *browser.Page) {
		t.Helper()
		for _, v := range p.Axe() {
			t.Error(v)
		}
	}
	when := s.Record.Now().In(s.Profile.Location()).AddDate(0, 0, 2)
	rosa := s.signIn(t, b, "rosa")
	rosa.Go(s.url + "/cases")
	rosa.Go(s.url + browser.Eval[string](rosa, `[...document.querySelectorAll('tr')].find(r => r.textContent.includes('Samuel')).querySelector('a').getAttribute('href')`))
	rosa.Click("Notes and documents")
	rosa.Click("Ask for an interpreter")
	rosa.Select("Language", "ትግርኛ")
	rosa.Choose("A woman")
	rosa.Fill("Communities or regions to avoid", "Massawa")
	rosa.Fill("When", when.Format("2006-01-02T15:04"))
	rosa.Fill("Place, or how to reach the line", "Harbour office, room 4")
	rosa.Click("Save")

	omar := s.signIn(t, b, "omar")
	omar.See("Book an interpreter")
	omar.Click("Interpreters")
	omar.See("Interpreter 17", "Selam Haile", "Can be booked")
	axe(omar)
	omar.Click("My day")
	omar.Click("Book an interpreter")
	omar.SeeNot("Samuel")
	omar.Click("Notes and documents")
	omar.See("Massawa")
	omar.Click("Book the interpreter")
	omar.Select("For which request", "ti "+when.UTC().Format("2006-01-02 15:04")+" UTC")
	omar.Select("Interpreter", "Interpreter 17, Selam Haile, ትግርኛ · አማርኛ · English, Hamasien, Asmara, A woman")
	omar.Fill("What the person is told first: gender, region, community", "A woman from Asmara")
	omar.Check("No conflict of interest was found")
	omar.Click("Save")
	omar.See("Selam Haile")

	ip := s.signIn(t, b, "ip17")
	ip.Click("Engagements")
	ip.See("Harbour office, room 4", "Booked")
	ip.SeeNot("Samuel", "Massawa", "Porto Aperto")
	axe(ip)
	ip.Click("I was threatened")
	ip.Fill("What happened, and when", "A call at night.")
	ip.Click("Save")
	omar.Click("My day")
	omar.Click("An interpreter was threatened: protect them, and answer")
	omar.Click("Answer the threat")
	omar.Fill("What is done to protect the interpreter", "Another line, and nobody gives the number.")
	omar.Click("Save")

	rosa.Click("Notes and documents")
	rosa.See("Interpreter 17")
	rosa.SeeNot("Selam Haile")
	rosa.Click("The person does not want this interpreter")
	rosa.Click("Save")
	ip.Go(s.url + "/engagements")
	ip.See("No longer needed", "Another line, and nobody gives the number.")
	ip.SeeNot("not want", "refused")
}
