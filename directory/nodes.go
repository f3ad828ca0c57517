package directory

import (
	"context"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// OrganisationAt gives the organisation that is reached at a node of the
// exchange; the zero id where there is none. It is the node's own look.
func (b *Book) OrganisationAt(ctx context.Context, node string) (ident.ID, error) {
	found, err := all(ctx, b.node.For(access.Node(access.Exchange)), b.organisations,
		record.Query[Organisation]{Why: record.Reason{Action: access.Look}, States: []string{"open"}, Words: [][]string{{nodeWord(node)}}})
	for _, o := range found {
		if o.Node == node {
			return o.ID, err
		}
	}
	return ident.ID{}, err
}

// NodeOf gives the node at which an organisation is reached, or "".
func (b *Book) NodeOf(ctx context.Context, organisation ident.ID) (string, error) {
	seen, err := b.Organisation(ctx, b.node.For(access.Node(access.Exchange)), organisation)
	return seen.Value().Node, err
}
