package jurisdiction

import "strings"

// Status says how far a fact may be trusted.
type Status string

const (
	// Seen: read in the source that is named.
	Seen Status = "seen"
	// Secondary: read in a text about the source, not in the source itself.
	Secondary Status = "secondary"
	// Unverified: background knowledge; the place named was not read.
	Unverified Status = "unverified"
	// Project: the project's own default. No law says so.
	Project Status = "project"
)

func (s Status) refuse() string {
	return oneOf("status", string(s), string(Seen), string(Secondary), string(Unverified), string(Project))
}

// Source is a work that facts are taken from. It carries no address on the
// network: those rot, and a printed briefing cannot follow them.
type Source struct {
	Title string `yaml:"title,required"`
	Place string `yaml:"place"` // publisher, symbol, date: what a librarian would ask for
}

// Basis is where a fact comes from. Title and Place are those of the source;
// From is the code of the profile that states the fact.
type Basis struct {
	Source string `yaml:"source"` // key in the profile's sources
	At     string `yaml:"at"`     // article, section, paragraph
	Status Status `yaml:"status"`
	Note   string `yaml:"note"`

	Title string `yaml:"-"`
	Place string `yaml:"-"`
	From  string `yaml:"-"`
}

// Citation is the source in one line, for a page or a letter.
func (b Basis) Citation() string {
	parts := make([]string, 0, 3)
	for _, part := range []string{b.Title, b.Place, b.At} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// Verified reports whether the fact was read in its source, or in a text about it.
func (b Basis) Verified() bool { return b.Status == Seen || b.Status == Secondary }

// Fact is a value with its basis. When Known is false there is no value: that
// is a gap, and Gap may say why. A gap that a file states itself hides the
// value of the file it extends.
type Fact[T any] struct {
	Value T      `yaml:"value"`
	Gap   string `yaml:"gap"`
	Basis `yaml:",inline"`

	Known bool `yaml:"-"`
}

// Get returns the value and whether it is known.
func (f Fact[T]) Get() (T, bool) { return f.Value, f.Known }

// Or returns the value, or other where it is not known.
func (f Fact[T]) Or(other T) T {
	if f.Known {
		return f.Value
	}
	return other
}

// factual is what the decoder, the merge and the gap list see of a Fact of any type.
type factual interface {
	known() bool
	stated() bool
	why() string
	basis() Basis
}

func (f Fact[T]) known() bool  { return f.Known }
func (f Fact[T]) stated() bool { return f.Known || f.Gap != "" }
func (f Fact[T]) why() string  { return f.Gap }
func (f Fact[T]) basis() Basis { return f.Basis }

func (f *Fact[T]) markKnown() { f.Known = true }

// Words is a short text in several languages.
type Words map[Lang]string

// In returns the text in lang, else in the language that lang is a variety
// of, else in English, and the language of what it returns.
func (w Words) In(lang string) (string, Lang) {
	for tag := lang; tag != ""; {
		if text, ok := w[Lang(tag)]; ok {
			return text, Lang(tag)
		}
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			break
		}
		tag = tag[:cut]
	}
	return w["en"], "en"
}
