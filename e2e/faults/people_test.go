package faults

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"time"

	"palermo/cooperation"
	"palermo/demo"
	"palermo/demo/walk"
	"palermo/ident"
	"palermo/input"
)

// matters are what people of both nodes do together, signed in at their pages.
type matters struct {
	mu     sync.Mutex
	known  []matter
	done   map[string]int // acts that the page said were done, by procedure and act
	failed map[string]int // what pages said against it
}

type matter struct {
	path string // of the procedure, the same at both nodes
	kind cooperation.Type
	at   string // where it was begun
}

const mostMatters = 120

// worker is somebody at work until the fault is over.
type worker struct {
	*matters
	*rand.Rand
	place     *place
	visitor   *walk.Visitor
	recipient ident.ID // the organisation that stands for the other node
}

func (w *worker) work(ctx context.Context) {
	for ctx.Err() == nil {
		if w.IntN(5) == 0 {
			w.begin(ctx)
		} else {
			w.act(ctx)
		}
	}
}

var kinds = []cooperation.Type{"enquiry", "interpreter", "joint_team"}

func (w *worker) begin(ctx context.Context) {
	kind := kinds[w.IntN(len(kinds))]
	d, _ := cooperation.Find(kind)
	w.mu.Lock()
	enough := len(w.known) >= mostMatters
	w.mu.Unlock()
	if enough {
		return
	}
	form := input.Values(fields(d.Type, d.Begin))
	form.Set("recipient", w.recipient.String())
	path, err := w.post(ctx, "/abroad/new/"+string(kind), form)
	if err == nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.known = append(w.known, matter{path, kind, w.place.name})
		w.done[path+" "+d.Begin]++
	}
}

// act tries something on a procedure; the page refuses what is not this side's turn.
func (w *worker) act(ctx context.Context) {
	w.mu.Lock()
	if len(w.known) == 0 {
		w.mu.Unlock()
		w.begin(ctx)
		return
	}
	m := w.known[w.IntN(len(w.known))]
	w.mu.Unlock()
	side := cooperation.Asked
	if m.at == w.place.name {
		side = cooperation.Asking
	}
	d, _ := cooperation.Find(m.kind)
	var mine []cooperation.Info
	for _, i := range d.Acts {
		if (i.By == side || i.By == cooperation.Either) && i.Name != d.Begin && fields(m.kind, i.Name) != nil && (!i.To.Ended() || w.IntN(12) == 0) {
			mine = append(mine, i)
		}
	}
	i := mine[w.IntN(len(mine))]
	if _, err := w.post(ctx, m.path+"/do/"+i.Name, input.Values(fields(m.kind, i.Name))); err == nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.done[m.path+" "+i.Name]++
	}
}

func (w *worker) post(ctx context.Context, path string, form url.Values) (string, error) {
	where, err := w.visitor.Post(ctx, path, form)
	w.mu.Lock()
	defer w.mu.Unlock()
	var noAnswer *url.Error
	switch {
	case errors.As(err, &noAnswer):
		w.failed["no answer"]++
		time.Sleep(20 * time.Millisecond) // as one who tries again
	case err != nil:
		_, said, _ := strings.Cut(err.Error(), ": ")
		w.failed[said]++
	}
	return where, err
}

// fields are an act's, filled in; nil for one that nobody here does.
func fields(kind cooperation.Type, act string) cooperation.Act {
	day := time.Now().UTC().Truncate(time.Minute).Add(48 * time.Hour)
	team := &cooperation.ProposeTeam{Purpose: "Routes by sea", Basis: "UNTOC, article 19", Members: "Prosecutors", Until: day.AddDate(1, 0, 0).Format(time.DateOnly),
		Shared: "Flights and accounts", Protection: "The prosecutor"}
	switch name := string(kind) + " " + act; name {
	case "enquiry ask":
		return &cooperation.Enquire{Topic: "services", Question: "Which houses take a family?"}
	case "enquiry answer":
		return &cooperation.AnswerEnquiry{Answer: "Two, both in the south."}
	case "enquiry add", "enquiry again":
		return &cooperation.AddToEnquiry{Text: "With two children."}
	case "interpreter ask":
		return &cooperation.AskInterpreter{Language: "en", Preference: "any", When: day, Minutes: 60, Remote: true}
	case "interpreter offer":
		return &cooperation.OfferInterpreter{Pseudonym: "Heron", Gender: "woman", Region: "South", Community: "None", Vetted: true, Conflict: true}
	case "interpreter accept":
		return &cooperation.AcceptInterpreter{Heard: true}
	case "interpreter another":
		return &cooperation.AnotherInterpreter{}
	case "interpreter book":
		return &cooperation.Book{Line: "By video"}
	case "joint_team propose", "joint_team counter", "joint_team revise":
		return team
	case "joint_team agree":
		return &cooperation.AgreeToTeam{Protection: "The prosecutor there"}
	case "joint_team lead":
		return &cooperation.Lead{About: "A carrier", Safe: true}
	}
	return common(act)
}

// common are acts that many procedures have.
func common(act string) cooperation.Act {
	switch act {
	case "threat":
		return &cooperation.Threat{What: "A call at night; the number was changed."}
	case "more":
		return &cooperation.More{What: "For how many?"}
	case "note":
		return &cooperation.Note{Text: "We are at work on it."}
	case "finish":
		return &cooperation.Finish{Outcome: "It is done."}
	case "decline":
		return &cooperation.Decline{}
	case "withdraw":
		return &cooperation.Withdraw{}
	}
	return nil
}

// account is somebody of a cast.
func (p *place) account(login string) *demo.Account {
	for _, a := range p.accounts {
		if a.Login == login {
			return a
		}
	}
	p.t.Fatalf("there is no %s", login)
	return nil
}
