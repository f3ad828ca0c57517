package walk

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// knownElsewhere: Italy asks whether Nigeria knows her. The duty officer there
// decides; until then, and where nobody decides, Italy knows nothing of it.
func knownElsewhere(w *walker) {
	w.allows("rosa", nigeria, "matching", "identity")
	w.step = "known elsewhere?"
	rosa, efosa := w.as("rosa"), w.as("efosa")
	asked := w.person + "/matching"
	w.asks(rosa, asked, nigeria)
	w.told("Known elsewhere? Italy asks, with her consent; no name goes", asked,
		Known{Where: "Nigeria", What: "a question came from Italy, and 64 tokens that mean nothing to whoever does not know her"},
		Known{Where: "Secretariat", What: "that Italy had elements evaluated, and how many; it cannot tell of whom"})
	match := w.eventually(efosa, "/matching", func(p page) string { return p.address("/matching/") })
	agrees := strings.Join(w.read(efosa, match).facts("Agrees"), "; ")
	w.told("Known elsewhere? She was helped in Benin City before: the duty officer there alone sees it", asked,
		Known{Where: "Nigeria", What: "that its own case may be the person. " + agrees})
	if w.err == nil {
		_, w.err = efosa.Post(w.ctx, match, url.Values{"speak": {"yes"}})
	}
	w.eventually(rosa, asked, func(p page) string { return p.address("/matching/asked/") })
	w.told("Known elsewhere? Nigeria says that both should talk", asked, Known{Where: "Nigeria", What: "that it said so; nothing of Italy's case"})
}

// asks asks a State from a case.
func (w *walker) asks(v *Visitor, path, organisation string) {
	if p := w.read(v, path); w.err == nil {
		_, w.err = v.Post(w.ctx, path, url.Values{"recipient": {p.option(organisation)}})
	}
}

// told tells a step with what the asking side reads of its question.
func (w *walker) told(title, path string, others ...Known) {
	said := w.read(w.as("rosa"), path).column("What it says")
	if w.err == nil {
		w.tell(Step{Title: title, Known: append([]Known{{Where: "Italy", What: strings.Join(said, "; ")}}, others...)})
	}
}

// read reads a page.
func (w *walker) read(v *Visitor, path string) page {
	if w.err != nil {
		return page{}
	}
	p, err := v.get(w.ctx, path)
	w.err = err
	return p
}

// eventually gives what a page says once it says it: the nodes speak with each other meanwhile.
func (w *walker) eventually(v *Visitor, path string, find func(page) string) string {
	for end := time.Now().Add(patience); w.err == nil; time.Sleep(again) {
		p, err := v.get(w.ctx, path)
		if err == nil {
			if found := find(p); found != "" {
				return found
			}
		}
		if time.Now().After(end) || w.ctx.Err() != nil {
			w.err = fmt.Errorf("%s does not say it (%v)", path, err)
		}
	}
	return ""
}
