// Palermo is the working system behind the report of the Working Group on
// Trafficking in Persons of July 2018. This is its one program: a file per
// command, wiring only.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// command is one verb of the program.
type command struct {
	name  string
	about string
	run   func(ctx context.Context, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"demo", "serve a made-up story on this machine", demoCommand},
		{"init", "make the keys and the first administrator of a node", initCommand},
		{"serve", "serve a node", serveCommand},
		{"verify", "prove that nothing in the journal was altered, dropped or reordered", verifyCommand},
		{"form", "check a questionnaire, or score its answers", formCommand},
		{"jurisdiction", "check a State's profile", jurisdictionCommand},
		{"user", "add an account", userCommand},
		{"keys", "rotate keys", keysCommand},
		{"reindex", "write search terms, lists and duties anew from the records", reindexCommand},
	}
}

// errUsage is wrong use (exit status 2); anything else is a refusal (1).
var errUsage = errors.New("wrong use")

func main() {
	os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr))
}

// Main runs the program and gives its exit status: 0 done, 1 refused, 2 wrong use.
func Main(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				return status(c.run(ctx, args[1:], out), errs)
			}
		}
	}
	fmt.Fprintln(errs, "Palermo protects people who were trafficked. Its commands:")
	for _, c := range commands() {
		fmt.Fprintf(errs, "  palermo %-14s %s\n", c.name, c.about)
	}
	fmt.Fprintln(errs, "\nTry: palermo demo")
	if len(args) > 0 && (args[0] == "help" || args[0] == "--help" || args[0] == "-h") {
		return 0
	}
	return 2
}

func status(err error, errs io.Writer) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(errs, err)
		return 2
	}
	fmt.Fprintln(errs, "palermo:", err)
	return 1
}
