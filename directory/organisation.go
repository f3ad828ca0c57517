package directory

import (
	"strings"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// OrganisationKind says what an organisation is.
type OrganisationKind string

const (
	PoliceForce        OrganisationKind = "police"
	ShelterProvider    OrganisationKind = "shelter"
	ImmigrationService OrganisationKind = "immigration"
	FocalPointOffice   OrganisationKind = "focal_point_office"
)

// Options lists the kinds.
func (OrganisationKind) Options() []input.Option {
	return []input.Option{
		{Value: string(PoliceForce), Label: "Police"}, {Value: "labour_inspectorate", Label: "Labour inspectorate"},
		{Value: "ngo", Label: "Non-governmental organisation"}, {Value: string(ShelterProvider), Label: "Shelter"},
		{Value: "clinic", Label: "Clinic or hospital"}, {Value: "competent_authority", Label: "Competent authority for identification"},
		{Value: "court", Label: "Court"}, {Value: "prosecution", Label: "Prosecution service"},
		{Value: "legal_aid", Label: "Legal aid"}, {Value: "child_protection", Label: "Child protection authority"},
		{Value: "social_services", Label: "Social services"}, {Value: "ministry", Label: "Ministry"},
		{Value: string(FocalPointOffice), Label: "Office of the national focal point"}, {Value: "rapporteur", Label: "National rapporteur"},
		{Value: "complaints_body", Label: "Independent complaints body"}, {Value: "booking_desk", Label: "Interpreters' booking desk"},
		{Value: string(ImmigrationService), Label: "Immigration authority"}, {Value: "consulate", Label: "Embassy or consulate"},
		{Value: "international", Label: "International organisation"}, {Value: "survivors", Label: "Organisation of survivors"},
		{Value: "union", Label: "Trade union"}, {Value: "company", Label: "Company"}, {Value: "other", Label: "Other"},
	}
}

// Label names the kind to a person, in English.
func (k OrganisationKind) Label() string { return label(k) }

// LocalName is a name in another language.
type LocalName struct {
	Language string // BCP 47
	Name     string
}

// ContactDetails say how colleagues and, where published, everybody reach an organisation.
type ContactDetails struct {
	Telephone string
	Email     string
	Website   string
	Address   string // of an office; never of a place where people are sheltered
	Text      string // hours, and whatever else helps
}

// Organisation takes part in the referral mechanism.
type Organisation struct {
	record.Base
	Name           string
	OtherNames     []LocalName
	Kind           OrganisationKind
	Country        string // ISO 3166-1, two letters
	Contact        ContactDetails
	FirstResponder bool   // may refer a presumed victim for identification
	FocalPoint     bool   // the office of the national focal point
	Node           string // by which it is reached in the exchange; empty for an organisation of this node
	Agreements     []Agreement
	Services       []Service
	Escalation     []ident.ID // members in the order in which they are called on
	Added          time.Time
	Closed         time.Time // zero while it takes part
}

// Active reports whether the organisation takes part.
func (o *Organisation) Active() bool { return o.Closed.IsZero() }

// ID of the organisation.
func (o *Organisation) ID() record.ID[Organisation] { return record.ID[Organisation](o.RecordID()) }

// AddOrganisation is what an administrator writes of an organisation, new or changed.
type AddOrganisation struct {
	Name           string           `label:"Name"`
	Kind           OrganisationKind `label:"What it is"`
	Country        string           `label:"Country" kind:"country" optional:"true"`
	Telephone      string           `label:"Telephone" optional:"true"`
	Email          string           `label:"E-mail address" optional:"true"`
	Website        string           `label:"Website" optional:"true"`
	Address        string           `label:"Address of the office" kind:"textarea" hint:"Never the address of a shelter." optional:"true"`
	Contact        string           `label:"Hours, and how to reach it" kind:"textarea" optional:"true"`
	FirstResponder bool             `label:"It may refer a presumed victim for identification"`
	FocalPoint     bool             `label:"It is the office of the national focal point"`
	Node           string           `label:"Its node in the exchange" hint:"The name in the trust list, if it works at another node." optional:"true"`
	OtherNames     []LocalName
}

// set checks the facts and takes them over.
func (o *Organisation) set(f AddOrganisation) error {
	name, nameErr := text("name", f.Name)
	home, countryErr := "", error(nil)
	if f.Country != "" {
		home, countryErr = country("country", f.Country)
	}
	errs := []error{nameErr, countryErr, listed("kind", f.Kind), sheltered(f.Kind, o.Services, f.Address)}
	if f.Email != "" && !strings.Contains(f.Email, "@") {
		errs = append(errs, fault.Invalid("email", "This is no e-mail address."))
	}
	for _, n := range f.OtherNames {
		_, languageErr := languages("other_names", []string{n.Language})
		_, textErr := text("other_names", n.Name)
		errs = append(errs, languageErr, textErr)
	}
	if err := fault.All(errs...); err != nil {
		return err
	}
	o.Name, o.OtherNames, o.Kind, o.Country = name, f.OtherNames, f.Kind, home
	o.Contact = ContactDetails{Telephone: f.Telephone, Email: f.Email, Website: f.Website, Address: f.Address, Text: f.Contact}
	o.Node = f.Node
	o.FirstResponder, o.FocalPoint = f.FirstResponder, f.FocalPoint || f.Kind == FocalPointOffice
	return nil
}

// sheltered refuses an address where people sleep: the directory is read by every member.
func sheltered(kind OrganisationKind, services []Service, address string) error {
	if strings.TrimSpace(address) == "" {
		return nil
	}
	shelters := kind == ShelterProvider
	for _, s := range services {
		shelters = shelters || s.Kind.Shelters()
	}
	if shelters {
		return fault.Invalid("address", "The address of a shelter is never written in the directory. Leave it empty and give a telephone number.")
	}
	return nil
}
