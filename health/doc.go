// Package health says how a node fares, to those who keep it running: that it
// lives, that it can work, and numbers for Prometheus.
//
// What may never happen here: a number for one case, person, organisation or
// member; a number of which casework can be read off, such as how many cases
// were opened (rule 9: that is for package statistics). So requests are counted
// by the first word of their address and by whether they were answered, without
// their method: looks and acts are in one number.
package health

import (
	"context"
	"time"
)

// Trouble is a code for what keeps a node from working.
type Trouble string

// What a node can lack. The operator's guide says what to do about each.
const (
	Database Trouble = "database" // no change can be begun
	Keys     Trouble = "keys"     // the database of keys does not answer
	Journal  Trouble = "journal"  // not published for too long
)

// Report is what a node says of itself at one time.
type Report struct {
	At       time.Time
	Troubles []Trouble
	Entries  int64         // of the journal, under its newest checkpoint
	Behind   time.Duration // since all of the journal was published
	Commits  int64         // since the start; a look is one, too
	Waiting  int           // messages that wait for other nodes
	Oldest   time.Time     // since when the oldest of them does
	Overdue  int           // duties past their time, of everybody together
	Bytes    int64         // of the database
	Schema   int64         // version of its tables
	Trust    time.Time     // end of the trust list; zero where there is none
	TLS      time.Time     // end of the certificate; zero where another program keeps it
}

// Look makes a report. It ends with ctx, and then says what did not answer.
type Look func(ctx context.Context) Report
