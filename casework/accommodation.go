package casework

import (
	"strconv"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Accommodation is where the person sleeps, from the first night (row 7a).
type Accommodation struct {
	From     time.Time
	By       ident.ID
	Kind     Lodging
	Provider ident.ID // the organisation that runs it, where it is in the directory
	Place    string   // a safe house's address is Shelter data and stands only in Address
	Address  string
	Way      string    // who accompanied the person there, and how
	Until    time.Time // zero while it lasts
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
	Kind     Lodging   `label:"Kind of place"`
	Provider ident.ID  `label:"Organisation that runs it" kind:"organisation" hint:"A shelter keeps its address to itself: then leave the address empty." optional:"true"`
	Place    string    `label:"Town or district" optional:"true"`
	Address  string    `label:"Address" kind:"textarea" hint:"Seen only by those who must know it. Never by authorities." optional:"true"`
	From     time.Time `label:"Since"`
	Agreed   bool      `label:"The person chose it, or agreed"`
}

func (s *Accommodate) Possible(c *Case, _ Work) error { return c.open() }

func (s *Accommodate) Apply(c *Case, w Work) error {
	switch now := c.sleeps(); {
	case s.From.After(w.Now):
		return fault.Invalid("from", "Record a place once the person is there.")
	case now != nil && s.From.Before(now.From):
		return fault.Invalid("from", "The person was recorded elsewhere after that.")
	case s.Address != "" && !s.Provider.IsZero() && s.Provider != w.By.Organisation:
		return fault.Invalid("address", "This organisation keeps the address of its places to itself. Leave it empty.")
	}
	c.moves(Accommodation{From: s.From, By: w.By.Member, Kind: s.Kind, Provider: s.Provider, Place: s.Place, Address: s.Address}, w)
	return nil
}

// moves ends the place before. From one place that confines to another, the
// confinement goes on, and so does its alarm.
func (c *Case) moves(to Accommodation, w Work) {
	confined := false
	if now := c.sleeps(); now != nil {
		now.Until, confined = to.From, now.Kind.Confining()
	}
	c.Nights = append(c.Nights, to)
	switch {
	case to.Kind.Confining() && !confined:
		c.happened("detained", to.From)
	case !to.Kind.Confining():
		if confined {
			c.happened("detention_ended", w.Now)
		}
		c.happened("accommodated", w.Now)
	}
}

// sleeps is the place where the person is now, nil if none is known.
func (c *Case) sleeps() *Accommodation {
	if n := len(c.Nights); n > 0 && c.Nights[n-1].Until.IsZero() {
		return &c.Nights[n-1]
	}
	return nil
}

// ConfinedDays counts the days in places that recommendation 7 (a) discourages,
// by the calendar of the zone. A day begun counts, and no day counts twice.
func (c *Case) ConfinedDays(now time.Time, zone *time.Location) int {
	days, counted := 0, -1<<31 // the last day that was counted, as days since 1970
	for _, n := range c.Nights {
		if !n.Kind.Confining() {
			continue
		}
		end := n.Until
		if end.IsZero() {
			end = now
		}
		first, last := max(civilDay(n.From, zone), counted+1), civilDay(end, zone)
		if last >= first {
			days, counted = days+last-first+1, last
		}
	}
	return days
}

// civilDay numbers the days of a calendar, whatever its changes of clocks.
func civilDay(at time.Time, zone *time.Location) int {
	y, m, d := at.In(zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

func (v *View) placeEntries() []Entry {
	var list []Entry
	if v.Confined > 0 {
		list = append(list, Entry{Title: "Days in detention, prison, a locked shelter or a camp", Fields: []input.Field{
			fact("Days so far", "text", strconv.Itoa(v.Confined))}})
	}
	for i := len(v.Nights) - 1; i >= 0; i-- {
		n := v.Nights[i]
		e := entry("Accommodation", time.Time{}, n.By, &struct {
			Kind    Lodging `label:"Kind of place"`
			Place   string  `label:"Town or district"`
			Address string  `label:"Address"`
		}{n.Kind, n.Place, n.Address})
		e.Hidden = true
		if !n.Provider.IsZero() {
			e.Fields = append(e.Fields, fact("Organisation that runs it", "organisation", n.Provider.String()))
		}
		if n.Way != "" {
			e.Fields = append(e.Fields, fact("Who accompanied the person, and how", "textarea", n.Way))
		}
		if !n.From.IsZero() { // else the address alone is shown
			e.Fields = append(e.Fields, instant("Since", n.From))
		}
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
