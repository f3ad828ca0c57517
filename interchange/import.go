package interchange

import (
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/record"
)

// ImportID names an import.
type ImportID = record.ID[Import]

// Import is a file that a member brings in: checked first, and then made into
// cases of their organisation. The file stands beside the record, sealed, until
// the import is over; what stays is what was read and how it was understood.
type Import struct {
	record.Base
	Began        time.Time
	By           ident.ID
	Organisation ident.ID
	Format       string   // htcds, ctdc or csv
	File         ident.ID // zero before it came, and when the import is over
	Encoding     string
	Headings     []string
	Values       map[string][]string // of columns whose values must be matched with those of a field
	Mapping      Mapping             // what the columns of a table of one's own mean
	Rows         int
	Good         int       // rows of which nothing is refused
	Before       int       // of these, how many came before
	Refused      int       // values
	First        []Refusal // the first of them
	GoodRows     bool      // the good rows alone are wanted
	Done         int       // of the good rows
	Stored       int       // of these, rows that had not come before
	Ended        time.Time
	Discarded    bool
}

const (
	namedRefusals = 200 // are kept of a file; who mends those learns of the rest
	valuesOffered = 30  // of a column; more are no list
)

// Waits reports that the file is there and not all of it is stored.
func (i *Import) Waits() bool { return i.Ended.IsZero() }

// Ready says whether it can be stored now, all of it or its good rows.
func (i *Import) Ready() (all, goodRows bool) {
	if !i.Waits() || i.File.IsZero() || i.Format == "csv" && len(i.Mapping.Columns) == 0 {
		return false, false
	}
	return i.Refused == 0 && i.Good > 0, i.Refused > 0 && i.Good > 0
}

// ActImport is to bring in a file, and to say what its columns mean.
const ActImport access.Action = "do:import"

// ImportView is what may be shown of an import.
type ImportView struct{ Import }

// NewKind says how imports are kept: for those of the organisation who open cases.
func NewKind() *record.Kind[Import, ImportView] {
	return &record.Kind[Import, ImportView]{Name: "import", Schema: 1,
		Index: func(i *Import) record.Index {
			x := record.Index{State: "open", Sort: i.Began, Relations: []access.Relation{{Party: i.Organisation, Role: access.CaseWorker},
				{Party: i.Organisation, Role: access.Advocate}}}
			if !i.Waits() {
				x.State = "ended"
			}
			return x
		},
		Redact: func(i *Import, d access.Decision) ImportView {
			if !d.Sees(access.Identity) {
				return ImportView{}
			}
			return ImportView{*i}
		},
		Duties: importDuties,
	}
}

const dutyImport = "import_waits"

// importDuties: a file full of people's data does not lie about.
func importDuties(i *Import) []duty.Duty {
	if !i.Waits() {
		return nil
	}
	return []duty.Duty{{Name: dutyImport, Since: i.Began, Due: i.Began.AddDate(0, 0, 7), Steps: []duty.Step{
		{Party: i.Organisation, Role: access.CaseWorker, From: i.Began.AddDate(0, 0, 1)}}}}
}

// DutyTitle names a duty of an import, an English phrase.
func DutyTitle(name string) (string, bool) {
	return "A file waits: import it, or discard it", name == dutyImport
}

// happened is a note for the journal; nothing of the file is in it.
type happened struct {
	What   string
	Stored int `json:",omitempty"`
}

// Event names it.
func (h happened) Event() string { return h.What }
