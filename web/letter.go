package web

import (
	"net/http"

	"golang.org/x/text/language"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/web/ui"
)

// letterPage is a letter and its envelope, as they are printed. It has no
// frame: neither the program nor an organisation stands on the paper.
type letterPage struct {
	ui.Page
	Address   string
	Said      string
	Lang, Dir string // of what is said
}

// letter shows a letter to print (row 7n). The program does not send it; and
// where the plan has changed since, it is not printed either.
func (s *Server) letter(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	letter, err := ident.Parse(v.r.PathValue("letter"))
	if err != nil {
		return fault.NotFound("There is no such page.")
	}
	seen, err := record.View(v.r.Context(), v.door, s.Desk.Kind, id, record.Reason{Action: access.Look, Code: "letter"})
	if err != nil {
		return err
	}
	c := seen.Value()
	x, err := c.Letter(letter)
	if err != nil {
		return err
	}
	page := letterPage{Page: v.frame("Letter"), Address: c.SafeContact.Fields.Address, Said: x.Said, Lang: x.Fields.Language, Dir: "ltr"}
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + id.String() + "/part/" + casework.Part(casework.SectionSafety)}
	if rightToLeft(page.Lang) {
		page.Dir = "rtl"
	}
	return v.show(http.StatusOK, "letter", page)
}

// rightToLeft tells how a language is written.
func rightToLeft(lang string) bool {
	script, _ := language.Make(lang).Script()
	return script.String() == "Arab" || script.String() == "Hebr"
}
