package reading

import (
	"slices"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
	"palermo/review/questionnaire"
)

// ID names a reading, ProposalID a proposal, NonPaperID a frozen text.
type (
	ID         = record.ID[Reading]
	ProposalID = record.ID[Proposal]
	NonPaperID = record.ID[NonPaper]
)

// Reading is a questionnaire as it is read. Text.Resume is where it stands.
type Reading struct {
	record.Base
	Text    questionnaire.Questionnaire
	Session string // of the Working Group
	Began   time.Time
	Number  int                     // first, second reading
	Turns   map[string]int          // decisions on a question, by its key
	Open    map[string][]ProposalID // not decided yet, by the question at which they are shown
	Frozen  []Frozen                // oldest first
}

// Frozen is a text that was frozen, as a list shows it.
type Frozen struct {
	ID     NonPaperID
	Symbol string
	At     time.Time
}

// NonPaper is a frozen text. It does not change.
type NonPaper struct {
	record.Base
	Reading ID
	questionnaire.Version
}

// Outcome is what became of a proposal; empty while it is open.
type Outcome string

// The outcomes.
const (
	Agreed       Outcome = "agreed"
	AdReferendum Outcome = "ad_referendum" // agreed, subject to the word of a capital
	Bracketed    Outcome = "bracketed"     // both wordings stand in square brackets
	NoConsensus  Outcome = "no_consensus"
	Withdrawn    Outcome = "withdrawn"
	Lapsed       Outcome = "lapsed" // the question that it was on was deleted
)

// Options lists what a Chair can say.
func (Outcome) Options() []input.Option {
	return []input.Option{{Value: string(Agreed), Label: "Agreed"}, {Value: string(AdReferendum), Label: "Agreed ad referendum"},
		{Value: string(Bracketed), Label: "In square brackets"}, {Value: string(NoConsensus), Label: "No consensus"}, {Value: string(Withdrawn), Label: "Withdrawn"}}
}

// Label names it to a person, in English.
func (o Outcome) Label() string {
	for _, option := range append(o.Options(), input.Option{Value: string(Lapsed), Label: "Lapsed"}, input.Option{Label: "Open"}) {
		if option.Value == string(o) {
			return option.Label
		}
	}
	return string(o)
}

// Delegation is who proposes or sponsors.
type Delegation struct {
	ID   ident.ID // of its organisation at this node
	Name string
	At   time.Time
}

// Proposal is an amendment, and what became of it.
type Proposal struct {
	record.Base
	Reading ID
	questionnaire.Proposal
	Delegation ident.ID
	Observer   bool // it is not decided on before a State sponsors it
	With       []Delegation
	Outcome    Outcome
	Decided    time.Time
	Remark     string // of the Chair
}

// Shown is the key of the question at which the proposal is shown.
func (p *Proposal) Shown() string {
	if p.Act == questionnaire.Insert {
		return p.After
	}
	return p.Key
}

// Question gives a question of the text. Faults: not found.
func (r *Reading) Question(key string) (*questionnaire.Question, error) {
	if i := r.Text.Find(key); i >= 0 {
		return &r.Text.Questions[i], nil
	}
	return nil, fault.NotFound("There is no such question.")
}

// now finds a question on which nobody has decided since the person saw it. Faults: not found, conflict.
func (r *Reading) now(key string, turn int) (*questionnaire.Question, error) {
	x, err := r.Question(key)
	if err == nil && r.Turns[key] != turn {
		err = fault.Conflict("Somebody decided on this question since you opened it. Look at it as it stands now, then decide.")
	}
	return x, err
}

func (r *Reading) turned(key string) {
	if r.Turns == nil {
		r.Turns = map[string]int{}
	}
	r.Turns[key]++
}

func (r *Reading) opened(key string, id ProposalID) {
	if r.Open == nil {
		r.Open = map[string][]ProposalID{}
	}
	r.Open[key] = append(r.Open[key], id)
}

func (r *Reading) closed(key string, id ProposalID) {
	r.Open[key] = slices.DeleteFunc(slices.Clone(r.Open[key]), func(o ProposalID) bool { return o == id })
	if len(r.Open[key]) == 0 {
		delete(r.Open, key)
	}
}
