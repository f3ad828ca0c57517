package cooperation

import (
	"net/url"
	"reflect"
	"time"

	"palermo/casework"
	"palermo/fault"
	"palermo/input"
)

// sent is what the other side learns of an act's fields: all but those that stay here.
func sent(a Act) url.Values {
	values := input.Values(a)
	t := reflect.Indirect(reflect.ValueOf(a)).Type()
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("here") != "" {
			values.Del(input.Name(t.Field(i)))
		}
	}
	return values
}

// Free is an act whose fields need no more than to be filled in.
type free struct{}

func (free) Check(*Procedure, Work) error { return nil }

// Note is a word between the two sides, at any time.
type Note struct {
	free
	Text string `label:"Message to the other side" kind:"textarea" hint:"Nothing from which the person could be known."`
}

// Withdraw ends the procedure because the person, or who asked, no longer wants it. No reason is asked for.
type Withdraw struct {
	free
	Why string `label:"Why, for this side only" kind:"textarea" optional:"true" here:"true"`
}

// Decline ends it because the asked side cannot or will not help. Whatever the
// reason, a declined procedure looks the same to the asking side.
type Decline struct {
	free
	Why string `label:"Why, for this side only" kind:"textarea" optional:"true" here:"true"`
}

// More asks for what is missing.
type More struct {
	free
	What string `label:"What is missing" kind:"textarea" hint:"Ask for no more than you need."`
}

// Finish ends a procedure that has reached its aim.
type Finish struct {
	free
	Outcome string `label:"What came of it" kind:"textarea" hint:"Nothing from which the person could be known." optional:"true"`
}

// always are the acts that every procedure has: a word at any time, and an end
// from either side. Withdrawal is the asking side's, or of the side where the person is.
func always(person Side) []Info {
	return []Info{
		{Name: "note", Label: "Write to the other side", Past: "Message", By: Either, New: act[Note]()},
		{Name: "withdraw", Label: "Withdraw: the person, or this side, no longer wants it", Past: "Withdrawn", By: person, To: Withdrawn, New: act[Withdraw]()},
		{Name: "hand-over", Label: "Hand it to another organisation here", Past: "Handed to another organisation", By: Asked, New: act[HandOver]()},
		{Name: "decline", Label: "Decline", Past: "Declined", By: Asked, To: Declined, New: act[Decline]()},
	}
}

// future refuses an instant that has passed. An act of the other side may come late: there it stands.
func future(field string, at time.Time, w Work) error {
	if !w.By.Member.IsZero() && !at.After(w.Now) {
		return fault.Invalid(field, "Choose a time to come.")
	}
	return nil
}

// zone refuses what is no time zone.
func zone(field, name string) error {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return fault.Invalid(field, "Write a time zone like Africa/Lagos.")
	}
	return nil
}

// yes refuses an answer that must be yes.
func yes(field string, said bool, message string) error {
	if !said {
		return fault.Invalid(field, message)
	}
	return nil
}

// AgeGroup of a person who is not named.
type AgeGroup = casework.AgeGroup
