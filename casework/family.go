package casework

import (
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// MarkRelative records that a relative may be a danger to the person, or, when
// it was a mistake, that they are not. From then on nothing goes to them (row 8g).
type MarkRelative struct {
	Relative ident.ID `label:"Which family member" kind:"any-relative"`
	Danger   Answer   `label:"May they be a danger to the person?"`
}

func (s *MarkRelative) Possible(c *Case, _ Work) error {
	if len(c.Family) == 0 {
		return fault.Conflict("No family member is recorded.")
	}
	return c.open()
}

func (s *MarkRelative) Apply(c *Case, w Work) error {
	for i := range c.Family {
		f := &c.Family[i]
		if f.ID != s.Relative {
			continue
		}
		f.Fields.Danger = s.Danger == Yes
		if !f.Fields.Danger {
			return nil
		}
		f.DangerSince = w.Now
		for j := range c.Plan {
			if p := &c.Plan[j]; p.Fields.For == f.ID && p.Ended.IsZero() {
				p.Ended = w.Now
			}
		}
		return nil
	}
	return fault.Invalid("relative", "Choose one of the answers.")
}

// receives refuses a relative who is not on the case, or may be a danger: such
// a relative is never the recipient of anything.
func (c *Case) receives(field string, relative ident.ID) error {
	for _, f := range c.Family {
		if f.ID == relative && f.Fields.Danger {
			return fault.Invalid(field, "This family member may be a danger to the person: nothing goes to them.")
		}
		if f.ID == relative {
			return nil
		}
	}
	return fault.Invalid(field, "Choose one of the answers.")
}

// name of a family member as the case worker knows them.
func (f *FamilyMember) name() string {
	for _, o := range f.Fields.Tie.Options() {
		if o.Value == string(f.Fields.Tie) && f.Fields.Name == "" {
			return o.Label
		}
	}
	return f.Fields.Name
}

// relatives are the family members to choose from: those of whom nothing is feared, or all.
func (v *View) relatives(all bool) []input.Option {
	var options []input.Option
	for i := range v.Family {
		if f := &v.Family[i]; all || !f.Fields.Danger {
			options = append(options, input.Option{Value: f.ID.String(), Label: f.name()})
		}
	}
	return options
}

// forWhom says whom a service of the plan is for.
func (v *View) forWhom(p *Service) []input.Field {
	for i := range v.Family {
		if f := &v.Family[i]; f.ID == p.Fields.For {
			return []input.Field{fact("For whom", "phrase", f.name())}
		}
	}
	return nil
}
