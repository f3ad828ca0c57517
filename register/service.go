package register

import (
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Service is help that a State publishes (row 8f). Where people sleep has no
// place in it: one refers through the office that is named.
type Service struct {
	ID        ident.ID                  `cbor:"1,keyasint"`
	Kind      directory.ServiceKind     `cbor:"2,keyasint" label:"Kind of help"`
	By        string                    `cbor:"3,keyasint" label:"Organisation"`
	For       []directory.PersonKind    `cbor:"4,keyasint" label:"For whom"`
	Languages string                    `cbor:"5,keyasint" label:"Languages" hint:"Codes with commas between them, such as en, fr, bin."`
	Access    []directory.AccessFeature `cbor:"6,keyasint" label:"What makes it easier to use" optional:"true"`
	HowTo     string                    `cbor:"7,keyasint" label:"How to refer somebody" kind:"textarea" hint:"Through whom, what is needed, how long it takes. Never where a shelter is."`
	Town      string                    `cbor:"8,keyasint" label:"Town" hint:"Leave it empty where people sleep there." optional:"true"`
	Latitude  string                    `cbor:"9,keyasint" label:"Latitude of the town" hint:"Degrees, such as 37.5. Only where distance may be shown." optional:"true"`
	Longitude string                    `cbor:"10,keyasint" label:"Longitude of the town" optional:"true"`
	Region    string                    `cbor:"11,keyasint" label:"Region that it serves" optional:"true"`
	Costs     string                    `cbor:"12,keyasint" label:"What it costs the person" hint:"Nothing, as a rule." optional:"true"`
}

func (s *Service) place() *ident.ID { return &s.ID }

// Check says what cannot be published.
func (s *Service) Check() error {
	errs := []error{input.Listed("kind", s.Kind), line("by", s.By), input.EachListed("for", s.For), languages("languages", s.Languages), input.EachListed("access", s.Access),
		line("how_to", short1(s.HowTo)), short("how_to", s.HowTo, 1000), short("town", s.Town, 100), degrees("latitude", s.Latitude, 90),
		degrees("longitude", s.Longitude, 180), short("region", s.Region, 100), short("costs", s.Costs, 200)}
	if len(s.For) == 0 {
		errs = append(errs, fault.Invalid("for", "Choose at least one answer."))
	}
	if (s.Latitude == "") != (s.Longitude == "") {
		errs = append(errs, fault.Invalid("longitude", "Write both degrees, or none."))
	}
	if s.Kind.Shelters() {
		errs = append(errs, s.nowhere())
	}
	return fault.All(errs...)
}

// short1 is enough of a text to tell that it is there.
func short1(text string) string { return string([]rune(text)[:min(len([]rune(text)), 100)]) }

// nowhere holds the directory's rule: the place where people sleep is in no register.
func (s *Service) nowhere() error {
	errs := []error{hidden("how_to", s.HowTo), hidden("by", s.By), hidden("region", s.Region), hidden("costs", s.Costs)}
	if s.Town != "" || s.Latitude != "" {
		errs = append(errs, fault.Invalid("town", "People sleep there: leave the town empty, and name a region at most."))
	}
	return fault.All(errs...)
}
