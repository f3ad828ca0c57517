package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"palermo/interchange"
)

func exportCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("export", flag.ContinueOnError)
	config := f.String("config", "", "the node's settings")
	data := f.String("data", "", "or the folder of a demonstration")
	format := f.String("format", "", "htcds, csv or json")
	as := f.String("as", "", "user name of the member who exports: the file has what they may see")
	if done, err := parse(f, args, out, "palermo export --config palermo.toml --as rosa --format htcds cases.csv", "FILE"); done {
		return err
	}
	if !slices.Contains([]string{"htcds", "csv", "json"}, *format) {
		return fmt.Errorf("%w: --format is htcds, csv or json", errUsage)
	}
	n, err := openChosen(ctx, *config, *data)
	if err != nil {
		return err
	}
	door, err := memberDoor(ctx, n, *as)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	file, err := os.OpenFile(f.Arg(0), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	cases, err := interchange.Write(ctx, n.Desk, door, *format, file)
	if err := errors.Join(err, file.Close(), n.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d cases written to %s. The file is not sealed: whoever has it reads it.\n", cases, f.Arg(0))
	return nil
}
