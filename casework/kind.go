package casework

import (
	"slices"
	"sync"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/duty"
	"palermo/ident"
	"palermo/jurisdiction"
	"palermo/names"
	"palermo/record"
)

// View is what may be shown of a case: a case with only the parts that the
// viewer may see. What is not copied in redact is not shown.
type View struct {
	Case
	Reference string
	Sees      access.Set
	Became    *Became // of the referral, to those who may know
	Alarms    []Alarm
	Confined  int       // days in places that recommendation 7 (a) discourages
	Measured  *Measured // what it adds to figures, for the node as it counts

	offers func() []Offer
	stays  bool       // it may not leave the program
	untold []ident.ID // organisations whose looks an order keeps from the person for now
}

// Offers are the steps of the viewer's role. Only the page of one case asks: a list has no use for them.
func (v *View) Offers() []Offer { return v.offers() }

// Offered reports whether the viewer may take a step now.
func (v *View) Offered(step string) bool {
	return slices.ContainsFunc(v.Offers(), func(o Offer) bool { return o.Name == step && o.WhyNot == nil })
}

// Offer is a step as it is offered to a viewer: possible, or why not.
type Offer struct {
	Info
	WhyNot   error
	Proposal *Entry // what the step decides on; nil where it decides on nothing
}

// Proposal is what a step that is possible decides on.
func (v *View) Proposal(step string) *Entry {
	for _, o := range v.Offers() {
		if o.Name == step {
			return o.Proposal
		}
	}
	return nil
}

// NewKind says how cases are kept under the jurisdiction's profile. focal is
// the organisation of the national focal point; of says what organisations are.
func NewKind(profile *jurisdiction.Profile, focal ident.ID, of func(ident.ID) Organisation) *record.Kind[Case, View] {
	fence := newFence(profile, focal, of)
	return &record.Kind[Case, View]{
		Name: "case", Schema: 1,
		Index: func(c *Case) record.Index { return index(c, fence) },
		Redact: func(c *Case, d access.Decision) View {
			v := redact(c, d)
			v.offers = sync.OnceValue(func() []Offer { return offers(c, d, profile) })
			if d.Sees(access.Placement) {
				v.Alarms, v.Confined = alarms(c, profile, focal), c.ConfinedDays(d.At, profile.Location())
			}
			if d.May(ActCount) {
				v.Measured = measured(c, d.At, profile)
			}
			return v
		},
		Released: fence.released,
		Listed:   access.Of(access.Summary, access.Identity),
		Duties:   func(c *Case) []duty.Duty { return fence.duties(c, duties(c, profile, focal)) },
		Reason:   writtenReason,
	}
}

// index gives the clear columns: whether it is open, when it was opened, and who stands on it.
func index(c *Case, f fence) record.Index {
	x := record.Index{State: "open", Sort: c.Opened, Words: words(c), Relations: f.relations(c)}
	if c.Closed != nil {
		x.State = "closed"
	}
	if c.Historical {
		x.State = "historical"
	}
	return x
}

// relations say who stands on the case.
func relations(c *Case, focal ident.ID) []access.Relation {
	var list []access.Relation
	for _, role := range []access.Role{access.CaseWorker, access.FirstResponder, access.Advocate} {
		list = append(list, access.Relation{Party: c.Owner, Role: role})
	}
	list = append(list, access.Relation{Party: access.Everyone, Role: access.Auditor})
	if c.Identification.Referral != nil || c.withdrawn() != nil {
		list = append(list, access.Relation{Party: focal, Role: access.FocalPoint})
	}
	for _, a := range c.Team {
		list = append(list, access.Relation{Party: a.Organisation, Role: a.Role, Until: a.Until})
	}
	if len(c.Complaints) > 0 {
		list = append(list, access.Relation{Party: access.Everyone, Role: access.ComplaintsBody})
	}
	for _, a := range c.Addresses {
		list = append(list, access.Relation{Party: a.Fields.Police, Role: access.AddressPolice, Until: a.Until})
	}
	if len(c.Interpreting) > 0 && c.Closed == nil {
		list = append(list, access.Relation{Party: access.Everyone, Role: access.BookingDesk}) // sees the requests, and nothing else
	}
	for _, e := range c.Emergencies {
		list = append(list, access.Relation{Party: e.By, Role: access.BreakGlass, Until: e.Until})
	}
	return list
}

func words(c *Case) []string {
	var w []string
	for _, name := range []string{c.Person.Name, c.Person.OtherNames} {
		for _, term := range names.Terms(name) {
			w = append(w, termWord(term))
		}
	}
	return append(w, "ref:"+c.RecordID().Reference())
}

// termWord tells a strong term from a weak one of the same letters.
func termWord(t names.Term) string { return "name:" + t.Weight.String() + ":" + t.Text }

// offers lists the steps that the viewer's role allows, each with why it is
// not possible now. A reason may tell what is on the case, so a step that is
// not possible is left out where the viewer does not see that part of it.
func offers(c *Case, d access.Decision, p *jurisdiction.Profile) []Offer {
	var list []Offer
	if c.Historical {
		return nil
	}
	for _, info := range steps() {
		if !d.May(info.Action) || info.Category == access.Contact && !d.Sees(access.Contact) {
			continue // nobody reaches the person without seeing how
		}
		w := Work{Now: d.At, By: d.Viewer, Profile: p}
		s := info.New()
		whyNot := s.Possible(c, w)
		if whyNot == nil || d.Sees(info.Category) || c.Closed != nil {
			o := Offer{Info: info, WhyNot: whyNot}
			if decides, ok := s.(Decides); ok && whyNot == nil && d.Seen()&^access.Of(access.Summary) != 0 {
				proposal := decides.Proposal(c, w)
				o.Proposal = &proposal
			}
			list = append(list, o)
		}
	}
	return list
}

// released, within the fence, is the consent side of what a viewer may see: the owner works with
// all of it; everybody else with what was released to their organisation.
func released(c *Case, v access.Viewer, standing []access.Role, now time.Time) access.Set {
	if v.Organisation == c.Owner && slices.ContainsFunc(standing, func(r access.Role) bool { return c.ownStanding(r) }) {
		return access.Everything
	}
	if slices.Equal(standing, []access.Role{access.AddressPolice}) && c.addressOpen(v.Organisation, now) {
		return access.Of(access.OpenedAddress) // and not even the summary
	}
	seen := access.Of(access.Summary) | consent.Released(c.Consents, c.Overrides, v.Organisation, now)
	for _, a := range c.Team {
		if a.Organisation == v.Organisation && slices.Contains(standing, a.Role) && (a.Until.IsZero() || now.Before(a.Until)) {
			seen |= a.Mandate
		}
	}
	if seen != access.Of(access.Summary) && slices.ContainsFunc(c.NonPunishment, func(n NonPunishment) bool { return n.Organisation == v.Organisation }) {
		seen |= access.Of(access.Privileged) // their own record; redact shows no other's
	}
	if c.addressOpen(v.Organisation, now) {
		seen |= access.Of(access.OpenedAddress)
	}
	for _, r := range standing {
		if seen != access.Of(access.Summary) && len(c.LookDelays) > 0 && (r == access.Police || r == access.Prosecutor || r == access.Judge) {
			seen |= access.Of(access.Delays) // their own orders, and those that wait for their word
		}
		seen |= mandates[r]
	}
	return seen
}

// ownStanding tells a standing that the owner has by being the owner.
func (c *Case) ownStanding(r access.Role) bool {
	return r == access.CaseWorker || r == access.FirstResponder || r == access.Advocate
}

// mandates are what a role sees by its office, not by consent: oversight sees
// no content, the focal point what coordination needs once a case is referred.
var mandates = map[access.Role]access.Set{
	access.Auditor:        access.Of(access.History, access.Delays),
	access.BookingDesk:    access.Of(access.Interpreters),
	access.ComplaintsBody: access.Of(access.Complaints),
	access.FocalPoint:     access.Of(access.Decisions, access.Placement, access.History, access.Delays),
	access.BreakGlass:     access.Everything &^ access.Of(access.Privileged, access.Notes, access.Complaints, access.Interpreters, access.Delays),
}

// redact copies the parts that the decision shows.
func redact(c *Case, d access.Decision) View {
	v := View{Reference: c.RecordID().Reference(), Sees: d.Seen(), Became: c.became(d)}
	v.stays = c.Received != nil && c.Received.NotPassOn
	show := func(category access.Category, copyPart func()) {
		if d.Sees(category) {
			copyPart()
		}
	}
	show(access.Summary, func() {
		v.Opened, v.Owner, v.Jurisdiction = c.Opened, c.Owner, c.Jurisdiction
		v.Historical = c.Historical
		for _, a := range c.Team {
			if slices.Equal(d.Standing, []access.Role{access.BookingDesk}) {
				break // who helps the person tells of the person
			}
			if a.Role == access.ShelterManager && !d.Sees(access.Placement) && a.Organisation != d.Viewer.Organisation {
				continue // which shelter it is tells where the person sleeps
			}
			if !d.Sees(access.Consents) { // on what law or consent somebody is here tells of the person
				a.Mandate, a.Provision = 0, ""
			}
			v.Team = append(v.Team, a)
		}
		if c.Closed != nil {
			v.Closed = &Closure{At: c.Closed.At}
		}
	})
	show(access.Identity, func() { v.Person = c.Person })
	show(access.Screening, func() {
		v.Screenings, v.Classification, v.Interviews, v.Evidence = c.Screenings, c.Classification, c.Interviews, c.Evidence
		v.InterviewPlans = c.InterviewPlans
	})
	show(access.Decisions, func() { v.Identification, v.Closed, v.Hold = c.Identification, closure(c, d), c.Hold })
	show(access.Consents, func() {
		v.Briefings, v.Consents, v.Refusals, v.Overrides = c.Briefings, c.Consents, c.Refusals, c.Overrides
		takingPartApart(&v, c, d)
		receivedApart(&v, c, d)
	})
	show(access.Consents, func() {
		if d.May("do:data") || d.May("do:answer_erasure") { // an authority need not know that the person asks for an erasure
			v.DataRequests, v.ErasuresAsked, v.Retentions, v.Erasure = c.DataRequests, c.ErasuresAsked, c.Retentions, c.Erasure
			partErasureApart(&v, c, d)
		}
	})
	delaysApart(&v, c, d)
	importedApart(&v, c, d)
	show(access.Protection, func() { v.Protection = c.Protection })
	show(access.Contact, func() { v.SafeContact = c.SafeContact; contactsApart(&v, c, d) })
	show(access.Risk, func() { v.Risks = c.Risks })
	show(access.Needs, func() {
		v.Access, v.Choices = c.Access, c.Choices
		healthApart(&v, c, d)
		participationApart(&v, c, d)
	})
	show(access.Placement, func() { v.Missing = c.Missing; addressApart(&v, c, d) })
	show(access.OpenedAddress, func() { addressAlone(&v, c) })
	show(access.Family, func() { v.Child = c.Child; relativesApart(&v, c, d) })
	show(access.Complaints, func() { v.Complaints = c.Complaints })
	show(access.Notes, func() { conferencesApart(&v, c, d) })
	for _, f := range c.Forms {
		if need := f.needs(); d.Seen()&need == need {
			v.Forms = append(v.Forms, f)
		}
	}
	for _, x := range c.Documents {
		if d.Sees(x.Category.category()) {
			v.Documents = append(v.Documents, x)
		}
	}
	ownApart(&v, c, d)
	show(access.History, func() { v.Emergencies, v.Addresses = c.Emergencies, c.Addresses })
	for _, m := range c.Timeline {
		if d.Sees(m.Category) {
			v.Timeline = append(v.Timeline, m)
		}
	}
	return v
}

// receivedApart says where a case came from; which countries are closed is part of protection.
func receivedApart(v *View, c *Case, d access.Decision) {
	if c.Received == nil {
		return
	}
	r := *c.Received
	if !d.Sees(access.Protection) {
		r.NeverTo = nil
	}
	v.Received = &r
}

// addressApart takes the address, and the way there, out of what a viewer without Shelter sees.
func addressApart(v *View, c *Case, d access.Decision) {
	for _, n := range c.Nights {
		if !d.Sees(access.Shelter) {
			n.Address, n.Way = "", ""
		}
		v.Nights = append(v.Nights, n)
	}
}

// closure leaves out what was agreed at the end, where the viewer does not see needs.
func closure(c *Case, d access.Decision) *Closure {
	if c.Closed == nil || d.Sees(access.Needs) {
		return c.Closed
	}
	return &Closure{At: c.Closed.At, Reason: c.Closed.Reason}
}

// ownApart shows what belongs to one organisation to that organisation, as
// long as the person allows it more than that the case exists, and to those in
// it who work on the case; and who interprets to the booking desk.
func ownApart(v *View, c *Case, d access.Decision) {
	own := d.Viewer.Organisation
	works := d.May("do:note") && d.Seen() != access.Of(access.Summary)
	for _, t := range c.Tasks {
		if t.Fields.Organisation == own && works || d.Sees(access.Notes) {
			v.Tasks = append(v.Tasks, t)
		}
	}
	for _, n := range c.NonPunishment {
		if d.Sees(access.Privileged) && n.Organisation == own {
			v.NonPunishment = append(v.NonPunishment, n)
		}
	}
	for _, n := range c.CaseNotes {
		if n.Organisation == own && works || n.Fields.Readers == "team" && d.Sees(access.Notes) {
			v.CaseNotes = append(v.CaseNotes, n)
		}
	}
	for _, n := range c.SealedNotes {
		if n.Organisation == own && works {
			v.SealedNotes = append(v.SealedNotes, n)
		}
	}
	desk := d.Sees(access.Interpreters)
	for _, i := range c.Interpreting {
		if !desk {
			i.Interpreter, i.Engagement = ident.ID{}, record.ID[Engagement]{}
		}
		if desk || d.Sees(access.Needs) {
			v.Interpreting = append(v.Interpreting, i)
		}
	}
}
