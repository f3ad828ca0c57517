package directory

import (
	"context"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// DescribeInterpreter is what the booking desk writes of an interpreter (row 17).
type DescribeInterpreter struct {
	Name        string            `label:"Name" hint:"Only the booking desk and the interpreter see it."`
	Pseudonym   string            `label:"Pseudonym" hint:"By which everybody else knows the interpreter."`
	Dialects    string            `label:"Dialects" optional:"true"`
	Gender      InterpreterGender `label:"Gender, as the interpreter gave it" optional:"true"`
	Communities string            `label:"Own communities and regions" hint:"With commas between. Nobody is sent to a person who asked to avoid one of them." optional:"true"`
	VettedUntil time.Time         `label:"Vetted until" optional:"true"`
	Available   bool              `label:"Can be booked"`
	Languages   []string
}

// InterpreterGender is what an interpreter says, in the words in which a person may wish for one.
type InterpreterGender string

// Options lists them.
func (InterpreterGender) Options() []input.Option {
	return []input.Option{{Value: "woman", Label: "A woman"}, {Value: "man", Label: "A man"}, {Value: "other", Label: "In another way"}}
}

// Label names it to a person, in English.
func (g InterpreterGender) Label() string { return input.Label(g) }

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
		genderErr := error(nil)
		if s.Gender != "" {
			genderErr = input.Listed("gender", s.Gender)
		}
		if err := fault.All(nameErr, pseudonymErr, languageErr, genderErr); err != nil {
			return err
		}
		i := m.Interpreting
		if s.VettedUntil != i.VettedUntil {
			i.VettedBy = tx.Viewer().Member
		}
		m.Name, m.Languages = name, tags
		i.Pseudonym, i.Dialects, i.Gender, i.Communities = pseudonym, s.Dialects, s.Gender, s.Communities
		i.VettedUntil, i.Available = s.VettedUntil, s.Available
		m.Note(changed("interpreter_described"))
		return nil
	})
}

// SeekInterpreter is what an interpreter must be. What is empty is not asked.
type SeekInterpreter struct {
	Language string            `label:"Language" kind:"language" optional:"true"` // BCP 47
	Dialect  string            `label:"Dialect or region" optional:"true"`
	Gender   InterpreterGender `label:"Gender" optional:"true"`
	Free     bool              `label:"Only those who are vetted and can be booked now"`
}

var errDesk = fault.Denied("Only the booking desk knows the interpreters. Ask it for one.")

// Interpreters lists for the booking desk those who fit (row 17).
func (b *Book) Interpreters(ctx context.Context, d *record.Door, s SeekInterpreter) ([]MemberView, error) {
	if !d.Viewer().Has(access.BookingDesk) {
		return nil, errDesk
	}
	words := [][]string{{roleWord(access.Interpreter)}}
	if s.Language != "" {
		tags, err := languages("language", []string{s.Language})
		if err != nil {
			return nil, err
		}
		words = append(words, []string{"language:" + tags[0]})
	}
	q := record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open"}, Words: words}
	found, err := all(ctx, d, b.members, q)
	return slices.DeleteFunc(found, func(v MemberView) bool { return !s.fits(v.Interpreting, d.Now()) }), err
}

func (s SeekInterpreter) fits(i *Interpreting, now time.Time) bool {
	return i != nil && (!s.Free || i.Bookable(now)) && (s.Gender == "" || s.Gender == i.Gender) &&
		strings.Contains(strings.ToLower(i.Dialects), strings.ToLower(strings.TrimSpace(s.Dialect)))
}

// Bookable reports whether the interpreter is vetted and can be booked at the instant.
func (i *Interpreting) Bookable(now time.Time) bool { return i.Vetted(now) && i.Available }

// Interpreter gives one to the booking desk. Faults: denied, not found.
func (b *Book) Interpreter(ctx context.Context, d *record.Door, id ident.ID) (MemberView, error) {
	if !d.Viewer().Has(access.BookingDesk) {
		return MemberView{}, errDesk
	}
	seen, err := b.Member(ctx, d, id)
	if err != nil {
		return MemberView{}, err
	}
	if seen.Value().Interpreting == nil {
		return MemberView{}, fault.NotFound("There is no such interpreter.")
	}
	return seen.Value(), nil
}
