package jurisdiction

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
)

// provisionsCSV lists the paragraphs of the Trafficking in Persons Protocol
// with their degree of obligation, derived from the treaty's own modal verbs.
//
//go:embed provisions.csv
var provisionsCSV string

// Provision is one paragraph of the Protocol.
type Provision struct {
	ID        string // TIP-5.1
	Article   string
	Paragraph string
	Sub       string
	Modality  string // shall, shall consider, shall endeavour, definition, saving
	Qualifier string
	Subject   string
}

// Protocol lists the paragraphs of the Protocol in order.
func Protocol() []Provision {
	rows, err := csv.NewReader(strings.NewReader(provisionsCSV)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil // the file is part of the program; a test holds it readable
	}
	list := make([]Provision, 0, len(rows)-1)
	for _, row := range rows[1:] {
		list = append(list, Provision{ID: row[0], Article: row[1], Paragraph: row[2], Sub: row[3],
			Modality: row[4], Qualifier: row[5], Subject: row[6]})
	}
	return list
}

// ProvisionID names a paragraph of the Protocol.
type ProvisionID string

func (id ProvisionID) refuse() string {
	var ids []string
	for _, provision := range Protocol() {
		ids = append(ids, provision.ID)
	}
	return oneOf("paragraph of the Protocol", string(id), ids...)
}

// Extent is how far the State's law goes.
type Extent string

func (e Extent) refuse() string { return oneOf("extent", string(e), "whole", "part", "none") }

// ProvisionEntry is what the State has for a paragraph.
type ProvisionEntry struct {
	Extent Extent `yaml:"extent,required"`
	Text   string `yaml:"text,required"` // the law and its section, and what it says
	Basis  `yaml:",inline"`
}

// ProvisionTable holds what is known, by paragraph.
type ProvisionTable map[ProvisionID]ProvisionEntry

// RegisterRow is one row of the register of laws: a paragraph and what the State has for it.
type RegisterRow struct {
	Provision
	Entry      ProvisionEntry
	Gap        bool // nothing is known
	Amendments []Amendment
}

// Register lists every paragraph of the Protocol beside the State's provision or the gap.
func (p *Profile) Register() []RegisterRow {
	var rows []RegisterRow
	for _, provision := range Protocol() {
		entry, known := p.Provisions[ProvisionID(provision.ID)]
		row := RegisterRow{Provision: provision, Entry: entry, Gap: !known}
		for _, amendment := range p.Amendments {
			if string(amendment.Provision) == provision.ID {
				row.Amendments = append(row.Amendments, amendment)
			}
		}
		rows = append(rows, row)
	}
	return slices.Clip(rows)
}
