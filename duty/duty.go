// Package duty is what is due, when, from whom, and who is next when it is not done.
//
// A duty follows from the state of a record: the record's kind computes all
// that are open from its document, and each commit replaces the stored rows.
// So no action can forget a duty, nothing polls, and nothing is lost while a
// node is down. Escalation is rows too: each step says from when somebody
// else sees the duty in the list of the day.
//
// What may never happen here: a duty that nobody is named for; a duty whose
// text says anything about the person.
package duty

import (
	"time"

	"palermo/access"
	"palermo/ident"
)

// Duty is something that is due on a record.
type Duty struct {
	Name  string    // the clock's name in the jurisdiction: "rights_briefing"
	Since time.Time // the event that started the clock
	Due   time.Time
	Steps []Step // who sees it, from when; never empty
}

// Step says who sees a duty from when on.
type Step struct {
	Party ident.ID // an organisation or a member
	Role  access.Role
	From  time.Time
}

// Item is a duty in somebody's list of the day.
type Item struct {
	Kind   string
	Record ident.ID
	Name   string
	Since  time.Time
	Due    time.Time
	Level  int         // 0: it is yours, from its first instant; more: it came up to you
	Role   access.Role // in which it is the viewer's
}

// Late reports whether the duty is past due.
func (i Item) Late(now time.Time) bool { return now.After(i.Due) }
