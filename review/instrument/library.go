package instrument

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

//go:embed instruments.yaml
var instrumentsYAML []byte

// provisionsCSV is the Protocol's paragraphs by its own modal verbs: not the tags that the Working Group used.
//
//go:embed provisions.csv
var provisionsCSV []byte

//go:embed states.csv
var statesCSV []byte

//go:embed status.csv
var statusCSV []byte

// Instrument is a treaty.
type Instrument struct {
	Code, Title, Short string
	Provisions         []Provision `yaml:"-"`
}

// Name is the title, or what it is called for short where no source has the title.
func (i Instrument) Name() string {
	if i.Title != "" {
		return i.Title
	}
	return i.Short
}

// Provision is a paragraph of an instrument.
type Provision struct {
	ID, Article, Paragraph, Letter string
	Modality                       string // the treaty's own verb: shall, shall consider, shall endeavour; or definition, saving
	Qualifier, Subject             string
}

// Cite is how a paragraph is cited: "art. 6, para. 3 (a)".
func (p Provision) Cite() string {
	cite := "art. " + p.Article
	if p.Paragraph != "" {
		cite += ", para. " + p.Paragraph
	}
	if p.Letter != "" {
		cite += " (" + p.Letter + ")"
	}
	return cite
}

// Act is a resolution or a decision of the Conference.
type Act struct{ Symbol, Title, Date, About string }

// Status is what a State was to an instrument when a source said so.
type Status struct {
	Instrument, State string
	Is                string // party, signatory, neither
	Signed, Party     string // dates; empty where no source has them
	AsOf, Source      string
}

// Library is all that can be cited.
type Library struct {
	Instruments []Instrument
	Acts        []Act
	States      []State
	Statuses    []Status
}

// Open reads the library that came with the program.
func Open() (*Library, error) {
	var l Library
	d := yaml.NewDecoder(bytes.NewReader(instrumentsYAML))
	d.KnownFields(true)
	if err := d.Decode(&l); err != nil {
		return nil, fmt.Errorf("instruments.yaml: %w", err)
	}
	provisions, err := table("provisions.csv", provisionsCSV, 7)
	if err != nil {
		return nil, err
	}
	tip := slices.IndexFunc(l.Instruments, func(i Instrument) bool { return i.Code == "TIP" })
	for _, p := range provisions {
		l.Instruments[tip].Provisions = append(l.Instruments[tip].Provisions, Provision{p[0], p[1], p[2], p[3], p[4], p[5], p[6]})
	}
	states, err := table("states.csv", statesCSV, 4)
	if err != nil {
		return nil, err
	}
	for _, s := range states {
		l.States = append(l.States, State{s[0], s[1], s[2], s[3]})
	}
	return &l, l.ReadStatus(statusCSV)
}

// ReadStatus puts a newer file of signatures and ratifications in the place of the one at hand.
func (l *Library) ReadStatus(file []byte) error {
	lines, err := table("status.csv", file, 7)
	if err != nil {
		return err
	}
	var list []Status
	for i, s := range lines {
		if !slices.Contains([]string{"party", "signatory", "neither"}, s[2]) {
			return fmt.Errorf("status.csv, line %d: %q is neither party, signatory nor neither", i+2, s[2])
		}
		list = append(list, Status{s[0], s[1], s[2], s[3], s[4], s[5], s[6]})
	}
	l.Statuses = list
	return nil
}

// table reads a CSV file with a heading line.
func table(name string, file []byte, fields int) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(file))
	r.FieldsPerRecord = fields
	lines, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("%s is empty", name)
	}
	return lines[1:], nil
}

// Status gives what a State is to an instrument; false where no source says.
func (l *Library) Status(instrument, state string) (Status, bool) {
	i := slices.IndexFunc(l.Statuses, func(s Status) bool { return s.Instrument == instrument && s.State == state })
	if i < 0 {
		return Status{}, false
	}
	return l.Statuses[i], true
}

// Instrument finds one by its code.
func (l *Library) Instrument(code string) (Instrument, bool) {
	i := slices.IndexFunc(l.Instruments, func(x Instrument) bool { return x.Code == code })
	if i < 0 {
		return Instrument{}, false
	}
	return l.Instruments[i], true
}
