package main

import (
	"context"
	"fmt"
	"io"

	"palermo/jurisdiction"
)

func jurisdictionCommand(_ context.Context, args []string, out io.Writer) error {
	if len(args) != 2 || args[0] != "check" {
		return fmt.Errorf("%w: palermo jurisdiction check FILE.yaml", errUsage)
	}
	problems, err := jurisdiction.CheckFile(args[1])
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintf(out, "%s:%s\n", args[1], p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s: %d mistakes", args[1], len(problems))
	}
	fmt.Fprintln(out, args[1], "is right.")
	return nil
}
