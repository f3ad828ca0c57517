package recommendation

import (
	"regexp"
	"strings"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Status of a measure.
type Status string

// Options lists them.
func (Status) Options() []input.Option {
	return []input.Option{{Value: "planned", Label: "Planned"}, {Value: "under_way", Label: "Under way"}, {Value: "done", Label: "Done"}, {Value: "given_up", Label: "Given up"}}
}

// Label names it to a person, in English.
func (s Status) Label() string { return input.Label(s) }

// Measure is one thing that a State does about a recommendation. Its labelled fields are the form.
type Measure struct {
	ID        ident.ID
	At        time.Time
	What      string `label:"What is done" kind:"textarea" hint:"Offices and laws. No person, no case."`
	Owner     string `label:"Who answers for it" hint:"An authority or an organisation. No person."`
	Status    Status `label:"How far it is"`
	Due       string `label:"By when" kind:"date" optional:"true"`
	Indicator string `label:"How one will see that it worked" optional:"true"`
	Evidence  string `label:"What shows it" kind:"textarea" hint:"A law with its article, a report, an address of a page. Needed when it is done." optional:"true"`
	Need      string `label:"Technical assistance that is needed" kind:"textarea" optional:"true"`
	Nobody    bool   `label:"It names no person, and tells nothing from which a person could be known"`
}

// reachable are traces of somebody: an e-mail address, a telephone number.
var reachable = regexp.MustCompile(`\S@\S+\.\S|\+\d[\d ()/-]{7,}\d`)

// Check says what of a measure cannot be kept.
func (m *Measure) Check() error {
	var errs []error
	for field, text := range map[string]string{"what": m.What, "owner": m.Owner, "indicator": m.Indicator, "evidence": m.Evidence, "need": m.Need} {
		if len([]rune(text)) > 4000 {
			errs = append(errs, fault.Invalid(field, "This is too long: keep it under %d characters.", 4000))
		}
		if reachable.MatchString(text) {
			errs = append(errs, fault.Invalid(field, "This has an e-mail address or a telephone number in it. Take it out."))
		}
		if strings.TrimSpace(text) == "" && (field == "what" || field == "owner") {
			errs = append(errs, fault.Invalid(field, "This is needed."))
		}
	}
	errs = append(errs, input.Listed("status", m.Status))
	if m.Status == "done" && strings.TrimSpace(m.Evidence) == "" {
		errs = append(errs, fault.Invalid("evidence", "Say what shows that it is done."))
	}
	if _, err := time.Parse(time.DateOnly, m.Due); m.Due != "" && err != nil {
		errs = append(errs, fault.Invalid("due", "Write a date."))
	}
	if !m.Nobody {
		errs = append(errs, fault.Invalid("nobody", "Take out what could tell who somebody is, then tick this."))
	}
	return fault.All(errs...)
}
