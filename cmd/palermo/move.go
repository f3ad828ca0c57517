package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"palermo/node"
)

func moveCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("move", flag.ContinueOnError)
	from := f.String("from", "", "settings of the node as it is; it must be stopped")
	to := f.String("to", "", "settings with the databases to move to, which are empty")
	if done, err := parse(f, args, out, "palermo move --from palermo.toml --to postgres.toml"); done {
		return err
	}
	if *from == "" || *to == "" {
		return fmt.Errorf("%w: give --from and --to", errUsage)
	}
	source, err := node.ReadConfig(*from)
	if err != nil {
		return err
	}
	target, err := node.ReadConfig(*to)
	if err != nil {
		return err
	}
	moved, err := node.Move(ctx, source, target)
	if err != nil {
		return err
	}
	for _, t := range moved.Tables {
		fmt.Fprintf(out, "%-14s %9d rows  %.16s  the same on both sides\n", t.Name, t.Rows, t.Digest)
	}
	for _, p := range moved.Problems {
		fmt.Fprintln(out, p)
	}
	if len(moved.Problems) > 0 {
		return fmt.Errorf("the history is not whole on the other side: %d findings", len(moved.Problems))
	}
	fmt.Fprintf(out, "All %d entries are there as they were signed. Serve with %s from now on; what is in the old place opens with the root key until you destroy it.\n", moved.Entries, *to)
	return nil
}
