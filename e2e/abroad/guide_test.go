package abroad

import (
	"os"
	"path/filepath"
	"testing"
)

// shoot takes the pages of the guide as a person has them before them, in two languages and on a telephone.
// PALERMO_GUIDE=1 writes the pictures that the guide shows.
func (p *person) shoot(t *testing.T, name string) {
	t.Helper()
	dir := t.TempDir()
	if folder := os.Getenv("PALERMO_PICTURES"); folder != "" {
		dir = folder
	}
	if os.Getenv("PALERMO_GUIDE") != "" {
		dir = filepath.Join("..", "..", "docs", "guide", "pictures")
	}
	p.Screenshot(filepath.Join(dir, name+"-en.png"))
	p.accessible(t, names)
	p.SetViewport(360, 740)
	p.Screenshot(filepath.Join(dir, name+"-telephone-en.png"))
	p.accessible(t, names)
	p.SetViewport(1280, 900)
	p.Click("العربية")
	p.Screenshot(filepath.Join(dir, name+"-ar.png"))
	p.accessible(t, names)
	p.Click("English")
}
