package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
)

func reindexCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("reindex", flag.ContinueOnError)
	config := f.String("config", "", "the node's settings")
	data := f.String("data", "", "or the folder of a demonstration")
	if done, err := parse(f, args, out, "palermo reindex --config palermo.toml"); done {
		return err
	}
	n, err := openChosen(ctx, *config, *data)
	if err != nil {
		return err
	}
	err = n.Reindex(ctx, func(kind string, records int) { fmt.Fprintf(out, "%s: %d records\n", kind, records) })
	return errors.Join(err, n.Close())
}
