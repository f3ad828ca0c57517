package cooperation

import (
	"strings"
	"time"
)

// Formal fills the first act of a formal request with what an enquiry and its
// answer said, so that nothing is typed twice (row 8e).
func Formal(p *Procedure, first Act) {
	asked, answered := last[Enquire](p, "ask"), last[AnswerEnquiry](p, "answer")
	var said []string
	if asked != nil {
		said = append(said, asked.Question)
	}
	for _, a := range p.Acts {
		if text := a.Fields.Get("text"); (a.Name == "add" || a.Name == "again") && text != "" {
			said = append(said, text)
		}
	}
	if answered != nil {
		said = append(said, answered.Answer)
	}
	text := strings.Join(said, "\n\n")
	switch a := first.(type) {
	case *RequestAssistance:
		a.Details = text
	case *ProposeTeam:
		a.Purpose = text
	case *AskTestimony:
		a.Other = text
	case *AskInterpreter:
		a.Setting = text
	}
}

// Clock is an instant as one of the parties lives it.
type Clock struct {
	Label string // an English phrase
	At    time.Time
	Zone  *time.Location
}

// Clocks gives the instants of a procedure in the time zones of its parties.
func (v ProcedureView) Clocks() []Clock {
	var clocks []Clock
	add := func(label string, at time.Time, zone string) {
		if l, err := time.LoadLocation(zone); err == nil && zone != "" && !at.IsZero() {
			clocks = append(clocks, Clock{Label: label, At: at, Zone: l})
		}
	}
	p := &v.Procedure
	if asked := last[AskTestimony](p, "ask"); asked != nil {
		when := asked.When
		scheduled := p.scheduled()
		if scheduled != nil {
			when = scheduled.When
		}
		add("Hearing, at the court", when, asked.Zone)
		if agreed := last[AgreeToTestify](p, "agree"); agreed != nil {
			add("Hearing, where the person is", when, agreed.Zone)
			if scheduled != nil {
				add("Technical test, where the person is", scheduled.Test, agreed.Zone)
			}
		}
	}
	if travel := last[ArrangeTravel](p, "travel"); travel != nil {
		add("Arrival, there", travel.Arrives, travel.Zone)
	}
	return clocks
}
