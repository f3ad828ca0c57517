package cooperation

import (
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/duty"
	"palermo/exchange"
	"palermo/ident"
	"palermo/record"
)

// MessageID names a message as this node keeps it.
type MessageID = record.ID[Message]

// Message is one act on its way, or as it came.
type Message struct {
	record.Base
	Out       bool
	Number    ident.ID // its id on the line
	Peer      string
	Procedure ProcedureID
	Type      Type
	Office    ident.ID // the organisation that sent it, or that it is for
	Act       string
	Signed    exchange.Signed // as the sender stands by it; nil once it was erased
	Digest    exchange.Digest
	Scope     access.Set // what of the person is in it
	Until     time.Time  // when the consent ends
	Handling  exchange.Handling
	At        time.Time // sent
	Deadline  time.Time

	// Of a message that was sent.
	Emergency bool // it goes also while the journal cannot be published
	Attempts  int
	Next      time.Time              // not tried before
	Trouble   string                 // name of the last refusal that may pass
	Ask       bool                   // it is late: only asked for, sent no more
	Receipt   exchange.SignedReceipt // of the other node: it is stored there
	Delivered time.Time
	Undelivered
	Recalled time.Time // taken back before it went

	// Of a message that came.
	Stored time.Time
	Closed bool // nothing was stored under this number, and nothing will be

	Erasure Erasure
}

// Undelivered says that a message did not arrive, and why: somebody is told.
type Undelivered struct {
	Failed time.Time // or late: there is no receipt though the deadline has passed
	Reason string    // name of the refusal
	Seen   time.Time // somebody took note
}

// Erasure is a request to erase what a message told of the person, and its answer.
type Erasure struct {
	Asked     time.Time
	Answered  time.Time
	Erased    bool
	Provision string // under which it is retained
}

// States of a message as its clear column says them, before the peer's name.
const (
	waiting = "waiting" // to be sent
	asking  = "asking"  // late: the other node is asked whether it has it
	settled = "settled"
)

// Settled is the state of a message that waits for nothing: all others of the kind are the outbox.
const Settled = settled

// state is whether the message still waits for an answer of the line.
func (m *Message) state() string {
	switch {
	case !m.Out || !m.Delivered.IsZero() || !m.Recalled.IsZero() || !m.Failed.IsZero() && !m.Ask:
		return settled
	case m.Ask:
		return to(asking, m.Peer)
	}
	return to(waiting, m.Peer)
}

// to names the state of what waits for a peer.
func to(state, peer string) string { return state + ":" + peer }

// MessageView is what may be shown of a message.
type MessageView struct {
	Message
	Sheets []casework.Sheet // of the person, as far as the viewer sees such data
	Fields map[string][]string
}

// NewMessageKind says how messages are kept. Those that wait stand in the order
// of their deadlines: a list is newest first, so their place is its mirror.
func NewMessageKind() *record.Kind[Message, MessageView] {
	return &record.Kind[Message, MessageView]{
		Name: "message", Schema: 1,
		Index: func(m *Message) record.Index {
			x := record.Index{State: m.state(), Sort: m.At, Relations: relations(m.Office), Words: []string{procedureWord(m.Procedure)}}
			if x.State != settled {
				x.Sort = mirror(m.Deadline)
			}
			return x
		},
		Redact: redactMessage,
		Duties: messageDuties,
	}
}

// mirror turns the earliest deadline into the newest place of a list.
func mirror(deadline time.Time) time.Time {
	const after = 1 << 53 // µs: later than any deadline
	return time.UnixMicro(after - deadline.UnixMicro())
}

// relations say who stands on a procedure and its messages: those who do
// casework at the office, whoever coordinates there, the auditor, and the node at its exchange.
func relations(office ident.ID) []access.Relation {
	list := []access.Relation{{Party: access.Everyone, Role: access.Exchange}, {Party: access.Everyone, Role: access.Auditor}}
	for _, r := range []access.Role{access.FocalPoint, access.CaseWorker, access.Advocate} {
		list = append(list, access.Relation{Party: office, Role: r})
	}
	return list
}

func redactMessage(m *Message, d access.Decision) MessageView {
	v := MessageView{}
	if !d.Sees(access.Summary) {
		return v
	}
	v.Message = *m
	v.Signed = nil
	if len(m.Signed) == 0 {
		return v
	}
	word, err := read(m.Signed)
	if err != nil {
		return v // of a newer program
	}
	v.Sheets = shownSheets(word.Sheets, d)
	if d.Sees(access.Needs) {
		v.Fields = word.Fields
	}
	return v
}

// shownSheets leaves out what the viewer does not see of a person.
func shownSheets(sheets []casework.Sheet, d access.Decision) []casework.Sheet {
	var shown []casework.Sheet
	for _, s := range sheets {
		if info, ok := casework.Find(s.Step); ok && d.Sees(info.Category) {
			shown = append(shown, s)
		}
	}
	return shown
}

const undelivered = "message_not_delivered"

// messageDuties tells a person at the office that a message did not arrive
// (rule 10), and that a request to erase waits for an answer (rule 2).
func messageDuties(m *Message) []duty.Duty {
	var due []duty.Duty
	if !m.Failed.IsZero() && m.Seen.IsZero() {
		due = append(due, duty.Duty{Name: undelivered, Since: m.Failed, Due: m.Failed.Add(day), Steps: toOffice(m.Office, m.Failed)})
	}
	if e := m.Erasure; !m.Out && !e.Asked.IsZero() && e.Answered.IsZero() {
		due = append(due, duty.Duty{Name: dutyErase, Since: e.Asked, Due: e.Asked.Add(3 * day), Steps: toOffice(m.Office, e.Asked)})
	}
	return due
}

func toOffice(office ident.ID, from time.Time) []duty.Step {
	var steps []duty.Step
	for _, r := range []access.Role{access.FocalPoint, access.CaseWorker} {
		steps = append(steps, duty.Step{Party: office, Role: r, From: from})
	}
	return steps
}
