package ui

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"palermo/web/locale"
)

func itoa(n int) string { return strconv.Itoa(n) }

// funcs are what templates can say, in one language.
func (r *Renderer) funcs(loc locale.Locale) template.FuncMap {
	return template.FuncMap{
		"t":      loc.T,
		"n":      loc.N,
		"c":      loc.C,
		"date":   loc.Date,
		"time":   func(t time.Time, zone *time.Location) string { return loc.Time(t, zone) },
		"number": loc.Number,
		"dir":    loc.Dir,
		"lang":   loc.Tag,

		"languages":      r.languages.All,
		"languageAction": func() string { return r.identity.LanguageAction },
		"organisation":   func() string { return r.identity.Organisation },
		"help":           func() []Link { return r.help(loc) },
		"static":         r.static.href,

		// Asks for the page again where no script does it.
		"renew": func(seconds int) template.HTML {
			return template.HTML(`<noscript><meta http-equiv="refresh" content="` + itoa(seconds) + `"></noscript>`)
		},

		// Typed values for components that a page writes itself.
		"link":     func(href, text string) Link { return Link{Text: text, Href: href} },
		"linkTo":   func(href, text string) *Link { return &Link{Text: text, Href: href} },
		"tag":      func(colour, text string) Tag { return Tag{Text: text, Colour: Colour(colour)} },
		"empty":    func(title, text string) Empty { return Empty{Title: title, Text: text} },
		"buttonTo": func(href, text string) Button { return Button{Text: text, Href: href} },
		"lines":    func(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") },
	}
}

func (r *Renderer) help(loc locale.Locale) []Link {
	if r.identity.Help == nil {
		return nil
	}
	return r.identity.Help(loc)
}
