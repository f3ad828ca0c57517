package walk

import (
	"fmt"
	"strings"
	"time"
)

// introduced waits until each State reads the other's card: whom to turn to,
// what is agreed, and a service in the language that is looked for.
func introduced(w *walker) {
	w.step = "Each State reads the other's card"
	var known []Known
	for _, look := range []struct{ login, where, path, says string }{
		{"ivie", "Nigeria", "/states/it", "Duty officer of the focal point"},
		{"ivie", "Nigeria", "/states/it", "Memorandum on referral and safe return"},
		{"rosa", "Italy", "/services?language=bin&kind=reintegration", "Ivie House"},
	} {
		w.reads(look.login, look.path, look.says)
		known = append(known, Known{Where: look.where, What: "reads: " + look.says})
	}
	if w.err == nil {
		w.tell(Step{Title: w.step, Known: known})
	}
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
			w.err = fmt.Errorf("%s does not say %q: %w", path, says, err)
		}
	}
}
