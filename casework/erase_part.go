package casework

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// PartErasure is the proposal to erase one part of a case, which waits for a second person. Once it is
// answered nothing is left of it but the lines of timeline and journal.
type PartErasure struct {
	At     time.Time
	By     ident.ID
	Fields ProposePartErasure
}

// ProposePartErasure asks a second person to erase a document, a note, a message or a family member
// (General Data Protection Regulation, article 17; rule 2).
type ProposePartErasure struct {
	Part   string `label:"What is erased" kind:"erasable"`
	Reason string `label:"What was looked at before: claims, proceedings, a law that demands to keep it" kind:"textarea"`
	Told   bool   `label:"The person knows that nothing can be brought back" hint:"What other organisations hold of it stays: ask each to erase it."`
}

func (s *ProposePartErasure) Possible(c *Case, w Work) error {
	if err := c.ownersOnly(w); err != nil {
		return err
	}
	switch {
	case c.retained(w.Now) != nil:
		return c.retained(w.Now).refuses()
	case c.PartErasure != nil:
		return fault.Conflict("The erasure is proposed already.")
	case len(c.parts(w.By.Organisation)) == 0:
		return fault.Conflict("There is no document, note, message or family member to erase.")
	}
	return nil
}

func (s *ProposePartErasure) Apply(c *Case, w Work) error {
	if c.part(s.Part, w.By.Organisation) == nil {
		return fault.Invalid("part", "Choose one of the answers.")
	}
	c.PartErasure = &PartErasure{At: w.Now, By: w.By.Member, Fields: *s}
	return nil
}

// AnswerPartErasure is the second person's word. It is of the organisation responsible: nobody else can read the part.
type AnswerPartErasure struct {
	Erase Answer `label:"Is it erased?" hint:"With its file, its key and what the journal holds of it. The journal keeps that something was erased, not what."`
}

func (s *AnswerPartErasure) Possible(c *Case, w Work) error {
	switch {
	case c.PartErasure == nil:
		return fault.Conflict("No erasure is proposed.")
	case w.By.Organisation != c.Owner:
		return fault.Conflict("Only the organisation responsible does this.")
	case c.PartErasure.By == w.By.Member:
		return fault.Conflict("You proposed it; somebody else answers.")
	case c.retained(w.Now) != nil:
		return c.retained(w.Now).refuses()
	}
	return nil
}

func (s *AnswerPartErasure) Apply(c *Case, w Work) error {
	proposed := c.PartErasure
	c.PartErasure = nil
	p := c.part(proposed.Fields.Part, c.Owner)
	if s.Erase != Yes || p == nil {
		return nil
	}
	if w.ErasePart == nil {
		return fault.Internal(fmt.Errorf("a part is erased where nothing lasts"))
	}
	p.remove()
	return w.ErasePart(record.Part{Files: p.files, In: func(event string, at time.Time, particulars []byte) bool {
		return event == "propose-part-erasure" && at.Equal(proposed.At.Truncate(time.Microsecond)) || p.in(event, at, particulars)
	}})
}

// Proposal shows the second person what it is about.
func (s *AnswerPartErasure) Proposal(c *Case, _ Work) Entry { return c.PartErasure.entry(c) }

func (x *PartErasure) entry(c *Case) Entry {
	e := entry("Erasure of a part proposed", x.At, x.By, &struct {
		Reason string `label:"What was looked at before: claims, proceedings, a law that demands to keep it" kind:"textarea"`
	}{x.Fields.Reason})
	if p := c.part(x.Fields.Part, c.Owner); p != nil {
		e.Fields = append([]input.Field{fact("What is erased", "text", p.label)}, e.Fields...)
	}
	return e
}

// casePart is a part of a case that can be erased alone.
type casePart struct {
	key, label string
	id         ident.ID    // that later steps name; zero where none can
	at         []time.Time // when steps told of it
	steps      []string    // those that did
	files      []ident.ID
	remove     func()
}

// in reports that the particulars of an entry tell of the part.
func (p *casePart) in(event string, at time.Time, particulars []byte) bool {
	if !p.id.IsZero() && bytes.Contains(particulars, []byte(p.id.String())) {
		return true
	}
	return slices.Contains(p.steps, event) && slices.ContainsFunc(p.at, func(t time.Time) bool { return t.UnixMicro() == at.UnixMicro() })
}

func (c *Case) part(key string, own ident.ID) *casePart {
	for _, p := range c.parts(own) {
		if p.key == key {
			return &p
		}
	}
	return nil
}

// parts are what can be erased alone: of notes those that the organisation wrote or may read.
func (c *Case) parts(own ident.ID) []casePart {
	var list []casePart
	day := func(at time.Time) string { return at.UTC().Format("2006-01-02 15:04") }
	for _, x := range c.Documents {
		list = append(list, casePart{key: "document:" + x.ID.String(), label: day(x.At) + ", " + x.Title, id: x.ID, at: []time.Time{x.At},
			steps: []string{"attach"}, files: []ident.ID{x.ID}, remove: func() {
				c.Documents = slices.DeleteFunc(c.Documents, func(d Document) bool { return d.ID == x.ID })
			}})
	}
	for _, n := range c.CaseNotes {
		if n.Organisation != own && n.Fields.Readers != "team" {
			continue
		}
		list = append(list, casePart{key: fmt.Sprintf("note:%d:%s", n.At.UnixMicro(), n.By), label: day(n.At) + ", " + short(n.Fields.Text),
			at: []time.Time{n.At}, steps: []string{"write-note"}, remove: func() {
				c.CaseNotes = slices.DeleteFunc(c.CaseNotes, func(o CaseNote) bool { return o.At.Equal(n.At) && o.By == n.By })
			}})
	}
	for _, x := range c.Contacts {
		list = append(list, casePart{key: "contact:" + x.ID.String(), label: day(x.At) + ", " + short(x.Said), id: x.ID, at: []time.Time{x.At, x.CameAt},
			steps: []string{"reach", "reached"}, remove: func() {
				c.Contacts = slices.DeleteFunc(c.Contacts, func(o Contact) bool { return o.ID == x.ID })
			}})
	}
	for _, f := range c.Family {
		list = append(list, casePart{key: "relative:" + f.ID.String(), label: f.name(), id: f.ID, at: []time.Time{f.At, f.DangerSince},
			steps: []string{"add-family", "mark-relative"}, remove: func() { c.forgetRelative(f.ID) }})
	}
	return list
}

// forgetRelative takes a family member out, with what was planned for them.
func (c *Case) forgetRelative(id ident.ID) {
	c.Family = slices.DeleteFunc(c.Family, func(f FamilyMember) bool { return f.ID == id })
	c.Plan = slices.DeleteFunc(c.Plan, func(s Service) bool { return s.Fields.For == id })
}

// short is the beginning of a text, enough to choose by.
func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// erasable are the parts to choose from.
func (v *View) erasable(by access.Viewer) []input.Option {
	var options []input.Option
	for _, p := range v.parts(by.Organisation) {
		options = append(options, input.Option{Value: p.key, Label: p.label})
	}
	return options
}

// partErasureDuty reminds those who may answer.
const partErasureDuty = "part_erasure_proposed"

func (c *Case) partErasureDuty() []duty.Duty {
	if c.PartErasure == nil {
		return nil
	}
	at := c.PartErasure.At
	return []duty.Duty{{Name: partErasureDuty, Since: at, Due: at.AddDate(0, 0, 7), Steps: []duty.Step{
		{Party: c.Owner, Role: access.CaseWorker, From: at}, {Party: c.Owner, Role: access.Advocate, From: at}}}}
}
