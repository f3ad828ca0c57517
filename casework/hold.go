package casework

import (
	"context"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/jurisdiction"
	"palermo/record"
)

// HoldNotice is the case's side of a hold: the authority that could remove the
// person was told to wait, and must acknowledge (rule 5).
type HoldNotice struct {
	Hold      record.ID[Hold]
	Authority ident.ID
	At        time.Time
	Lifted    time.Time
}

// Hold is all that a removal authority learns: that a person of this name and
// birth date must not be removed for now. It reads no case (rule 7), so the
// notice is a record of its own, with its own clock.
type Hold struct {
	record.Base
	At           time.Time
	Authority    ident.ID
	Owner        ident.ID // of the case
	Case         CaseID
	Name         string
	OtherNames   string
	BirthDate    string
	Nationality  string
	Acknowledged time.Time
	Lifted       time.Time
}

// HoldView is what may be shown of a hold.
type HoldView struct {
	At           time.Time
	Authority    ident.ID
	Name         string
	OtherNames   string
	BirthDate    string
	Nationality  string
	Acknowledged time.Time
	Lifted       time.Time
}

// NewHoldKind says how holds are kept. The authority stands on each, and those
// who asked for it, who see whether it was acknowledged.
func NewHoldKind(profile *jurisdiction.Profile, focal ident.ID) *record.Kind[Hold, HoldView] {
	return &record.Kind[Hold, HoldView]{
		Name: "hold", Schema: 1,
		Index: func(h *Hold) record.Index {
			x := record.Index{State: "open", Sort: h.At, Relations: []access.Relation{{Party: h.Authority, Role: access.RemovalAuthority},
				{Party: h.Owner, Role: access.CaseWorker}, {Party: h.Owner, Role: access.FirstResponder}, {Party: focal, Role: access.FocalPoint}}}
			if !h.Lifted.IsZero() {
				x.State = "closed"
			}
			return x
		},
		Redact: func(h *Hold, d access.Decision) HoldView {
			v := HoldView{At: h.At, Authority: h.Authority, Acknowledged: h.Acknowledged, Lifted: h.Lifted}
			if d.Sees(access.Identity) {
				v.Name, v.OtherNames, v.BirthDate, v.Nationality = h.Name, h.OtherNames, h.BirthDate, h.Nationality
			}
			return v
		},
		Duties: func(h *Hold) []duty.Duty { return holdDuties(h, profile, focal) },
	}
}

// holdDuties is the one clock of a hold: silence escalates (rule 5).
func holdDuties(h *Hold, p *jurisdiction.Profile, focal ident.ID) []duty.Duty {
	clock, known := p.Clock("removal_authority_acknowledges")
	if !known || !h.Acknowledged.IsZero() || !h.Lifted.IsZero() {
		return nil
	}
	d := duty.Duty{Name: clock.Key, Since: h.At, Due: p.Due(clock, h.At),
		Steps: []duty.Step{{Party: h.Authority, Role: access.RemovalAuthority, From: h.At}}}
	d.Steps = append(d.Steps, duty.Step{Party: focal, Role: access.FocalPoint, From: d.Due}, duty.Step{Party: h.Owner, Role: access.CaseWorker, From: d.Due})
	return []duty.Duty{d}
}

type holdDone struct{ What string }

func (n holdDone) Event() string { return n.What }

// AcknowledgeHold is the authority's word that it waits.
func (k *Desk) AcknowledgeHold(ctx context.Context, d *record.Door, id record.ID[Hold]) error {
	return record.Update(ctx, d, k.Holds, id, record.Reason{Action: "do:acknowledge"}, func(h *Hold) error {
		if !h.Acknowledged.IsZero() {
			return fault.Conflict("It is acknowledged already.")
		}
		h.Acknowledged = d.Now()
		h.Note(holdDone{"hold_acknowledged"})
		return nil
	})
}

// HoldsFor lists the holds that the viewer's organisation must respect or asked for.
func (k *Desk) HoldsFor(ctx context.Context, d *record.Door) ([]record.Redacted[HoldView], error) {
	return record.Collect(record.List(ctx, d, k.Holds, record.Query[Hold]{Why: record.Reason{Action: access.Look}, Limit: 200}))
}

// AskHold tells the authority that could remove the person to wait: from the
// referral until the last decision, the recovery period and every appeal have ended.
type AskHold struct {
	Authority ident.ID `label:"Authority that could remove the person" kind:"organisation"`
	Told      bool     `label:"The person knows that this authority learns name, date of birth and nationality, and nothing else"`
}

func (s *AskHold) Possible(c *Case, _ Work) error {
	switch {
	case c.Identification.Referral == nil:
		return fault.Conflict("The case is not referred.")
	case c.Hold != nil:
		return fault.Conflict("The authority was told.")
	}
	return c.open()
}

func (s *AskHold) Apply(c *Case, w Work) error {
	if !s.Told {
		return fault.Invalid("told", "Tell the person first.")
	}
	if !consent.Released(c.Consents, c.Overrides, s.Authority, w.Now).Has(access.Identity) {
		return fault.Invalid("authority", "The person has not allowed that this authority learns who they are. Record the consent, or a release without consent, first.")
	}
	p := c.Person
	h := &Hold{At: w.Now, Authority: s.Authority, Owner: c.Owner, Case: CaseID(c.RecordID()),
		Name: p.Name, OtherNames: p.OtherNames, BirthDate: p.BirthDate, Nationality: p.Nationality}
	h.Note(holdDone{"hold_asked"})
	id, err := w.Hold(h)
	if err != nil {
		return err
	}
	c.Hold = &HoldNotice{Hold: id, Authority: s.Authority, At: w.Now}
	c.happened("removal_authority_notified", w.Now)
	return nil
}

// LiftHold tells the authority that the reasons to wait have ended.
type LiftHold struct {
	Reasons string `label:"Which decision, period and appeal have ended" kind:"textarea"`
}

func (s *LiftHold) Possible(c *Case, w Work) error {
	i := &c.Identification
	switch {
	case c.Hold == nil || !c.Hold.Lifted.IsZero():
		return fault.Conflict("No authority was told to wait.")
	case i.Recovery.Running(w.Now):
		return fault.Conflict("The recovery period is running until %s.", i.Recovery.End.Format(time.DateOnly))
	case i.openReview() != nil:
		return fault.Conflict("A review is running.")
	case c.appealOpen(w):
		return fault.Conflict("The person can still ask for a review.")
	case i.Referral != nil && i.undecided():
		return fault.Conflict("The competent authority has not decided yet.")
	}
	return nil
}

// undecided reports that a decision is still to come.
func (i *Identification) undecided() bool {
	first := i.decision("first")
	return first == nil || first.Positive && i.decision("second") == nil
}

// appealOpen reports that the time to ask for a review of the last negative decision has not run out.
func (c *Case) appealOpen(w Work) bool {
	d := c.Identification.negative()
	if d == nil {
		return false
	}
	ends, known := w.Profile.ReviewEnds(d.At)
	return !known || w.Now.Before(ends)
}

func (s *LiftHold) Apply(c *Case, w Work) error {
	if err := w.Lift(c.Hold.Hold); err != nil {
		return err
	}
	c.Hold.Lifted = w.Now
	return nil
}
