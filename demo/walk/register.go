package walk

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// introduced waits until each State reads the other's card: whom to turn to,
// what is agreed, and a service in the language that is looked for.
func introduced(w *walker) {
	w.step = "Each State reads the other's card"
	var known []Known
	for _, look := range []struct{ login, where, path, says string }{
		{"ivie", "Nigeria", "/states/it", "Office of the National Focal Point"},
		{"ivie", "Nigeria", "/states/it", "Memorandum on referral and safe return"},
		{"rosa", "Italy", "/services?language=bin&kind=reintegration", "Ivie House"},
	} {
		w.reads(look.login, look.path, look.says)
		known = append(known, Known{Where: look.where, What: "reads: " + look.says})
	}
	w.reads("rosa", w.leads("rosa", "/services?kind=reintegration", "Ask about it, without personal data"), "Reintegration, Ivie House")
	w.reads("rosa", "/abroad/new/enquiry", "Nigeria: allowed by: Memorandum on referral and safe return")
	w.reads("ines", w.leads("ines", "/states/it", "Change"), "Take it out of the card")
	w.reads("ines", "/states/ng/hindrances/new", "It is sent to nobody")
	if w.err == nil {
		w.tell(Step{Title: w.step, Known: known})
	}
}

// leads gives where the first link of those words goes.
func (w *walker) leads(login, path, words string) string {
	v := w.as(login)
	if w.err != nil {
		return ""
	}
	p, err := v.get(w.ctx, path)
	if err != nil {
		w.err = err
		return ""
	}
	to := ""
	p.each(atom.A, func(n *html.Node) {
		if to == "" && text(n) == words {
			to = attribute(n, "href")
		}
	})
	return to
}

// reads looks at a page until it says something.
func (w *walker) reads(login, path, says string) {
	v := w.as(login)
	for end := time.Now().Add(patience); w.err == nil; time.Sleep(again) {
		p, err := v.get(w.ctx, path)
		if err == nil && strings.Contains(text(p.root), says) {
			return
		}
		if time.Now().After(end) || w.ctx.Err() != nil {
			w.err = fmt.Errorf("%s does not say %q (%v)", path, says, err)
		}
	}
}
