package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// SafeContact says how the person can be reached without danger. It governs
// every message, letter and call (row 7n).
type SafeContact struct {
	At     time.Time
	By     ident.ID
	Fields PlanSafeContact
}

// PlanSafeContact makes or changes the plan.
type PlanSafeContact struct {
	Telephone string        `label:"Safe telephone number" optional:"true"`
	Hours     string        `label:"Hours when it is safe to call" optional:"true"`
	Alone     Holder        `label:"Who has the telephone?"`
	Email     string        `label:"Safe e-mail address" optional:"true"`
	CodeWord  string        `label:"Code word that says it is safe to talk" optional:"true"`
	Voice     bool          `label:"A voice message may be left"`
	Write     bool          `label:"It is safe to write"`
	Address   string        `label:"Where to write" kind:"textarea" optional:"true"`
	Sender    string        `label:"Name that a message is signed with, as agreed" hint:"A first name, or nothing. Never the organisation, unless the person says so." optional:"true"`
	Never     string        `label:"What must never be done" kind:"textarea" hint:"For example: never call in the evening, never name the organisation." optional:"true"`
	Through   SafeContactBy `label:"Whom to go through otherwise" optional:"true"`
}

// Holder says whose hands the telephone is in.
type Holder string

func (Holder) Options() []input.Option {
	return []input.Option{{Value: "person", Label: "The person alone"}, {Value: "shared", Label: "Others can see it too"},
		{Value: "controlled", Label: "Somebody controls it", Hint: "Nothing is sent to it."}, {Value: "none", Label: "There is none"}}
}

// SafeContactBy is who passes a message on.
type SafeContactBy string

func (SafeContactBy) Options() []input.Option {
	return []input.Option{{Value: "shelter", Label: "The shelter"}, {Value: "lawyer", Label: "The lawyer"},
		{Value: "advocate", Label: "The independent advocate"}, {Value: "nobody", Label: "Nobody"}}
}

func (s *PlanSafeContact) Before(c *Case) {
	if c.SafeContact != nil {
		*s = c.SafeContact.Fields
	}
}

func (s *PlanSafeContact) Possible(c *Case, _ Work) error { return c.open() }

func (s *PlanSafeContact) Apply(c *Case, w Work) error {
	if s.Alone == "controlled" && (s.Voice || s.Write) {
		return fault.Invalid("alone", "Somebody controls the telephone: nothing may be left on it or written to it.")
	}
	c.SafeContact = &SafeContact{At: w.Now, By: w.By.Member, Fields: *s}
	c.happened("safe_contact_planned", w.Now)
	return nil
}

// RiskAssessment is what endangers the person, and what is done about it.
type RiskAssessment struct {
	At     time.Time
	By     ident.ID
	Fields AssessRisk
}

// AssessRisk records it.
type AssessRisk struct {
	Level    RiskLevel `label:"How great is the danger now?"`
	From     []Danger  `label:"Where it comes from" optional:"true"`
	Family   bool      `label:"Family or children are in danger too"`
	Grounds  string    `label:"What makes you think so" kind:"textarea"`
	Measures string    `label:"What is done about it, by whom" kind:"textarea"`
	Again    string    `label:"To be looked at again on" kind:"date"`
}

// RiskLevel is how great the danger is.
type RiskLevel string

func (RiskLevel) Options() []input.Option {
	return []input.Option{{Value: "low", Label: "Low"}, {Value: "medium", Label: "Medium"}, {Value: "high", Label: "High"},
		{Value: "immediate", Label: "Immediate", Hint: "Move the person to a safe place first."}}
}

// Danger is a source of danger.
type Danger string

func (Danger) Options() []input.Option {
	return []input.Option{{Value: "traffickers", Label: "Traffickers or people acting for them"}, {Value: "debt", Label: "A debt that is claimed"},
		{Value: "family", Label: "Family or community"}, {Value: "partner", Label: "A partner"}, {Value: "self", Label: "Harm to oneself"},
		{Value: "officials", Label: "An official"}, {Value: "online", Label: "Being followed on line or by telephone"}}
}

func (s *AssessRisk) Possible(c *Case, _ Work) error { return c.open() }

func (s *AssessRisk) Apply(c *Case, w Work) error {
	if s.Again <= w.Now.Format(time.DateOnly) {
		return fault.Invalid("again", "Write a day to come.")
	}
	c.Risks = append(c.Risks, RiskAssessment{At: w.Now, By: w.By.Member, Fields: *s})
	c.happened("risk_assessed", w.Now)
	return nil
}

func (v *View) safetyEntries() []Entry {
	var list []Entry
	if p := v.SafeContact; p != nil {
		how := p.Fields
		how.Telephone, how.Email, how.Address = "", "", "" // apart, after what must be read first
		where := Entry{Title: "Number and addresses", Hidden: true}
		for _, f := range []input.Field{fact("Safe telephone number", "textarea", p.Fields.Telephone),
			fact("Safe e-mail address", "textarea", p.Fields.Email), fact("Where to write", "textarea", p.Fields.Address)} {
			if f.Value != "" {
				where.Fields = append(where.Fields, f)
			}
		}
		if list = append(list, entry("Safe-contact plan", p.At, p.By, &how)); len(where.Fields) > 0 {
			list = append(list, where)
		}
	}
	for i := len(v.Contacts) - 1; i >= 0; i-- {
		list = append(list, v.Contacts[i].entry())
	}
	for i := len(v.Risks) - 1; i >= 0; i-- {
		list = append(list, entry("Risk assessment", v.Risks[i].At, v.Risks[i].By, &v.Risks[i].Fields))
	}
	return list
}
