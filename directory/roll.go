package directory

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// Roll lists members whom the viewer may know, those who left included, newest first.
func (b *Book) Roll(ctx context.Context, d *record.Door, before record.Cursor, limit int) ([]record.Redacted[MemberView], error) {
	q := record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open", "closed"}, Before: before, Limit: limit}
	return record.Collect(record.List(ctx, d, b.members, q))
}

// AllOrganisations lists the organisations by name, those that take part no longer included.
func (b *Book) AllOrganisations(ctx context.Context, d *record.Door) ([]OrganisationView, error) {
	views, err := all(ctx, d, b.organisations, record.Query[Organisation]{Why: record.Reason{Action: access.Look}})
	slices.SortFunc(views, func(a, b OrganisationView) int { return strings.Compare(a.Name, b.Name) })
	return views, err
}

// MemberHistory tells what happened to an account, sign-ins included: for the auditor.
func (b *Book) MemberHistory(ctx context.Context, d *record.Door, id, before ident.ID, limit int) ([]record.Line, error) {
	_, lines, err := record.History(ctx, d, b.members, record.ID[Member](id), before, limit)
	return lines, err
}

// EndSessions signs the viewer out everywhere.
func (b *Book) EndSessions(ctx context.Context, d *record.Door) error {
	err := b.own(ctx, d, func(_ *record.Tx, m *Member) error {
		m.Note(changed("sessions_ended"))
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, d.Viewer().Member)
}
