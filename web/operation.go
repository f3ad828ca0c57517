package web

import (
	"net/http"
	"strconv"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/health"
	"palermo/web/ui"
)

// Operation is how the node fares, without a case or a person in it.
type Operation struct {
	health.Report
	Made, Tried time.Time // the last backup, and the last trial of one; zero where this node knows of none
	Good        bool      // the trial's end
	Program     string    // its version
}

type operationPage struct {
	ui.Page
	Now   ui.SummaryList
	Until ui.SummaryList
}

const endsSoon = 30 * 24 * time.Hour // a certificate and a trust list take some weeks to renew

// operation shows administrators what is healthy and what is late. Its numbers
// are of the machine's work, over everybody together (rule 9).
func (s *Server) operation(v *visit) error {
	if !v.viewer().Has(access.Administrator) {
		return fault.Denied("Only administrators see this.")
	}
	o, err := s.Operation(v.r.Context())
	if err != nil {
		return fault.Internal(err)
	}
	page := operationPage{Page: v.frame("Operation")}
	page.Path = "/operation"
	number := v.loc.Number
	waiting := ui.Row{Key: v.loc.T("Messages that wait for other nodes"), Value: number(o.Waiting)}
	if !o.Oldest.IsZero() {
		waiting.Note = v.loc.T("The oldest since %s", v.loc.Time(o.Oldest, s.Zone))
	}
	page.Now = ui.SummaryList{Title: v.loc.T("How the node fares"), Rows: append(v.troubles(o.Troubles), waiting,
		ui.Row{Key: v.loc.T("Duties past their time, of everybody together"), Value: number(o.Overdue)},
		ui.Row{Key: v.loc.T("Signed entries of the journal"), Value: number(int(o.Entries))},
		ui.Row{Key: v.loc.T("Size of the database, in megabytes"), Value: number(int((o.Bytes + 1<<20 - 1) >> 20))},
		ui.Row{Key: v.loc.T("Version of the program"), Value: o.Program},
		ui.Row{Key: v.loc.T("Version of the tables"), Value: strconv.FormatInt(o.Schema, 10)})}
	tried := v.since(v.loc.T("Backup last tried"), o.Tried)
	if !o.Tried.IsZero() && !o.Good {
		tried.Tag = &ui.Tag{Text: v.loc.T("It cannot be restored"), Colour: ui.Red}
	}
	page.Until = ui.SummaryList{Title: v.loc.T("Backups and what ends"), Rows: []ui.Row{v.since(v.loc.T("Backup last made"), o.Made), tried,
		v.ends(v.loc.T("The certificate ends"), o.TLS, o.At), v.ends(v.loc.T("The trust list ends"), o.Trust, o.At)}}
	return v.show(http.StatusOK, "operation", page)
}

var troubleLabels = map[health.Trouble]string{
	health.Database: "The database does not answer", health.Keys: "The keys do not answer", health.Journal: "The journal cannot be published",
}

func (v *visit) troubles(found []health.Trouble) []ui.Row {
	var rows []ui.Row
	for _, f := range found {
		rows = append(rows, ui.Row{Key: v.loc.T("Status"), Tag: &ui.Tag{Text: v.loc.T(troubleLabels[f]), Colour: ui.Red}})
	}
	if len(rows) == 0 {
		rows = []ui.Row{{Key: v.loc.T("Status"), Tag: &ui.Tag{Text: v.loc.T("In order"), Colour: ui.Teal}}}
	}
	return rows
}

func (v *visit) since(key string, at time.Time) ui.Row {
	if at.IsZero() {
		return ui.Row{Key: key, Value: v.loc.T("Not known here")}
	}
	return ui.Row{Key: key, Value: v.loc.Time(at, v.s.Zone)}
}

func (v *visit) ends(key string, at, now time.Time) ui.Row {
	row := v.since(key, at)
	if !at.IsZero() && at.Before(now.Add(endsSoon)) {
		row.Tag = &ui.Tag{Text: v.loc.T("Renew it now"), Colour: ui.Red}
	}
	return row
}
