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
	LabourInspectorate OrganisationKind = "labour_inspectorate"
	NGO                OrganisationKind = "ngo"
	ShelterProvider    OrganisationKind = "shelter"
	Clinic             OrganisationKind = "clinic"
	CompetentAuthority OrganisationKind = "competent_authority"
	Court              OrganisationKind = "court"
	Prosecution        OrganisationKind = "prosecution"
	LegalAid           OrganisationKind = "legal_aid"
	ChildProtection    OrganisationKind = "child_protection"
	SocialServices     OrganisationKind = "social_services"
	Ministry           OrganisationKind = "ministry"
	FocalPointOffice   OrganisationKind = "focal_point_office"
	RapporteurOffice   OrganisationKind = "rapporteur"
	ComplaintsBody     OrganisationKind = "complaints_body"
	BookingDesk        OrganisationKind = "booking_desk"
	ImmigrationService OrganisationKind = "immigration"
	Consulate          OrganisationKind = "consulate"
	International      OrganisationKind = "international"
	Survivors          OrganisationKind = "survivors"
	Union              OrganisationKind = "union"
	Company            OrganisationKind = "company"
	DelegationToGroup  OrganisationKind = "delegation" // to a working group: of a State, or of an observer
	OtherOrganisation  OrganisationKind = "other"
)

// Options lists the kinds.
func (OrganisationKind) Options() []input.Option {
	return []input.Option{
		{Value: string(PoliceForce), Label: "Police"}, {Value: string(LabourInspectorate), Label: "Labour inspectorate"},
		{Value: string(NGO), Label: "Non-governmental organisation"}, {Value: string(ShelterProvider), Label: "Shelter"},
		{Value: string(Clinic), Label: "Clinic or hospital"}, {Value: string(CompetentAuthority), Label: "Competent authority for identification"},
		{Value: string(Court), Label: "Court"}, {Value: string(Prosecution), Label: "Prosecution service"},
		{Value: string(LegalAid), Label: "Legal aid"}, {Value: string(ChildProtection), Label: "Child protection authority"},
		{Value: string(SocialServices), Label: "Social services"}, {Value: string(Ministry), Label: "Ministry"},
		{Value: string(FocalPointOffice), Label: "Office of the national focal point"}, {Value: string(RapporteurOffice), Label: "National rapporteur"},
		{Value: string(ComplaintsBody), Label: "Independent complaints body"}, {Value: string(BookingDesk), Label: "Interpreters' booking desk"},
		{Value: string(ImmigrationService), Label: "Immigration authority"}, {Value: string(Consulate), Label: "Embassy or consulate"},
		{Value: string(International), Label: "International organisation"}, {Value: string(Survivors), Label: "Organisation of survivors"},
		{Value: string(Union), Label: "Trade union"}, {Value: string(Company), Label: "Company"},
		{Value: string(DelegationToGroup), Label: "Delegation to a working group"}, {Value: string(OtherOrganisation), Label: "Other"},
	}
}

// Label names the kind to a person, in English.
func (k OrganisationKind) Label() string { return input.Label(k) }

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
	Country        string // ISO 3166-1, two letters; of an embassy the one that it works for
	ForState       bool   // it belongs to a State, or works for one, whatever its kind
	Contact        ContactDetails
	FirstResponder bool   // may refer a presumed victim for identification
	FocalPoint     bool   // the office of the national focal point
	Node           string // by which it is reached in the exchange; empty for an organisation of this node
	Listed         string // the name that the trust list gave it; empty where somebody typed it
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
	Country        string           `label:"Country" kind:"country" hint:"For an embassy, a consulate or seconded officers: the country that they work for." optional:"true"`
	ForState       bool             `label:"It belongs to a State, or works for one"`
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
	if (f.Kind.Authority() || f.ForState) && f.Country == "" && f.Kind != FocalPointOffice {
		countryErr = fault.Invalid("country", "Write the country that it works for: from some people's cases it must be kept away.")
	}
	errs := []error{nameErr, countryErr, input.Listed("kind", f.Kind), sheltered(f.Kind, o.Services, f.Address)}
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
	o.ForState, o.Node = f.ForState, f.Node
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
