package casework

import (
	"time"

	"palermo/fault"
	"palermo/input"
)

// Person is who the case is about.
type Person struct {
	Name        string
	OtherNames  string
	BirthDate   string // civil date, also partial: "2009", "2009-04"
	Age         AgeGroup
	Gender      Gender
	Nationality string // ISO 3166-1 alpha-2, several with spaces between; empty where unknown or stateless
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
	first, last, known := p.born()
	if known && first.Equal(last) && p.Age != AgeUncertain {
		return now.Before(last.AddDate(18, 0, 0))
	}
	return p.Age == Child || p.Age == AgeUncertain || known && now.Before(last.AddDate(18, 0, 0))
}

// born gives the first and the last day on which the person may have been born.
func (p Person) born() (first, last time.Time, known bool) { return span(p.BirthDate) }

// span gives the first and the last day of a year, a month or a day.
func span(date string) (first, last time.Time, known bool) {
	for layout, after := range map[string]func(time.Time) time.Time{
		"2006":        func(t time.Time) time.Time { return t.AddDate(1, 0, -1) },
		"2006-01":     func(t time.Time) time.Time { return t.AddDate(0, 1, -1) },
		time.DateOnly: func(t time.Time) time.Time { return t },
	} {
		if first, err := time.Parse(layout, date); err == nil {
			return first, after(first), true
		}
	}
	return first, last, false
}

// contradicts reports that age and date of birth cannot both be true.
func (p Person) contradicts(now time.Time) bool {
	first, last, known := p.born()
	return known && (p.Age == Adult && now.Before(first.AddDate(18, 0, 0)) || p.Age == Child && !now.Before(last.AddDate(18, 0, 0)))
}

// underAge reports that the person was under eighteen on a day of the span, or may have been.
func (p Person) underAge(from string) bool {
	_, last, known := p.born()
	first, _, dated := span(from)
	return known && dated && first.Before(last.AddDate(18, 0, 0))
}

// DescribePerson changes who the person is.
type DescribePerson struct {
	Name        string   `label:"Name" hint:"As the person says it. Leave empty if the person does not want to say." optional:"true"`
	OtherNames  string   `label:"Other names or spellings" optional:"true"`
	BirthDate   string   `label:"Date of birth" hint:"Year alone, or year and month, if no more is known: 1999, 1999-04, 1999-04-23." optional:"true"`
	Age         AgeGroup `label:"Age"`
	Gender      Gender   `label:"Gender" optional:"true"`
	Nationality string   `label:"Nationality" kind:"country" hint:"If there are several, write each." optional:"true"`
	Languages   string   `label:"Languages the person speaks" optional:"true"`
	Documents   string   `label:"Documents, and who holds them" kind:"textarea" hint:"A number written with its country, such as NG:A01234567, can be compared with another State, if the person agrees to that." optional:"true"`
}

// Before shows what stands now.
func (s *DescribePerson) Before(c *Case) { *s = DescribePerson(c.Person) }

func (s *DescribePerson) Possible(c *Case, _ Work) error { return c.open() }

func (s *DescribePerson) Apply(c *Case, w Work) error {
	nationality, err := countryCodes("nationality", s.Nationality)
	if err := fault.All(partialDate("birth_date", s.BirthDate), err); err != nil {
		return err
	}
	s.Nationality = nationality
	if Person(*s).contradicts(w.Now) {
		return fault.Invalid("age", "Age and date of birth contradict each other. Write what is certain; where neither is, choose that the person may be under 18.")
	}
	c.Person = Person(*s)
	return nil
}
