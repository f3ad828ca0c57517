package casework

import (
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// ChildProtection is what a child is owed besides everything else (row 7l, rule 6).
type ChildProtection struct {
	Guardian      ident.ID // the office that the guardian belongs to
	GuardianName  string
	GuardianSince time.Time
	Assessments   []BestInterests
	Determined    time.Time // the last best interests determination
}

// childOnly refuses for an adult.
func childOnly(c *Case, w Work) error {
	if !c.Person.ProtectedAsChild(w.Now) {
		return fault.Conflict("The person is an adult.")
	}
	return c.open()
}

// AppointGuardian names the guardian of a child, or of a person protected as a child.
type AppointGuardian struct {
	Organisation ident.ID `label:"Guardian's office" kind:"organisation"`
	Name         string   `label:"Guardian's name"`
}

func (s *AppointGuardian) Possible(c *Case, w Work) error { return childOnly(c, w) }

func (s *AppointGuardian) Apply(c *Case, w Work) error {
	for i := range c.Team {
		if c.Team[i].Role == access.Guardian && c.Team[i].Until.IsZero() {
			c.Team[i].Until = w.Now
		}
	}
	c.Child.Guardian, c.Child.GuardianName, c.Child.GuardianSince = s.Organisation, s.Name, w.Now
	c.Team = append(c.Team, Assignment{Organisation: s.Organisation, Role: access.Guardian, Since: w.Now,
		Mandate:   access.Everything &^ access.Of(access.Screening, access.Privileged, access.Interpreters, access.Complaints),
		Provision: "The guardian acts for the child."})
	c.happened("guardian_appointed", w.Now)
	return nil
}

// BestInterests of the child: assessed for everyday steps, determined for durable decisions.
type BestInterests struct {
	At     time.Time
	By     ident.ID
	Fields WeighBestInterests
}

// WeighBestInterests records an assessment or a determination.
type WeighBestInterests struct {
	Kind     BestInterestsKind `label:"What was done"`
	Question string            `label:"What is to be decided"`
	Views    string            `label:"The child's own views" kind:"textarea"`
	Factors  string            `label:"What was weighed: safety, family, health, culture, development" kind:"textarea"`
	Outcome  string            `label:"What serves the child best" kind:"textarea"`
	Guardian bool              `label:"The guardian took part"`
}

// BestInterestsKind tells an everyday step from a durable decision.
type BestInterestsKind string

func (BestInterestsKind) Options() []input.Option {
	return []input.Option{{Value: "assessment", Label: "Assessment, for an everyday step"},
		{Value: "determination", Label: "Determination, for a durable decision", Hint: "Formal, by several professions, with the guardian."}}
}

func (s *WeighBestInterests) Possible(c *Case, w Work) error { return childOnly(c, w) }

func (s *WeighBestInterests) Apply(c *Case, w Work) error {
	if s.Kind == "determination" {
		if !s.Guardian || c.Child.Guardian.IsZero() {
			return fault.Invalid("guardian", "A determination needs the guardian.")
		}
		c.Child.Determined = w.Now
		c.happened("best_interests_determined", w.Now)
	} else {
		c.happened("best_interests_assessed", w.Now)
	}
	c.Child.Assessments = append(c.Child.Assessments, BestInterests{At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// FamilyMember is a beneficiary with needs of their own (row 8g).
type FamilyMember struct {
	ID          ident.ID
	At          time.Time
	Fields      AddFamilyMember
	DangerSince time.Time // when it was recorded that the relative may be a danger
}

// AddFamilyMember records one.
type AddFamilyMember struct {
	Name      string `label:"Name" optional:"true"`
	Tie       Tie    `label:"Tie to the person"`
	Birth     string `label:"Date of birth" optional:"true"`
	With      bool   `label:"Lives with the person"`
	Verified  bool   `label:"The tie was verified" hint:"A relative may have been the recruiter."`
	Danger    bool   `label:"May be a danger to the person" hint:"Then nothing is told to this relative, and nothing goes to them."`
	Afraid    bool   `label:"Is in danger"`
	Needs     []Need `label:"Needs" optional:"true"`
	Languages string `label:"Languages" optional:"true"`

	Protection bool   `label:"Seeks international protection, or fears to return"`
	Countries  string `label:"Nationality, and countries to which this relative fears to return" hint:"Two letters each, such as NG GH." optional:"true"`
}

// Tie is how somebody is related.
type Tie string

func (Tie) Options() []input.Option {
	return []input.Option{{Value: "child", Label: "Child"}, {Value: "parent", Label: "Parent"}, {Value: "partner", Label: "Spouse or partner"},
		{Value: "sibling", Label: "Sister or brother"}, {Value: "other", Label: "Other relative"}}
}

func (s *AddFamilyMember) Possible(c *Case, _ Work) error { return c.open() }

func (s *AddFamilyMember) Apply(c *Case, w Work) error {
	if err := partialDate("birth", s.Birth); err != nil {
		return err
	}
	var err error
	if s.Countries, err = countryCodes("countries", s.Countries); err != nil {
		return err
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	f := FamilyMember{ID: id, At: w.Now, Fields: *s}
	if s.Danger {
		f.DangerSince = w.Now
	}
	c.Family = append(c.Family, f)
	return nil
}

func (v *View) familyEntries() []Entry {
	var list []Entry
	if !v.Child.Guardian.IsZero() {
		list = append(list, entry("Guardian", v.Child.GuardianSince, ident.ID{},
			&AppointGuardian{Organisation: v.Child.Guardian, Name: v.Child.GuardianName}))
	}
	for _, a := range v.Child.Assessments {
		list = append(list, entry("Best interests of the child", a.At, a.By, &a.Fields))
	}
	for _, f := range v.Family {
		list = append(list, entry("Family member", f.At, ident.ID{}, &f.Fields))
	}
	return list
}
