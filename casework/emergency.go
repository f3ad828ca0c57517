package casework

import (
	"context"
	"time"

	"palermo/fault"
	"palermo/ident"
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
}

const emergencyLasts = 2 * time.Hour

// BreakGlass opens one case for two hours to the viewer of the door.
func BreakGlass(ctx context.Context, d *record.Door, k *record.Kind[Case, View], id CaseID, reason string) error {
	if len([]rune(reason)) < 10 {
		return fault.Invalid("reason", "Say why you need to see this case now.")
	}
	why := record.Reason{Action: "break_glass", Text: reason}
	return record.Update(ctx, d, k, id, why, func(c *Case) error {
		now := d.Now()
		c.Emergencies = append(c.Emergencies, Emergency{By: d.Viewer().Member, At: now, Until: now.Add(emergencyLasts), Reason: reason})
		c.Base.Note(brokeGlass{Reason: reason})
		return nil
	})
}

type brokeGlass struct{ Reason string }

func (brokeGlass) Event() string { return "break_glass" }
