package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// parse reads a command's flags. Asking for help is not an error, but the command ends with it.
func parse(f *flag.FlagSet, args []string, out io.Writer, example string) (done bool, err error) {
	f.SetOutput(out)
	f.Usage = func() {
		fmt.Fprintf(out, "Usage of palermo %s:\n", f.Name())
		f.PrintDefaults()
		fmt.Fprintf(out, "\nExample:\n  %s\n", example)
	}
	err = f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return true, nil
	}
	if err != nil {
		return true, fmt.Errorf("%w: %w", errUsage, err)
	}
	return false, nil
}
