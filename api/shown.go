package api

import (
	"time"

	"palermo/casework"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Line is a case in a list.
type Line struct {
	ID        string     `json:"id"`
	Reference string     `json:"reference"`
	Name      string     `json:"name,omitempty"`
	State     string     `json:"state,omitempty"`
	Opened    *time.Time `json:"opened,omitempty"`
	Version   int64      `json:"version"`
}

// Lines are a page of a list; Next is the cursor of the page after, "" at its end.
type Lines struct {
	Items []Line `json:"items"`
	Next  string `json:"next,omitempty"`
}

// Case is what the pages of a case show.
type Case struct {
	Line
	Owner    string    `json:"owner,omitempty"`
	Team     []Place   `json:"team"`
	Parts    []Part    `json:"parts"`
	Timeline []Moment  `json:"timeline"`
	Due      []Duty    `json:"due"`
	Alarms   []Duty    `json:"alarms"`
	Referral *Referral `json:"referral,omitempty"`
}

// Place is an organisation's place on a case.
type Place struct {
	Organisation string `json:"organisation"`
	Role         string `json:"role"`
}

// Part is a part of a case, with what was recorded in it.
type Part struct {
	Name    string  `json:"name"`
	Title   string  `json:"title"`
	Entries []Entry `json:"entries"`
}

// Entry is one thing recorded. Its fields have the names of those of the step that recorded it.
type Entry struct {
	Title   string     `json:"title"`
	At      *time.Time `json:"at,omitempty"`
	By      string     `json:"by,omitempty"`
	Warning string     `json:"warning,omitempty"`
	Fields  []Field    `json:"fields"`
}

// Field is one thing that is asked, or was answered.
type Field struct {
	Name     string   `json:"name,omitempty"`
	Label    string   `json:"label"`
	Hint     string   `json:"hint,omitempty"`
	Kind     string   `json:"kind"`
	Required bool     `json:"required,omitempty"`
	Options  []Option `json:"options,omitempty"`
	Value    string   `json:"value,omitempty"`
	Values   []string `json:"values,omitempty"`
}

// Option is an answer that can be chosen.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Moment is a line of the timeline.
type Moment struct {
	At           time.Time `json:"at"`
	Step         string    `json:"step"`
	Organisation string    `json:"organisation"`
}

// Duty is something that is due.
type Duty struct {
	Name  string    `json:"name"`
	Title string    `json:"title"`
	Since time.Time `json:"since"`
	Due   time.Time `json:"due"`
	Late  bool      `json:"late"`
}

// Referral is what became of the referral to the competent authority.
type Referral struct {
	Fields []Field `json:"fields"`
}

func line(r record.Redacted[casework.View]) Line {
	c := r.Value()
	l := Line{ID: r.ID().String(), Reference: c.Reference, Name: c.Person.Name, Version: r.Version()}
	if c.Opened.IsZero() {
		return l // nothing but that it is there
	}
	l.Opened, l.State = instant(c.Opened), "open"
	switch {
	case c.Historical:
		l.State = "historical"
	case c.Closed != nil:
		l.State = "closed"
	}
	return l
}

func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}

func named(id ident.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

func entries(list ...casework.Entry) []Entry {
	out := []Entry{}
	for _, e := range list {
		shown := Entry{Title: e.Title, At: instant(e.At), By: named(e.By), Fields: []Field{}}
		if e.Warn != nil {
			shown.Warning = sentence(e.Warn)
		}
		for _, f := range e.Fields {
			shown.Fields = append(shown.Fields, answered(f))
		}
		out = append(out, shown)
	}
	return out
}

// answered is a field with its answer, and no more.
func answered(f input.Field) Field {
	f.Options, f.Required, f.Hint = nil, false, ""
	return field(f)
}

func field(f input.Field) Field {
	out := Field{Name: f.Name, Label: f.Label, Hint: f.Hint, Kind: f.Kind, Required: f.Required, Value: f.Value, Values: f.Values}
	if at, err := time.Parse(formInstant, f.Value); err == nil && f.Kind == "datetime" {
		out.Value = at.Format(time.RFC3339)
	}
	for _, o := range f.Options {
		out.Options = append(out.Options, Option{Value: o.Value, Label: o.Label})
	}
	return out
}
