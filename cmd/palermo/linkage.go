package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"palermo/linkage"
)

// addressColumns are those of the last known address, which persons assisted
// in two States rarely share.
var addressColumns = []string{"street_number", "address_1", "address_2", "suburb", "postcode", "state"}

func linkageEval(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("linkage eval", flag.ContinueOnError)
	ignore := f.String("ignore", "", "columns to leave out, with commas between them")
	asJSON := f.Bool("json", false, "print the result as JSON")
	f.SetOutput(io.Discard)
	files := []string{"A.csv"}
	if parsed := f.Parse(args); parsed == nil && f.NArg() == 2 {
		files = append(files, "B.csv")
	}
	if done, err := parse(f, args, out, "palermo linkage eval --ignore soc_sec_id --json dataset1.csv", files...); done {
		return err
	}
	var columns []string
	for column := range strings.SplitSeq(*ignore, ",") {
		switch column = strings.TrimSpace(column); {
		case slices.Contains(linkage.Columns, column):
			columns = append(columns, column)
		case column != "":
			return fmt.Errorf("%w: there is no column %q; there are %s", errUsage, column, strings.Join(linkage.Columns, ", "))
		}
	}
	compared, err := compareTables(f.Args(), columns)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(out).Encode(compared.Evaluate(linkage.ByScore))
	}
	without, err := compareTables(f.Args(), slices.Concat(columns, addressColumns))
	if err != nil {
		return err
	}
	return printTradeOff(out, compared, without)
}

// compareTables compares the rows of one file, or those of one with those of another.
func compareTables(paths, ignore []string) (linkage.Compared, error) {
	var tables [2][]linkage.Row
	for i, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return linkage.Compared{}, err
		}
		tables[i], err = linkage.ReadTable(file, ignore)
		_ = file.Close() // only read
		if err != nil {
			return linkage.Compared{}, fmt.Errorf("%s: %w", path, err)
		}
	}
	return linkage.Compare(tables[0], tables[1])
}

// printTradeOff shows what each way of deciding finds, and at what price.
func printTradeOff(out io.Writer, with, without linkage.Compared) error {
	ways := []struct {
		name   string
		decide func([]linkage.Key) bool
	}{
		{"by points (as the program)", linkage.ByScore},
		{"one key", linkage.ByCount(1)},
		{"two keys", linkage.ByCount(2)},
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s %-8s %6s %6s %6s %9s %7s\n", "decided", "address", "pairs", "found", "right", "precision", "recall")
	for _, w := range ways {
		for _, a := range []struct {
			name     string
			compared linkage.Compared
		}{{"with", with}, {"without", without}} {
			e := a.compared.Evaluate(w.decide)
			fmt.Fprintf(&b, "%-28s %-8s %6d %6d %6d %9.4f %7.4f\n", w.name, a.name, e.Pairs, e.Found, e.Right, e.Precision, e.Recall)
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
