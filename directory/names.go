package directory

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Named is an entry of a list to choose from.
type Named struct {
	ID   ident.ID
	Name string
	Kind OrganisationKind
	Node string // at which it is reached in the exchange
}

// OrganisationNames lists the organisations that take part, by name. Every
// member may know them, and nothing of a person is in them: so the node reads
// them for all, under its own name in the journal, and again after a change or
// freshFor. Denied to who is no member.
func (b *Book) OrganisationNames(ctx context.Context, d *record.Door) ([]Named, error) {
	if !d.Viewer().Has(access.Member) {
		return nil, fault.Denied("Sign in first.")
	}
	now := b.node.Now()
	b.mu.Lock()
	list, read, changes := b.named, b.namedAt, b.changes
	b.mu.Unlock()
	if list != nil && now.Before(read.Add(freshFor)) {
		return slices.Clone(list), nil
	}
	list, err := b.readNames(ctx)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changes == changes { // or what was read is older than a change
		b.named, b.namedAt = list, now
	}
	return slices.Clone(list), nil
}

func (b *Book) readNames(ctx context.Context) ([]Named, error) {
	q := record.Query[Organisation]{Why: record.Reason{Action: access.Look}, States: []string{"open"}}
	views, err := all(ctx, b.node.For(access.Node(access.Member)), b.organisations, q)
	if err != nil {
		return nil, err
	}
	b.note(views...)
	names := make([]Named, len(views))
	for i, v := range views {
		names[i] = Named{ID: v.ID, Name: v.Name, Kind: v.Kind, Node: v.Node}
	}
	slices.SortFunc(names, func(a, b Named) int { return strings.Compare(a.Name, b.Name) })
	return names, nil
}

// MemberName is the name by which the viewer may know a member; not found for
// an interpreter, unless the viewer is at the booking desk or keeps accounts.
func (b *Book) MemberName(ctx context.Context, d *record.Door, id ident.ID) (string, error) {
	seen, err := record.View(ctx, d, b.members, record.ID[Member](id), record.Reason{Action: access.Look})
	return seen.Value().Name, err
}

// Organisation gives an organisation.
func (b *Book) Organisation(ctx context.Context, d *record.Door, id ident.ID) (record.Redacted[OrganisationView], error) {
	seen, err := record.View(ctx, d, b.organisations, record.ID[Organisation](id), record.Reason{Action: access.Look})
	b.note(seen.Value())
	return seen, err
}

// Member gives what the viewer may see of a member.
func (b *Book) Member(ctx context.Context, d *record.Door, id ident.ID) (record.Redacted[MemberView], error) {
	return record.View(ctx, d, b.members, record.ID[Member](id), record.Reason{Action: access.Look})
}

// MembersOf lists those who work for an organisation and whom the viewer may know.
func (b *Book) MembersOf(ctx context.Context, d *record.Door, organisation ident.ID) ([]MemberView, error) {
	return all(ctx, d, b.members, record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open"},
		Words: [][]string{{orgWord(organisation)}}})
}

// FindMembers looks for members by name or user name, in any script. The booking
// desk also finds interpreters by the name that it alone knows.
func (b *Book) FindMembers(ctx context.Context, d *record.Door, text string) ([]MemberView, error) {
	why := record.Reason{Action: access.Look}
	found, err := all(ctx, d, b.members, record.Query[Member]{Why: why, Words: nameQuery("", text)})
	if err != nil || !d.Viewer().Has(access.BookingDesk) {
		return found, err
	}
	desk, err := all(ctx, d, b.members, record.Query[Member]{Why: why, Words: nameQuery(deskPrefix, text)})
	for _, v := range desk {
		if !slices.ContainsFunc(found, func(o MemberView) bool { return o.ID == v.ID }) {
			found = append(found, v)
		}
	}
	return found, err
}

// Providers lists organisations that offer a kind of service.
func (b *Book) Providers(ctx context.Context, d *record.Door, kind ServiceKind) ([]OrganisationView, error) {
	return all(ctx, d, b.organisations, record.Query[Organisation]{Why: record.Reason{Action: access.Look}, States: []string{"open"},
		Words: [][]string{{"service:" + string(kind)}}})
}

// Courses lists the courses, those no longer given included.
func (b *Book) Courses(ctx context.Context, d *record.Door) ([]CourseView, error) {
	return all(ctx, d, b.courses, record.Query[Course]{Why: record.Reason{Action: access.Look}})
}
