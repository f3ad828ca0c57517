package casework

import (
	"time"

	"palermo/input"
)

// Person is who the case is about.
type Person struct {
	Name        string
	OtherNames  string
	BirthDate   string // civil date, also partial: "2009", "2009-04"
	Age         AgeGroup
	Gender      Gender
	Nationality string // ISO 3166-1 alpha-2, or empty where unknown or stateless
	Languages   string
	Documents   string
}

// AgeGroup is what is known of age at first contact.
type AgeGroup string

const (
	Adult        AgeGroup = "adult"
	Child        AgeGroup = "child"
	AgeUncertain AgeGroup = "uncertain" // and there is reason to believe the person is a child: presumed a child (rule 6)
)

func (AgeGroup) Options() []input.Option {
	return []input.Option{{Value: string(Adult), Label: "18 or older"}, {Value: string(Child), Label: "Under 18"},
		{Value: string(AgeUncertain), Label: "Not certain, and may be under 18", Hint: "The person is then protected as a child."}}
}

// Gender as the person says.
type Gender string

func (Gender) Options() []input.Option {
	return []input.Option{{Value: "woman", Label: "Woman or girl"}, {Value: "man", Label: "Man or boy"},
		{Value: "other", Label: "In another way"}, {Value: "unsaid", Label: "Not said"}}
}

// ProtectedAsChild applies rule 6: uncertain age with reason to believe the person is a child is childhood.
func (p Person) ProtectedAsChild(now time.Time) bool {
	if born, err := time.Parse(time.DateOnly, p.BirthDate); err == nil && p.Age != AgeUncertain {
		return now.Before(born.AddDate(18, 0, 0))
	}
	return p.Age == Child || p.Age == AgeUncertain || p.mayBeYounger(now)
}

// mayBeYounger reports that a birth date of which only year or month is known
// may make the person a child, whatever age was noted.
func (p Person) mayBeYounger(now time.Time) bool {
	if year, err := time.Parse("2006", p.BirthDate); err == nil {
		return now.Before(year.AddDate(19, 0, -1))
	}
	if month, err := time.Parse("2006-01", p.BirthDate); err == nil {
		return now.Before(month.AddDate(18, 1, -1))
	}
	return false
}

// DescribePerson changes who the person is.
type DescribePerson struct {
	Name        string   `label:"Name" hint:"As the person says it. Leave empty if the person does not want to say." optional:"true"`
	OtherNames  string   `label:"Other names or spellings" optional:"true"`
	BirthDate   string   `label:"Date of birth" hint:"Year alone, or year and month, if no more is known: 1999, 1999-04, 1999-04-23." optional:"true"`
	Age         AgeGroup `label:"Age"`
	Gender      Gender   `label:"Gender" optional:"true"`
	Nationality string   `label:"Nationality" kind:"country" optional:"true"`
	Languages   string   `label:"Languages the person speaks" optional:"true"`
	Documents   string   `label:"Documents, and who holds them" kind:"textarea" optional:"true"`
}

// Before shows what stands now.
func (s *DescribePerson) Before(c *Case) { *s = DescribePerson(c.Person) }

func (s *DescribePerson) Possible(c *Case, _ Work) error { return c.open() }

func (s *DescribePerson) Apply(c *Case, _ Work) error {
	if err := partialDate("birth_date", s.BirthDate); err != nil {
		return err
	}
	c.Person = Person(*s)
	return nil
}
