package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Imported is what a file of the field said, cell for cell: what a case has no
// field for is not lost, and goes out again as it came. It may hold anything
// about the person, so only who sees all of that sees it.
type Imported struct {
	At     time.Time
	By     ident.ID
	Format string // htcds, ctdc or csv
	Row    int    // of the spreadsheet, from 1
	Cells  []Cell
}

// Cell is a column's heading and what stood under it.
type Cell struct{ Column, Value string }

// Incoming is a row that becomes a case.
type Incoming struct {
	Person     DescribePerson
	Historical bool
	Imported   Imported
	// Name tells the row from every other, and is the same each time the file comes.
	Name string
}

// importedNeeds are the categories that imported cells may belong to.
const importedNeeds = access.Set(1<<access.Identity | 1<<access.Contact | 1<<access.Screening | 1<<access.Decisions | 1<<access.Health |
	1<<access.Shelter | 1<<access.Risk | 1<<access.Needs | 1<<access.Family | 1<<access.Protection)

type imported struct{ Format string }

func (imported) Event() string { return "import" }

var errHistorical = fault.Conflict("This is a historical case: a record without names of what was. It can only be looked at.")

// Prepare reads what importing needs to know of organisations.
func (k *Desk) Prepare(ctx context.Context) error { return k.organisations.Learn(ctx) }

// Import makes a case of each row for the viewer's organisation, all in one
// commit. A row that came before, also one whose case was erased since, is left out.
func (k *Desk) Import(ctx context.Context, d *record.Door, rows []Incoming) (stored int, err error) {
	if err := k.Prepare(ctx); err != nil {
		return 0, err
	}
	err = record.Do(ctx, d, record.Reason{Action: "create", Code: "import"}, func(tx *record.Tx) error {
		stored, err = k.ImportIn(tx, rows)
		return err
	})
	return stored, err
}

// ImportIn is Import in a change that is under way.
func (k *Desk) ImportIn(tx *record.Tx, rows []Incoming) (stored int, err error) {
	if k.KeptOff(tx.Viewer().Organisation) {
		return 0, fault.Denied("Your role does not allow you to open this kind of record.")
	}
	for _, row := range rows {
		id := importID(tx, row)
		known, err := record.Known(tx, k.Kind, id)
		if err != nil {
			return stored, err
		}
		if known {
			continue
		}
		if err := k.importOne(tx, id, row); err != nil {
			return stored, err
		}
		stored++
	}
	return stored, nil
}

// CameBefore counts the rows that an import would leave out.
func (k *Desk) CameBefore(ctx context.Context, d *record.Door, rows []Incoming) (n int, err error) {
	err = record.Do(ctx, d, record.Reason{Action: access.Look}, func(tx *record.Tx) error {
		n = 0
		for _, row := range rows {
			known, err := record.Known(tx, k.Kind, importID(tx, row))
			if err != nil {
				return err
			}
			if known {
				n++
			}
		}
		return nil
	})
	return n, err
}

// importID is the place of a row's case: the same each time the organisation brings the row.
func importID(tx *record.Tx, row Incoming) CaseID {
	return CaseID(tx.NamedID("import", fmt.Sprint(tx.Viewer().Organisation, " ", row.Name)))
}

func (k *Desk) importOne(tx *record.Tx, id CaseID, row Incoming) error {
	by := tx.Viewer()
	c := &Case{Opened: tx.Now(), Owner: by.Organisation, Jurisdiction: k.Profile.Code, Historical: row.Historical}
	person := row.Person
	if err := person.Apply(c, Work{Now: tx.Now(), By: by, Profile: k.Profile}); err != nil {
		return err
	}
	c.Timeline = []Moment{{At: tx.Now(), Step: "import", Member: by.Member, Organisation: by.Organisation, Category: access.Summary}}
	in := row.Imported
	in.At, in.By, in.Cells = tx.Now(), by.Member, slices.Clone(in.Cells)
	c.Imported = &in
	c.Base.Note(imported{Format: in.Format})
	return record.CreateAs(tx, k.Kind, id, c)
}

// importedApart shows the cells to those who may see whatever may stand in them.
func importedApart(v *View, c *Case, d access.Decision) {
	if c.Imported != nil && d.Seen()&importedNeeds == importedNeeds {
		v.Imported = c.Imported
	}
}

func (v *View) importedEntries() []Entry {
	if v.Imported == nil {
		return nil
	}
	e := Entry{Title: "From a file", At: v.Imported.At, By: v.Imported.By, Hidden: true}
	kind := "cell"
	if v.Imported.Format == "htcds" {
		kind = "htcds" // of which the columns have names for people, too
	}
	for _, cell := range v.Imported.Cells {
		if cell.Value != "" {
			e.Fields = append(e.Fields, fact(cell.Column, kind, cell.Value))
		}
	}
	return []Entry{e}
}

// ActExport is to take a case out in a file with others.
const ActExport access.Action = "do:export"

// Export gives every case that the viewer may take out in a file, as the viewer
// sees it; each is a look in the journal. give is called once a case, in the order of the list.
func (k *Desk) Export(ctx context.Context, d *record.Door, give func(record.Redacted[View]) error) error {
	if err := k.organisations.Learn(ctx); err != nil {
		return err
	}
	q := record.Query[Case]{Why: record.Reason{Action: access.Look, Code: "worklist"}}
	for line, err := range record.Every(ctx, d, k.Kind, q) {
		if err != nil {
			return err
		}
		if !line.May(ActExport) {
			continue
		}
		seen, err := record.View(ctx, d, k.Kind, CaseID(line.ID()), record.Reason{Action: access.Look, Code: "export"})
		if err != nil {
			return err
		}
		if err := give(seen); err != nil {
			return err
		}
	}
	return nil
}
