package training

import (
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// ActPractise is working through a practice case.
const ActPractise access.Action = "do:practise"

// Practice is what one member did with practice cases. It is theirs alone: who
// may try without being watched learns. What others see is a course completed.
type Practice struct {
	record.Base
	Member ident.ID
	Begun  time.Time
	Cases  map[string]Work // by code of the case
}

// Work is how far a member came with a case.
type Work struct {
	Tries  int
	Last   time.Time
	Passed time.Time // the last time; zero while it is not passed
	Latest Answers   // of the last try
}

// View is what the member sees of it.
type View struct{ Cases map[string]Work }

// Tried says in the journal that a member worked through a case; not what was answered.
type Tried struct {
	Case   string
	Passed bool
}

// Event names it.
func (Tried) Event() string { return "practised" }

// NewKind says how practice is kept: the member stands on it, and nobody else.
func NewKind() *record.Kind[Practice, View] {
	return &record.Kind[Practice, View]{Name: "practice", Schema: 1,
		Index: func(p *Practice) record.Index {
			return record.Index{State: "open", Sort: p.Begun, Words: []string{ownWord(p.Member)},
				Relations: []access.Relation{{Party: p.Member, Role: access.Member}}}
		},
		Redact: func(p *Practice, d access.Decision) View {
			if !d.Sees(access.Summary) || d.Viewer.Member != p.Member {
				return View{}
			}
			return View{Cases: p.Cases}
		},
	}
}

func ownWord(member ident.ID) string { return "member:" + member.String() }
