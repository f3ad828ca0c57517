package node

import (
	"context"
	"errors"

	"palermo/access"
)

// Stock brings in what a node begins with, as far as it does not have it yet:
// the courses that practice cases complete, and the good practices of the report.
func (n *Node) Stock(ctx context.Context) error {
	return errors.Join(n.Training.TakeUp(ctx, n.Record.For(access.Node(access.Administrator))), n.Library.Stock(ctx, n.Record))
}
