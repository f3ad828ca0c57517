package casework

import (
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// dataSet is the categories that a consent or an override may name; who
// interprets, what is privileged and who complains are never released this way.
type dataSet []releasable

type releasable string

func (releasable) Options() []input.Option {
	var options []input.Option
	for _, c := range access.Categories() {
		switch c {
		case access.Privileged, access.Interpreters, access.Complaints, access.OpenedAddress, access.Delays:
		default:
			options = append(options, input.Option{Value: c.String(), Label: c.Label()})
		}
	}
	return options
}

func (d dataSet) set() access.Set {
	released := access.Of(access.Summary)
	for _, name := range d {
		if c, err := access.ParseCategory(string(name)); err == nil {
			released |= access.Of(c)
		}
	}
	return released
}

type overrideGround string

func (overrideGround) Options() []input.Option {
	return []input.Option{
		{Value: string(consent.LegalDuty), Label: "A legal duty", Hint: "A second person approves before anything is released."},
		{Value: string(consent.VitalInterest), Label: "A life is in danger", Hint: "Released at once; a second person reviews it afterwards."},
	}
}

// ProposeOverride releases data without consent: with its provision, its
// reason and a second person (rule 2).
type ProposeOverride struct {
	Ground    overrideGround `label:"On what ground"`
	Provision string         `label:"The provision" hint:"Law and article."`
	Reason    string         `label:"Why it applies to this person" kind:"textarea"`
	Recipient ident.ID       `label:"Who receives it" kind:"organisation"`
	Data      dataSet        `label:"Which information" hint:"The least that serves."`
	Days      int            `label:"For how many days" hint:"At most 30."`
}

func (s *ProposeOverride) Possible(c *Case, _ Work) error { return c.open() }

func (s *ProposeOverride) Apply(c *Case, w Work) error {
	if s.Days < 1 || s.Days > 30 {
		return fault.Invalid("days", "Between 1 and 30 days.")
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Overrides = append(c.Overrides, consent.Override{ID: id, Ground: consent.Ground(s.Ground), Provision: s.Provision,
		Reason: s.Reason, Recipient: s.Recipient, Data: s.Data.set(), At: w.Now,
		Until: w.Now.Add(time.Duration(s.Days) * 24 * time.Hour), ProposedBy: w.By.Member})
	if consent.Ground(s.Ground) == consent.VitalInterest {
		c.happened("vital_interest_used", w.Now)
	}
	return nil
}

// AnswerOverride is the second person's word.
type AnswerOverride struct {
	Approve Answer `label:"Do you approve the release?"`
	Reason  string `label:"Why" kind:"textarea"`
}

// waitingOverride is the first that waits: before its end for approval; one
// that saved a life is looked at also when it has ended.
func (c *Case) waitingOverride(now time.Time) *consent.Override {
	for i := range c.Overrides {
		o := &c.Overrides[i]
		if o.ApprovedAt.IsZero() && o.Refused.IsZero() && (o.Ground == consent.VitalInterest || now.Before(o.Until)) {
			return o
		}
	}
	return nil
}

func (s *AnswerOverride) Possible(c *Case, w Work) error {
	o := c.waitingOverride(w.Now)
	if o == nil {
		return fault.Conflict("No release waits for a second person.")
	}
	if o.ProposedBy == w.By.Member {
		return fault.Conflict("You proposed it; somebody else answers.")
	}
	return nil
}

// Proposal is what would be released, to whom, on what ground.
func (s *AnswerOverride) Proposal(c *Case, w Work) Entry {
	return overrideEntry(*c.waitingOverride(w.Now))
}

func (s *AnswerOverride) Apply(c *Case, w Work) error {
	o := c.waitingOverride(w.Now)
	if s.Approve == Yes {
		o.ApprovedAt, o.ApprovedBy = w.Now, w.By.Member
	} else {
		o.Refused = w.Now
	}
	c.happened("override_approved", w.Now)
	return nil
}

// joinable are the roles in which an organisation can be brought to a case.
type joinable string

func (joinable) Options() []input.Option {
	return []input.Option{
		{Value: string(access.ServiceProvider), Label: "Service provider"}, {Value: string(access.ShelterManager), Label: "Shelter"},
		{Value: string(access.Lawyer), Label: "Lawyer"}, {Value: string(access.Advocate), Label: "Independent advocate"},
		{Value: string(access.CaseWorker), Label: "Case workers of another organisation"},
		{Value: string(access.Guardian), Label: "Guardian"}, {Value: string(access.SupportPerson), Label: "Support person"},
		{Value: string(access.Police), Label: "Police"}, {Value: string(access.Prosecutor), Label: "Prosecutor"},
		{Value: string(access.Judge), Label: "Judge"}, {Value: string(access.FocalPoint), Label: "National focal point"},
		{Value: string(access.LiaisonOfficer), Label: "Liaison officer"}, {Value: string(access.BookingDesk), Label: "Interpreters' booking desk"},
		{Value: string(access.ComplaintsBody), Label: "Complaints body"},
	}
}

// Join brings an organisation to the case. It sees what a consent in force, or
// an override, releases to it, and nothing once that has ended.
type Join struct {
	Organisation ident.ID `label:"Organisation" kind:"organisation"`
	Role         joinable `label:"As what"`
}

func (s *Join) Possible(c *Case, _ Work) error { return c.open() }

func (s *Join) Apply(c *Case, w Work) error {
	for _, a := range c.Team {
		if a.Organisation == s.Organisation && a.Role == access.Role(s.Role) && a.Until.IsZero() {
			return fault.Conflict("The organisation is already on the case in this role.")
		}
	}
	if s.Organisation != c.Owner && consent.Released(c.Consents, c.Overrides, s.Organisation, w.Now) == 0 {
		return fault.Invalid("organisation", "The person has not allowed anything for this organisation. Record the consent first.")
	}
	c.Team = append(c.Team, Assignment{Organisation: s.Organisation, Role: access.Role(s.Role), Since: w.Now})
	return nil
}

// dataOf is the set as the form shows it.
func dataOf(set access.Set) dataSet {
	var d dataSet
	for _, c := range set.List() {
		if c != access.Summary {
			d = append(d, releasable(c.String()))
		}
	}
	return d
}

// Joining fills Join for callers that do not come from a form.
func Joining(organisation ident.ID, role string) *Join {
	return &Join{Organisation: organisation, Role: joinable(role)}
}

func overrideEntry(o consent.Override) Entry {
	e := entry("Release without consent", o.At, o.ProposedBy, &ProposeOverride{Ground: overrideGround(o.Ground), Provision: o.Provision,
		Reason: o.Reason, Recipient: o.Recipient, Data: dataOf(o.Data)})
	e.Fields = append(e.Fields, instant("Until", o.Until))
	if !o.ApprovedAt.IsZero() {
		e.Fields = append(e.Fields, instant("Approved by a second person", o.ApprovedAt))
	}
	if !o.Refused.IsZero() {
		e.Fields = append(e.Fields, instant("Refused by the second person", o.Refused))
	}
	return e
}
