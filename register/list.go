package register

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
)

// Cards gives every node's card: those that came and this node's, and for a
// node of the trust list that has sent none an empty one; by State.
func (r *Room) Cards(ctx context.Context, d *record.Door) ([]View, error) {
	var list []View
	for seen, err := range record.Every(ctx, d, r.Kind, record.Query[Card]{Why: record.Reason{Action: access.Look}}) {
		if err != nil {
			return nil, err
		}
		list = append(list, seen.Value())
	}
	for _, node := range r.desk.Trust().List().Nodes {
		if !slices.ContainsFunc(list, func(v View) bool { return v.Node == node.Name }) {
			list = append(list, View{Card{Node: node.Name, State: node.State, Title: node.Title, Own: node.Name == r.OwnNode()}})
		}
	}
	slices.SortFunc(list, func(a, b View) int { return strings.Compare(a.Title, b.Title) })
	return list, nil
}

// Card gives a node's card with what the viewer may do to it. Faults: not found.
func (r *Room) Card(ctx context.Context, d *record.Door, node string) (record.Redacted[View], error) {
	return record.View(ctx, d, r.Kind, cardID(node), record.Reason{Action: access.Look})
}

// Of gives the card of a node as it is listed, also when none came. Faults: not found.
func (r *Room) Of(ctx context.Context, d *record.Door, node string) (View, error) {
	all, err := r.Cards(ctx, d)
	if err != nil {
		return View{}, err
	}
	if i := slices.IndexFunc(all, func(v View) bool { return v.Node == node }); i >= 0 {
		return all[i], nil
	}
	return View{}, fault.NotFound("There is no such node in the trust list.")
}
