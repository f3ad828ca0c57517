package questionnaire

import (
	"slices"
	"time"

	"palermo/fault"
)

// Act is what a proposal does.
type Act string

// The acts.
const (
	Replace Act = "replace"
	Insert  Act = "insert"
	Delete  Act = "delete"
	Move    Act = "move"
)

// Proposal is an amendment by a delegation.
type Proposal struct {
	Act      Act       `json:"act"`
	Key      string    `json:"key"`            // of the question that it is on; of the new one for an insertion
	Base     string    `json:"base,omitempty"` // the words that the delegation had before it
	Text     string    `json:"text,omitempty"`
	After    string    `json:"after,omitempty"` // key; empty for the beginning
	By       string    `json:"by"`
	Sponsors []string  `json:"sponsors,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Oral     bool      `json:"oral,omitempty"` // made orally, not in writing (para. 33)
	At       time.Time `json:"at"`
}

// Stale reports that the words have changed since the proposal was made on them.
func (q *Questionnaire) Stale(p *Proposal) bool {
	i := q.Find(p.Key)
	return (p.Act == Replace || p.Act == Delete) && (i < 0 || q.Questions[i].Text != p.Base)
}

// Accept makes the text as a proposal has it. A proposal on words that have
// changed since is a conflict: Against shows it beside both, and a person
// decides. Faults: conflict, invalid, not found.
func (q *Questionnaire) Accept(p *Proposal) error {
	i := q.Find(p.Key)
	if (i < 0) != (p.Act == Insert) {
		return fault.NotFound("There is no such question.")
	}
	if q.Stale(p) {
		return fault.Conflict("The words have changed since this was proposed. It is shown against both.")
	}
	if (p.Act == Insert || p.Act == Replace) && p.Text == "" {
		return fault.Invalid("text", "This is needed.")
	}
	after := q.Find(p.After)
	if (p.Act == Insert || p.Act == Move) && (p.After != "" && after < 0 || p.After == p.Key) {
		return fault.NotFound("There is no such question to stand after.")
	}
	list := slices.Clone(q.Questions)
	switch p.Act {
	case Replace:
		list[i].Text = p.Text
	case Delete:
		list = slices.Delete(list, i, i+1)
	case Insert:
		x := Question{Key: p.Key, Text: p.Text, Status: Open}
		if after >= 0 {
			x.Group, x.Annex = list[after].Group, list[after].Annex
		}
		list = slices.Insert(list, after+1, x)
	case Move:
		x := list[i]
		if after >= 0 {
			x.Group, x.Annex = list[after].Group, list[after].Annex
		} else {
			x.Annex = false
		}
		list = slices.Delete(list, i, i+1)
		if after > i {
			after--
		}
		list = slices.Insert(list, after+1, x)
	default:
		return fault.Invalid("act", "Choose one of the answers.")
	}
	q.Questions = list
	return nil
}

// Against is a proposal beside the words that it was made on and beside those that stand now.
type Against struct {
	Then []Piece
	Now  []Piece
	// Together is the proposal carried over to the words that stand now; it has a conflict where both changed the same words.
	Together []Segment
}

// Against shows a proposal to replace words against both texts.
func (p *Proposal) Against(now string) Against {
	return Against{Then: Compare(p.Base, p.Text), Now: Compare(now, p.Text),
		Together: Merge(p.Base, []Amendment{{By: "", Text: now}, {By: p.By, Text: p.Text}})}
}
