package directory

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// ServiceKind is one kind of help.
type ServiceKind string

const (
	SafeHouseService ServiceKind = "safe_house"
	ShelterService   ServiceKind = "shelter"
	EmergencyBeds    ServiceKind = "emergency_beds"
	ChildHome        ServiceKind = "child_home"
)

// Options lists the kinds.
func (ServiceKind) Options() []input.Option {
	return []input.Option{
		{Value: string(SafeHouseService), Label: "Safe house"}, {Value: string(ShelterService), Label: "Open shelter"},
		{Value: string(EmergencyBeds), Label: "Emergency beds"}, {Value: string(ChildHome), Label: "Home for children, or foster family"},
		{Value: "medical", Label: "Medical care"}, {Value: "counselling", Label: "Counselling"},
		{Value: "legal", Label: "Legal help"}, {Value: "advocacy", Label: "Independent advocate"},
		{Value: "interpreting", Label: "Interpreting"}, {Value: "helpline", Label: "Helpline"},
		{Value: "food_clothing", Label: "Food and clothing"}, {Value: "money", Label: "Money for daily needs"},
		{Value: "education", Label: "Education and language courses"}, {Value: "work", Label: "Training and help to find work"},
		{Value: "family_tracing", Label: "Tracing of family"}, {Value: "reintegration", Label: "Reintegration"}, {Value: "other", Label: "Other"},
	}
}

// Label names the kind to a person, in English.
func (k ServiceKind) Label() string { return input.Label(k) }

// Shelters reports whether people sleep there: its address is never in the directory.
func (k ServiceKind) Shelters() bool {
	return k == SafeHouseService || k == ShelterService || k == EmergencyBeds || k == ChildHome
}

// AccessFeature is what makes a service usable for somebody.
type AccessFeature string

// Options lists the features.
func (AccessFeature) Options() []input.Option {
	return []input.Option{
		{Value: "step_free", Label: "Without steps"}, {Value: "sign_language", Label: "Sign language"},
		{Value: "easy_language", Label: "Easy language"}, {Value: "women_staff", Label: "Women only as staff on request"},
		{Value: "children_welcome", Label: "Children can come along"}, {Value: "pets", Label: "Animals can come along"},
		{Value: "transport", Label: "Transport is arranged"}, {Value: "remote", Label: "By telephone or video"},
		{Value: "day_and_night", Label: "Day and night"}, {Value: "no_papers", Label: "Papers are not asked for"},
	}
}

// Label names the feature to a person, in English.
func (f AccessFeature) Label() string { return input.Label(f) }

// PersonKind is whom a place is for.
type PersonKind string

// Options lists the kinds.
func (PersonKind) Options() []input.Option {
	return []input.Option{
		{Value: "anyone", Label: "Anyone"}, {Value: "women", Label: "Women"}, {Value: "men", Label: "Men"},
		{Value: "women_children", Label: "Women with children"}, {Value: "families", Label: "Families"},
		{Value: "girls", Label: "Girls"}, {Value: "boys", Label: "Boys"}, {Value: "lgbti", Label: "LGBTI persons"},
		{Value: "disability", Label: "Persons with disabilities"}, {Value: "high_risk", Label: "Persons in great danger"},
	}
}

// Label names the kind to a person, in English.
func (k PersonKind) Label() string { return input.Label(k) }

// Places says how many people of a kind can be taken in (row 17). Where, is never said here.
type Places struct {
	For   PersonKind
	Total int
	Free  int
	AsOf  time.Time
}

// Service is help that an organisation offers.
type Service struct {
	ID        ident.ID
	Kind      ServiceKind
	Name      string
	Languages []string // BCP 47
	Access    []AccessFeature
	Places    []Places
	HowTo     string // how to refer somebody
	Closed    bool
}

// Free gives the free places for a kind of person, those for anyone included.
func (s Service) Free(k PersonKind) int {
	n := 0
	for _, p := range s.Places {
		if !s.Closed && (p.For == k || p.For == "anyone") {
			n += p.Free
		}
	}
	return n
}

// check puts the service into order and refuses what cannot be.
func (s *Service) check() error {
	name, nameErr := text("name", s.Name)
	tags, languageErr := languages("languages", s.Languages)
	errs := []error{nameErr, languageErr, input.Listed("kind", s.Kind), input.EachListed("access", s.Access)}
	seen := map[PersonKind]bool{}
	for _, p := range s.Places {
		errs = append(errs, input.Listed("places", p.For), p.check())
		if seen[p.For] {
			errs = append(errs, fault.Invalid("places", "The same kind of person stands twice. Add the places up."))
		}
		seen[p.For] = true
	}
	s.Name, s.Languages = name, tags
	return fault.All(errs...)
}

func (p Places) check() error {
	if p.Total < 0 || p.Free < 0 || p.Free > p.Total {
		return fault.Invalid("places", "There cannot be fewer than 0 free places, nor more than there are places.")
	}
	return nil
}
