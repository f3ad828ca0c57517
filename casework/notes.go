package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// CaseNote is a note. One's own organisation's notes are closed to others.
type CaseNote struct {
	At           time.Time
	By           ident.ID
	Organisation ident.ID
	Fields       WriteNote
}

// WriteNote adds one.
type WriteNote struct {
	Text        string   `label:"Note" kind:"textarea" hint:"What was done and agreed. No account of what happened to the person."`
	Readers     Audience `label:"Who may read it"`
	Disclosable bool     `label:"It could come to a defence if the case goes to court"`
}

// Audience of a note.
type Audience string

func (Audience) Options() []input.Option {
	return []input.Option{{Value: "own", Label: "Only my organisation"}, {Value: "team", Label: "Those on the case who may read notes"}}
}

func (s *WriteNote) Possible(_ *Case, _ Work) error { return nil }

func (s *WriteNote) Apply(c *Case, w Work) error {
	c.CaseNotes = append(c.CaseNotes, CaseNote{At: w.Now, By: w.By.Member, Organisation: w.By.Organisation, Fields: *s})
	return nil
}

// Task is something that somebody on the case is to do.
type Task struct {
	ID     ident.ID
	At     time.Time
	Fields AddTask
	Done   time.Time
	DoneBy ident.ID
}

// AddTask gives an organisation on the case something to do.
type AddTask struct {
	What         string   `label:"What is to be done" hint:"Without anything about the person."`
	Organisation ident.ID `label:"By whom" kind:"organisation"`
	Due          string   `label:"Until" kind:"date"`
}

func (s *AddTask) Possible(c *Case, _ Work) error { return c.open() }

func (s *AddTask) Apply(c *Case, w Work) error {
	onCase := s.Organisation == c.Owner
	for _, a := range c.Team {
		onCase = onCase || a.Organisation == s.Organisation && a.Until.IsZero()
	}
	if !onCase {
		return fault.Invalid("organisation", "This organisation is not on the case.")
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Tasks = append(c.Tasks, Task{ID: id, At: w.Now, Fields: *s})
	return nil
}

// FinishTask says that it is done.
type FinishTask struct {
	Task ident.ID `label:"Which task" kind:"task"`
}

func (s *FinishTask) Possible(c *Case, w Work) error {
	for _, t := range c.Tasks {
		if t.Done.IsZero() && (t.Fields.Organisation == w.By.Organisation || c.Owner == w.By.Organisation) {
			return nil
		}
	}
	return fault.Conflict("Your organisation has no task here.")
}

func (s *FinishTask) Apply(c *Case, w Work) error {
	for i := range c.Tasks {
		t := &c.Tasks[i]
		if t.ID == s.Task && t.Done.IsZero() && (t.Fields.Organisation == w.By.Organisation || c.Owner == w.By.Organisation) {
			t.Done, t.DoneBy = w.Now, w.By.Member
			return nil
		}
	}
	return fault.Invalid("task", "Choose one of the answers.")
}

func (v *View) recordEntries() []Entry {
	var list []Entry
	for i := len(v.CaseNotes) - 1; i >= 0; i-- {
		n := v.CaseNotes[i]
		e := entry("Note", n.At, n.By, &n.Fields)
		e.Hidden = true
		list = append(list, e)
	}
	for _, x := range v.Documents {
		e := entry("Document", x.At, x.By, &struct {
			Title    string           `label:"What it is"`
			Category documentCategory `label:"Who may see it"`
		}{x.Title, x.Category})
		e.Fields = append(e.Fields, fact("File", "document", x.ID.String()))
		list = append(list, e)
	}
	for i := len(v.Conferences) - 1; i >= 0; i-- {
		list = append(list, v.Conferences[i].entry())
	}
	for _, t := range v.Tasks {
		e := entry("Task", t.At, ident.ID{}, &t.Fields)
		if !t.Done.IsZero() {
			e.Title = "Task, done"
			e.Fields = append(e.Fields, instant("Done", t.Done))
		}
		list = append(list, e)
	}
	list = append(list, v.interviewEntries()...)
	return append(list, v.interpretingEntries()...)
}
