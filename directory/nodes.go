package directory

import (
	"context"
	"slices"

	"palermo/access"
	"palermo/ident"
)

// OrganisationAt gives the organisation that is reached at a node of the
// exchange; the zero id where there is none.
func (b *Book) OrganisationAt(ctx context.Context, node string) (ident.ID, error) {
	list, err := b.atOthers(ctx)
	i := slices.IndexFunc(list, func(o Named) bool { return o.Node == node })
	if i < 0 {
		return ident.ID{}, err
	}
	return list[i].ID, err
}

// NodeOf gives the node at which an organisation is reached, or "".
func (b *Book) NodeOf(ctx context.Context, organisation ident.ID) (string, error) {
	list, err := b.atOthers(ctx)
	i := slices.IndexFunc(list, func(o Named) bool { return o.ID == organisation })
	if i < 0 {
		return "", err
	}
	return list[i].Node, err
}

// Nodes lists the nodes at which organisations are reached, also those that a
// trust list no longer has.
func (b *Book) Nodes(ctx context.Context) ([]string, error) {
	list, err := b.atOthers(ctx)
	var nodes []string
	for _, o := range list {
		nodes = append(nodes, o.Node)
	}
	slices.Sort(nodes)
	return slices.Compact(nodes), err
}

// atOthers lists the organisations at other nodes: nothing of a person is in
// them, and the node reads their names for everybody.
func (b *Book) atOthers(ctx context.Context) ([]Named, error) {
	list, err := b.OrganisationNames(ctx, b.node.For(access.Viewer{Name: string(access.Exchange), Roles: []access.Role{access.Member}}))
	return slices.DeleteFunc(list, func(o Named) bool { return o.Node == "" }), err
}
