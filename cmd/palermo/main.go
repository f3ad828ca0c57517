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
	"slices"
	"strings"
	"syscall"
)

// command is one verb of the program.
type command struct {
	name  string // one word or two
	about string
	run   func(ctx context.Context, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"demo node", "one node of the demonstration; demo starts them itself", demoNode},
		{"demo", "serve a made-up story on this machine", demoCommand},
		{"init", "make the keys and the first administrator of a node", initCommand},
		{"serve", "serve a node", serveCommand},
		{"backup", "copy a node at work into a folder, signed; or try such a copy", backupCommand},
		{"restore", "make a node again from a backup", restoreCommand},
		{"move", "bring a stopped node into other databases, with proof", moveCommand},
		{"verify", "prove that nothing in the journal was altered, dropped or reordered", verifyCommand},
		{"form check", "name every mistake in a questionnaire", formCheck},
		{"form score", "say which answers are indications of what", formScore},
		{"form xform", "write a questionnaire as an XForm, for other tools", formXForm},
		{"linkage deal", "begin a key of matching at an operator, with the other two", linkageDeal},
		{"linkage assemble", "make an operator's share of what the others dealt", linkageAssemble},
		{"linkage eval", "say how well records of one person are found in a table with known truth", linkageEval},
		{"jurisdiction check", "name every mistake in a State's profile", jurisdictionCheck},
		{"import", "make cases of the rows of a file", importCommand},
		{"export", "write cases to a file", exportCommand},
		{"user add", "add an account", userAdd},
		{"keys rotate", "change the root key, or an organisation's", keysRotate},
		{"trust key", "make the key of a signer of trust lists", trustKey},
		{"trust init", "begin a list of the nodes that trust each other", trustInit},
		{"trust card", "write this node's entry for the list", trustCard},
		{"trust add", "change a list: nodes, signers, its end", trustAdd},
		{"trust sign", "accept a list as one of its signers", trustSign},
		{"trust show", "say what is in a list and who has accepted it", trustShow},
		{"trust install", "put a list, or a revocation, in force at this node", trustInstall},
		{"trust revoke", "take the key of a node out of use at once", trustRevoke},
		{"exchange pack", "seal what waits for a node into a file", exchangePack},
		{"exchange open", "take what a file brings, and give the receipts", exchangeOpen},
		{"review report", "make the report of a session from its facts", reviewReport},
		{"review draw", "draw by lot which States review which", reviewDraw},
		{"review export", "write a version of a questionnaire as a file", reviewExport},
		{"review compare", "write what changed between two versions as tracked changes", reviewCompare},
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
	for _, c := range commands() {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return status(c.run(ctx, args[len(words):], out), errs)
		}
	}
	if len(args) > 0 && slices.Contains([]string{"help", "--help", "-h"}, args[len(args)-1]) {
		overview(args[:len(args)-1], out)
		return 0
	}
	overview(args, errs)
	return 2
}

// overview lists the commands that begin with a word, or else all.
func overview(args []string, out io.Writer) {
	begins := func(c command) bool { return len(args) > 0 && strings.HasPrefix(c.name, args[0]+" ") }
	list := commands()
	if slices.ContainsFunc(list, begins) {
		list = slices.DeleteFunc(list, func(c command) bool { return !begins(c) })
	}
	fmt.Fprintln(out, "Palermo protects people who were trafficked. Its commands:")
	for _, c := range list {
		fmt.Fprintf(out, "  palermo %-19s %s\n", c.name, c.about)
	}
	fmt.Fprintf(out, "\nExample:\n  palermo %s --help\n", list[len(list)-1].name)
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
