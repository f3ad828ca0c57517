package casework

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/form"
	"palermo/ident"
	"palermo/input"
	"palermo/jurisdiction"
	"palermo/names"
	"palermo/record"
)

// Desk is casework at one node: its kind of case and its jurisdiction.
type Desk struct {
	Kind    *record.Kind[Case, View]
	Holds   *record.Kind[Hold, HoldView]
	Profile *jurisdiction.Profile
	Forms   *form.Library
	Abroad  Following // what other nodes hold of a case; nil where the node speaks to none
	// Matching is the register of those who agreed to matching; nil for none.
	Matching Agreeing

	Engagements *record.Kind[Engagement, EngagementView]
	Register    Register // of interpreters; nil where the node keeps none

	focal         ident.ID // the national focal point's organisation
	organisations Organisations
}

// Following is what must follow at other nodes, in the same commit, from what
// happens on a case.
type Following interface {
	// ConsentEnded recalls and asks to erase what went to a recipient, as far as nothing else covers it.
	ConsentEnded(tx *record.Tx, c *Case, recipient ident.ID) error
	// DoorClosed ends what goes on with peers to which the case is closed now.
	DoorClosed(tx *record.Tx, c *Case) error
	// CaseErased asks to erase all that went to other nodes, and takes the person out of what is here of it.
	CaseErased(tx *record.Tx, c *Case) error
}

// NewDesk for the profile's State and its focal point's organisation.
func NewDesk(profile *jurisdiction.Profile, focal ident.ID, organisations Organisations) *Desk {
	return &Desk{Kind: NewKind(profile, focal, organisations.Of), Holds: NewHoldKind(profile, focal), Profile: profile,
		Engagements: NewEngagementKind(focal),
		Forms:       form.NewLibrary(), focal: focal, organisations: organisations}
}

// Focal is the organisation of the national focal point.
func (k *Desk) Focal() ident.ID { return k.focal }

type opened struct{ Jurisdiction string }

func (opened) Event() string { return "open" }

// OpenCase begins a case at first contact, for the viewer's organisation.
func (k *Desk) OpenCase(ctx context.Context, d *record.Door, first DescribePerson) (CaseID, error) {
	var id CaseID
	if err := k.organisations.Learn(ctx); err != nil {
		return id, err
	}
	err := record.Do(ctx, d, record.Reason{Action: "create"}, func(tx *record.Tx) error {
		c := k.begin(tx)
		if err := first.Apply(c, k.work(tx.Viewer(), tx)); err != nil {
			return err
		}
		created, err := record.Create(tx, k.Kind, c)
		id = created
		return err
	})
	return id, err
}

func (k *Desk) begin(tx *record.Tx) *Case {
	c := &Case{Opened: tx.Now(), Owner: tx.Viewer().Organisation, Jurisdiction: k.Profile.Code}
	c.happened("first_contact", tx.Now())
	c.Timeline = []Moment{{At: tx.Now(), Step: "open", Member: tx.Viewer().Member, Organisation: tx.Viewer().Organisation, Category: access.Summary}}
	c.Base.Note(opened{Jurisdiction: c.Jurisdiction})
	return c
}

// OpenFrom opens a case from what another node sent: each sheet is a step that
// is taken here. One that does not fit stays where it came, to be read.
func (k *Desk) OpenFrom(tx *record.Tx, sheets []Sheet, from *Received) (CaseID, error) {
	c := k.begin(tx)
	c.Received = from
	w := k.work(tx.Viewer(), tx)
	for _, s := range sheets {
		info, known := Find(s.Step)
		if !known {
			continue
		}
		step := info.New()
		err := input.Decode(s.Fields, nil, step, time.UTC)
		if err == nil {
			err = Take(c, s.Step, step, w)
		}
		if err != nil && !fault.Is(err, fault.CodeInvalid) && !fault.Is(err, fault.CodeConflict) {
			return CaseID{}, err
		}
	}
	return record.Create(tx, k.Kind, c)
}

func (k *Desk) work(by access.Viewer, tx *record.Tx) Work {
	w := Work{Now: tx.Now(), By: by, Profile: k.Profile, Random: tx.Random(), Forms: k.Forms, Organisation: k.organisations.Of, Focal: k.focal}
	w.Hold = func(h *Hold) (record.ID[Hold], error) { return record.Create(tx, k.Holds, h) }
	w.Lift = func(id record.ID[Hold]) error {
		h, err := record.Open(tx, k.Holds, id)
		if err != nil {
			return err
		}
		h.Lifted = tx.Now()
		h.Note(holdDone{"hold_lifted"})
		return nil
	}
	w.Engage = func(e *Engagement) (record.ID[Engagement], error) {
		e.Note(engaged{"engaged"})
		return record.Create(tx, k.Engagements, e)
	}
	w.Disengage = func(id record.ID[Engagement]) error {
		e, err := record.Open(tx, k.Engagements, id)
		if err != nil || !e.live() {
			return err
		}
		e.Ended = tx.Now()
		e.Note(engaged{"engagement_ended"})
		return nil
	}
	return w
}

// Take takes a step on a case through the door. version is what the person had
// before them; it counts for steps that overwrite.
func (k *Desk) Take(ctx context.Context, d *record.Door, id CaseID, name string, s Step, version int64) error {
	info, ok := Find(name)
	if !ok {
		return fault.NotFound("There is no such step.")
	}
	if err := k.organisations.Learn(ctx); err != nil {
		return err
	}
	if reads, ok := s.(interface {
		lookUp(context.Context, *Desk, *record.Door) error
	}); ok {
		if err := reads.lookUp(ctx, k, d); err != nil {
			return err
		}
	}
	why := record.Reason{Action: info.Action}
	if info.Replaces {
		why.Version = version
	}
	return record.Do(ctx, d, why, func(tx *record.Tx) error {
		c, err := record.Open(tx, k.Kind, id)
		if err != nil {
			return err
		}
		if err := k.stillReleased(c, tx.Viewer(), info, tx.Now()); err != nil {
			return err
		}
		w := k.work(tx.Viewer(), tx)
		w.Attach = func(data []byte) (ident.ID, error) { return record.Attach(tx, k.Kind, id, data) }
		w.ErasePart = func(p record.Part) error { return record.ErasePart(tx, k.Kind, id, p) }
		before := c.allowed(tx.Now())
		if err := Take(c, name, s, w); err != nil {
			return err
		}
		if err := k.follow(tx, c, before); err != nil {
			return err
		}
		switch {
		case c.goes():
			return k.eraseAll(tx, c)
		case k.Matching != nil:
			return k.Matching.CaseChanged(tx, c)
		}
		return nil
	})
}

// allowed lists who may receive something of the case.
func (c *Case) allowed(now time.Time) []ident.ID {
	var recipients []ident.ID
	for _, g := range c.Consents {
		if g.Stands(now) {
			recipients = append(recipients, g.Recipient)
		}
	}
	return recipients
}

// follow tells other nodes what a step changed for them.
func (k *Desk) follow(tx *record.Tx, c *Case, before []ident.ID) error {
	if k.Abroad == nil || len(c.Abroad) == 0 {
		return nil
	}
	after := c.allowed(tx.Now())
	for _, recipient := range before {
		if len(before) != len(after) || !slices.Contains(after, recipient) {
			if err := k.Abroad.ConsentEnded(tx, c, recipient); err != nil {
				return err
			}
		}
	}
	if _, closed := c.closedSince(); closed {
		return k.Abroad.DoorClosed(tx, c)
	}
	return nil
}

// KeptOff reports an organisation that no case is for (rule 7).
func (k *Desk) KeptOff(organisation ident.ID) bool {
	return k.organisations.Of(organisation).Immigration
}

// MayWork refuses those to whom nothing on the case is released.
func (k *Desk) MayWork(c *Case, by access.Viewer, now time.Time) error {
	if c.Historical {
		return errHistorical
	}
	return k.stillReleased(c, by, Info{}, now)
}

// stillReleased refuses those to whom nothing is released any more: they would
// write over what they no longer see. A complaint is always taken, and an
// authority always closes a referral that was withdrawn.
func (k *Desk) stillReleased(c *Case, by access.Viewer, info Info, now time.Time) error {
	fence := newFence(k.Profile, k.focal, k.organisations.Of)
	standing := by.Scope().Match(fence.relations(c), now)
	seen := fence.released(c, by, standing, now)
	if info.Category == access.Contact && !seen.Has(access.Contact) {
		return fault.Denied("Nobody reaches the person without seeing how: the safe-contact plan is not released to your organisation.")
	}
	always := info.Category == access.Complaints || info.Name == closeReferral
	if always || seen&^access.Of(access.Summary) != 0 {
		return nil
	}
	return fault.Denied("Nothing on this case is released to your organisation any more.")
}

// File gives a document of the case that the viewer may see.
func (k *Desk) File(ctx context.Context, d *record.Door, id CaseID, document ident.ID) (Document, []byte, error) {
	var found Document
	data, err := record.Attachment(ctx, d, k.Kind, id, record.Reason{Action: access.Look, Code: "document"}, func(v View) (ident.ID, error) {
		for _, x := range v.Documents {
			if x.ID == document {
				found = x
				return x.ID, nil
			}
		}
		return ident.ID{}, fault.NotFound("There is no such file, or you may not see it.")
	})
	return found, data, err
}

// SearchCases finds cases by reference, or by name in any script and spelling.
func (k *Desk) SearchCases(ctx context.Context, d *record.Door, text string) ([]record.Redacted[View], error) {
	why := record.Reason{Action: access.Look, Code: "search"}
	if ref, ok := ident.ParseReference(text); ok {
		found, err := record.Collect(record.List(ctx, d, k.Kind, record.Query[Case]{Why: why, Words: [][]string{{"ref:" + ref}}, Limit: 1}))
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	q := record.Query[Case]{Why: why, Limit: 200}
	for _, alternatives := range names.Query(text) {
		var group []string
		for _, t := range alternatives {
			group = append(group, termWord(t))
		}
		q.Words = append(q.Words, group)
	}
	if len(q.Words) == 0 {
		return nil, nil
	}
	q.Score = func(c *Case) float64 { return names.Similar(text, c.Person.Name+" "+c.Person.OtherNames) }
	found, err := record.Collect(record.List(ctx, d, k.Kind, q))
	// That a name was found tells whose case it is: only to those who may see the name.
	return slices.DeleteFunc(found, func(r record.Redacted[View]) bool { return !r.Decision().Sees(access.Identity) }), err
}

// Cases gives a page of the viewer's worklist, newest first: cases of a state,
// or, of none, all that are or were somebody's to protect. Historical ones are a list of their own.
func (k *Desk) Cases(ctx context.Context, d *record.Door, state string, before record.Cursor, limit int) ([]record.Redacted[View], error) {
	q := record.Query[Case]{Why: record.Reason{Action: access.Look, Code: "worklist"}, States: []string{"open", "closed"}, Before: before, Limit: limit}
	if state != "" {
		q.States = []string{state}
	}
	return record.Collect(record.List(ctx, d, k.Kind, q))
}

// DutyTitle names a duty of a case or a hold, an English phrase: a clock of the
// jurisdiction, or one that the rules of this program add.
func (k *Desk) DutyTitle(name string) string {
	if clock, ok := k.Profile.Clock(name); ok {
		return clock.Title
	}
	switch name {
	case removalDuty:
		return "The State has ordered a removal: speak with the person and the lawyer"
	case contactDangerDuty:
		return "Somebody else answered, or it was not safe: look at the person's safety"
	case contactAgainDuty:
		return "Ask the person again how to reach them safely"
	case withdrawnDuty:
		return "The person has withdrawn the referral: close the file, and erase what was received"
	case measuresAnswerDuty:
		return "Ask the authority for its answer on the measures for the proceeding"
	case measuresKeptDuty:
		return "Record whether the measures for the proceeding were kept"
	case addressDuty:
		return "An address was opened to police in an emergency; look at the reason"
	case erasureDuty:
		return "Somebody proposes to erase this case; a second person answers"
	case partErasureDuty:
		return "Somebody proposes to erase a part of this case; a second person answers"
	case bookingDuty:
		return "Book an interpreter"
	case threatDuty:
		return "An interpreter was threatened: protect them, and answer"
	case emergencyDuty:
		return "Somebody opened this case in an emergency; look at the reason"
	}
	return name
}
