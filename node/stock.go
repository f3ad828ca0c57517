package node

import (
	"context"

	"palermo/access"
)

// Stock brings in what a node begins with, as far as it does not have it yet: the courses that practice cases complete.
func (n *Node) Stock(ctx context.Context) error {
	return n.Training.TakeUp(ctx, n.Record.For(access.Node(access.Administrator)))
}
