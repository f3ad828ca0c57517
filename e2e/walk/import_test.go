package walk

import (
	"os"
	"path/filepath"
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

// A case worker brings in a table of her own: she says what its columns mean, sees what is refused, and imports it.
func TestAnOldTableIsCheckedMappedAndImported(t *testing.T) {
	s := serve(t, node.Config{})
	old := filepath.Join(t.TempDir(), "old.csv")
	if err := os.WriteFile(old, []byte("Nom;Sexe;Né;Remarques\nZoé Mapping;F;1999-04-23;au foyer\nLuc Mapping;M;1900-01-01;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, view := range []struct {
		name, language string
		width          int
	}{{"en-1280", "en", 1280}, {"ar-375", "ar", 375}} {
		b := browser.New(t, browser.Options{Width: view.width})
		rosa := s.signIn(t, b, "rosa")
		rosa.Go(s.url + "/cases")
		rosa.Click("Import and export")
		rosa.Choose("A table of your own")
		rosa.Upload("File", old)
		shoot(t, rosa, "imports-"+view.name)
		rosa.Click("Check the file")
		if view.language == "en" {
			rosa.See("Not imported yet")
			rosa.Select("Nom", "Name")
			rosa.Select("Sexe", "Gender")
			rosa.Select("Né", "Date of birth")
			rosa.Click("Check the file again")
			rosa.See("Choose one of the answers.", "A spreadsheet writes an empty date like this.")
			rosa.Select("In Sexe, F means", "Woman or girl")
			rosa.Select("In Sexe, M means", "Man or boy")
			rosa.Click("Check the file again")
			rosa.See("A spreadsheet writes an empty date like this.")
			rosa.SeeNot("Choose one of the answers.")
		}
		if view.language == "ar" {
			rosa.Click("العربية")
		}
		shoot(t, rosa, "import-"+view.name)
		if view.language != "en" {
			continue
		}
		rosa.Click("Import the good rows alone")
		rosa.See("Done", "Stored as cases")
		shoot(t, rosa, "import-done-"+view.name)
		rosa.Click("Go to the cases")
		rosa.See("Zoé Mapping")
		rosa.SeeNot("Luc Mapping")
	}
}
