package walk

import (
	"os"
	"path/filepath"
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

// The pages of docs/guide, in order. PALERMO_GUIDE=1 writes the pictures there.
func TestPagesOfTheGuide(t *testing.T) {
	s := serve(t, node.Config{})
	dir := t.TempDir()
	if os.Getenv("PALERMO_GUIDE") != "" {
		dir = filepath.Join("..", "..", "docs", "guide", "pictures")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, language := range []string{"en", "ar"} {
		b := browser.New(t, browser.Options{})
		shoot := func(p *browser.Page, name string) {
			t.Helper()
			p.Screenshot(filepath.Join(dir, name+"-"+language+".png"))
			for _, v := range p.Axe() {
				t.Errorf("%s (%s): %s", name, language, v)
			}
			for _, e := range p.Errors() {
				t.Errorf("%s (%s): %s", name, language, e)
			}
		}
		out := b.NewPage()
		out.Go(s.url + "/sign-in")
		if language == "ar" {
			out.Click("العربية")
		}
		shoot(out, "sign-in")
		rosa := s.arrive(t, b, "rosa", language)
		shoot(rosa, "day")
		rosa.Go(s.url + "/cases")
		shoot(rosa, "cases")
		address := s.first(rosa)
		rosa.Go(address)
		shoot(rosa, "case")
		rosa.Go(address + "/part/identification")
		shoot(rosa, "identification")
		rosa.Go(address + "/do/give-consent")
		shoot(rosa, "consent")
		rosa.Go(address + "/forms")
		shoot(rosa, "forms")
		rosa.Go(address + "/forms/ilo-forced-labour")
		shoot(rosa, "indicators")
		rosa.SetViewport(360, 740)
		rosa.Go(address + "/do/safe-contact")
		shoot(rosa, "safe-contact-telephone")
		carlo := s.arrive(t, b, "carlo", language)
		carlo.Go(address)
		shoot(carlo, "no-case-for-police")
		ines := s.arrive(t, b, "ines", language)
		ines.Go(s.url + "/cases")
		shoot(ines, "focal-point-cases")
		viola := s.arrive(t, b, "viola", language)
		viola.Go(address + "/history")
		shoot(viola, "history")
	}
}

// arrive signs in and chooses the language.
func (s *served) arrive(t *testing.T, b *browser.Browser, login, language string) *browser.Page {
	t.Helper()
	p := s.signIn(t, b, login)
	if language == "ar" {
		p.Click("العربية")
	}
	return p
}

// first is the address of the fullest case in the list: the demonstration's Joy.
func (s *served) first(p *browser.Page) string {
	return s.url + browser.Eval[string](p, `[...document.querySelectorAll('tr')].find(r => r.textContent.includes('Joy')).querySelector('a').getAttribute('href')`)
}
