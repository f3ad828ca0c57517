package walk

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"palermo/cooperation"
	"palermo/ident"
)

// hands gives the procedure to a house there, which links its case of the
// person: only from it the person's side may answer.
func (w *walker) hands(from, to, house string) {
	form := w.read(w.as(from), w.procedure+"/do/hand-over")
	if w.err != nil {
		return
	}
	id, err := ident.Parse(form.option(house))
	if err != nil {
		w.err = err
		return
	}
	w.does(from, "Testimony: it goes to the house that helps her", "hand-over", &cooperation.HandOver{To: id, Who: "A house for women"})
	v := w.as(to)
	path := ""
	if list := w.read(v, "/cases"); w.err == nil {
		list.each(atom.A, func(n *html.Node) {
			href := attribute(n, "href")
			if _, err := ident.Parse(strings.TrimPrefix(href, "/cases/")); path == "" && err == nil {
				path = href
			}
		})
	}
	if c := w.read(v, path); w.err == nil {
		reference := ""
		c.each(atom.H1, func(n *html.Node) {
			page{n}.each(atom.Bdi, func(b *html.Node) { reference = text(b) })
		})
		_, w.err = v.Post(w.ctx, w.procedure+"/do/link-case", url.Values{"reference": {reference}})
	}
	w.known("Testimony: the house links its own case, which decides what may be answered")
}
