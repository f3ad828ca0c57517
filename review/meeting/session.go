package meeting

import (
	"bytes"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"palermo/fault"
)

// Session is a session of a body, as facts. States are named by code, or as a list names them.
type Session struct {
	Body       string        `yaml:"body" json:"body"`     // Working Group on Trafficking in Persons
	Parent     string        `yaml:"parent" json:"parent"` // the Conference
	Instrument string        `yaml:"instrument" json:"instrument"`
	City       string        `yaml:"city" json:"city"`
	From       Date          `yaml:"from" json:"from"`
	To         Date          `yaml:"to" json:"to"`
	Issued     Date          `yaml:"issued" json:"issued"`
	Language   string        `yaml:"language" json:"language"` // of the original
	Mandate    []string      `yaml:"mandate" json:"mandate"`   // what the Conference decided, a paragraph each
	Earlier    []string      `yaml:"earlier" json:"earlier"`   // when the body met before
	Meetings   []Sitting     `yaml:"meetings" json:"meetings"`
	Officers   []Officer     `yaml:"officers" json:"officers"`
	Opening    []Statement   `yaml:"opening" json:"opening"`
	Agenda     []Item        `yaml:"agenda" json:"agenda"`
	Adopted    Adopted       `yaml:"adopted" json:"adopted"`
	Panellists []Panellist   `yaml:"panellists" json:"panellists"`
	Summary    []Entry       `yaml:"summary" json:"summary"`
	Advice     []Advice      `yaml:"recommendations" json:"recommendations"`
	Secretary  []int         `yaml:"secretariat_introduced" json:"secretariat_introduced"` // agenda items
	Speakers   Speakers      `yaml:"statements" json:"statements"`
	Attendance Attendance    `yaml:"attendance" json:"attendance"`
	Documents  []Document    `yaml:"documents" json:"documents"`
	Adoption   ReportAdopted `yaml:"adoption" json:"adoption"`
}

// Date is a day.
type Date string

// Sitting is one of the meetings of a session.
type Sitting struct {
	Number int  `yaml:"number" json:"number"`
	On     Date `yaml:"on" json:"on"`
}

// Officer presides or reports.
type Officer struct {
	Name  string `yaml:"name" json:"name"`
	State string `yaml:"state" json:"state"`
	Post  string `yaml:"post" json:"post"` // Chair
}

// Statement is one that the report mentions by itself.
type Statement struct {
	By       string `yaml:"by" json:"by"`
	OnBehalf string `yaml:"on_behalf" json:"on_behalf"`
}

// Item is one of the agenda.
type Item struct {
	Number int      `yaml:"number" json:"number"`
	Title  string   `yaml:"title" json:"title"`
	Parts  []string `yaml:"parts" json:"parts"`
}

// Adopted is how the agenda was.
type Adopted struct {
	Meeting   int    `yaml:"meeting" json:"meeting"`
	How       string `yaml:"how" json:"how"`               // by consensus
	AsAmended bool   `yaml:"as_amended" json:"as_amended"` // orally
}

// Panellist leads a discussion; in the order in which they spoke.
type Panellist struct {
	Name    string `yaml:"name" json:"name"`
	Surname string `yaml:"surname" json:"surname"`
	Post    string `yaml:"post" json:"post"` // with the State, as it is to be read
	State   string `yaml:"state" json:"state"`
	Group   string `yaml:"group" json:"group"` // regional
	Item    int    `yaml:"item" json:"item"`
}

// Kinds of an entry of the summary.
const (
	Considered = "considered" // an item was taken up, at Meetings
	Panel      = "panel"      // who led the discussion of Item
	Exchange   = "exchange"   // questions and comments after presentations
	Text       = "text"       // what was said
)

// Entry is a paragraph of the summary.
type Entry struct {
	Kind     string `yaml:"kind" json:"kind"`
	Item     int    `yaml:"item" json:"item,omitempty"`
	Meetings []int  `yaml:"meetings" json:"meetings,omitempty"`
	Text     string `yaml:"text" json:"text,omitempty"`
}

// Advice is recommendations under one heading.
type Advice struct {
	Title string   `yaml:"title" json:"title"`
	To    string   `yaml:"to" json:"to"` // States parties should
	Items []string `yaml:"items" json:"items"`
}

// Speakers are those who made statements.
type Speakers struct {
	Items         []int    `yaml:"items" json:"items"`
	Parties       []string `yaml:"parties" json:"parties"`
	Observers     []string `yaml:"observers" json:"observers"`         // States
	Organizations []string `yaml:"organizations" json:"organizations"` // intergovernmental
}

// Attendance is who was represented, in the report's five groups.
type Attendance struct {
	Parties       []string `yaml:"parties" json:"parties"`
	NotParties    []string `yaml:"not_parties" json:"not_parties"` // neither parties nor signatories
	Offices       []string `yaml:"offices" json:"offices"`         // of the United Nations
	Entities      []string `yaml:"entities" json:"entities"`       // with a permanent observer office
	Organizations []string `yaml:"organizations" json:"organizations"`
	List          string   `yaml:"list" json:"list"` // symbol of the list of participants
}

// Document was before the body.
type Document struct {
	Title  string `yaml:"title" json:"title"`
	Symbol string `yaml:"symbol" json:"symbol"`
}

// ReportAdopted is when the report was adopted, and from which drafts.
type ReportAdopted struct {
	On     Date     `yaml:"on" json:"on"`
	Drafts []string `yaml:"drafts" json:"drafts"`
}

// Read reads a session's file. Faults: invalid, with the place.
func Read(file []byte) (*Session, error) {
	var s Session
	d := yaml.NewDecoder(bytes.NewReader(file))
	d.KnownFields(true)
	if err := d.Decode(&s); err != nil {
		return nil, fault.Invalid("file", "The file of the session cannot be read: %s", err)
	}
	return &s, s.Check()
}

// Check says what of a session would make no report.
func (s *Session) Check() error {
	var errs []error
	bad := func(field, format string, args ...any) { errs = append(errs, fault.Invalid(field, format, args...)) }
	for field, day := range map[string]Date{"from": s.From, "to": s.To} {
		if _, err := time.Parse(time.DateOnly, string(day)); err != nil {
			bad(field, "Write a date.")
		}
	}
	if s.Body == "" || s.City == "" {
		bad("body", "A session has a body and a city.")
	}
	if s.To < s.From {
		bad("to", "It ends after it begins.")
	}
	for _, m := range s.Meetings {
		if m.On < s.From || m.On > s.To {
			bad("meetings", "Meeting %d is not on a day of the session.", m.Number)
		}
	}
	for i, e := range s.Summary {
		known := slices.Contains([]string{Considered, Panel, Exchange, Text}, e.Kind)
		if !known || e.Item != 0 && s.item(e.Item) == nil || (e.Kind == Text) != (e.Text != "") || e.Kind == Considered && len(e.Meetings) == 0 {
			bad("summary", "Entry %d of the summary says not what it is, or of which item.", i+1)
		}
		for _, m := range e.Meetings {
			if s.sitting(m) == nil {
				bad("summary", "There is no meeting %d.", m)
			}
		}
	}
	if s.Adopted.Meeting != 0 && s.sitting(s.Adopted.Meeting) == nil {
		bad("adopted", "There is no meeting %d.", s.Adopted.Meeting)
	}
	return fault.All(errs...)
}

func (s *Session) item(n int) *Item {
	if i := slices.IndexFunc(s.Agenda, func(x Item) bool { return x.Number == n }); i >= 0 {
		return &s.Agenda[i]
	}
	return nil
}

func (s *Session) sitting(n int) *Sitting {
	if i := slices.IndexFunc(s.Meetings, func(x Sitting) bool { return x.Number == n }); i >= 0 {
		return &s.Meetings[i]
	}
	return nil
}

// Symbol is that of the report's first draft, or "report" where there is none.
func (s *Session) Symbol() string {
	if len(s.Adoption.Drafts) > 0 {
		return s.Adoption.Drafts[0]
	}
	return "report"
}
