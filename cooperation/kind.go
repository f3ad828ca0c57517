package cooperation

import (
	"context"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/duty"
	"palermo/ident"
	"palermo/jurisdiction"
	"palermo/record"
)

// ProcedureView is what may be shown of a procedure.
type ProcedureView struct {
	Procedure
	Label      string // a phrase
	StateLabel string // a phrase
	Turn       Side   // who moves next; empty once it has ended
	Until      time.Time
	Offers     []Offer
	Links      bool // a case of this State can be linked to it by the viewer
	Sees       access.Set
}

// RecordText names the record in addresses.
func (v ProcedureView) RecordText() string { return ProcedureOf(v.Reference).String() }

// Offer is an act as it is offered: possible, or why not.
type Offer struct {
	Info
	WhyNot error
}

// NewProcedureKind says how procedures are kept. How soon the sides move, the jurisdiction says.
func NewProcedureKind(profile *jurisdiction.Profile) *record.Kind[Procedure, ProcedureView] {
	return &record.Kind[Procedure, ProcedureView]{
		Name: "procedure", Schema: 1,
		Index: func(p *Procedure) record.Index {
			x := record.Index{State: "open", Sort: p.Changed, Relations: p.relations(), Words: []string{"ref:" + p.Reference.Reference()}}
			if p.Case != (casework.CaseID{}) {
				x.Words = append(x.Words, caseWord(ident.ID(p.Case)))
			}
			if p.State.Ended() {
				x.State = "closed"
			}
			return x
		},
		Redact: func(p *Procedure, d access.Decision) ProcedureView { return redactProcedure(p, d, profile) },
		Duties: func(p *Procedure) []duty.Duty { return procedureDuties(p, profile) },
	}
}

// redactProcedure shows what was done. What an act says may touch the person,
// so its fields are for those who see needs; sheets go by their own category.
func redactProcedure(p *Procedure, d access.Decision, in *jurisdiction.Profile) ProcedureView {
	v := ProcedureView{Sees: d.Seen()}
	if !d.Sees(access.Summary) {
		return v
	}
	v.Procedure = *p
	v.Acts, v.Early = nil, nil
	elsewhere := !p.From.IsZero() && d.Viewer.Organisation == p.From
	definition := p.Definition()
	v.Label, v.StateLabel = definition.Label, definition.StateLabel(p.State)
	if stage, ok := definition.Stage(p.State); ok {
		v.Turn, v.Until = stage.Turn, p.until(stage, in)
	}
	for _, a := range p.Acts {
		a.Sheets = shownSheets(a.Sheets, d)
		if !d.Sees(access.Needs) {
			a.Fields = nil
		}
		if elsewhere { // that it moves, and nothing of what is in it
			a.Fields, a.Sheets, a.Message, a.By = nil, nil, MessageID{}, ident.ID{}
		}
		v.Acts = append(v.Acts, a)
	}
	if elsewhere {
		v.Case, v.Until = casework.CaseID{}, time.Time{} // it may tell the day of an arrival
	} else if d.May(DoCooperate) {
		v.Links = p.links() == nil && (d.Viewer.Has(access.CaseWorker) || d.Viewer.Has(access.Advocate))
		for _, info := range definition.Acts {
			if info.Name != definition.Begin && (info.By == Either || info.By == p.Side) {
				why := p.WhyNot(info)
				if why == nil {
					why = p.unlinked(info)
				}
				v.Offers = append(v.Offers, Offer{Info: info, WhyNot: why})
			}
		}
	}
	return v
}

// relations say who stands on a procedure: those of the office, and the focal point that handed it over.
func (p *Procedure) relations() []access.Relation {
	list := relations(p.Office)
	if !p.From.IsZero() {
		list = append(list, access.Relation{Party: p.From, Role: access.FocalPoint})
	}
	return list
}

// Duties of a procedure: to move, to ask what became of it when the other side
// does not, what the procedure itself demands, and to look where the sides differ.
const (
	dutyMove     = "procedure_move"
	dutyAwait    = "procedure_await"
	dutyFollowUp = "offer_follow_up"
	dutyDiffer   = "procedure_differs"
)

// DutyTitle names a duty of cooperation to a person, an English phrase.
func DutyTitle(name string) (string, bool) {
	title, ok := map[string]string{
		dutyMove:      "Another State waits for an answer",
		dutyAwait:     "The other State has not answered in time: ask what became of it",
		dutyFollowUp:  "Offer a follow-up to the person who returned",
		dutyDiffer:    "The two States do not see the same state of a procedure: speak with each other",
		undelivered:   "A message to another State did not arrive",
		dutyTrust:     "The trust list expires in two weeks: ask the signers for the next",
		dutyTrustSoon: "The trust list expires in three days: then nothing goes to other States or comes from them",
		dutyErase:     "Another State asks to erase what it sent: answer",
	}[name]
	return title, ok
}

// until is when the next move is due.
func (p *Procedure) until(s Stage, in *jurisdiction.Profile) time.Time {
	from := p.Changed
	if waits := p.Definition().Waits; waits != nil {
		if day := waits(p); day.After(from) {
			from = day
		}
	}
	return in.Add(in.Move(p.Definition().Move(s.State)).Period, from)
}

// Move is the key of a state's time in a profile.
func (d *Definition) Move(s State) jurisdiction.MoveKey {
	return jurisdiction.MoveKey(string(d.Type) + "." + string(s))
}

func procedureDuties(p *Procedure, in *jurisdiction.Profile) []duty.Duty {
	var due []duty.Duty
	add := func(name string, since, at, seen time.Time) {
		steps := toOffice(p.Office, seen)
		if !p.From.IsZero() { // what is not done in time comes up to whoever handed it over
			steps = append(steps, duty.Step{Party: p.From, Role: access.FocalPoint, From: at})
		}
		due = append(due, duty.Duty{Name: name, Since: since, Due: at, Steps: steps})
	}
	definition := p.Definition()
	if stage, ok := definition.Stage(p.State); ok && stage.Turn != Either {
		at := p.until(stage, in)
		if stage.Turn == p.Side {
			add(dutyMove, p.Changed, at, p.Changed)
		} else {
			add(dutyAwait, p.Changed, at.Add(2*day), at)
		}
	}
	if p.Disagrees() {
		add(dutyDiffer, p.Changed, p.Changed.Add(day), p.Changed)
	}
	if definition.Duties != nil {
		for _, d := range definition.Duties(p) {
			add(d.Name, d.Since, d.At, d.Since)
		}
	}
	return due
}

// List gives a page of the procedures that the viewer may see, changed last first.
func (k *Desk) List(ctx context.Context, d *record.Door, before record.Cursor, limit int) ([]record.Redacted[ProcedureView], error) {
	return record.Collect(record.List(ctx, d, k.Procedures, record.Query[Procedure]{Why: record.Reason{Action: access.Look}, Before: before, Limit: limit}))
}

// OfCase gives the procedures that a case is in.
func (k *Desk) OfCase(ctx context.Context, d *record.Door, id casework.CaseID) ([]record.Redacted[ProcedureView], error) {
	return record.Collect(record.List(ctx, d, k.Procedures, record.Query[Procedure]{Why: record.Reason{Action: access.Look}, Words: [][]string{{caseWord(ident.ID(id))}}, Limit: 200}))
}

// Way gives the messages of a procedure: who holds what, and what is late.
func (k *Desk) Way(ctx context.Context, d *record.Door, id ProcedureID) ([]record.Redacted[MessageView], error) {
	return record.Collect(record.List(ctx, d, k.Messages, record.Query[Message]{Why: record.Reason{Action: access.Look}, Words: [][]string{{procedureWord(id)}}, Limit: 200}))
}
