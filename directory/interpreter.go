package directory

import (
	"context"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// DescribeInterpreter is what the booking desk writes of an interpreter (row 17).
type DescribeInterpreter struct {
	Name        string    `label:"Name" hint:"Only the booking desk and the interpreter see it."`
	Pseudonym   string    `label:"Pseudonym" hint:"By which everybody else knows the interpreter."`
	Dialects    string    `label:"Dialects" optional:"true"`
	Gender      string    `label:"Gender, as the interpreter gave it" optional:"true"`
	VettedUntil time.Time `label:"Vetted until" optional:"true"`
	Available   bool      `label:"Can be booked"`
	Languages   []string
}

// Describe writes down who an interpreter is and what for they can be booked.
// Only the booking desk may (rule 8). The note says that it was done, not what.
func (b *Book) Describe(ctx context.Context, d *record.Door, id ident.ID, s DescribeInterpreter) error {
	return b.change(ctx, d, id, ActInterpreter, func(tx *record.Tx, m *Member) error {
		if m.Interpreting == nil {
			return fault.Conflict("This member is no interpreter.")
		}
		name, nameErr := text("name", s.Name)
		pseudonym, pseudonymErr := text("pseudonym", s.Pseudonym)
		tags, languageErr := languages("languages", s.Languages)
		if err := fault.All(nameErr, pseudonymErr, languageErr); err != nil {
			return err
		}
		i := m.Interpreting
		if s.VettedUntil != i.VettedUntil {
			i.VettedBy = tx.Viewer().Member
		}
		m.Name, m.Languages = name, tags
		i.Pseudonym, i.Dialects, i.Gender, i.VettedUntil, i.Available = pseudonym, s.Dialects, s.Gender, s.VettedUntil, s.Available
		m.Note(changed("interpreter_described"))
		return nil
	})
}

// Interpreters lists for the booking desk those who can be booked now for a language.
func (b *Book) Interpreters(ctx context.Context, d *record.Door, language string) ([]MemberView, error) {
	if !d.Viewer().Has(access.BookingDesk) {
		return nil, fault.Denied("Only the booking desk knows the interpreters. Ask it for one.")
	}
	tags, err := languages("language", []string{language})
	if err != nil {
		return nil, err
	}
	q := record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open"},
		Words: [][]string{{roleWord(access.Interpreter)}, {"language:" + tags[0]}}}
	found, err := all(ctx, d, b.members, q)
	var free []MemberView
	for _, v := range found {
		if v.Interpreting != nil && v.Interpreting.Available && v.Interpreting.Vetted(d.Now()) {
			free = append(free, v)
		}
	}
	return free, err
}
