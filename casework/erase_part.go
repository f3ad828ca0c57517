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

// ProposePartErasure asks a second person to erase a document, a note, a questionnaire, a message or a family member
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
		return fault.Conflict("There is no document, note, questionnaire, message or family member to erase.")
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

// AnswerPartErasure is the second person's word: somebody of the organisation responsible, who reads what
// goes, or the focal point, who learns only what kind of thing it is and of when. So an organisation with one
// member can erase too, and never alone.
type AnswerPartErasure struct {
	Erase Answer `label:"Is it erased?" hint:"With its file, its key and what the journal holds of it. The journal keeps that something was erased, not what. Words that repeat it elsewhere stay."`
}

func (s *AnswerPartErasure) Possible(c *Case, w Work) error {
	switch {
	case c.PartErasure == nil:
		return fault.Conflict("No erasure is proposed.")
	case w.By.Organisation != c.Owner && !w.By.Has(access.FocalPoint):
		return fault.Conflict("Somebody of the organisation responsible answers, or the focal point.")
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
func (s *AnswerPartErasure) Proposal(c *Case, w Work) Entry {
	return c.PartErasure.entry(c, w.By.Organisation)
}

// Shows warns whoever answers where the words of the part stand elsewhere in what they may see of the case.
func (s *AnswerPartErasure) Shows(v *View, w Work) []Entry {
	if v.PartErasure == nil || !v.Case.repeats(v.PartErasure.Fields.Part, w.By.Organisation) {
		return nil
	}
	return []Entry{{Warn: fault.Conflict("The same words stand elsewhere in the case, and are not erased with it. Change them there first.")}}
}

// entry tells the organisation responsible what it is about, and others only of what kind it is, of when, and who
// proposes it: the reason may repeat what they do not read, so they ask.
func (x *PartErasure) entry(c *Case, reader ident.ID) Entry {
	p := c.part(x.Fields.Part, c.Owner)
	if reader != c.Owner {
		e := Entry{Title: "Erasure of a part proposed", At: x.At, By: x.By}
		if p != nil {
			e.Fields = []input.Field{fact("What is erased", "phrase", p.kind), instant("When", p.at[0])}
		}
		return e
	}
	e := entry("Erasure of a part proposed", x.At, x.By, &struct {
		Reason string `label:"What was looked at before: claims, proceedings, a law that demands to keep it" kind:"textarea"`
	}{x.Fields.Reason})
	if p != nil {
		e.Fields = append([]input.Field{fact("What is erased", "text", p.label)}, e.Fields...)
	}
	return e
}

// partErasureApart shows a proposal to the organisation responsible; the focal point meets it in the step that answers it.
func partErasureApart(v *View, c *Case, d access.Decision) {
	if d.Viewer.Organisation == c.Owner {
		v.PartErasure = c.PartErasure
	}
}

// casePart is a part of a case that can be erased alone.
type casePart struct {
	key, label string
	kind       string      // a phrase
	words      []string    // that may stand elsewhere too
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
	for _, x := range c.Documents {
		list = append(list, casePart{key: "document:" + x.ID.String(), kind: "Document", label: minute(x.At) + ", " + x.Title, words: []string{x.Title},
			id: x.ID, at: []time.Time{x.At}, steps: []string{"attach"}, files: []ident.ID{x.ID}, remove: func() {
				c.Documents = slices.DeleteFunc(c.Documents, func(d Document) bool { return d.ID == x.ID })
			}})
	}
	list = append(list, c.noteParts(own)...)
	for _, f := range c.Forms {
		list = append(list, casePart{key: "form:" + f.ID.String(), kind: "Questionnaire", label: minute(f.At) + ", " + f.Title, words: f.written(),
			id: f.ID, at: []time.Time{f.At}, steps: []string{"fill-form"}, remove: func() {
				c.Forms = slices.DeleteFunc(c.Forms, func(o FilledForm) bool { return o.ID == f.ID })
			}})
	}
	for _, x := range c.Contacts {
		list = append(list, casePart{key: "contact:" + x.ID.String(), kind: "Message", label: minute(x.At) + ", " + short(x.Said), words: []string{x.Said},
			id: x.ID, at: []time.Time{x.At, x.CameAt}, steps: []string{"reach", "reached"}, remove: func() {
				c.Contacts = slices.DeleteFunc(c.Contacts, func(o Contact) bool { return o.ID == x.ID })
			}})
	}
	for _, f := range c.Family {
		list = append(list, casePart{key: "relative:" + f.ID.String(), kind: "Family member", label: f.name(), words: []string{f.name()},
			id: f.ID, at: []time.Time{f.At, f.DangerSince}, steps: []string{"add-family", "mark-relative"}, remove: func() { c.forgetRelative(f.ID) }})
	}
	return list
}

// noteParts are notes; of a confidential one nobody here reads more than when it was written.
func (c *Case) noteParts(own ident.ID) []casePart {
	var list []casePart
	for _, n := range c.CaseNotes {
		if n.Organisation != own && n.Fields.Readers != "team" {
			continue
		}
		list = append(list, casePart{key: fmt.Sprintf("note:%d:%s", n.At.UnixMicro(), n.By), kind: "Note", label: minute(n.At) + ", " + short(n.Fields.Text),
			words: []string{n.Fields.Text}, at: []time.Time{n.At}, steps: []string{"write-note"}, remove: func() {
				c.CaseNotes = slices.DeleteFunc(c.CaseNotes, func(o CaseNote) bool { return o.At.Equal(n.At) && o.By == n.By })
			}})
	}
	for _, n := range c.SealedNotes {
		if n.Organisation != own {
			continue
		}
		list = append(list, casePart{key: "sealed:" + n.ID.String(), kind: "Confidential note", label: minute(n.At) + ", •••",
			id: n.ID, at: []time.Time{n.At}, steps: []string{"seal-note"}, remove: func() {
				c.SealedNotes = slices.DeleteFunc(c.SealedNotes, func(o SealedNote) bool { return o.ID == n.ID })
			}})
	}
	return list
}

func minute(at time.Time) string { return at.UTC().Format("2006-01-02 15:04") }

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

func (c *Case) partErasureDuty(focal ident.ID) []duty.Duty {
	if c.PartErasure == nil {
		return nil
	}
	at := c.PartErasure.At
	return []duty.Duty{{Name: partErasureDuty, Since: at, Due: at.AddDate(0, 0, 7), Steps: []duty.Step{
		{Party: c.Owner, Role: access.CaseWorker, From: at}, {Party: c.Owner, Role: access.Advocate, From: at},
		{Party: focal, Role: access.FocalPoint, From: at.AddDate(0, 0, 7)}}}}
}
