package register

import (
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// MeasureKind is what a measure is about.
type MeasureKind string

// Options lists the kinds.
func (MeasureKind) Options() []input.Option {
	return []input.Option{
		{Value: "protection", Label: "Protection of victims"}, {Value: "prevention", Label: "Prevention"},
		{Value: "recruitment", Label: "Recruitment agencies"}, {Value: "routes", Label: "Routes"}, {Value: "carriers", Label: "Carriers and transportation"},
		{Value: "documents", Label: "Travel and identity documents"}, {Value: "border", Label: "Measures at borders"}, {Value: "other", Label: "Other"},
	}
}

// Label names the kind to a person, in English.
func (k MeasureKind) Label() string { return input.Label(k) }

// Measure is what a State does, for others to know and to join in (row 8f). Nobody's data is in it.
type Measure struct {
	ID     ident.ID    `cbor:"1,keyasint"`
	Kind   MeasureKind `cbor:"2,keyasint" label:"What it is about"`
	Title  string      `cbor:"3,keyasint" label:"Title"`
	Done   string      `cbor:"4,keyasint" label:"What is done" kind:"textarea" hint:"Agencies, routes or carriers where they matter. No victim, no witness, nothing from which a person could be known."`
	By     string      `cbor:"5,keyasint" label:"By whom"`
	Since  string      `cbor:"6,keyasint" label:"Since" kind:"date" optional:"true"`
	Joint  string      `cbor:"7,keyasint" label:"What others could do with it" kind:"textarea" optional:"true"`
	Source string      `cbor:"8,keyasint" label:"Where it can be read" optional:"true"`
	Nobody bool        `cbor:"9,keyasint" label:"It names no person, and tells nothing from which a person could be known"`
}

func (m *Measure) place() *ident.ID { return &m.ID }

// Check says what cannot be published.
func (m *Measure) Check() error {
	errs := []error{input.Listed("kind", m.Kind), line("title", m.Title), line("by", m.By), line("done", short1(m.Done)), short("done", m.Done, 4000), date("since", m.Since),
		short("joint", m.Joint, 2000), short("source", m.Source, 500), impersonal("title", m.Title), impersonal("done", m.Done), impersonal("by", m.By), impersonal("joint", m.Joint)}
	if !m.Nobody {
		errs = append(errs, fault.Invalid("nobody", "A measure is published without anybody in it. Take out what could tell who somebody is, then tick this."))
	}
	return fault.All(errs...)
}
