package library

import (
	"regexp"
	"strings"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Theme is what a good practice is about.
type Theme string

// Options lists the themes.
func (Theme) Options() []input.Option {
	return []input.Option{
		{Value: "identification", Label: "Identification and referral"}, {Value: "assistance", Label: "Assistance and recovery"},
		{Value: "children", Label: "Children"}, {Value: "non_punishment", Label: "Not punishing victims"},
		{Value: "evidence", Label: "Evidence other than testimony"}, {Value: "testimony", Label: "Testimony and protection in proceedings"},
		{Value: "interpreting", Label: "Interpreting"}, {Value: "return", Label: "Return, reintegration, staying"},
		{Value: "compensation", Label: "Seized assets and compensation"}, {Value: "civil_society", Label: "Civil society"},
		{Value: "between_states", Label: "Cooperation between States"}, {Value: "coordination", Label: "Coordination in a State"},
		{Value: "prevention", Label: "Prevention"}, {Value: "training", Label: "Training"},
	}
}

// Label names the theme to a person, in English.
func (t Theme) Label() string { return label(t.Options(), string(t)) }

// Recommendation is a paragraph of the report of the Working Group, July 2018, that a practice serves.
type Recommendation string

// Options lists the recommendations of paragraphs 7 and 8.
func (Recommendation) Options() []input.Option {
	var options []input.Option
	for _, p := range []struct{ number, letters string }{{"7", "abcdefghijklmnopq"}, {"8", "abcdefgh"}} {
		for _, l := range p.letters {
			value := p.number + " (" + string(l) + ")"
			options = append(options, input.Option{Value: value, Label: value})
		}
	}
	return options
}

func label(options []input.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return ""
}

// Facts is what is written of a good practice.
type Facts struct {
	Title    string         `label:"Title"`
	Done     string         `label:"What was done" kind:"textarea" hint:"And what came of it. No names, no case, nothing from which a person could be known."`
	Who      string         `label:"By whom" hint:"A State, an authority or an organisation. No person."`
	Source   string         `label:"Where it can be read" hint:"Title, date, paragraph. Your own experience is a source too: say so."`
	Theme    Theme          `label:"Theme"`
	Serves   Recommendation `label:"Recommendation of the 2018 report that it serves" optional:"true"`
	Language string         `label:"Language of this text" kind:"language"`
	Nobody   bool           `label:"It names no person, and tells nothing from which a person could be known"`
}

// check refuses what cannot stand in a library.
func (f *Facts) check() error {
	errs := []error{written("title", f.Title, 200), written("done", f.Done, 4000), written("who", f.Who, 200), written("source", f.Source, 500)}
	for field, text := range map[string]string{"title": f.Title, "done": f.Done, "who": f.Who} {
		errs = append(errs, impersonal(field, text))
	}
	if f.Theme.Label() == "" {
		errs = append(errs, fault.Invalid("theme", "Choose one of the answers."))
	}
	if f.Serves != "" && label(f.Serves.Options(), string(f.Serves)) == "" {
		errs = append(errs, fault.Invalid("serves", "Choose one of the answers."))
	}
	if f.Language == "" {
		errs = append(errs, fault.Invalid("language", "This is needed."))
	}
	if !f.Nobody {
		errs = append(errs, fault.Invalid("nobody", "A good practice is shared without anybody in it. Take out what could tell who somebody is, then tick this."))
	}
	return fault.All(errs...)
}

func written(field, text string, longest int) error {
	if strings.TrimSpace(text) == "" {
		return fault.Invalid(field, "This is needed.")
	}
	if len([]rune(text)) > longest {
		return fault.Invalid(field, "This is too long: keep it under %d characters.", longest)
	}
	return nil
}

// reachable are traces of somebody that no good practice needs: an e-mail address, a telephone number.
var reachable = regexp.MustCompile(`\S@\S+\.\S|\+?\d[\d ()/-]{7,}\d`)

// impersonal refuses what a person could be reached by. It cannot know names: whoever publishes reads.
func impersonal(field, text string) error {
	if reachable.MatchString(text) {
		return fault.Invalid(field, "This has an e-mail address or a telephone number in it. Take it out.")
	}
	return nil
}

// Entry is a good practice.
type Entry struct {
	record.Base
	Code         string // of one that came with the program
	Facts        Facts
	By           ident.ID // who proposed it; zero for the program
	Organisation ident.ID
	Added        time.Time
	Published    time.Time // zero while it is proposed
	Withdrawn    time.Time
	Why          string // it was withdrawn
	Comments     []Comment
}

// Comment is a member's word on an entry.
type Comment struct {
	ID           ident.ID
	At           time.Time
	By           ident.ID
	Organisation ident.ID
	Text         string
	Hidden       time.Time // by the focal point
}

// State of the entry, as lists ask for it.
func (e *Entry) State() string {
	switch {
	case !e.Withdrawn.IsZero():
		return "withdrawn"
	case e.Published.IsZero():
		return "proposed"
	}
	return "published"
}
