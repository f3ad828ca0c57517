package casework

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Engagement is all that an interpreter learns: the language, the time, the
// place or line, and whether somebody is still needed. It is a record of its
// own, so that an interpreter comes to no case (rule 8).
type Engagement struct {
	record.Base
	At          time.Time
	Interpreter ident.ID // the member
	Pseudonym   string
	Case        CaseID // for the booking desk
	Language    string
	Dialect     string
	When        time.Time
	Remote      bool
	Where       string
	Ended       time.Time // no longer needed, whatever the reason
	Declined    time.Time // by the interpreter, who cannot come
	Threats     []Threat
	Oaths       []Oath
}

// Threat is a threat against the interpreter, and what was done about it (row 8c).
type Threat struct {
	At       time.Time
	What     string
	Answered time.Time
	Answer   string
}

// Oath is an identity that was disclosed to a court that must take an oath:
// to that court, for a time, under a provision (rule 8).
type Oath struct {
	Court     ident.ID
	At        time.Time
	Until     time.Time
	Name      string
	Provision string
	By        ident.ID
}

// EngagementView is what may be shown of an engagement.
type EngagementView struct {
	Engagement
	Own bool // the viewer is the interpreter
}

// live reports that the interpreter is expected.
func (e *Engagement) live() bool { return e.Ended.IsZero() && e.Declined.IsZero() }

// unanswered is the first threat that nobody has answered.
func (e *Engagement) unanswered() *Threat {
	for i := range e.Threats {
		if e.Threats[i].Answered.IsZero() {
			return &e.Threats[i]
		}
	}
	return nil
}

// NewEngagementKind says how engagements are kept: the interpreter stands on
// their own, the booking desk on each, a court on those that were disclosed to
// it, and the focal point where a threat waits for an answer.
func NewEngagementKind(focal ident.ID) *record.Kind[Engagement, EngagementView] {
	return &record.Kind[Engagement, EngagementView]{
		Name: "engagement", Schema: 1,
		Index: func(e *Engagement) record.Index {
			x := record.Index{State: "open", Sort: e.At, Relations: []access.Relation{{Party: access.Everyone, Role: access.BookingDesk},
				{Party: e.Interpreter, Role: access.Interpreter}}}
			if !e.live() {
				x.State = "closed"
			}
			for _, o := range e.Oaths {
				x.Relations = append(x.Relations, access.Relation{Party: o.Court, Role: access.Judge, Until: o.Until})
			}
			if e.unanswered() != nil {
				x.Relations = append(x.Relations, access.Relation{Party: focal, Role: access.FocalPoint})
			}
			return x
		},
		Redact: redactEngagement,
		Duties: func(e *Engagement) []duty.Duty { return e.threatDuties(focal) },
	}
}

func redactEngagement(e *Engagement, d access.Decision) EngagementView {
	v := EngagementView{Own: d.Viewer.Member == e.Interpreter && !e.Interpreter.IsZero()}
	if d.Sees(access.Summary) {
		v.At, v.Pseudonym, v.Language, v.Dialect, v.When, v.Remote = e.At, e.Pseudonym, e.Language, e.Dialect, e.When, e.Remote
		v.Ended, v.Declined = e.Ended, e.Declined
	}
	if d.Sees(access.Placement) {
		v.Where = e.Where
	}
	if d.Sees(access.Risk) {
		v.Threats = e.Threats
	}
	if !d.Sees(access.Interpreters) {
		return v
	}
	if slices.Contains(d.Standing, access.BookingDesk) {
		v.Interpreter, v.Case, v.Oaths = e.Interpreter, e.Case, e.Oaths
		return v
	}
	for _, o := range e.Oaths {
		if o.Court == d.Viewer.Organisation && d.At.Before(o.Until) {
			v.Oaths = append(v.Oaths, o)
		}
	}
	return v
}

// threatDuty asks the booking desk to act on a threat; silence goes up to the focal point.
const threatDuty = "interpreter_threatened"

func (e *Engagement) threatDuties(focal ident.ID) []duty.Duty {
	t := e.unanswered()
	if t == nil {
		return nil
	}
	due := t.At.Add(4 * time.Hour)
	return []duty.Duty{{Name: threatDuty, Since: t.At, Due: due, Steps: []duty.Step{
		{Party: access.Everyone, Role: access.BookingDesk, From: t.At}, {Party: focal, Role: access.FocalPoint, From: due}}}}
}

type engaged struct{ What string }

func (n engaged) Event() string { return n.What }

// EngagementsFor lists the engagements that the viewer may know of, newest first.
func (k *Desk) EngagementsFor(ctx context.Context, d *record.Door) ([]record.Redacted[EngagementView], error) {
	return record.Collect(record.List(ctx, d, k.Engagements, record.Query[Engagement]{Why: record.Reason{Action: access.Look}, Limit: 200}))
}

// CannotCome is the interpreter's word that they cannot come, or know somebody concerned. No reason is asked for.
func (k *Desk) CannotCome(ctx context.Context, d *record.Door, id record.ID[Engagement]) error {
	return record.Update(ctx, d, k.Engagements, id, record.Reason{Action: "do:engaged"}, func(e *Engagement) error {
		if !e.live() {
			return fault.Conflict("Nobody is expected any more.")
		}
		e.Declined = d.Now()
		e.Note(engaged{"engagement_declined"})
		return nil
	})
}

// ReportThreat is what an interpreter tells of a threat because of an engagement.
type ReportThreat struct {
	What string `label:"What happened, and when" kind:"textarea" hint:"Those at the booking desk read it, and the focal point if they do not answer."`
}

// Threatened takes down a threat against the interpreter.
func (k *Desk) Threatened(ctx context.Context, d *record.Door, id record.ID[Engagement], s ReportThreat) error {
	return record.Update(ctx, d, k.Engagements, id, record.Reason{Action: "do:engaged"}, func(e *Engagement) error {
		if e.unanswered() != nil {
			return fault.Conflict("A threat was told already and waits for an answer.")
		}
		e.Threats = append(e.Threats, Threat{At: d.Now(), What: s.What})
		e.Note(engaged{"threat_told"})
		return nil
	})
}

// AnswerThreat is what is done about it.
type AnswerThreat struct {
	Answer string `label:"What is done to protect the interpreter" kind:"textarea" hint:"The interpreter reads it."`
}

// AnswerThreatened answers the threat that waits.
func (k *Desk) AnswerThreatened(ctx context.Context, d *record.Door, id record.ID[Engagement], s AnswerThreat) error {
	return record.Update(ctx, d, k.Engagements, id, record.Reason{Action: "do:protect"}, func(e *Engagement) error {
		t := e.unanswered()
		if t == nil {
			return fault.Conflict("No threat waits for an answer.")
		}
		t.Answered, t.Answer = d.Now(), s.Answer
		e.Note(engaged{"threat_answered"})
		return nil
	})
}

// TakeOath discloses who the interpreter is to a court that must take an oath.
type TakeOath struct {
	Court     ident.ID `label:"Court" kind:"organisation"`
	Provision string   `label:"The provision" hint:"Law and article by which the court must know who interprets."`
	Days      int      `label:"For how many days" hint:"At most 30."`
	Told      bool     `label:"The interpreter was told"`
}

// Disclose records the disclosure; the journal says that it was made, and to whom, not the name.
func (k *Desk) Disclose(ctx context.Context, d *record.Door, id record.ID[Engagement], s TakeOath) error {
	seen, err := record.View(ctx, d, k.Engagements, id, record.Reason{Action: access.Look})
	if err != nil {
		return err
	}
	if k.Register == nil {
		return fault.Conflict("This node keeps no register of interpreters.")
	}
	who, err := k.Register.Interpreter(ctx, d, seen.Value().Interpreter)
	if err != nil {
		return err
	}
	switch {
	case s.Days < 1 || s.Days > 30:
		return fault.Invalid("days", "Between 1 and 30 days.")
	case !s.Told:
		return fault.Invalid("told", "Tell the interpreter first.")
	}
	return record.Update(ctx, d, k.Engagements, id, record.Reason{Action: "do:disclose"}, func(e *Engagement) error {
		e.Oaths = append(e.Oaths, Oath{Court: s.Court, At: d.Now(), Until: d.Now().AddDate(0, 0, s.Days), Name: who.Name, Provision: s.Provision, By: d.Viewer().Member})
		e.Note(disclosed{Court: s.Court, Provision: s.Provision})
		return nil
	})
}

type disclosed struct {
	Court     ident.ID
	Provision string
}

func (disclosed) Event() string { return "interpreter_disclosed" }
