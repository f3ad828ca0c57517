package walk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/demo"
	"palermo/ident"
	"palermo/input"
)

// walker does what the story says, until something is refused.
type walker struct {
	ctx    context.Context
	places []Place
	tell   func(Step)
	at     map[string]*Visitor // by login
	step   string
	err    error

	person    string // the address of the case
	procedure string // the address of the procedure, the same at both nodes
}

const (
	patience = 20 * time.Second
	again    = 50 * time.Millisecond
)

// as signs somebody in, once.
func (w *walker) as(login string) *Visitor {
	if v, ok := w.at[login]; ok || w.err != nil {
		return v
	}
	for _, p := range w.places {
		if i := slices.IndexFunc(p.Accounts, func(a *demo.Account) bool { return a.Login == login }); i >= 0 {
			w.at[login], w.err = SignIn(w.ctx, p.Address, p.Accounts[i])
			return w.at[login]
		}
	}
	w.err = fmt.Errorf("there is nobody called %s", login)
	return nil
}

// organisation finds an organisation of a node by its name, in a form of the case.
func (w *walker) organisation(login, name string) ident.ID {
	v := w.as(login)
	if w.err != nil {
		return ident.ID{}
	}
	p, err := v.get(w.ctx, w.person+"/do/give-consent")
	if err == nil {
		var id ident.ID
		if id, err = ident.Parse(p.option(name)); err == nil {
			return id
		}
	}
	w.err = fmt.Errorf("organisation %s: %w", name, err)
	return ident.ID{}
}

// takes takes a step on the person's case.
func (w *walker) takes(login, name string, s casework.Step) {
	w.step = name
	if v := w.as(login); w.err == nil {
		_, w.err = v.Post(w.ctx, w.person+"/do/"+name, input.Values(s))
	}
}

// allows records a consent.
func (w *walker) allows(login, organisation, purpose string, data ...string) {
	w.takes(login, "give-consent", casework.Consenting(purpose, w.organisation(login, organisation), data, time.Now().AddDate(0, 18, 0)))
}

// begins begins a procedure at an address, with an organisation.
func (w *walker) begins(login, title, path, with string, first cooperation.Act) {
	w.step = title
	v := w.as(login)
	if w.err != nil {
		return
	}
	p, err := v.get(w.ctx, path)
	if err == nil {
		form := input.Values(first)
		form.Set("recipient", p.option(with))
		w.procedure, err = v.Post(w.ctx, path, form)
	}
	w.err = err
	w.known(title)
}

// does does an act, once it is this side's turn to.
func (w *walker) does(login, title, name string, a cooperation.Act) {
	w.step = title
	v := w.as(login)
	for end := time.Now().Add(patience); w.err == nil; time.Sleep(again) {
		_, err := v.Post(w.ctx, w.procedure+"/do/"+name, input.Values(a))
		if err == nil {
			break
		}
		if time.Now().After(end) || w.ctx.Err() != nil {
			w.err = err
		}
	}
	w.known(title)
}

// known tells what each side knows, once both see the same state.
func (w *walker) known(title string) {
	if w.err != nil {
		return
	}
	here, there := w.as("rosa"), w.as("ivie")
	if strings.HasPrefix(title, "Testimony") {
		here = w.as("ines")
	}
	for end := time.Now().Add(patience); w.err == nil; time.Sleep(again) {
		a, errA := here.get(w.ctx, w.procedure)
		b, errB := there.get(w.ctx, w.procedure)
		if errA == nil && errB == nil && a.state() == b.state() {
			w.tell(Step{Title: title, Known: []Known{a.knows("Italy"), b.knows("Nigeria")}})
			return
		}
		if time.Now().After(end) || w.ctx.Err() != nil {
			w.err = fmt.Errorf("the two sides do not come to the same state: %q, %q (%v, %v)", a.state(), b.state(), errA, errB)
		}
	}
}

// state is what the procedure's page says of it, without whose turn it is.
func (p page) state() string {
	if p.root == nil {
		return ""
	}
	said := p.fact("Status")
	for _, turn := range []string{"This side moves next.", "The other side moves next."} {
		said = strings.TrimSpace(strings.TrimSuffix(said, turn))
	}
	return said
}

// knows is what a side knows of the person through this procedure.
func (p page) knows(where string) Known {
	var data []string
	for _, cell := range p.column("Of the person") {
		for _, c := range strings.Split(cell, "; ") {
			if c != "Nothing" && !slices.Contains(data, c) {
				data = append(data, c)
			}
		}
	}
	k := Known{Where: where, State: p.state(), What: p.state() + ". Of the person, through this procedure: "}
	if len(data) == 0 {
		k.What += "nothing."
		return k
	}
	k.What += strings.Join(data, "; ") + "."
	return k
}
