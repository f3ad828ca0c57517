package web

import (
	"net/http"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"palermo/jurisdiction"
	"palermo/web/ui"
)

type rightsPage struct {
	ui.Page
	Languages []ui.Link
	Lang, Dir string // of the texts
	Rights    []jurisdiction.Right
	Version   string // of the texts, as a briefing that handed them over records it
}

// awayFromHere is the quick exit of a page that is read together with the person, should somebody come in: to a page
// that anybody may have open, in any language.
func awayFromHere() *ui.Exit {
	return &ui.Exit{Href: "https://www.wikipedia.org/", SignOut: "/sign-out"}
}

// rights are the texts of the rights briefing, to read out, to show or to
// print, in a language that the person understands (row 7b). What is not known
// of the State is said plainly.
func (s *Server) rights(v *visit) error {
	lang := v.r.URL.Query().Get("lang")
	if lang == "" {
		lang = v.loc.Tag()
	}
	page := rightsPage{Page: v.frame("Your rights"), Rights: s.Desk.Profile.RightsItems(lang), Dir: "ltr"}
	page.Exit = awayFromHere()
	for _, l := range s.Desk.Profile.BriefingLanguages() {
		tag := language.Make(string(l))
		page.Languages = append(page.Languages, ui.Link{Text: display.Self.Name(tag), Href: "/rights?lang=" + string(l)})
	}
	if len(page.Rights) > 0 {
		page.Lang = string(page.Rights[0].Lang)
	}
	page.Version = s.Desk.Profile.Code + " " + s.Desk.Profile.BriefingVersion(page.Lang)
	if rightToLeft(page.Lang) {
		page.Dir = "rtl"
	}
	return v.show(http.StatusOK, "rights", page)
}
