package register

import (
	"slices"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Form of an agreement between States or authorities.
type Form string

// Options lists the forms.
func (Form) Options() []input.Option {
	return []input.Option{{Value: "treaty", Label: "Treaty or convention"}, {Value: "agreement", Label: "Agreement between States"},
		{Value: "memorandum", Label: "Memorandum of understanding"}, {Value: "between_authorities", Label: "Arrangement between authorities"}, {Value: "between_ngos", Label: "Arrangement between non-governmental organisations"}}
}

// Label names the form to a person, in English.
func (f Form) Label() string { return input.Label(f) }

// Agreement is what a State or an authority has agreed with another, and the channels that it allows (row 8e).
type Agreement struct {
	ID       ident.ID  `cbor:"1,keyasint"`
	With     string    `cbor:"2,keyasint" label:"With which State" kind:"country" hint:"Empty where it is with many." optional:"true"`
	Parties  string    `cbor:"3,keyasint" label:"Between whom" hint:"Authorities or organisations."`
	Form     Form      `cbor:"4,keyasint" label:"What it is"`
	Title    string    `cbor:"5,keyasint" label:"Title"`
	Channels []Channel `cbor:"6,keyasint" label:"Channels that it allows"`
	From     string    `cbor:"7,keyasint" label:"In force from" kind:"date"`
	Until    string    `cbor:"8,keyasint" label:"Until" kind:"date" optional:"true"`
	Note     string    `cbor:"9,keyasint" label:"What it asks for" hint:"Conditions, or where it can be read." kind:"textarea" optional:"true"`
}

func (a *Agreement) place() *ident.ID { return &a.ID }

// Check says what cannot be published.
func (a *Agreement) Check() error {
	errs := []error{country("with", a.With), line("parties", a.Parties), input.Listed("form", a.Form), line("title", a.Title), input.EachListed("channels", a.Channels),
		date("from", a.From), date("until", a.Until), short("note", a.Note, 1000), impersonal("parties", a.Parties)}
	if len(a.Channels) == 0 {
		errs = append(errs, fault.Invalid("channels", "Choose at least one answer."))
	}
	if a.From == "" {
		errs = append(errs, fault.Invalid("from", "Write a date."))
	}
	if a.Until != "" && a.Until < a.From {
		errs = append(errs, fault.Invalid("until", "It ends after it begins."))
	}
	return fault.All(errs...)
}

// InForce reports whether it binds on the day.
func (a *Agreement) InForce(now time.Time) bool {
	day := now.UTC().Format(time.DateOnly)
	return a.From <= day && (a.Until == "" || day <= a.Until)
}

// Allowing gives the agreements in force that allow a channel with a State, those with that State alone first.
func (c *Content) Allowing(channel Channel, state string, now time.Time) []Agreement {
	var alone, many []Agreement
	for _, a := range c.Agreements {
		if !slices.Contains(a.Channels, channel) || !a.InForce(now) {
			continue
		}
		switch a.With {
		case state:
			alone = append(alone, a)
		case "":
			many = append(many, a)
		}
	}
	return append(alone, many...)
}
