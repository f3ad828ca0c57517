package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
)

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
	Told     string    `label:"Who was told, and when" kind:"textarea" hint:"Police are told how to recognise the person, where and when the person was last seen, and whom to call; nothing of the case, nor where the person was staying." optional:"true"`
	// Police learn who the person is, without a consent: a life may be in danger (rule 2).
	Police    ident.ID `label:"Police that search" kind:"organisation" hint:"They see name, date of birth, nationality and documents until the person is located, at most three days. A second person looks at it afterwards. Leave it empty if police need not search." optional:"true"`
	Provision string   `label:"The provision under which police are told" hint:"Law and article. Needed when police search." optional:"true"`
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
	if !s.Police.IsZero() {
		if err := s.askPolice(c, w); err != nil {
			return err
		}
	}
	c.Missing = append(c.Missing, MissingReport{At: w.Now, By: w.By.Member, Fields: *s})
	c.happened("missing", w.Now)
	return nil
}

const searchLasts = 3 // days that police see who is missing, unless the person is located before

// askPolice lets police see whom they search: as for any vital interest, at
// once, with the provision, and a second person looks at it afterwards.
func (s *ReportMissing) askPolice(c *Case, w Work) error {
	if s.Provision == "" {
		return fault.Invalid("provision", "Name the provision under which police are told.")
	}
	if !w.Organisation(s.Police).Police {
		return fault.Invalid("police", "This is no police force.")
	}
	release := &ProposeOverride{Ground: overrideGround(consent.VitalInterest), Provision: s.Provision, Reason: s.Concern,
		Recipient: s.Police, Data: dataSet{releasable(access.Identity.String())}, Days: searchLasts}
	if err := release.Apply(c, w); err != nil {
		return err
	}
	if c.takesPart(s.Police, access.Police) {
		return nil
	}
	return Joining(s.Police, string(access.Police)).Apply(c, w)
}

// takesPart reports whether the organisation is on the case in the role.
func (c *Case) takesPart(organisation ident.ID, role access.Role) bool {
	return slices.ContainsFunc(c.Team, func(a Assignment) bool {
		return a.Organisation == organisation && a.Role == role && a.Until.IsZero()
	})
}

// searchedBy reports whether an alarm is raised and names this police.
func (c *Case) searchedBy(police ident.ID) bool {
	m := c.missing()
	return m != nil && m.Fields.Police == police
}

// endSearch takes from police what the alarm gave them.
func (c *Case) endSearch(m *MissingReport, now time.Time) {
	for i := range c.Overrides {
		if o := &c.Overrides[i]; o.Recipient == m.Fields.Police && o.At.Equal(m.At) && now.Before(o.Until) {
			o.Until = now
		}
	}
	for i := range c.Team {
		if a := &c.Team[i]; a.Organisation == m.Fields.Police && a.Role == access.Police && a.Since.Equal(m.At) && a.Until.IsZero() {
			a.Until = now
		}
	}
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
	if !m.Fields.Police.IsZero() {
		c.endSearch(m, w.Now)
	}
	c.happened("located", w.Now)
	return nil
}
