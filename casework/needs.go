package casework

import (
	"strconv"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// NeedsAssessment is what the person needs, by urgency (row 7n): with or
// without formal identification, whatever comes of a prosecution.
type NeedsAssessment struct {
	At     time.Time
	By     ident.ID
	Fields AssessNeeds
}

// Need is a kind of need.
type Need string

func (Need) Options() []input.Option {
	return []input.Option{{Value: "medical", Label: "Medical care"}, {Value: "counselling", Label: "Counselling"},
		{Value: "shelter", Label: "A safe place to stay"}, {Value: "safety", Label: "Safety"}, {Value: "legal", Label: "Legal help"},
		{Value: "family", Label: "Family and children"}, {Value: "money", Label: "Money and material help"}, {Value: "documents", Label: "Documents"},
		{Value: "language", Label: "Language"}, {Value: "education", Label: "School or training"}, {Value: "work", Label: "Work"}}
}

// sensitive needs are health data.
func (n Need) sensitive() bool { return n == "medical" || n == "counselling" }

// AssessNeeds records them.
type AssessNeeds struct {
	Now    []Need `label:"Needed now" optional:"true"`
	Days   []Need `label:"Needed within days" optional:"true"`
	Weeks  []Need `label:"Needed within weeks" optional:"true"`
	Wishes string `label:"What the person wants" kind:"textarea" hint:"The person's own words come first."`
	Health string `label:"Health: what those who help must know" kind:"textarea" hint:"Seen only by those who give care." optional:"true"`
}

func (s *AssessNeeds) Possible(c *Case, _ Work) error { return c.open() }

func (s *AssessNeeds) Apply(c *Case, w Work) error {
	if len(s.Now)+len(s.Days)+len(s.Weeks) == 0 {
		return fault.Invalid("now", "Name at least one need, or close the case if there is none.")
	}
	c.Needs = append(c.Needs, NeedsAssessment{At: w.Now, By: w.By.Member, Fields: *s})
	c.happened("needs_assessed", w.Now)
	return nil
}

// Service is a line of the assistance plan.
type Service struct {
	ID      ident.ID
	At      time.Time
	Fields  PlanService
	Begun   time.Time
	Ended   time.Time
	Outcome string
}

// PlanService adds a line: which need, who gives it, from when.
type PlanService struct {
	Need     Need     `label:"Need"`
	Provider ident.ID `label:"Provider" kind:"organisation"`
	What     string   `label:"What is given"`
	For      ident.ID `label:"For whom" kind:"relative" hint:"Empty: the person." optional:"true"`
	Language string   `label:"In which language" kind:"language" optional:"true"`
	Culture  string   `label:"What of culture or faith is minded" optional:"true"`
	Start    string   `label:"From" kind:"date"`
	Wanted   bool     `label:"The person wants it"`
}

func (s *PlanService) Possible(c *Case, _ Work) error {
	if len(c.Needs) == 0 {
		return fault.Conflict("Assess the person's needs first.")
	}
	return c.open()
}

func (s *PlanService) Apply(c *Case, w Work) error {
	if !s.Wanted {
		return fault.Invalid("wanted", "Help is given only if the person wants it.")
	}
	if !s.For.IsZero() {
		if err := c.receives("for", s.For); err != nil {
			return err
		}
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Plan = append(c.Plan, Service{ID: id, At: w.Now, Fields: *s})
	c.happened("plan_made", w.Now)
	return nil
}

// FollowService records that a service began, or how it ended.
type FollowService struct {
	Service ident.ID     `label:"Which service" kind:"service"`
	State   ServiceState `label:"What happened"`
	Outcome string       `label:"Outcome, as the person sees it" kind:"textarea" optional:"true"`
}

// ServiceState is what became of a service.
type ServiceState string

func (ServiceState) Options() []input.Option {
	return []input.Option{{Value: "begun", Label: "It began"}, {Value: "met", Label: "The need is met"},
		{Value: "declined", Label: "The person no longer wants it"}, {Value: "refused", Label: "The provider could not give it"}}
}

func (s *FollowService) Possible(c *Case, _ Work) error {
	for _, p := range c.Plan {
		if p.Ended.IsZero() {
			return nil
		}
	}
	return fault.Conflict("No service is planned.")
}

func (s *FollowService) Apply(c *Case, w Work) error {
	for i := range c.Plan {
		p := &c.Plan[i]
		if p.ID != s.Service || !p.Ended.IsZero() {
			continue
		}
		if p.Begun.IsZero() && s.State != "refused" && s.State != "declined" {
			p.Begun = w.Now
		}
		if s.State != "begun" {
			p.Ended = w.Now
		}
		p.Outcome = s.Outcome
		if s.State == "met" {
			c.happened("urgent_needs_met", w.Now)
		}
		return nil
	}
	return fault.Invalid("service", "This service is not in the plan, or has ended.")
}

// healthApart takes health data out of what a viewer without Health sees.
func healthApart(v *View, c *Case, d access.Decision) {
	health := d.Sees(access.Health)
	for _, n := range c.Needs {
		if !health {
			n.Fields.Health = ""
			n.Fields.Now, n.Fields.Days, n.Fields.Weeks = insensitive(n.Fields.Now), insensitive(n.Fields.Days), insensitive(n.Fields.Weeks)
		}
		v.Needs = append(v.Needs, n)
	}
	for _, p := range c.Plan {
		if !p.Fields.For.IsZero() && !d.Sees(access.Family) {
			continue // a service for a relative tells of the family
		}
		if health || !p.Fields.Need.sensitive() {
			v.Plan = append(v.Plan, p)
		}
	}
}

// relativesApart does the same for family members.
func relativesApart(v *View, c *Case, d access.Decision) {
	for _, f := range c.Family {
		if !d.Sees(access.Health) {
			f.Fields.Needs = insensitive(f.Fields.Needs)
		}
		if !d.Sees(access.Protection) {
			f.Fields.Protection, f.Fields.Countries = false, ""
		}
		v.Family = append(v.Family, f)
	}
}

func insensitive(needs []Need) []Need {
	var kept []Need
	for _, n := range needs {
		if !n.sensitive() {
			kept = append(kept, n)
		}
	}
	return kept
}

func (v *View) assistanceEntries() []Entry {
	var list []Entry
	if a := v.Access; a != nil {
		list = append(list, entry("Access needs", a.At, a.By, &a.Fields))
	}
	for i := len(v.Needs) - 1; i >= 0; i-- {
		list = append(list, entry("Needs", v.Needs[i].At, v.Needs[i].By, &v.Needs[i].Fields))
	}
	for _, p := range v.Plan {
		e := entry("Service in the plan", p.At, ident.ID{}, &p.Fields)
		e.Fields = append(withoutKind(e.Fields, "relative"), v.forWhom(&p)...)
		if !p.Begun.IsZero() {
			days := int(p.Begun.Sub(p.At) / (24 * time.Hour))
			e.Fields = append(e.Fields, instant("Began", p.Begun), fact("Days from need to service", "text", strconv.Itoa(days)))
		}
		if !p.Ended.IsZero() {
			e.Fields = append(e.Fields, instant("Ended", p.Ended))
		}
		if p.Outcome != "" {
			e.Fields = append(e.Fields, fact("Outcome, as the person sees it", "textarea", p.Outcome))
		}
		list = append(list, e)
	}
	for i := len(v.Choices) - 1; i >= 0; i-- {
		list = append(list, entry("To stay, to return, or another country", v.Choices[i].At, v.Choices[i].By, &v.Choices[i].Fields))
	}
	return list
}
