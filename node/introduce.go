package node

import (
	"context"
	"errors"
	"log/slog"

	"palermo/access"
	"palermo/directory"
	"palermo/exchange"
)

// houses are what the directory calls the kinds of node.
var houses = map[exchange.Kind]directory.OrganisationKind{exchange.FocalPoint: directory.FocalPointOffice, exchange.Ministry: directory.Ministry,
	exchange.CentralAuthority: directory.Ministry, exchange.Mission: directory.Consulate, exchange.NGO: directory.NGO,
	exchange.International: directory.International, exchange.Secretariat: directory.International}

// introduce brings the nodes of the trust list into the directory, watches
// when the list expires, and sends this node's card to those that came.
func (n *Node) introduce(ctx context.Context) error {
	var list []directory.Listed
	for _, x := range n.Exchange.Trust().List().Nodes {
		if x.Name != n.Exchange.Keys.Name() && x.RevokedAt == 0 {
			list = append(list, directory.Listed{Node: x.Name, Title: x.Title, Country: x.State, Kind: houses[x.Kind]})
		}
	}
	if err := n.Directory.TakeUp(ctx, n.Record.For(access.Node(access.Administrator)), list); err != nil {
		return err
	}
	return errors.Join(n.Abroad.WatchTrust(ctx), n.Register.Spread(ctx))
}

// introduced introduces the nodes of a trust list once, and gives its version;
// what failed is tried again at the next look.
func (n *Node) introduced(ctx context.Context, before uint64, log *slog.Logger) uint64 {
	version := uint64(n.Exchange.Trust().List().Version)
	if version == before {
		return before
	}
	if err := n.introduce(ctx); err != nil {
		log.WarnContext(ctx, "the nodes of the trust list were not all taken into the directory", "cause", err)
		return before
	}
	return version
}
