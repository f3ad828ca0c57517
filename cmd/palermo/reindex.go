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
	progress, kinds, written := watched(out), []string(nil), map[string]int{}
	err = n.Reindex(ctx, func(kind string, records int) {
		if _, known := written[kind]; !known {
			kinds = append(kinds, kind)
		}
		written[kind] = records
		progress.say("%s: %d records", kind, records)
	})
	progress.end()
	if err := errors.Join(err, n.Close()); err != nil {
		return err
	}
	for _, kind := range kinds {
		fmt.Fprintf(out, "%s: %d records\n", kind, written[kind])
	}
	return nil
}
