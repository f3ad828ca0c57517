package walk

import (
	"strings"
	"testing"
	"time"

	"palermo/demo"
	"palermo/e2e/browser"
)

func TestAMemberMakesAndEndsTheKeyOfAProgram(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		p := s.signIn(t, b, "rosa")
		p.Go(s.url + "/account")
		p.Click("Make a key for a program")
		shoot(t, p, "program-new-en")
		p.Fill("Name of the program", "Survey telephone 3")
		p.Choose("Case worker")
		p.Fill("Works until", s.Record.Now().AddDate(0, 1, 0).Format(time.DateOnly))
		p.Fill("Your password", "not this one at all")
		p.Click("Make the key")
		p.See("This is not your present password.")
		p.Errors() // the refusal was asked for
		p.Fill("Your password", demo.Password)
		p.Click("Make the key")
		p.See("The key of the program", "It is not shown again.", "/openrosa")
		shoot(t, p, "program-key-en")
		key := browser.Eval[string](p, `document.querySelector('.codes code').textContent`)
		if len(key) != 64 || strings.Contains(p.URL(), key) {
			t.Errorf("the key is %q, at %s", key, p.URL())
		}
		if _, err := s.Directory.ProgramViewer(t.Context(), key); err != nil {
			t.Error(err)
		}
		p.Click("The program has it: go on")
		p.See("Survey telephone 3")
		p.SeeNot(key)
		p.Click("العربية")
		shoot(t, p, "account-programs-ar")
		p.Click("English")
		p.Go(s.url + "/account")
		p.Go(browser.Eval[string](p, `document.querySelector('a[href*="/account/programs/"][href$="/end"]').href`))
		p.Click("End")
		p.See("My account")
		p.SeeNot("Survey telephone 3")
		if _, err := s.Directory.ProgramViewer(t.Context(), key); err == nil {
			t.Error("the key still opens something")
		}
	})
}
