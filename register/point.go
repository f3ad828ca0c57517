package register

import (
	"slices"
	"strings"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// PointKind is what a point of contact is.
type PointKind string

// Options lists the kinds.
func (PointKind) Options() []input.Option {
	return []input.Option{
		{Value: "focal_point", Label: "National focal point"}, {Value: "competent_authority", Label: "Competent authority for identification"},
		{Value: "central_authority", Label: "Central authority for mutual legal assistance"}, {Value: "prosecution", Label: "Prosecution service"},
		{Value: "reference_judge", Label: "Reference judge"}, {Value: "police", Label: "Police"}, {Value: "border", Label: "Border authority"},
		{Value: "labour", Label: "Labour inspectorate"}, {Value: "embassy", Label: "Embassy"}, {Value: "consulate", Label: "Consulate"},
		{Value: "child_protection", Label: "Child protection authority"}, {Value: "interpreters", Label: "Interpreters' booking desk"},
		{Value: "ngo", Label: "Non-governmental organisation"}, {Value: "international", Label: "International organisation"}, {Value: "other", Label: "Other"},
	}
}

// Label names the kind to a person, in English.
func (k PointKind) Label() string { return input.Label(k) }

// Mission reports whether it stands in another State (row 8b).
func (k PointKind) Mission() bool { return k == "embassy" || k == "consulate" }

// Channel is a way in which two sides cooperate (rows 8e, 16, 20).
type Channel string

// The channels.
const (
	Formal    Channel = "formal"
	Informal  Channel = "informal"
	Central   Channel = "central_authority"
	Consular  Channel = "consular"
	NGOsAlone Channel = "ngo"
)

// Options lists the channels.
func (Channel) Options() []input.Option {
	return []input.Option{
		{Value: string(Informal), Label: "Informal, without personal data"}, {Value: string(Formal), Label: "Formal, between authorities"},
		{Value: string(Central), Label: "Through central authorities"}, {Value: string(Consular), Label: "Consular"},
		{Value: string(NGOsAlone), Label: "Between non-governmental organisations"},
	}
}

// Label names the channel to a person, in English.
func (c Channel) Label() string { return input.Label(c) }

// Weekday of office hours.
type Weekday string

// Options lists the days, as the week goes in most States.
func (Weekday) Options() []input.Option {
	return []input.Option{{Value: "monday", Label: "Monday"}, {Value: "tuesday", Label: "Tuesday"}, {Value: "wednesday", Label: "Wednesday"},
		{Value: "thursday", Label: "Thursday"}, {Value: "friday", Label: "Friday"}, {Value: "saturday", Label: "Saturday"}, {Value: "sunday", Label: "Sunday"}}
}

// Label names the day to a person, in English.
func (d Weekday) Label() string { return input.Label(d) }

// Point is whom one turns to: functions and lines of an office, nobody by name.
type Point struct {
	ID        ident.ID  `cbor:"1,keyasint"`
	Kind      PointKind `cbor:"2,keyasint" label:"What it is"`
	Name      string    `cbor:"3,keyasint" label:"Name of the office"`
	In        string    `cbor:"4,keyasint" label:"Country in which it stands" kind:"country" hint:"For an embassy or a consulate." optional:"true"`
	Channels  []Channel `cbor:"5,keyasint" label:"Channels that it works by"`
	Languages string    `cbor:"6,keyasint" label:"Languages" hint:"Codes with commas between them, such as en, fr, bin."`
	Zone      string    `cbor:"7,keyasint" label:"Time zone" hint:"Such as Europe/Rome or Africa/Lagos."`
	Days      []Weekday `cbor:"8,keyasint" label:"Office days" optional:"true"`
	Opens     string    `cbor:"9,keyasint" label:"Opens" hint:"Local time, such as 08:00." optional:"true"`
	Closes    string    `cbor:"10,keyasint" label:"Closes" hint:"Local time, such as 17:30." optional:"true"`
	Duty      string    `cbor:"11,keyasint" label:"Who answers in office hours" hint:"A function, such as duty officer. Nobody's name."`
	Telephone string    `cbor:"12,keyasint" label:"Telephone in office hours" hint:"A line of the office, never a private number." optional:"true"`
	Deputy    string    `cbor:"13,keyasint" label:"Who stands in" hint:"A function." optional:"true"`
	Second    string    `cbor:"14,keyasint" label:"Telephone of who stands in" optional:"true"`
	Night     string    `cbor:"15,keyasint" label:"Who answers at other times" hint:"A function; empty when nobody does." optional:"true"`
	AtNight   string    `cbor:"16,keyasint" label:"Telephone at other times" optional:"true"`
	Email     string    `cbor:"17,keyasint" label:"E-mail address of the office" optional:"true"`
	Website   string    `cbor:"18,keyasint" label:"Website" optional:"true"`
	Joint     bool      `cbor:"19,keyasint" label:"It can be asked for joint action on recruitment and transportation"`
	Note      string    `cbor:"20,keyasint" label:"What else helps to reach it" kind:"textarea" optional:"true"`
}

func (p *Point) place() *ident.ID { return &p.ID }

// Check says what cannot be published.
func (p *Point) Check() error {
	errs := []error{input.Listed("kind", p.Kind), line("name", p.Name), country("in", p.In), input.EachListed("channels", p.Channels), languages("languages", p.Languages),
		input.EachListed("days", p.Days), line("duty", p.Duty), short("deputy", p.Deputy, 200), short("night", p.Night, 200), telephone("telephone", p.Telephone),
		telephone("second", p.Second), telephone("at_night", p.AtNight), email("email", p.Email), short("website", p.Website, 200), short("note", p.Note, 1000)}
	if len(p.Channels) == 0 {
		errs = append(errs, fault.Invalid("channels", "Choose at least one answer."))
	}
	if p.Kind.Mission() && p.In == "" {
		errs = append(errs, fault.Invalid("in", "Say in which country the mission stands."))
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" || p.Zone == "Local" {
		errs = append(errs, fault.Invalid("zone", "This is no time zone. Write one such as Europe/Rome."))
	}
	if len(p.Days) > 0 {
		opens, openErr := clock("opens", p.Opens)
		closes, closeErr := clock("closes", p.Closes)
		errs = append(errs, openErr, closeErr)
		if openErr == nil && closeErr == nil && closes <= opens {
			errs = append(errs, fault.Invalid("closes", "It closes after it opens."))
		}
	}
	if p.Telephone == "" && p.Email == "" {
		errs = append(errs, fault.Invalid("telephone", "Give a telephone number or an e-mail address of the office."))
	}
	return fault.All(errs...)
}

func clock(field, text string) (time.Duration, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fault.Invalid(field, "Write a time such as 08:00.")
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// Answering is a function that answers, and its line.
type Answering struct {
	Function  string
	Telephone string
}

// OnDuty gives who answers at an instant, the deputy after; none when nobody
// does. Office hours are those of the clock on its own wall.
func (p *Point) OnDuty(now time.Time) []Answering {
	if !p.open(now) {
		if p.Night == "" {
			return nil
		}
		return []Answering{{p.Night, p.AtNight}}
	}
	list := []Answering{{p.Duty, p.Telephone}}
	if p.Deputy != "" {
		list = append(list, Answering{p.Deputy, p.Second})
	}
	return list
}

// Local is the time on its wall.
func (p *Point) Local(now time.Time) time.Time {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		return now.UTC() // a zone that this machine does not know
	}
	return now.In(zone)
}

// open reports whether it is office hours. Without days there are none: it is always reached.
func (p *Point) open(now time.Time) bool {
	if len(p.Days) == 0 {
		return true
	}
	local := p.Local(now)
	if !slices.Contains(p.Days, Weekday(strings.ToLower(local.Weekday().String()))) {
		return false
	}
	at := local.Format("15:04")
	return p.Opens <= at && at < p.Closes
}

// Focal gives the national focal point of the card, or else the first point.
func (c *Content) Focal() *Point {
	for i := range c.Points {
		if c.Points[i].Kind == "focal_point" {
			return &c.Points[i]
		}
	}
	if len(c.Points) > 0 {
		return &c.Points[0]
	}
	return nil
}
