package cooperation

import (
	"time"

	"palermo/consent"
	"palermo/fault"
	"palermo/input"
)

// testimony is testimony by video from another State (rows 7d, 12, 20). The
// court's side asks, the side where the person is answers for the person's own
// will; the person withdraws at any time.
func testimony() *Definition {
	return &Definition{
		Type: "testimony", Label: "Testimony by video", Row: "12, 20", Purpose: consent.Proceedings, Begin: "ask", Person: true, Holds: Asked,
		States: []Stage{
			{"asked", "Asked", Asked},
			{"agreed", "The person agrees, with measures", Asking},
			{"scheduled", "Scheduled", Asking},
		},
		Acts: append([]Info{
			{Name: "ask", Label: "Ask for testimony by video", Past: "Testimony asked for", By: Asking, From: []State{""}, To: "asked", New: act[AskTestimony]()},
			{Name: "agree", Label: "Record that the person agrees", Past: "The person agrees", By: Asked, From: []State{"asked"}, To: "agreed", New: act[AgreeToTestify]()},
			{Name: "schedule", Label: "Schedule room, link and measures", Past: "Scheduled", By: Asking, From: []State{"agreed"}, To: "scheduled", New: act[Schedule]()},
			{Name: "reschedule", Label: "Schedule anew", Past: "Scheduled anew", By: Asking, From: []State{"scheduled"}, New: act[Schedule]()},
			{Name: "test", Label: "Record the technical test", Past: "Technical test", By: Either, From: []State{"scheduled"}, New: act[TestCall]()},
			{Name: "held", Label: "The testimony was given", Past: "Testimony given", By: Asking, From: []State{"scheduled"}, To: Completed, New: act[Held]()},
		}, always(Either)...),
		Waits: (*Procedure).hearing,
	}
}

// scheduled is the hearing as it was scheduled last, or nil.
func (p *Procedure) scheduled() *Schedule {
	if again := last[Schedule](p, "reschedule"); again != nil {
		return again
	}
	return last[Schedule](p, "schedule")
}

// hearing is when the testimony is given; zero before it is scheduled.
func (p *Procedure) hearing() time.Time {
	if s := p.scheduled(); s != nil {
		return s.When
	}
	return time.Time{}
}

// Measure protects somebody who testifies.
type Measure string

// Options lists the measures.
func (Measure) Options() []input.Option {
	return []input.Option{{Value: "voice", Label: "Voice distorted"}, {Value: "screen", Label: "Face not shown"}, {Value: "closed", Label: "Closed session"},
		{Value: "pseudonym", Label: "Under another name"}, {Value: "no_confrontation", Label: "Never face to face with the accused"},
		{Value: "breaks", Label: "Breaks whenever asked for"}, {Value: "recorded", Label: "An earlier recording instead"},
		{Value: "support", Label: "Support person beside the person"}, {Value: "place_secret", Label: "The place is not disclosed"}}
}

// AskTestimony is the court's request.
type AskTestimony struct {
	Court     string    `label:"Court"`
	Link      string    `label:"Reference of the request through central authorities" hint:"Where the law asks for one." optional:"true"`
	When      time.Time `label:"Proposed time"`
	Minutes   int       `label:"How long, in minutes"`
	Zone      string    `label:"Time zone of the court" hint:"Europe/Rome"`
	Language  string    `label:"Language of the hearing" kind:"language"`
	Other     string    `label:"Evidence other than testimony that was looked for first" kind:"textarea"`
	Measures  []Measure `label:"Measures that the court can give"`
	Voluntary bool      `label:"It is said that refusing has no effect on assistance, stay or recovery period"`
}

// Check of time, zone and of what must be said (rule 1).
func (s *AskTestimony) Check(_ *Procedure, w Work) error {
	return fault.All(future("when", s.When, w), zone("zone", s.Zone), yes("voluntary", s.Voluntary, "Without this nobody is asked."))
}

// AgreeToTestify is the person's own will.
type AgreeToTestify struct {
	Free        bool      `label:"The person agrees freely, after legal advice, and knows that they can stop at any time"`
	Measures    []Measure `label:"Measures that the person asks for" optional:"true"`
	Support     string    `label:"Support person, as a role" hint:"Psychologist of the shelter, guardian: no name." optional:"true"`
	Interpreter string    `label:"Interpreter: language, gender, where" optional:"true"`
	Zone        string    `label:"Time zone of the person" hint:"Africa/Lagos"`
	Times       string    `label:"Times that suit" optional:"true"`
}

// Check of the person's will.
func (s *AgreeToTestify) Check(*Procedure, Work) error {
	return fault.All(yes("free", s.Free, "Without the person's own will nobody testifies."), zone("zone", s.Zone))
}

// Schedule is the hearing as it will be, with a way out when the line fails.
type Schedule struct {
	When     time.Time `label:"When"`
	Minutes  int       `label:"How long, in minutes"`
	Room     string    `label:"Room of the court, and link" hint:"How to be connected; no name."`
	Measures []Measure `label:"Measures that were ordered" optional:"true"`
	Refused  string    `label:"Measures that were not ordered, and why" kind:"textarea" optional:"true"`
	Test     time.Time `label:"Technical test"`
	Fallback string    `label:"If the line fails" hint:"Another line, another day, an earlier recording."`
}

// Check that the test comes before, and that what was asked for is ordered or refused with reasons.
func (s *Schedule) Check(p *Procedure, w Work) error {
	if !s.Test.Before(s.When) {
		return fault.Invalid("test", "The technical test comes before the hearing.")
	}
	if agreed := last[AgreeToTestify](p, "agree"); agreed != nil && s.Refused == "" {
		for _, m := range agreed.Measures {
			if !has(s.Measures, m) {
				return fault.Invalid("refused", "The person asked for a measure that is not ordered. Say why, or order it.")
			}
		}
	}
	return future("when", s.When, w)
}

func has(list []Measure, m Measure) bool {
	for _, x := range list {
		if x == m {
			return true
		}
	}
	return false
}

// TestCall is the technical test.
type TestCall struct {
	free
	Works bool   `label:"Picture, sound and measures work on both sides"`
	Notes string `label:"What must still be done" kind:"textarea" optional:"true"`
}

// Held says that it was given.
type Held struct {
	free
	Kept  bool   `label:"The measures were kept"`
	Notes string `label:"What went otherwise than planned" kind:"textarea" optional:"true"`
}
