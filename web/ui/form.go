package ui

import (
	"palermo/fault"
	"palermo/web/locale"
)

// Form is a form with its buttons. A form whose fields need markup between
// them is written in the page's template instead, with "field" for each.
type Form struct {
	Action    string
	Method    string // "post" when empty; "get" for filters
	Legend    string // what the fields are about; may be empty
	Fields    []Field
	Submit    string // "Save" in the reader's language when empty
	Danger    bool   // the submit button does something that cannot be undone
	Secondary []Button
	Cancel    *Link
	Draft     string // a name, the same each time, under which the device keeps what is entered; empty keeps nothing
	Version   string // of the record that is changed, sent back as "version"
}

// Multipart reports whether the form carries a file.
func (f Form) Multipart() bool {
	for _, field := range f.Fields {
		if field.Kind == KindFile {
			return true
		}
	}
	return false
}

// Verb is the method attribute.
func (f Form) Verb() string {
	if f.Method == "" {
		return "post"
	}
	return f.Method
}

// Refuse puts each fault beside its field and lists them all for the top of
// the page. Faults of no field, or of a field that the form does not have, are
// only in the list.
func (f *Form) Refuse(loc locale.Locale, err error) []ErrorItem {
	var items []ErrorItem
	for _, refusal := range fault.Each(err) {
		item := ErrorItem{Text: loc.Fault(refusal)}
		for i := range f.Fields {
			if field := &f.Fields[i]; refusal.Field != "" && field.Name == refusal.Field {
				if field.Error == "" {
					field.Error = item.Text
				}
				item.Href = "#" + field.FieldID()
			}
		}
		items = append(items, item)
	}
	return items
}

// Errors lists the faults for the top of a page whose fields follow IDOf.
func Errors(loc locale.Locale, err error) []ErrorItem {
	var items []ErrorItem
	for _, refusal := range fault.Each(err) {
		item := ErrorItem{Text: loc.Fault(refusal)}
		if refusal.Field != "" {
			item.Href = "#" + IDOf(refusal.Field)
		}
		items = append(items, item)
	}
	return items
}

// Button is a button, or a link that looks like one.
type Button struct {
	Text   string
	Href   string // a link when set
	Name   string // of the value that a submit button sends
	Value  string
	Action string // formaction: another address than the form's; outside a form, a form of its own posts there
	Kind   ButtonKind
}

// ButtonKind is how much a button stands out.
type ButtonKind string

const (
	ButtonPrimary   ButtonKind = ""
	ButtonSecondary ButtonKind = "secondary"
	ButtonWarning   ButtonKind = "warning"
)
