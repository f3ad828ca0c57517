package directory

import (
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Course is training that a member can pass (rows 7m, 7p).
type Course struct {
	record.Base
	Code        string // short, as on the certificate: "ID-1"
	Title       string
	For         []access.Role // whom it is meant for
	Mandatory   bool          // whoever has one of these roles must have passed it
	ValidMonths int           // 0: for good
	Practice    []string      // codes of the practice cases that complete it; none where somebody attests it
	Added       time.Time
	Retired     time.Time // zero while it is given
}

// CourseFacts is what an administrator writes of a course, new or changed.
type CourseFacts struct {
	Code        string `label:"Code" hint:"As on the certificate."`
	Title       string `label:"Title"`
	For         []access.Role
	Mandatory   bool `label:"Whoever has one of these roles must have passed it"`
	ValidMonths int  `label:"Months until it must be repeated" hint:"Empty: it need not be repeated." optional:"true"`
	Practice    []string
}

func (c *Course) set(f CourseFacts) error {
	code, codeErr := text("code", f.Code)
	title, titleErr := text("title", f.Title)
	errs := []error{codeErr, titleErr}
	if strings.ContainsAny(code, " \t") {
		errs = append(errs, fault.Invalid("code", "Write the code without spaces."))
	}
	for _, r := range f.For {
		if !r.Known() {
			errs = append(errs, fault.Invalid("for", "Choose one of the answers."))
		}
	}
	if f.Mandatory && len(f.For) == 0 {
		errs = append(errs, fault.Invalid("for", "Say for which roles the course must be passed."))
	}
	if f.ValidMonths < 0 {
		errs = append(errs, fault.Invalid("valid_months", "Write a number."))
	}
	if err := fault.All(errs...); err != nil {
		return err
	}
	c.Code, c.Title, c.For, c.Mandatory, c.ValidMonths = strings.ToUpper(code), title, f.For, f.Mandatory, f.ValidMonths
	c.Practice = f.Practice
	return nil
}

// Completion says that a member passed a course.
type Completion struct {
	Course string // its code
	On     time.Time
	By     ident.ID // who attested it; zero for the program, when its practice cases were passed
}

// due reports whether the practice cases of the course, all of them passed
// since it was last completed, complete it now: a course that must be repeated is practised again.
func (c *Course) due(completions []Completion, passed map[string]time.Time) bool {
	var last time.Time
	for _, done := range completions {
		if done.Course == c.Code && done.On.After(last) {
			last = done.On
		}
	}
	for _, code := range c.Practice {
		if at, ok := passed[code]; !ok || !at.After(last) {
			return false
		}
	}
	return len(c.Practice) > 0 && c.Retired.IsZero()
}

// Holds reports whether a completion of the course counts at the instant.
func (c *Course) Holds(completions []Completion, now time.Time) bool {
	return slices.ContainsFunc(completions, func(done Completion) bool {
		if done.Course != c.Code || now.Before(done.On) {
			return false
		}
		return c.ValidMonths == 0 || now.Before(done.On.AddDate(0, c.ValidMonths, 0))
	})
}
