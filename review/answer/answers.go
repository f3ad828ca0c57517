package answer

import (
	"slices"
	"time"

	"palermo/ident"
	"palermo/record"
	"palermo/statistics"
)

// Answers are this State's to one questionnaire in one year.
type Answers struct {
	record.Base
	Symbol    string // of the questionnaire, frozen
	Year      int
	Began     time.Time
	Replies   []Reply // in the order of the questionnaire
	Submitted time.Time
}

// Reply is to one question.
type Reply struct {
	Key      string   // of the question
	By       ident.ID // the organisation that drafts; zero: the focal point itself
	Written  time.Time
	Draft    Draft
	Status   Status
	Returned string // why the focal point gave it back
	Public   bool
	Carried  int // the year from which it was carried forward; 0 where it is new
	Evidence []Evidence
}

// Evidence is a figure that was attached.
type Evidence struct {
	ID       ident.ID
	At       time.Time
	Released statistics.Released
	Signed   string // stands alone: anybody can check it with the node's key
}

// Status is how far a reply has come.
type Status string

// The statuses.
const (
	Empty   Status = ""
	Drafted Status = "drafted"
	Ready   Status = "ready"
	Back    Status = "returned"
	Cleared Status = "cleared"
)

// Label names it to a person, in English.
func (s Status) Label() string {
	return map[Status]string{Empty: "Nothing written yet", Drafted: "Draft", Ready: "Waits for clearance", Back: "Returned", Cleared: "Cleared"}[s]
}

// reply finds the place of a question, or nil.
func (a *Answers) reply(key string) *Reply {
	if i := slices.IndexFunc(a.Replies, func(r Reply) bool { return r.Key == key }); i >= 0 {
		return &a.Replies[i]
	}
	return nil
}

// Cleared counts the replies that are.
func (a *Answers) Cleared() int {
	n := 0
	for i := range a.Replies {
		if a.Replies[i].Status == Cleared {
			n++
		}
	}
	return n
}

// carry begins the replies where those of an earlier year ended: as drafts, to
// be looked at again. Figures are of their year and stay there.
func (a *Answers) carry(earlier *Answers) {
	for i := range a.Replies {
		r := &a.Replies[i]
		was := earlier.reply(r.Key)
		if was == nil || was.Status == Empty {
			continue
		}
		r.By, r.Draft, r.Status, r.Carried, r.Written = was.By, was.Draft, Drafted, earlier.Year, was.Written
		r.Draft.Ready = false
	}
}
