package casework

import (
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// StayOrReturn is what the person wants, an open choice that can change at any
// time (rows 8a, 28). A removal ordered by law is not a choice and is recorded as removal.
type StayOrReturn struct {
	At     time.Time
	By     ident.ID
	Fields ChooseStayOrReturn
}

// ChooseStayOrReturn records the choice.
type ChooseStayOrReturn struct {
	Choice   Where  `label:"What the person wants now"`
	Free     bool   `label:"The person chose freely, after all ways were explained, with their requirements and remedies"`
	Lawyer   bool   `label:"The person spoke with a lawyer"`
	Assessed bool   `label:"Risks were assessed, here and there"`
	Child    bool   `label:"For a child: best interests were determined, and the guardian agrees"`
	Reasons  string `label:"In the person's words" kind:"textarea" optional:"true"`
}

// removalDuty alerts the lawyer, the focal point and the organisation
// responsible when a removal was ordered, until another choice is recorded (rule 4).
const removalDuty = "removal_ordered"

func (c *Case) removalDuty(focal ident.ID) []duty.Duty {
	n := len(c.Choices)
	if n == 0 || c.Choices[n-1].Fields.Choice != "removal" {
		return nil
	}
	at := c.Choices[n-1].At
	d := duty.Duty{Name: removalDuty, Since: at, Due: at.Add(24 * time.Hour)}
	for _, a := range c.Team {
		if a.Role == access.Lawyer && a.Until.IsZero() {
			d.Steps = append(d.Steps, duty.Step{Party: a.Organisation, Role: access.Lawyer, From: at})
		}
	}
	d.Steps = append(d.Steps, duty.Step{Party: focal, Role: access.FocalPoint, From: at}, duty.Step{Party: c.Owner, Role: access.CaseWorker, From: at})
	return []duty.Duty{d}
}

// Where the person wants to live.
type Where string

func (Where) Options() []input.Option {
	return []input.Option{{Value: "undecided", Label: "Not decided"}, {Value: "stay", Label: "To stay in this country"},
		{Value: "return", Label: "To return"}, {Value: "third", Label: "To go to another country"},
		{Value: "removal", Label: "The State has ordered a removal", Hint: "Not a choice: lawyer and focal point are alerted."}}
}

func (s *ChooseStayOrReturn) Possible(c *Case, _ Work) error { return c.open() }

func (s *ChooseStayOrReturn) Apply(c *Case, w Work) error {
	if s.Choice == "return" {
		switch {
		case !s.Free:
			return fault.Invalid("free", "A return begins only with the person's own free choice.")
		case !s.Assessed || len(c.Risks) == 0:
			return fault.Invalid("assessed", "Assess the risks first, here and in the other country.")
		case c.Person.ProtectedAsChild(w.Now) && (!s.Child || c.Child.Guardian.IsZero() || c.Child.Determined.IsZero()):
			return fault.Invalid("child", "A child returns only after a best interests determination, and with the guardian.")
		}
		c.happened("return_chosen", w.Now)
	}
	c.Choices = append(c.Choices, StayOrReturn{At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}
