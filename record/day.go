package record

import (
	"context"
	"slices"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
)

// Day is the viewer's list of the day: what is due, most pressing first. The
// page is one entry in the journal, committed before it is answered: that
// something is due tells of the record.
func Day(ctx context.Context, d *Door, limit int) ([]duty.Item, error) {
	items, err := d.due(ctx, limit)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	var subjects []ident.ID
	var ways []journal.Way
	for _, i := range items {
		if !slices.Contains(subjects, i.Record) {
			subjects = append(subjects, i.Record)
			ways = append(ways, journal.Way{Standing: roleNames([]access.Role{i.Role}), Seen: []string{access.Summary.String()}})
		}
	}
	why := Reason{Action: access.Look, Code: "day"}
	return items, d.look(ctx, "day", why, subjects, ways, d.node.Now())
}

// DueOn is what is due from the viewer on a record that they have just seen:
// the look at it is in the journal already.
func DueOn[R any](ctx context.Context, d *Door, seen Redacted[R], limit int) ([]duty.Item, error) {
	items, err := d.due(ctx, limit)
	return slices.DeleteFunc(items, func(i duty.Item) bool { return i.Record != seen.id }), err
}

func (d *Door) due(ctx context.Context, limit int) ([]duty.Item, error) {
	items, err := d.node.Store.Day(ctx, d.viewer.Scope(), d.node.Now(), limit)
	if err != nil {
		return nil, fault.Unavailable(err, "The list of the day cannot be read now. Try again.")
	}
	return items, nil
}
