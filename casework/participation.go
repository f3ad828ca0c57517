package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Participation is how the person takes part in one step of a proceeding: the
// measures that the person asks for, what the authority answered, and whether
// they were kept (rows 7d, 7o, 8d). It asks for nothing in return (rule 1).
type Participation struct {
	ID          ident.ID
	At          time.Time
	By          ident.ID
	Fields      PlanParticipation
	Request     *AskMeasures
	RequestedAt time.Time
	Answer      *AnswerMeasures
	AnsweredAt  time.Time
	Kept        *KeepMeasures
	KeptAt      time.Time
}

// Measure protects the person in a proceeding.
type Measure string

func (Measure) Options() []input.Option {
	return []input.Option{{Value: "support", Label: "A support person of the person's choice"}, {Value: "guardian", Label: "The guardian is there"},
		{Value: "lawyer", Label: "The person's lawyer is there"}, {Value: "interpreter", Label: "An interpreter of the gender that the person wishes"},
		{Value: "breaks", Label: "Breaks whenever the person asks"}, {Value: "screen", Label: "A screen"},
		{Value: "video", Label: "By video, from another room or place"}, {Value: "closed", Label: "Closed session"},
		{Value: "apart", Label: "No meeting with the accused, in the corridor neither"}, {Value: "changed", Label: "Voice or image changed"},
		{Value: "once", Label: "Recorded once, and not asked again"}, {Value: "unnamed", Label: "Name and address kept out of the file"},
		{Value: "access", Label: "Step-free access, formats and aids"}}
}

// ProceedingStage is a step of a proceeding that lies ahead.
type ProceedingStage string

func (ProceedingStage) Options() []input.Option {
	return []input.Option{{Value: "statement", Label: "Statement"}, {Value: "identification", Label: "Identifying a suspect"},
		{Value: "confrontation", Label: "Confrontation", Hint: "Ask first that it is avoided."},
		{Value: "hearing", Label: "Hearing"}, {Value: "judgment", Label: "Judgment"}, {Value: "other", Label: "Another step"}}
}

// PlanParticipation plans one step. Access needs are carried over.
type PlanParticipation struct {
	Proceeding  string          `label:"Which proceeding"`
	Stage       ProceedingStage `label:"Which step of it"`
	When        time.Time       `label:"When" optional:"true"`
	Measures    []Measure       `label:"What the person asks for"`
	Interpreter Preference      `label:"Wish for the interpreter"`
	Support     string          `label:"Support and access, as the person wants them" kind:"textarea" hint:"What the person needs, never a diagnosis." optional:"true"`
	Explained   string          `label:"How the person's role was explained" kind:"textarea"`
	Asked       bool            `label:"The person asks for this, or agrees"`
}

// Before carries the access needs over to the new step.
func (s *PlanParticipation) Before(c *Case) {
	if c.Access == nil {
		return
	}
	f := c.Access.Fields
	s.Support, s.Explained = f.Support, f.Role
	for measure, needed := range map[Measure]bool{"breaks": f.Breaks, "support": slices.Contains(f.Formats, "support"),
		"access": f.Mobility || len(f.Formats) > 0} {
		if needed {
			s.Measures = append(s.Measures, measure)
		}
	}
	slices.Sort(s.Measures)
}

func (s *PlanParticipation) Possible(c *Case, _ Work) error { return c.open() }

func (s *PlanParticipation) Apply(c *Case, w Work) error {
	if !s.Asked {
		return fault.Invalid("asked", "Measures are the person's to ask for.")
	}
	if c.Person.ProtectedAsChild(w.Now) && !slices.Contains(s.Measures, "guardian") {
		return fault.Invalid("measures", "The person is protected as a child: the guardian is there at each step.")
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Participation = append(c.Participation, Participation{ID: id, At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// participation finds a step that is in the state, nil if it is not there.
func (c *Case) participation(id ident.ID, in func(*Participation) bool) *Participation {
	for i := range c.Participation {
		if p := &c.Participation[i]; p.ID == id && in(p) {
			return p
		}
	}
	return nil
}

func (p *Participation) unasked() bool    { return p.Request == nil && p.Kept == nil }
func (p *Participation) unanswered() bool { return p.Request != nil && p.Answer == nil }
func (p *Participation) ahead() bool      { return p.Kept == nil }

// anyPart gives the refusal where no step of a proceeding is in the state.
func (c *Case) anyPart(in func(*Participation) bool, refusal error) error {
	for i := range c.Participation {
		if in(&c.Participation[i]) {
			return c.open()
		}
	}
	return refusal
}

// AskMeasures records that they were requested from the authority.
type AskMeasures struct {
	Part     ident.ID `label:"For which step" kind:"part"`
	To       string   `label:"From which authority"`
	Released bool     `label:"The person agrees to what the request says"`
}

func (s *AskMeasures) Possible(c *Case, _ Work) error {
	return c.anyPart((*Participation).unasked, fault.Conflict("No step of a proceeding waits for a request."))
}

func (s *AskMeasures) Apply(c *Case, w Work) error {
	p := c.participation(s.Part, (*Participation).unasked)
	switch {
	case p == nil:
		return fault.Invalid("part", "Choose one of the answers.")
	case !s.Released:
		return fault.Invalid("released", "Only the person releases this.")
	}
	p.Request, p.RequestedAt = s, w.Now
	return nil
}

// AnswerMeasures is the authority's answer, with reasons where it refuses.
type AnswerMeasures struct {
	Part    ident.ID  `label:"For which step" kind:"part"`
	Granted []Measure `label:"What was granted" optional:"true"`
	Reasons string    `label:"Reasons given" kind:"textarea" optional:"true"`
}

func (s *AnswerMeasures) Possible(c *Case, _ Work) error {
	return c.anyPart((*Participation).unanswered, fault.Conflict("No request for measures waits for an answer."))
}

func (s *AnswerMeasures) Apply(c *Case, w Work) error {
	p := c.participation(s.Part, (*Participation).unanswered)
	if p == nil {
		return fault.Invalid("part", "Choose one of the answers.")
	}
	if len(lacking(p.Fields.Measures, s.Granted)) > 0 && s.Reasons == "" {
		return fault.Invalid("reasons", "Not all was granted. Write the reasons that the authority gave, or that it gave none.")
	}
	p.Answer, p.AnsweredAt = s, w.Now
	return nil
}

// lacking are the measures asked for that were not granted.
func lacking(asked, granted []Measure) []Measure {
	return slices.DeleteFunc(slices.Clone(asked), func(m Measure) bool { return slices.Contains(granted, m) })
}

// KeepMeasures records, after the step, whether they were kept.
type KeepMeasures struct {
	Part   ident.ID `label:"For which step" kind:"part"`
	Kept   Answer   `label:"Were they kept?"`
	Failed string   `label:"What was not kept, and what was done about it" kind:"textarea" optional:"true"`
}

func (s *KeepMeasures) Possible(c *Case, _ Work) error {
	return c.anyPart((*Participation).ahead, fault.Conflict("No step of a proceeding lies ahead."))
}

func (s *KeepMeasures) Apply(c *Case, w Work) error {
	p := c.participation(s.Part, (*Participation).ahead)
	switch {
	case p == nil:
		return fault.Invalid("part", "Choose one of the answers.")
	case s.Kept == No && s.Failed == "":
		return fault.Invalid("failed", "Say what was not kept.")
	}
	p.Kept, p.KeptAt = s, w.Now
	return nil
}

const (
	measuresAnswerDuty = "measures_answer"
	measuresKeptDuty   = "measures_kept"
)

// participationDuties are to follow up a request that is not answered, the
// latest a day before the step, and to record afterwards what was kept.
func (c *Case) participationDuties() []duty.Duty {
	if c.Closed != nil {
		return nil
	}
	soonest := map[string]duty.Duty{}
	add := func(name string, since, due time.Time) {
		if d, ok := soonest[name]; !ok || due.Before(d.Due) {
			soonest[name] = duty.Duty{Name: name, Since: since, Due: due,
				Steps: []duty.Step{{Party: c.Owner, Role: access.CaseWorker, From: since}, {Party: c.Owner, Role: access.Advocate, From: since}}}
		}
	}
	for i := range c.Participation {
		p := &c.Participation[i]
		when := p.Fields.When
		if p.unanswered() && p.ahead() {
			due := p.RequestedAt.AddDate(0, 0, 7)
			if before := when.Add(-24 * time.Hour); !when.IsZero() && before.Before(due) {
				due = before
			}
			add(measuresAnswerDuty, p.RequestedAt, due)
		}
		if p.ahead() && !when.IsZero() {
			add(measuresKeptDuty, when, when.Add(72*time.Hour))
		}
	}
	var due []duty.Duty
	for _, name := range []string{measuresAnswerDuty, measuresKeptDuty} {
		if d, ok := soonest[name]; ok {
			due = append(due, d)
		}
	}
	return due
}

// participationApart shows it to those who stand by the person in the
// proceeding, not to each who gives a service.
func participationApart(v *View, c *Case, d access.Decision) {
	if d.May("do:participation") {
		v.Participation = c.Participation
	}
}

func (v *View) participationEntries() []Entry {
	var list []Entry
	for _, p := range v.Participation {
		e := entry("A step of a proceeding", p.At, p.By, &p.Fields)
		if p.Request != nil {
			e.Fields = append(e.Fields, instant("Requested", p.RequestedAt), fact("From which authority", "text", p.Request.To))
		}
		if p.Answer != nil {
			e.Fields = append(append(e.Fields, instant("Answered", p.AnsweredAt)), withoutKind(entry("", time.Time{}, ident.ID{}, p.Answer).Fields, "part")...)
		}
		if p.Kept != nil {
			e.Fields = append(append(e.Fields, instant("Recorded", p.KeptAt)), withoutKind(entry("", time.Time{}, ident.ID{}, p.Kept).Fields, "part")...)
		}
		list = append(list, e)
	}
	return list
}
