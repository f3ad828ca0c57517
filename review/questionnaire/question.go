package questionnaire

import (
	"slices"
	"strconv"
	"time"

	"palermo/fault"
)

// Status of a question in a reading.
type Status string

// The statuses.
const (
	Open          Status = "open"
	Agreed        Status = "agreed"
	AdReferendum  Status = "ad_referendum" // agreed, subject to the word of a capital
	NoConsensus   Status = "no_consensus"
	mostQuestions        = 2000
)

// Obligation is how the provision binds that a question asks about (para. 32).
type Obligation string

// The tags.
const (
	Mandatory Obligation = "mandatory"
	Optional  Obligation = "optional"
	Other     Obligation = "other"
)

// Question is one question. What depends on a yes or no follows the verified
// pattern: no, explain; yes, specify.
type Question struct {
	Key        string     `json:"key"` // stays with it through every version and move
	Group      string     `json:"group,omitempty"`
	Annex      bool       `json:"annex,omitempty"`
	Article    string     `json:"article,omitempty"`
	Obligation Obligation `json:"obligation,omitempty"`
	Text       string     `json:"text"`
	IfNo       string     `json:"if_no,omitempty"`
	IfYes      string     `json:"if_yes,omitempty"`
	Status     Status     `json:"status"`
	Origin     *Origin    `json:"origin,omitempty"`
}

// Origin is where a question stood before it was moved to another instrument's questionnaire.
type Origin struct {
	Instrument string    `json:"instrument"`
	Number     string    `json:"number"` // at that time
	At         time.Time `json:"at"`
}

// Questionnaire is the text as it stands.
type Questionnaire struct {
	Title      string     `json:"title"`
	Instrument string     `json:"instrument"`
	OwnDraft   bool       `json:"own_draft"`        // the project's own words, not those of the Working Group
	Questions  []Question `json:"questions"`        // the annex after the rest
	Resume     string     `json:"resume,omitempty"` // key of the question at which the reading goes on
}

// Version is a text frozen as a non-paper.
type Version struct {
	Questionnaire
	Symbol  string    `json:"symbol"`
	Status  time.Time `json:"status"` // date and hour of the text
	Session string    `json:"session"`
}

// Find gives the place of a question, or -1.
func (q *Questionnaire) Find(key string) int {
	return slices.IndexFunc(q.Questions, func(x Question) bool { return x.Key == key })
}

// Number is the shown number of a question: its place, with A before it in the annex.
func (q *Questionnaire) Number(key string) string {
	n, annex := 0, 0
	for i := range q.Questions {
		if q.Questions[i].Annex {
			annex++
		} else {
			n++
		}
		if q.Questions[i].Key != key {
			continue
		}
		if q.Questions[i].Annex {
			return "A" + strconv.Itoa(annex)
		}
		return strconv.Itoa(n)
	}
	return ""
}

// Check says what of it cannot be kept. Faults: invalid.
func (q *Questionnaire) Check() error {
	if len(q.Questions) > mostQuestions {
		return fault.Invalid("questions", "A questionnaire has at most %d questions.", mostQuestions)
	}
	seen, annex := map[string]bool{}, false
	for i := range q.Questions {
		x := &q.Questions[i]
		switch {
		case x.Key == "" || seen[x.Key]:
			return fault.Invalid("questions", "Two questions have the same key.")
		case x.Text == "":
			return fault.Invalid("questions", "A question has no words.")
		case annex && !x.Annex:
			return fault.Invalid("questions", "The annex stands after the other questions.")
		case !slices.Contains([]Status{Open, Agreed, AdReferendum, NoConsensus}, x.Status):
			return fault.Invalid("questions", "A question has no status.")
		}
		seen[x.Key], annex = true, x.Annex
	}
	return nil
}

// MoveTo takes questions out and puts them at the end of another instrument's
// questionnaire, before its annex, with where they came from. Both are
// renumbered by that, for a number is a place. Faults: not found, conflict.
func (q *Questionnaire) MoveTo(to *Questionnaire, now time.Time, keys ...string) error {
	var moved []Question
	for _, key := range keys {
		i := q.Find(key)
		switch {
		case i < 0:
			return fault.NotFound("There is no such question.")
		case to.Find(key) >= 0:
			return fault.Conflict("That questionnaire has this question already.")
		case slices.ContainsFunc(moved, func(x Question) bool { return x.Key == key }):
			return fault.Conflict("A question is moved once.")
		}
		x := q.Questions[i]
		x.Annex = false
		if x.Origin == nil {
			x.Origin = &Origin{Instrument: q.Instrument, Number: q.Number(key), At: now}
		}
		moved = append(moved, x)
	}
	q.Questions = slices.DeleteFunc(slices.Clone(q.Questions), func(x Question) bool { return slices.Contains(keys, x.Key) })
	at := slices.IndexFunc(to.Questions, func(x Question) bool { return x.Annex })
	if at < 0 {
		at = len(to.Questions)
	}
	to.Questions = slices.Insert(slices.Clone(to.Questions), at, moved...)
	return nil
}

// Freeze keeps the text as it stands, as a non-paper with its date and hour.
func (q *Questionnaire) Freeze(symbol, session string, at time.Time) Version {
	v := Version{Questionnaire: *q, Symbol: symbol, Status: at, Session: session}
	v.Questions = slices.Clone(q.Questions)
	return v
}
