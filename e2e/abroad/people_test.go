package abroad

import (
	"strings"
	"testing"
	"time"

	"palermo/e2e/browser"
)

const nigeria = "National Focal Point, Nigeria"

// later is a day from now as a form takes it.
func later(days int) string { return time.Now().AddDate(0, 0, days).Format(time.DateOnly) }

// at is an instant from now as a form takes it.
func at(days int) string { return later(days) + "T09:00" }

// form is what somebody fills in: a label with a value. Marks before the value say how: "( )" chooses one, "[x]" ticks
// each of what follows, ">" selects in a list.
type form [][2]string

func (p *person) fill(f form) {
	for _, field := range f {
		label, value := field[0], field[1]
		switch {
		case value == "[x]":
			p.Check(label)
		case strings.HasPrefix(value, "( ) "):
			p.Choose(label + " > " + value[4:])
		case strings.HasPrefix(value, "[x] "):
			for _, one := range strings.Split(value[4:], "; ") {
				p.Check(label + " > " + one)
			}
		case strings.HasPrefix(value, "> "):
			p.Select(label, value[2:])
		default:
			p.Fill(label, value)
		}
	}
}

// opens opens a case of somebody who said these names, with what every procedure asks for first, and gives its address.
func (p *person) opens(name string) string {
	p.Click("Cases")
	p.Click("Open a case")
	p.fill(form{{"Name", name}, {"Age", "( ) 18 or older"}, {"Nationality", "NG"}})
	p.Click("Save")
	p.See("Case opened")
	address := p.URL()
	p.steps("Safety", "Assess the risk", form{{"How great is the danger now?", "( ) Low"}, {"What makes you think so", name + " says so"},
		{"What is done about it, by whom", "Nothing more"}, {"To be looked at again on", later(60)}})
	return address
}

// steps takes a step of the case that stands open.
func (p *person) steps(part, step string, f form) {
	p.Click("Parts of the case > " + part)
	p.Click(step)
	p.fill(f)
	p.Click("Save")
	p.See(part)
}

// allows records a consent for what goes to Nigeria.
func (p *person) allows(address, purpose string, data ...string) {
	p.Go(address)
	p.steps("Rights and consent", "Record a consent", form{{"What for", "> " + purpose}, {"Who may receive it", "> " + nigeria},
		{"Which information", "[x] " + strings.Join(data, "; ")}, {"Until", later(200)}, {"Language it was explained in", "> English"},
		{"The person was told that refusing costs nothing, that it can be withdrawn, and what cannot be called back", "[x]"}})
}

// begins begins a procedure from the case that stands open, and gives the procedure's address.
func (p *person) begins(address, procedure string, f form) string {
	p.Go(address)
	p.Click("Procedures of this case with other States")
	p.Click("Begin something new > " + procedure)
	p.fill(append(form{{"With whom", "> " + nigeria}}, f...))
	p.Click("Send")
	p.See("Messages and their way")
	return p.path()
}

// path is the address without the node: the procedure has the same on both sides.
func (p *person) path() string { return strings.TrimPrefix(p.URL(), p.base) }

// does does an act on a procedure, once the other side's word has come.
func (p *person) does(procedure, act string, f form) {
	p.sees(procedure, act)
	p.Click(act)
	p.fill(f)
	p.Click("Send")
	p.See("What was done")
}

// sees looks at a page again until it shows the words: a message is on its way.
func (p *person) sees(path string, words ...string) {
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		p.Go(p.base + path)
		missing := ""
		for _, w := range words {
			if !p.Has(w) {
				missing = w
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(end) {
			p.See(missing) // says what the page shows
		}
	}
}

// accessible holds a page against axe and the browser's own errors, and its title and address against what was told of the person.
func (p *person) accessible(t *testing.T, words ...string) {
	t.Helper()
	for _, v := range p.Axe() {
		t.Errorf("%s: %s", p.URL(), v)
	}
	for _, e := range p.Errors() {
		t.Errorf("%s: %s", p.URL(), e)
	}
	for _, w := range words {
		if strings.Contains(p.Title(), w) || strings.Contains(p.URL(), w) {
			t.Errorf("title or address tells %q: %s, %s", w, p.Title(), p.URL())
		}
	}
}

// reachable walks the page by the keyboard alone until the focus is on what has this name.
func (p *person) reachable(t *testing.T, name string) {
	t.Helper()
	for range 80 {
		p.Press("\t")
		if browser.Eval[string](p.Page, `(document.activeElement.innerText || '').trim()`) == name {
			if !browser.Eval[bool](p.Page, `(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none')(getComputedStyle(document.activeElement))`) {
				t.Errorf("%q has the focus and does not show it", name)
			}
			return
		}
	}
	t.Errorf("%s: the keyboard does not come to %q", p.URL(), name)
}
