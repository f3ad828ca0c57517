package directory

import (
	"time"

	"palermo/ident"
	"palermo/input"
)

// Cover is something that an agreement is about.
type Cover string

// CoversReferral and the other covers can be demanded for a role.
const (
	CoversReferral     Cover = "referral"
	CoversDataSharing  Cover = "data_sharing"
	CoversShelter      Cover = "shelter"
	CoversAssistance   Cover = "assistance"
	CoversInterpreting Cover = "interpreting"
	CoversTraining     Cover = "training"
	CoversInspections  Cover = "inspections"
	CoversSupplyChains Cover = "supply_chains"
)

// Options lists the covers.
func (Cover) Options() []input.Option {
	return []input.Option{
		{Value: string(CoversReferral), Label: "Identification and referral"}, {Value: string(CoversDataSharing), Label: "Sharing of data"},
		{Value: string(CoversShelter), Label: "Accommodation"}, {Value: string(CoversAssistance), Label: "Assistance and support"},
		{Value: string(CoversInterpreting), Label: "Interpreting"}, {Value: string(CoversTraining), Label: "Training"},
		{Value: string(CoversInspections), Label: "Joint inspections"}, {Value: string(CoversSupplyChains), Label: "Supply chains and work"},
	}
}

// Label names the cover to a person, in English.
func (c Cover) Label() string { return input.Label(c) }

// AgreementForm tells a standing agreement from one made for the occasion.
type AgreementForm string

const (
	Formal AgreementForm = "formal"
	AdHoc  AgreementForm = "ad_hoc"
)

// Options lists the forms.
func (AgreementForm) Options() []input.Option {
	return []input.Option{{Value: string(Formal), Label: "Formal agreement"}, {Value: string(AdHoc), Label: "Made for the occasion"}}
}

// Label names the form to a person, in English.
func (f AgreementForm) Label() string { return input.Label(f) }

// Agreement is a written agreement that an organisation signed (rows 7e, 25).
type Agreement struct {
	ID     ident.ID
	With   string   // the other party, in words
	WithID ident.ID // the other party, where it is in the directory
	Form   AgreementForm
	Title  string
	Covers []Cover
	From   time.Time
	Until  time.Time // zero: until ended
	Ended  time.Time // before its time; zero while it stands
	Signed ident.ID  // the member who entered it
}

// InForce reports whether the agreement binds at the instant.
func (a Agreement) InForce(now time.Time) bool {
	return !now.Before(a.From) && (a.Until.IsZero() || now.Before(a.Until)) && (a.Ended.IsZero() || now.Before(a.Ended))
}

// Agreed reports whether an agreement in force covers c.
func (o *Organisation) Agreed(c Cover, now time.Time) bool {
	for _, a := range o.Agreements {
		for _, covered := range a.Covers {
			if covered == c && a.InForce(now) {
				return true
			}
		}
	}
	return false
}
