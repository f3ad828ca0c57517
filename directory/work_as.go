package directory

import (
	"context"

	"palermo/access"
	"palermo/fault"
)

// WorkAs gives the member of a user name as they are at work, for whoever runs
// the node and does something at its command line in that member's name: with
// the member's roles and no other. Faults: denied, not found.
func (b *Book) WorkAs(ctx context.Context, login string) (access.Viewer, error) {
	m, err := b.one(ctx, loginWord(login))
	if err != nil {
		return access.Viewer{}, err
	}
	if m.Stranger || m.RecordID().IsZero() {
		return access.Viewer{}, fault.NotFound("No member has this user name.")
	}
	w, err := b.at(ctx, m.RecordID())
	return w.viewer, err
}
