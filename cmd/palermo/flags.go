package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// parse reads a command's flags and the files that it names. Asking for help
// is not an error, but the command ends with it.
func parse(f *flag.FlagSet, args []string, out io.Writer, example string, files ...string) (done bool, err error) {
	f.SetOutput(io.Discard) // what is wrong is said once, by main
	err = f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		f.SetOutput(out)
		fmt.Fprintf(out, "Usage: palermo %s\n", strings.Join(append([]string{f.Name(), "[options]"}, files...), " "))
		f.PrintDefaults()
		fmt.Fprintf(out, "\nExample:\n  %s\n", example)
		return true, nil
	}
	if err == nil && f.NArg() != len(files) {
		switch {
		case f.NArg() < len(files):
			err = fmt.Errorf("name %s", strings.Join(files, " "))
		default:
			err = fmt.Errorf("%q is too much", f.Arg(len(files)))
		}
	}
	if err != nil {
		return true, fmt.Errorf("%w: %w; see palermo %s --help", errUsage, err, f.Name())
	}
	return false, nil
}
