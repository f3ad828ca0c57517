package walk

import (
	"strings"
	"testing"

	"palermo/e2e/browser"
)

// From the safe-contact plan to a letter on paper, and to the alarm when somebody else answered (row 7n).
func TestALetterAndACallKeepToThePlan(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		rosa := s.signIn(t, b, "rosa")
		rosa.Click("Cases")
		rosa.Click("Open a case")
		rosa.Fill("Name", "Amina Bello")
		rosa.Choose("18 or older")
		rosa.Click("Save")
		rosa.Click("Safety")
		if !strings.Contains(rosa.HTML(), "There is no safe-contact plan.") {
			t.Error("the page does not say why nobody is called")
		}
		rosa.Click("Make or change the safe-contact plan")
		rosa.Fill("Safe telephone number", "+39 095 1111111")
		rosa.Fill("Hours when it is safe to call", "10 to 12")
		rosa.Choose("The person alone")
		rosa.Fill("Code word that says it is safe to talk", "olive")
		rosa.Check("It is safe to write")
		rosa.Fill("Where to write", "A. B.\nVia Etnea 1\nCatania")
		rosa.Fill("What must never be done", "Never ring at night")
		rosa.Click("Save")

		rosa.Click("Prepare a message, letter or call")
		rosa.See("10 to 12", "olive", "Never ring at night", "Read this first")
		rosa.SeeNot("1111111", "Via Etnea")
		accessible(t, rosa)
		rosa.Click("I have read it: go on")
		rosa.See("1111111", "Via Etnea")
		accessible(t, rosa)
		rosa.Choose("A letter")
		rosa.Choose("Please get in touch")
		rosa.Select("In which language", "Français")
		rosa.Check("I have read what must never be done, and keep to it")
		rosa.Fill("Words of your own", "Nouvelles de votre dossier de victime")
		rosa.Click("Save")
		rosa.See("A stranger could see")
		rosa.Fill("Words of your own", "A bientôt")
		rosa.Click("Save")
		safety := rosa.URL()

		rosa.Click("Print the letter")
		rosa.See("Prenez contact comme convenu", "A bientôt", "Via Etnea 1")
		accessible(t, rosa)
		if html := rosa.HTML(); rosa.Title() != "Letter" || strings.Contains(html, "Palermo") || strings.Contains(html, "Porto Aperto") {
			t.Errorf("the sheet names who writes: %q", rosa.Title())
		}

		rosa.Go(safety)
		rosa.Click("Record what came back")
		rosa.Choose("Somebody else answered, or had it in hand")
		rosa.Select("Which message, letter or call", s.contact(rosa))
		rosa.Click("Save")
		rosa.Click("My day")
		rosa.See("Somebody else answered, or it was not safe: look at the person's safety")
		if strings.Contains(s.log.String(), "Etnea") || strings.Contains(s.log.String(), "1111111") {
			t.Error("the log tells how to reach the person")
		}
	})
}

// contact is the only contact that can be chosen.
func (s *served) contact(p *browser.Page) string {
	_, after, _ := strings.Cut(p.HTML(), `name="contact"`)
	_, after, _ = strings.Cut(after, `<option value="0`)
	_, after, _ = strings.Cut(after, ">")
	label, _, _ := strings.Cut(after, "<")
	return strings.TrimSpace(label)
}

// accessible holds a page against axe and the browser's own errors.
func accessible(t *testing.T, p *browser.Page) {
	t.Helper()
	for _, v := range p.Axe() {
		t.Errorf("%s: %s", p.URL(), v)
	}
	for _, e := range p.Errors() {
		t.Errorf("%s: %s", p.URL(), e)
	}
}
