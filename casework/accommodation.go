package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Accommodation is where the person sleeps, from the first night (row 7a).
type Accommodation struct {
	From    time.Time
	By      ident.ID
	Kind    Lodging
	Place   string // a safe house's address is Shelter data and stands only in Address
	Address string
	Until   time.Time // zero while it lasts
}

// Lodging is a kind of place.
type Lodging string

const (
	SafeHouse Lodging = "safe_house"
	Detention Lodging = "detention"
	Prison    Lodging = "prison"
	Locked    Lodging = "locked"
	Camp      Lodging = "camp"
	OwnHome   Lodging = "own"
)

func (Lodging) Options() []input.Option {
	return []input.Option{{Value: string(SafeHouse), Label: "Safe house"}, {Value: "shelter", Label: "Open shelter"},
		{Value: "child_home", Label: "Home for children, or foster family"}, {Value: "hospital", Label: "Hospital"},
		{Value: string(OwnHome), Label: "A home of the person's own"}, {Value: "family", Label: "With family or friends"},
		{Value: "emergency", Label: "Emergency bed"}, {Value: "exploitation", Label: "Still at the place of exploitation"},
		{Value: "street", Label: "No place"}, {Value: string(Detention), Label: "Detention centre"}, {Value: string(Prison), Label: "Prison or police cell"},
		{Value: string(Locked), Label: "Shelter that the person may not leave freely"}, {Value: string(Camp), Label: "Camp or reception centre"}}
}

// Confining reports the places that recommendation 7 (a) discourages.
func (l Lodging) Confining() bool { return l == Detention || l == Prison || l == Locked || l == Camp }

// Accommodate records where the person sleeps now; the place before ends.
type Accommodate struct {
	Kind    Lodging   `label:"Kind of place"`
	Place   string    `label:"Town or district" optional:"true"`
	Address string    `label:"Address" kind:"textarea" hint:"Seen only by those who must know it. Never by authorities." optional:"true"`
	From    time.Time `label:"Since"`
	Agreed  bool      `label:"The person chose it, or agreed"`
}

func (s *Accommodate) Possible(c *Case, _ Work) error { return c.open() }

func (s *Accommodate) Apply(c *Case, w Work) error {
	if s.From.After(w.Now) {
		return fault.Invalid("from", "Record a place once the person is there.")
	}
	if now := c.sleeps(); now != nil {
		if s.From.Before(now.From) {
			return fault.Invalid("from", "The person was recorded elsewhere after that.")
		}
		now.Until = s.From
		if now.Kind.Confining() {
			c.happened("detention_ended", w.Now)
		}
	}
	c.Nights = append(c.Nights, Accommodation{From: s.From, By: w.By.Member, Kind: s.Kind, Place: s.Place, Address: s.Address})
	if s.Kind.Confining() {
		c.happened("detained", s.From)
	} else {
		c.happened("accommodated", w.Now)
	}
	return nil
}

// sleeps is the place where the person is now, nil if none is known.
func (c *Case) sleeps() *Accommodation {
	if n := len(c.Nights); n > 0 && c.Nights[n-1].Until.IsZero() {
		return &c.Nights[n-1]
	}
	return nil
}

// ConfinedDays counts the days in places that recommendation 7 (a) discourages; a day begun counts.
func (c *Case) ConfinedDays(now time.Time) int {
	days := 0
	for _, n := range c.Nights {
		if n.Kind.Confining() {
			end := n.Until
			if end.IsZero() {
				end = now
			}
			days += int(end.Sub(n.From)/(24*time.Hour)) + 1
		}
	}
	return days
}

// MissingReport is the alarm for a person who is missing from accommodation.
type MissingReport struct {
	At      time.Time
	By      ident.ID
	Fields  ReportMissing
	Located time.Time
	Outcome LocateMissing
}

// ReportMissing raises it.
type ReportMissing struct {
	LastSeen time.Time `label:"Last seen"`
	Concern  string    `label:"What gives cause for concern" kind:"textarea"`
	Told     string    `label:"Who was told, and when" kind:"textarea" hint:"Police are told what is needed to find the person, nothing of the case." optional:"true"`
}

func (c *Case) missing() *MissingReport {
	if n := len(c.Missing); n > 0 && c.Missing[n-1].Located.IsZero() {
		return &c.Missing[n-1]
	}
	return nil
}

func (s *ReportMissing) Possible(c *Case, _ Work) error {
	if c.missing() != nil {
		return fault.Conflict("The person is already reported missing.")
	}
	return c.open()
}

func (s *ReportMissing) Apply(c *Case, w Work) error {
	if s.LastSeen.After(w.Now) {
		return fault.Invalid("last_seen", "This time is yet to come.")
	}
	c.Missing = append(c.Missing, MissingReport{At: w.Now, By: w.By.Member, Fields: *s})
	c.happened("missing", w.Now)
	return nil
}

// LocateMissing ends the alarm.
type LocateMissing struct {
	Safe  Answer `label:"Is the person safe?"`
	Notes string `label:"What is known, and what follows" kind:"textarea"`
}

func (s *LocateMissing) Possible(c *Case, _ Work) error {
	if c.missing() == nil {
		return fault.Conflict("The person is not reported missing.")
	}
	return nil
}

func (s *LocateMissing) Apply(c *Case, w Work) error {
	m := c.missing()
	m.Located, m.Outcome = w.Now, *s
	c.happened("located", w.Now)
	return nil
}

func (v *View) placeEntries() []Entry {
	var list []Entry
	for i := len(v.Nights) - 1; i >= 0; i-- {
		n := v.Nights[i]
		e := entry("Accommodation", time.Time{}, n.By, &struct {
			Kind    Lodging `label:"Kind of place"`
			Place   string  `label:"Town or district"`
			Address string  `label:"Address"`
		}{n.Kind, n.Place, n.Address})
		e.Hidden = true
		e.Fields = append(e.Fields, instant("Since", n.From))
		if !n.Until.IsZero() {
			e.Fields = append(e.Fields, instant("Until", n.Until))
		}
		list = append(list, e)
	}
	for i := len(v.Missing) - 1; i >= 0; i-- {
		m := v.Missing[i]
		e := entry("Reported missing", m.At, m.By, &m.Fields)
		if !m.Located.IsZero() {
			e.Fields = append(e.Fields, instant("Located", m.Located), fact("What is known, and what follows", "textarea", m.Outcome.Notes))
		}
		list = append(list, e)
	}
	return list
}
