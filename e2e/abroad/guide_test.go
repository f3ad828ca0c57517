package abroad

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// shown are the pages of which the guide has a picture.
var shown = []string{"abroad-enquiry-asked", "abroad-return", "abroad-message", "abroad-message-waits", "abroad-testimony", "abroad-erased", "matching-found"}

// shoot takes a page as a person has it before them, in two languages and on a telephone. PALERMO_GUIDE=1 writes the
// pictures of the guide; PALERMO_PICTURES names a folder for all of them, to be looked at.
func (p *person) shoot(t *testing.T, name string) {
	t.Helper()
	picture := func(file string) {
		t.Helper()
		p.accessible(t, names)
		if dir := os.Getenv("PALERMO_PICTURES"); dir != "" {
			p.Screenshot(filepath.Join(dir, name+file))
		}
		if os.Getenv("PALERMO_GUIDE") != "" && slices.Contains(shown, name) && file != "-telephone-en.png" {
			p.Screenshot(filepath.Join("..", "..", "docs", "guide", "pictures", name+file))
		}
	}
	picture("-en.png")
	p.SetViewport(360, 740)
	picture("-telephone-en.png")
	p.SetViewport(1280, 900)
	p.Click("العربية")
	picture("-ar.png")
	p.Click("English")
}
