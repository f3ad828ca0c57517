// Package ui is how a page looks: its frame, its components, its form fields,
// its style sheet and the small scripts that improve it.
//
// A handler fills a struct that embeds Page and renders a template of its own
// that defines "main":
//
//	renderer, err := ui.New(languages, ui.Identity{Organisation: "…"}, pages)
//
//	type casePage struct {
//		ui.Page
//		Facts ui.SummaryList
//	}
//
//	{{define "main"}}<h1>{{.Title}}</h1>{{template "summary-list" .Facts}}{{end}}
//
//	err := renderer.Render(w, loc, "case/overview", casePage{…})
//
// Rules that hold for every page:
//
//   - What a component is given is already in the reader's language, or is a
//     person's own words. What a template says itself goes through t, n or c,
//     and a test refuses any other visible text.
//   - A person's words stand in <bdi>, so that a right-to-left name cannot
//     turn the sentence around it.
//   - There is no inline script or style: the content security policy is
//     default-src 'self'. Every page is complete without JavaScript.
//   - Titles and addresses say nothing about the person.
//   - Nothing is rendered to the reader until all of it has been rendered.
package ui
