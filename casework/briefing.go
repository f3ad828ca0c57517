package casework

import (
	"slices"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/jurisdiction"
)

// Briefing is one time that rights were explained (row 7b).
type Briefing struct {
	At     time.Time
	By     ident.ID
	Fields ExplainRights
	Text   BriefingText // what was handed over; zero where nothing was
}

// BriefingText is the text that was handed over: the jurisdiction's, in a
// language, as it stood that day. The page of rights prints the same version.
type BriefingText struct {
	Profile  string
	Language string
	Version  string
}

// Right is a part of the briefing; the text is the jurisdiction's.
type Right string

func (Right) Options() []input.Option {
	return []input.Option{
		{Value: "choice", Label: "The person decides, and can say no"}, {Value: "assistance", Label: "Help does not depend on taking part in any proceeding"},
		{Value: "interpreter", Label: "An interpreter, and refusing one"}, {Value: "legal_aid", Label: "Legal aid"},
		{Value: "lawyer_advocate", Label: "A lawyer and an independent advocate"}, {Value: "consular", Label: "Help from the consulate, only if the person asks"},
		{Value: "recovery", Label: "Recovery period"}, {Value: "permit", Label: "What a permit depends on"}, {Value: "asylum", Label: "International protection"},
		{Value: "non_punishment", Label: "Not being punished for what one was made to do"},
		{Value: "compensation_criminal", Label: "Compensation: order of the criminal court"}, {Value: "compensation_civil", Label: "Compensation: civil claim"},
		{Value: "compensation_wages", Label: "Compensation: unpaid wages"}, {Value: "compensation_state", Label: "Compensation: State scheme"},
		{Value: "compensation_fund", Label: "Compensation: fund"}, {Value: "review", Label: "Review and appeal"},
		{Value: "data", Label: "Seeing, correcting and withdrawing data"}, {Value: "return", Label: "Staying, returning, or another country"},
		{Value: "complaint", Label: "Complaints to somebody independent"}, {Value: "guardian", Label: "For a child: a guardian"},
	}
}

// ExplainRights records a briefing.
type ExplainRights struct {
	Language    string   `label:"Language it was explained in" kind:"language"`
	Interpreted bool     `label:"An interpreter helped"`
	Booking     ident.ID `label:"Which interpreter" kind:"booking" hint:"As booked on this case. Who it is stays with the booking desk." optional:"true"`
	Items       []Right  `label:"What was explained"`
	Permit      bool     `label:"It was said plainly what a permit depends on"`
	HandedOver  bool     `label:"The text was handed over" hint:"Only if it is safe for the person to keep it."`
	In          string   `label:"Language of the text handed over" kind:"language" hint:"Empty: the one it was explained in." optional:"true"`
	Else        string   `label:"What else was handed over" hint:"A leaflet, a card, a number." optional:"true"`
	Questions   string   `label:"What the person asked" kind:"textarea" optional:"true"`
}

func (s *ExplainRights) Possible(c *Case, _ Work) error { return c.open() }

func (s *ExplainRights) Apply(c *Case, w Work) error {
	if !s.Booking.IsZero() && !slices.ContainsFunc(c.Interpreting, func(i Interpreting) bool { return i.ID == s.Booking && i.comes() }) {
		return fault.Invalid("booking", "This interpreter is not booked on the case, or the person did not want them.")
	}
	b := Briefing{At: w.Now, By: w.By.Member, Fields: *s}
	b.Fields.Interpreted = s.Interpreted || !s.Booking.IsZero()
	if s.HandedOver {
		text, err := s.text(w.Profile)
		if err != nil {
			return err
		}
		b.Text = text
	}
	c.Briefings = append(c.Briefings, b)
	c.happened("rights_briefed", w.Now)
	return nil
}

// text finds what was handed over; English does not stand in for another language.
func (s *ExplainRights) text(p *jurisdiction.Profile) (BriefingText, error) {
	lang := s.In
	if lang == "" {
		lang = s.Language
	}
	if !slices.Contains(p.BriefingLanguages(), jurisdiction.Lang(lang)) {
		return BriefingText{}, fault.Invalid("in", "The text of rights is not there in this language. Say in which language it was handed over.")
	}
	return BriefingText{Profile: p.Code, Language: lang, Version: p.BriefingVersion(lang)}, nil
}

// comes reports that somebody is booked whom the person did not refuse.
func (b *Interpreting) comes() bool { return !b.Booked.IsZero() && b.Ended.IsZero() }

// toldOfPermit is when the person was last told what a permit depends on; zero if never.
func (c *Case) toldOfPermit() time.Time {
	for i := len(c.Briefings) - 1; i >= 0; i-- {
		if c.Briefings[i].Fields.Permit {
			return c.Briefings[i].At
		}
	}
	return time.Time{}
}

func (b *Briefing) entry() Entry {
	e := entry("Rights explained", b.At, b.By, &struct {
		Language    string  `label:"Language it was explained in" kind:"language"`
		Interpreted bool    `label:"An interpreter helped"`
		Items       []Right `label:"What was explained"`
		Permit      bool    `label:"It was said plainly what a permit depends on"`
		Else        string  `label:"What else was handed over"`
		Questions   string  `label:"What the person asked" kind:"textarea"`
	}{b.Fields.Language, b.Fields.Interpreted, b.Fields.Items, b.Fields.Permit, b.Fields.Else, b.Fields.Questions})
	if !b.Fields.Booking.IsZero() {
		e.Fields = append(e.Fields, fact("Interpreter", "phrase", "The interpreter booked on this case"))
	}
	if b.Text.Version != "" {
		e.Fields = append(e.Fields, fact("Language of the text handed over", "language", b.Text.Language),
			fact("Version of the text", "text", b.Text.Profile+" "+b.Text.Version))
	}
	return e
}
