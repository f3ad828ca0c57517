package cooperation

import (
	"net/url"
	"time"

	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// ProcedureID names this node's side of a procedure.
type ProcedureID = record.ID[Procedure]

// Procedure is this node's side of one matter between two nodes.
type Procedure struct {
	record.Base
	Reference ident.ID // the same on both sides; random, and says nothing
	Type      Type
	Side      Side
	Peer      string   // the other node
	Recipient ident.ID // the organisation of this directory that stands for it
	Office    ident.ID // the organisation at work on it here
	From      ident.ID // the organisation here that handed it over, or zero
	Case      casework.CaseID
	Earlier   ident.ID // reference of the enquiry that it came from, or zero
	State     State
	Began     time.Time
	Changed   time.Time // of the state
	Acts      []Done

	Sent  int          // acts of this side, each in a message
	Heard int          // acts of the other side that were applied
	Early map[int]Word // acts of the other side that came before their turn
	// Theirs is the state that the other side said it is in, where it knew all that was sent to it and came to another.
	Theirs State
}

// Done is an act that was done, on either side.
type Done struct {
	At      time.Time
	Side    Side
	Name    string
	By      ident.ID // the member who did it here
	Fields  url.Values
	Sheets  []casework.Sheet // of the person, as sent or received
	PassOn  bool             // what came may be passed on
	Erased  time.Time        // when Sheets were erased
	Message record.ID[Message]
	Late    bool   // it came after the procedure had ended, and changed nothing
	Refused string // why it could not be applied here: the sides differ
}

// Word is an act as a message carries it.
type Word struct {
	Number  int // of the sender's acts in this procedure, from 1
	Type    Type
	Name    string
	Fields  url.Values
	Sheets  []casework.Sheet
	Earlier ident.ID
	State   State // the sender's, after the act
	Heard   int   // acts of the receiver that the sender had applied
	At      time.Time
	Message record.ID[Message]
	PassOn  bool // the message may be passed on
}

// Definition of the procedure.
func (p *Procedure) Definition() *Definition {
	d, ok := Find(p.Type)
	if !ok {
		return &Definition{Type: p.Type, Label: string(p.Type)} // of a newer program: shown, not moved
	}
	return d
}

// Do is an act of this side. It gives the word that tells the other side.
func (p *Procedure) Do(name string, a Act, sheets []casework.Sheet, w Work) (Word, error) {
	info, ok := p.Definition().Act(name)
	if !ok {
		return Word{}, fault.NotFound("There is no such step.")
	}
	if why := p.WhyNot(info); why != nil {
		return Word{}, why
	}
	if err := a.Check(p, w); err != nil {
		return Word{}, err
	}
	p.Sent++
	fields := sent(a)
	p.append(Done{At: w.Now, Side: p.Side, Name: name, By: w.By.Member, Fields: input.Values(a), Sheets: sheets})
	p.move(info, w.Now)
	return Word{Number: p.Sent, Type: p.Type, Name: name, Fields: fields, Sheets: sheets, Earlier: p.Earlier, State: p.State, Heard: p.Heard, At: w.Now}, nil
}

// WhyNot says why this side cannot do the act now, or nil.
func (p *Procedure) WhyNot(info Info) error {
	if info.possible(p.Side, p.State) {
		if l, ok := info.New().(limited); ok {
			return l.WhyNot(p)
		}
		return nil
	}
	stage, moving := p.Definition().Stage(p.State)
	switch {
	case p.State.Ended():
		return fault.Conflict("The procedure has ended.")
	case info.By != Either && info.By != p.Side:
		return fault.Conflict("The other side does this.")
	case moving && stage.Turn == p.Side.Other():
		return fault.Conflict("The other side moves next.")
	}
	return fault.Conflict("Another step comes first.")
}

const ahead = 64 // messages that may wait for one before them

// Hear applies an act of the other side, and those that waited for it. Words
// come in any order and are applied in the order of their numbers; one that was
// applied before changes nothing.
//
// Two acts may cross. Within a state only one side can change it to another
// that does not end the procedure, so the sides differ at most in which end
// they came to, and both keep the one of higher rank.
func (p *Procedure) Hear(word Word, w Work) error {
	switch {
	case word.Type != p.Type:
		return fault.Invalid("type", "The message is of another procedure.")
	case word.Number > p.Heard+ahead:
		return fault.Invalid("number", "Too many messages before this one have not come.")
	case word.Number <= p.Heard:
		return p.again(word)
	}
	if p.Early == nil {
		p.Early = map[int]Word{}
	}
	p.Early[word.Number] = word
	for {
		next, ok := p.Early[p.Heard+1]
		if !ok {
			return nil
		}
		delete(p.Early, next.Number)
		p.Heard++
		p.hear(next, w)
	}
}

// again is a word under a number that was applied before: a copy, which changes
// nothing. Another act under it comes from a side that went back to an older
// backup; taken for a copy, it would be lost, and its sender told that it came.
func (p *Procedure) again(word Word) error {
	number := 0
	for _, d := range p.Acts {
		if d.Side != p.Side.Other() {
			continue
		}
		if number++; number == word.Number && d.Name != word.Name {
			return fault.Invalid("number", "Another act came under this number before: the other side went back to an older state.")
		}
	}
	return nil
}

func (p *Procedure) hear(word Word, w Work) {
	done := Done{At: word.At, Side: p.Side.Other(), Name: word.Name, Fields: word.Fields, Sheets: word.Sheets, PassOn: word.PassOn, Message: word.Message}
	info, known := p.Definition().Act(word.Name)
	switch {
	case !known:
		done.Refused = "This node does not know the step."
	case p.State.Ended():
		if done.Late = info.To.rank() <= p.State.rank() || info.By == p.Side; !done.Late {
			p.move(info, w.Now)
		}
	case !info.possible(done.Side, p.State):
		done.Refused = "The step does not fit the state here."
	default:
		if err := p.check(info, word, w); err != nil {
			done.Refused = fault.Of(err).Message
			break
		}
		p.move(info, w.Now)
	}
	p.append(done)
	p.Theirs = ""
	if word.Heard == p.Sent && word.State != p.State {
		p.Theirs = word.State
	}
}

// check reads the fields as a form of this node would.
func (p *Procedure) check(info Info, word Word, w Work) error {
	a := info.New()
	if err := input.Decode(word.Fields, nil, a, time.UTC); err != nil {
		return err
	}
	return a.Check(p, w)
}

func (p *Procedure) append(d Done) { p.Acts = append(p.Acts, d) }

func (p *Procedure) move(info Info, now time.Time) {
	if info.To != "" && info.To != p.State {
		p.State, p.Changed = info.To, now
	}
}

// Disagrees reports that the other side is in another state though it knows all that was sent.
func (p *Procedure) Disagrees() bool { return p.Theirs != "" && p.Theirs != p.State }

// last gives the newest act of a name, with its fields, or nil.
func last[A any, P interface {
	*A
	Act
}](p *Procedure, name string) P {
	for i := len(p.Acts) - 1; i >= 0; i-- {
		if d := p.Acts[i]; d.Name == name && d.Refused == "" {
			a := P(new(A))
			if err := input.Decode(d.Fields, nil, a, time.UTC); err != nil {
				return nil // fields that are kept here alone are not in what came
			}
			return a
		}
	}
	return nil
}
