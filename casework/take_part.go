package casework

import (
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/jurisdiction"
)

// TakingPart is what the person decided about taking part in a proceeding
// (rows 7b, 7p). It opens nothing and closes nothing: no other step, duty or
// service reads it (rule 1; a test holds that this file alone does).
type TakingPart struct {
	At     time.Time
	By     ident.ID
	Fields TakePart
}

// TakePart records the decision. It can be changed at any time.
type TakePart struct {
	Proceeding string `label:"Which proceeding" hint:"Such as the criminal case, or a claim for wages."`
	Decision   Taking `label:"What the person decided"`
	Free       bool   `label:"The person knows that help does not depend on it, and that it can be changed at any time"`
	Lawyer     bool   `label:"The person could speak with a lawyer first"`
	Words      string `label:"In the person's words" kind:"textarea" optional:"true"`
}

// Taking is the answer.
type Taking string

func (Taking) Options() []input.Option {
	return []input.Option{{Value: "yes", Label: "To take part"}, {Value: "no", Label: "Not to take part"},
		{Value: "time", Label: "To have time to decide"}, {Value: "stop", Label: "To stop taking part"}}
}

func (s *TakePart) Possible(c *Case, _ Work) error {
	if c.toldOfPermit().IsZero() {
		return fault.Conflict("First explain rights, and say plainly what a permit depends on: the person must know it before deciding.")
	}
	return c.open()
}

func (s *TakePart) Apply(c *Case, w Work) error {
	if !s.Free {
		return fault.Invalid("free", "A decision counts only if the person knows this.")
	}
	c.TakingPart = append(c.TakingPart, TakingPart{At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// Shows what a permit depends on, before the person decides.
func (s *TakePart) Shows(_ *View, w Work) []Entry { return []Entry{permitDepends(w.Profile)} }

// permitDepends says plainly what a residence permit depends on; what is not known is said as well.
func permitDepends(p *jurisdiction.Profile) Entry {
	e := Entry{Title: "What a permit depends on"}
	for _, condition := range p.Permit.DependsOn {
		e.Fields = append(e.Fields, fact("Condition of the law", "english", condition.Text+" ("+condition.Citation()+")"))
	}
	if len(e.Fields) == 0 {
		e.Fields = []input.Field{fact("Condition of the law", "phrase", notKnown)}
	}
	return e
}

const notKnown = "Not known: ask a lawyer, together with the person."

// takingPartApart shows the decision to those who explain rights or stand by
// the person in the proceeding; never to who decides on identification, which
// must not hang on it.
func takingPartApart(v *View, c *Case, d access.Decision) {
	if (d.May("do:rights") || d.May("do:participation")) && !d.Viewer.Has(access.DecisionMaker) {
		v.TakingPart = c.TakingPart
	}
}

func (v *View) takingPartEntries() []Entry {
	var list []Entry
	for i := len(v.TakingPart) - 1; i >= 0; i-- {
		x := v.TakingPart[i]
		list = append(list, entry("Taking part in a proceeding", x.At, x.By, &x.Fields))
	}
	return list
}
