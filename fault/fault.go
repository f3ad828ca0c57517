// Package fault is how Palermo says that something did not happen: a code for
// programs, a sentence for the person that says what to do, and a cause for
// the log that carries no personal data.
//
// An error that is not a Fault is Internal: its text is never shown.
package fault

import (
	"errors"
	"fmt"
)

// Code tells a program what kind of refusal this is.
type Code string

const (
	CodeInvalid     Code = "invalid"     // what was sent cannot be accepted as it is
	CodeDenied      Code = "denied"      // this person may not do this here
	CodeConflict    Code = "conflict"    // it changed since it was read, or a rule of order forbids it
	CodeNotFound    Code = "not_found"   // there is none, or none that this person may know of
	CodeUnavailable Code = "unavailable" // not now: try again later
	CodeInternal    Code = "internal"    // our mistake
)

// Fault is a refusal with its reason. Message is an English sentence and the
// key of its translations; Args fill its %s and %d verbs.
type Fault struct {
	Code    Code
	Field   string // the input it concerns, or empty
	Message string
	Args    []any
	Cause   error // for the log; never shown
}

func (f *Fault) Error() string {
	text := fmt.Sprintf(f.Message, f.Args...)
	if f.Field != "" {
		text = f.Field + ": " + text
	}
	if f.Cause != nil {
		text += ": " + f.Cause.Error()
	}
	return text
}

func (f *Fault) Unwrap() error { return f.Cause }

// Invalid refuses what was entered in field ("" for the whole input).
func Invalid(field, message string, args ...any) error {
	return &Fault{Code: CodeInvalid, Field: field, Message: message, Args: args}
}

// Denied refuses because of who asks.
func Denied(message string, args ...any) error {
	return &Fault{Code: CodeDenied, Message: message, Args: args}
}

// Conflict refuses because of the state that the record is in.
func Conflict(message string, args ...any) error {
	return &Fault{Code: CodeConflict, Message: message, Args: args}
}

// NotFound says that there is none, or none that the asker may know of.
func NotFound(message string, args ...any) error {
	return &Fault{Code: CodeNotFound, Message: message, Args: args}
}

// Unavailable says that it cannot be done now.
func Unavailable(cause error, message string, args ...any) error {
	return &Fault{Code: CodeUnavailable, Message: message, Args: args, Cause: cause}
}

// Internal hides cause behind a sentence that tells nothing of it.
func Internal(cause error) error { return internal(cause) }

func internal(cause error) *Fault {
	return &Fault{Code: CodeInternal, Message: "Something went wrong on our side. Nothing was changed.", Cause: cause}
}

// Of returns err as a Fault: itself, or an Internal one that hides it. Of(nil) is nil.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return internal(err)
}

// Is reports whether err carries the code.
func Is(err error, code Code) bool { return err != nil && Of(err).Code == code }

// All joins the refusals of one input, so that a person mends them in one go; nil when there are none.
func All(errs ...error) error { return errors.Join(errs...) }

// Each lists the faults that err joins, in order.
func Each(err error) []*Fault {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Fault
		for _, e := range joined.Unwrap() {
			all = append(all, Each(e)...)
		}
		return all
	}
	return []*Fault{Of(err)}
}
