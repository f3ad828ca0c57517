package ui

import "strings"

// Kind is the kind of a field.
type Kind string

const (
	KindText       Kind = "text"
	KindTextarea   Kind = "textarea"
	KindDate       Kind = "date"
	KindDatetime   Kind = "datetime"
	KindNumber     Kind = "number"
	KindSelect     Kind = "select"
	KindRadios     Kind = "radios"
	KindCheckboxes Kind = "checkboxes"
	KindCheckbox   Kind = "checkbox"
	KindPassword   Kind = "password"
	KindCode       Kind = "code" // a one-time code
	KindEmail      Kind = "email"
	KindTel        Kind = "tel"
	KindFile       Kind = "file"
	KindHidden     Kind = "hidden"
	KindNote       Kind = "note" // a text between fields: Label is its heading, Hint its text
)

// Field is one question of a form. Label, Hint, Error and the options' texts
// are in the reader's language, or in Lang when the questionnaire has no
// translation.
type Field struct {
	Name, ID     string // ID may be empty: it follows from Name
	Label, Hint  string
	Kind         Kind     // KindText when empty
	Value        string   // for one value; of a checkbox, what is sent when ticked ("1" when empty)
	Values       []string // for checkboxes, those that are ticked
	Options      []Option
	Error        string
	Required     bool // says so beside the label: most questions to a victim are optional
	Checked      bool // of a checkbox
	ReadOnly     bool
	Large        bool // the label is the page's heading
	Autocomplete string
	InputMode    string
	Placeholder  string // rarely right: a hint is better
	Min, Max     string // of a number or a date
	Step         string
	MaxLength    int
	Rows         int    // of a textarea
	Accept       string // of a file
	Multiple     bool   // of a file
	Lang         string // of Label and Hint when not the page's
}

// Option is one answer to choose.
type Option struct {
	Value, Label, Hint string
	Selected           bool
	Group              string // options of one select or list that follow each other with the same group stand under it
}

// FieldID is the id of the input: what an error links to.
func (f Field) FieldID() string {
	if f.ID != "" {
		return f.ID
	}
	return IDOf(f.Name)
}

// IDOf makes an id of a field's name, as Field does.
func IDOf(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		}
		return '-'
	}, name)
}

// HintID is the id of the hint.
func (f Field) HintID() string { return f.FieldID() + "-hint" }

// ErrorID is the id of the error.
func (f Field) ErrorID() string { return f.FieldID() + "-error" }

// DescribedBy lists the ids that a screen reader reads after the label.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.HintID())
	}
	if f.Error != "" {
		ids = append(ids, f.ErrorID())
	}
	return strings.Join(ids, " ")
}

// Grouped reports whether the field is a set of inputs, which needs a legend
// and not a label.
func (f Field) Grouped() bool { return f.Kind == KindRadios || f.Kind == KindCheckboxes }

// InputType is the type attribute of a one-line input.
func (f Field) InputType() string {
	switch f.Kind {
	case KindDate, KindPassword, KindEmail, KindTel, KindFile, KindHidden:
		return string(f.Kind)
	case KindDatetime:
		return "datetime-local"
	}
	// A number is a text with a numeric keyboard: type=number loses what it
	// does not understand and turns with the mouse wheel.
	return "text"
}

// Keyboard is the inputmode attribute.
func (f Field) Keyboard() string {
	switch {
	case f.InputMode != "":
		return f.InputMode
	case f.Kind == KindCode:
		return "numeric"
	case f.Kind == KindNumber && f.Step != "":
		return "decimal"
	case f.Kind == KindNumber:
		return "numeric"
	}
	return ""
}

// Complete is the autocomplete attribute. What is entered about a person is
// never kept by the browser, so it is off unless asked for.
func (f Field) Complete() string {
	switch {
	case f.Autocomplete != "":
		return f.Autocomplete
	case f.Kind == KindCode:
		return "one-time-code"
	}
	return "off"
}

// Picked reports whether an option is chosen.
func (f Field) Picked(o Option) bool {
	if o.Selected || (f.Value != "" && f.Value == o.Value && f.Kind != KindCheckboxes) {
		return true
	}
	for _, v := range f.Values {
		if v == o.Value {
			return true
		}
	}
	return false
}

// NeedsBlank reports whether a list needs an empty first line, so that nothing
// is chosen before somebody chose it.
func (f Field) NeedsBlank() bool { return len(f.Options) == 0 || f.Options[0].Value != "" }

// Sent is what a single checkbox sends.
func (f Field) Sent() string {
	if f.Value == "" {
		return "1"
	}
	return f.Value
}

// OptionID is the id of the i-th option's input; the first one has the id of
// the field, so that an error can link to it.
func (f Field) OptionID(i int) string {
	if i == 0 {
		return f.FieldID()
	}
	return f.FieldID() + "-" + itoa(i+1)
}

// OptionGroup is a run of options under one heading.
type OptionGroup struct {
	Label   string
	Options []IndexedOption
}

// IndexedOption is an option with its place in the whole list.
type IndexedOption struct {
	Option
	Index int
}

// Groups splits the options where their group changes.
func (f Field) Groups() []OptionGroup {
	var groups []OptionGroup
	for i, o := range f.Options {
		if len(groups) == 0 || groups[len(groups)-1].Label != o.Group {
			groups = append(groups, OptionGroup{Label: o.Group})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, IndexedOption{o, i})
	}
	return groups
}
