package cooperation

import (
	"time"

	"palermo/casework"
	"palermo/fault"
)

// interpreter asks another State for an interpreter, also remote (rows 8c,
// 17). Who it is stays with the desk that books; the person hears gender,
// region and community first and may refuse, which nobody tells the interpreter (rule 8).
func interpreter() *Definition {
	return &Definition{
		Type: "interpreter", Label: "Interpreter from another State", Row: "8c, 17", Begin: "ask",
		States: []Stage{
			{"asked", "Asked", Asked},
			{"offered", "Offered", Asking},
			{"accepted", "Accepted", Asked},
			{"booked", "Booked", Asking},
		},
		Acts: append([]Info{
			{Name: "ask", Label: "Ask for an interpreter", Past: "Interpreter asked for", By: Asking, From: []State{""}, To: "asked", New: act[AskInterpreter]()},
			{Name: "offer", Label: "Offer an interpreter", Past: "Interpreter offered", By: Asked, From: []State{"asked"}, To: "offered", New: act[OfferInterpreter]()},
			{Name: "accept", Label: "The person accepts", Past: "Accepted", By: Asking, From: []State{"offered"}, To: "accepted", New: act[AcceptInterpreter]()},
			{Name: "another", Label: "The person wants another one", Past: "Another one wanted", By: Asking, From: []State{"offered"}, To: "asked", New: act[AnotherInterpreter]()},
			{Name: "book", Label: "Book", Past: "Booked", By: Asked, From: []State{"accepted"}, To: "booked", New: act[Book]()},
			{Name: "threat", Label: "Report a threat to the interpreter", Past: "Threat reported", By: Either, New: act[Threat]()},
			{Name: "finish", Label: "The interpreting is done", Past: "Finished", By: Asking, From: []State{"booked"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// AskInterpreter says what is needed, of nobody in particular.
type AskInterpreter struct {
	Language   string              `label:"Language" kind:"language"`
	Dialect    string              `label:"Dialect or region" optional:"true"`
	Preference casework.Preference `label:"Wish for the interpreter"`
	Avoid      string              `label:"Communities or regions to avoid" optional:"true"`
	When       time.Time           `label:"When"`
	Minutes    int                 `label:"How long, in minutes"`
	Remote     bool                `label:"By telephone or video"`
	Setting    string              `label:"For what: a talk, a court, a doctor" optional:"true"`
}

// Check of the time.
func (s *AskInterpreter) Check(_ *Procedure, w Work) error { return future("when", s.When, w) }

// OfferInterpreter tells what the person hears first, and never a name.
type OfferInterpreter struct {
	Pseudonym string `label:"Name to work under" hint:"Never the interpreter's own name."`
	Gender    string `label:"Gender"`
	Region    string `label:"Region"`
	Community string `label:"Community"`
	Vetted    bool   `label:"The interpreter was vetted"`
	Conflict  bool   `label:"No conflict of interest was found"`
}

// Check demands vetting and the look for a conflict of interest.
func (s *OfferInterpreter) Check(*Procedure, Work) error {
	return fault.All(yes("vetted", s.Vetted, "Offer only somebody who was vetted."), yes("conflict", s.Conflict, "Check for a conflict of interest first."))
}

// AcceptInterpreter is the person's yes.
type AcceptInterpreter struct {
	Heard bool `label:"The person heard gender, region and community first, and accepts"`
}

// Check demands it.
func (s *AcceptInterpreter) Check(*Procedure, Work) error {
	return yes("heard", s.Heard, "The person hears this first.")
}

// AnotherInterpreter needs no reason.
type AnotherInterpreter struct{ free }

// Book gives the line or the room.
type Book struct {
	free
	Line string `label:"Line, or room" hint:"How to be connected."`
}

// Threat is a threat to the interpreter.
type Threat struct {
	free
	What string `label:"What happened, and what is done" kind:"textarea" hint:"Under the name to work under."`
}
