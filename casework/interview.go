package casework

import (
	"strconv"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// InterviewPlan is made before the person is asked anything: what is recorded
// already, so that nobody asks it again, and who is to listen (row 7l).
type InterviewPlan struct {
	ID     ident.ID
	At     time.Time
	By     ident.ID
	Fields PlanInterview
	Held   time.Time
}

// PlanInterview makes it. From the third telling on, a reason is needed.
type PlanInterview struct {
	Purpose     string     `label:"What the interview is for"`
	Missing     string     `label:"What is missing in what is recorded already" kind:"textarea"`
	Retell      bool       `label:"The person is to be asked again what happened"`
	Why         string     `label:"Why what is already recorded is not enough" kind:"textarea" optional:"true"`
	Interviewer Preference `label:"Wish for the interviewer"`
	Interpreter Preference `label:"Wish for the interpreter"`
	Booking     ident.ID   `label:"Which interpreter" kind:"booking" hint:"As booked on this case. Who it is stays with the booking desk." optional:"true"`
	Support     string     `label:"Who supports the person, if wanted" optional:"true"`
	When        time.Time  `label:"When" optional:"true"`
	Stop        bool       `label:"The person knows that they can stop at any time, and need not answer"`
}

// Told counts how often the person was asked to tell it.
func (c *Case) Told() int {
	n := 0
	for _, i := range c.Interviews {
		if i.Fields.Retold {
			n++
		}
	}
	return n
}

const tellings = 2 // before a reason is asked for

// toldAlready warns, or refuses, once the person has told it often enough.
func (c *Case) toldAlready() error {
	if c.Told() < tellings {
		return nil
	}
	return fault.Invalid("why", "The person has told it %d times already. Say why it was asked again.", c.Told())
}

func (s *PlanInterview) Possible(c *Case, _ Work) error { return c.open() }

func (s *PlanInterview) Apply(c *Case, w Work) error {
	if s.Retell && s.Why == "" {
		if err := c.toldAlready(); err != nil {
			return err
		}
	}
	if !s.Stop {
		return fault.Invalid("stop", "An interview begins only with somebody who knows this.")
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.InterviewPlans = append(c.InterviewPlans, InterviewPlan{ID: id, At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// Shows how often the person told it, and what is recorded already and by whom.
func (s *PlanInterview) Shows(v *View, _ Work) []Entry {
	list := []Entry{{Title: "How often the person was asked to tell it", Warn: v.toldAlready(),
		Fields: []input.Field{fact("Times", "text", strconv.Itoa(v.Told()))}}}
	add := func(title string, at time.Time, by ident.ID) {
		list = append(list, Entry{Title: title, At: at, By: by})
	}
	for _, x := range v.Screenings {
		add("Screening", x.At, x.By)
	}
	for _, x := range v.Forms {
		add(x.Title, x.At, x.By)
	}
	for _, x := range v.Interviews {
		add("Interview", x.At, x.By)
	}
	for _, x := range v.Evidence {
		add("Evidence other than testimony", x.At, x.By)
	}
	if v.Access != nil {
		list = append(list, entry("Access needs", v.Access.At, v.Access.By, &v.Access.Fields))
	}
	return list
}

// Interview is one time that the person was asked to tell (row 7l).
type Interview struct {
	At     time.Time
	By     ident.ID
	Fields RecordInterview
}

// RecordInterview records an interview that was planned, and counts it.
type RecordInterview struct {
	Plan        ident.ID `label:"Which planned interview" kind:"interview"`
	Retold      bool     `label:"The person was asked to tell again what happened"`
	Why         string   `label:"Why what is already recorded was not enough" kind:"textarea" optional:"true"`
	Kept        bool     `label:"The wishes were kept"`
	Supported   bool     `label:"Somebody the person trusts was there, if wanted"`
	Disclosable string   `label:"What of it could come to a defence" kind:"textarea" optional:"true"`
}

func (s *RecordInterview) Possible(c *Case, _ Work) error {
	for _, p := range c.InterviewPlans {
		if p.Held.IsZero() {
			return c.open()
		}
	}
	return fault.Conflict("Plan the interview first: see what is recorded already, so that nobody asks it again.")
}

func (s *RecordInterview) Apply(c *Case, w Work) error {
	for i := range c.InterviewPlans {
		p := &c.InterviewPlans[i]
		if p.ID != s.Plan || !p.Held.IsZero() {
			continue
		}
		if s.Retold && s.Why == "" && !(p.Fields.Retell && p.Fields.Why != "") {
			if err := c.toldAlready(); err != nil {
				return err
			}
		}
		p.Held = w.Now
		c.Interviews = append(c.Interviews, Interview{At: w.Now, By: w.By.Member, Fields: *s})
		return nil
	}
	return fault.Invalid("plan", "Choose one of the answers.")
}

func (v *View) interviewEntries() []Entry {
	var list []Entry
	for _, p := range v.InterviewPlans {
		e := entry("Planned interview", p.At, p.By, &p.Fields)
		e.Fields = withoutKind(e.Fields, "booking")
		if !p.Held.IsZero() {
			e.Fields = append(e.Fields, instant("Held", p.Held))
		}
		list = append(list, e)
	}
	for _, i := range v.Interviews {
		e := entry("Interview", i.At, i.By, &i.Fields)
		e.Fields = withoutKind(e.Fields, "interview")
		list = append(list, e)
	}
	return list
}

// withoutKind leaves out the fields that only point to something else on the case.
func withoutKind(fields []input.Field, kind string) []input.Field {
	var kept []input.Field
	for _, f := range fields {
		if f.Kind != kind {
			kept = append(kept, f)
		}
	}
	return kept
}
