package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"palermo/jurisdiction"
)

func jurisdictionCheck(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("jurisdiction check", flag.ContinueOnError)
	if done, err := parse(f, args, out, "palermo jurisdiction check it.yaml", "FILE.yaml"); done {
		return err
	}
	path := f.Arg(0)
	problems, err := jurisdiction.CheckFile(path)
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintf(out, "%s:%s\n", path, p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s: %d mistakes", path, len(problems))
	}
	fmt.Fprintln(out, path, "is right.")
	return nil
}
