package matching

import (
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/duty"
	"palermo/ident"
	"palermo/record"
)

// QuestionID names a question that this State asked: it is the number by which
// both sides know it, all of it random.
type QuestionID = record.ID[Question]

// Question is that another State was asked whether it knows the person of a
// case. What came back is "talk to us" or nothing.
type Question struct {
	record.Base
	Case      casework.CaseID
	Office    ident.ID // the organisation that asked
	By        ident.ID
	Peer      string
	Recipient ident.ID // the organisation that stands for the peer
	Epoch     uint32
	At, Until time.Time
	Agreed    time.Time // when the consent ends under which it was asked
	Message   cooperation.MessageID
	Spoke     time.Time // when the other State said that both should talk
	NeverTo   []string  // States to whose authorities nothing of that may go
	Seen      time.Time // somebody took note
	Withdrawn time.Time
	Ended     time.Time
}

// States of a question or of a heard one, as its clear column says them.
const (
	fresh   = "new"
	open    = "open"
	settled = "settled"
)

func newQuestionKind() *record.Kind[Question, Question] {
	return &record.Kind[Question, Question]{
		Name: "match_question", Schema: 1,
		Index: func(q *Question) record.Index {
			x := record.Index{State: open, Sort: q.At, Words: []string{caseWord(q.Case)}}
			if !q.Ended.IsZero() || !q.Withdrawn.IsZero() {
				x.State = settled
			}
			x.Relations = append(nodeAlone(), access.Relation{Party: access.Everyone, Role: access.Auditor})
			for _, r := range []access.Role{access.FocalPoint, access.CaseWorker, access.Advocate} {
				x.Relations = append(x.Relations, access.Relation{Party: q.Office, Role: r})
			}
			return x
		},
		Redact: func(q *Question, d access.Decision) Question {
			if !d.Sees(access.Summary) {
				return Question{}
			}
			return *q
		},
		Duties: questionDuties,
	}
}

func caseWord(id casework.CaseID) string { return "case:" + id.String() }

// Duties of matching: to look at what met, and to speak with a State that says so.
const (
	dutyLook  = "match_found"
	dutySpeak = "match_speak"
)

// DutyTitle names a duty of matching to a person, an English phrase.
func DutyTitle(name string) (string, bool) {
	title, ok := map[string]string{
		dutyLook:  "Another State may assist the same person: look, and decide",
		dutySpeak: "Another State says that both should talk about a person: speak with its focal point",
	}[name]
	return title, ok
}

func questionDuties(q *Question) []duty.Duty {
	if q.Spoke.IsZero() || !q.Seen.IsZero() || !q.Withdrawn.IsZero() {
		return nil
	}
	d := duty.Duty{Name: dutySpeak, Since: q.Spoke, Due: q.Spoke.Add(3 * day)}
	for _, r := range []access.Role{access.FocalPoint, access.CaseWorker} {
		d.Steps = append(d.Steps, duty.Step{Party: q.Office, Role: r, From: q.Spoke})
	}
	return []duty.Duty{d}
}
