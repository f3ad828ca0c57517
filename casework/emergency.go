package casework

import (
	"context"
	"encoding/json"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Emergency is a look at one case by somebody who has no standing on it: with
// a reason, for two hours, without confidential notes, and told to the owner,
// the focal point and the auditor.
type Emergency struct {
	By     ident.ID
	At     time.Time
	Until  time.Time
	Reason string
	// Reviewed is when the organisation responsible, or the focal point, looked at the reason.
	Reviewed time.Time
	Finding  string
}

const emergencyLasts = 2 * time.Hour

// BreakGlass opens one case for two hours to the viewer of the door.
func BreakGlass(ctx context.Context, d *record.Door, k *record.Kind[Case, View], id CaseID, reason string) error {
	if !d.Viewer().Program.IsZero() {
		return fault.Denied("Only the member can do this.")
	}
	if len([]rune(reason)) < 10 {
		return fault.Invalid("reason", "Say why you need to see this case now.")
	}
	why := record.Reason{Action: "break_glass"}
	return record.Update(ctx, d, k, id, why, func(c *Case) error {
		now := d.Now()
		if k.Released(c, d.Viewer(), []access.Role{access.BreakGlass}, now) == 0 {
			return fault.NotFound("There is no such record, or you may not see it.") // an authority of origin, or immigration enforcement
		}
		c.Emergencies = append(c.Emergencies, Emergency{By: d.Viewer().Member, At: now, Until: now.Add(emergencyLasts), Reason: reason})
		c.Base.Note(brokeGlass{Reason: reason})
		return nil
	})
}

type brokeGlass struct{ Reason string }

func (brokeGlass) Event() string { return breakGlassEvent }

const breakGlassEvent = "break_glass"

// writtenReason is what somebody wrote to open the case in an emergency. It is
// kept under the case's key, so that it is erased with the case.
func writtenReason(event string, particulars []byte) string {
	var n brokeGlass
	if event != breakGlassEvent || json.Unmarshal(particulars, &n) != nil {
		return ""
	}
	return n.Reason
}

// emergencyDuty is the notice to those who answer for the case: it stays in
// their day, and in the auditor's, until somebody has looked at the reason.
const emergencyDuty = "emergency_access"

func (e Emergency) duty(c *Case, focal ident.ID) duty.Duty {
	d := duty.Duty{Name: emergencyDuty, Since: e.At, Due: e.At.Add(24 * time.Hour)}
	for _, who := range []duty.Step{{Party: c.Owner, Role: access.CaseWorker}, {Party: focal, Role: access.FocalPoint}, {Party: access.Everyone, Role: access.Auditor}} {
		who.From = e.At
		d.Steps = append(d.Steps, who)
	}
	return d
}

func (c *Case) unreviewed() *Emergency {
	for i := range c.Emergencies {
		if c.Emergencies[i].Reviewed.IsZero() {
			return &c.Emergencies[i]
		}
	}
	return nil
}

// ReviewEmergency says whether the look was right; never by the one who looked.
type ReviewEmergency struct {
	Right   Answer `label:"Was there an emergency?"`
	Finding string `label:"What was found, and what follows" kind:"textarea"`
}

func (s *ReviewEmergency) Possible(c *Case, w Work) error {
	e := c.unreviewed()
	if e == nil {
		return fault.Conflict("Nobody opened the case in an emergency.")
	}
	if e.By == w.By.Member {
		return fault.Conflict("You opened it; somebody else reviews it.")
	}
	return nil
}

// Proposal is who opened the case, and why.
func (s *ReviewEmergency) Proposal(c *Case, _ Work) Entry { return c.unreviewed().entry() }

func (s *ReviewEmergency) Apply(c *Case, w Work) error {
	e := c.unreviewed()
	e.Reviewed, e.Finding = w.Now, string(s.Right)+": "+s.Finding
	return nil
}

func (e *Emergency) entry() Entry {
	x := Entry{Title: "Opened in an emergency", At: e.At, By: e.By, Fields: []input.Field{fact("Why", "textarea", e.Reason)}}
	if !e.Reviewed.IsZero() {
		x.Fields = append(x.Fields, instant("Reviewed", e.Reviewed), fact("What was found, and what follows", "textarea", e.Finding))
	}
	return x
}
