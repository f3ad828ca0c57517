package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"palermo/interchange"
	"palermo/node"
	"palermo/record"
)

func importCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("import", flag.ContinueOnError)
	config := f.String("config", "", "the node's settings")
	data := f.String("data", "", "or the folder of a demonstration")
	format := f.String("format", "", "htcds, ctdc or csv")
	mapping := f.String("map", "", "what the columns mean, for csv: a YAML file")
	as := f.String("as", "", "user name of the member who imports; the cases become those of their organisation")
	dry := f.Bool("dry-run", false, "only say what would be refused")
	good := f.Bool("good-rows", false, "store the good rows where others are refused")
	asJSON := f.Bool("json", false, "print the report as JSON")
	if done, err := parse(f, args, out, "palermo import --config palermo.toml --as rosa --format htcds --dry-run cases.csv", "FILE"); done {
		return err
	}
	read, err := readCases(f.Arg(0), *format, *mapping)
	if err != nil {
		return err
	}
	report := interchange.Report{Read: read.Rows, Refused: append([]interchange.Refusal{}, read.Refused...)}
	if !*dry {
		n, err := openChosen(ctx, *config, *data)
		if err != nil {
			return err
		}
		progress := watched(out)
		door, err := memberDoor(ctx, n, *as)
		if err == nil {
			report.Stored, err = interchange.Store(ctx, n.Desk, door, read, *good, func(rows int) { progress.say("%d of %d rows", rows, read.Rows) })
		}
		progress.end()
		if err := errors.Join(err, n.Close()); err != nil {
			return err
		}
	}
	if err := printImport(out, read, report, *asJSON, *dry); err != nil {
		return err
	}
	switch {
	case len(report.Refused) > 0 && *good:
		return fmt.Errorf("%s: %d values are refused; only the good rows were taken", f.Arg(0), len(report.Refused))
	case len(report.Refused) > 0:
		return fmt.Errorf("%s: %d values are refused; nothing was stored", f.Arg(0), len(report.Refused))
	}
	return nil
}

func readCases(path, format, mapping string) (interchange.Read, error) {
	how, err := formatNamed(format, mapping)
	if err != nil {
		return interchange.Read{}, err
	}
	file, err := os.Open(path)
	if err != nil {
		return interchange.Read{}, err
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(file, interchange.LargestFile+1))
	if err != nil {
		return interchange.Read{}, err
	}
	return interchange.ReadFile(data, how, time.Now())
}

func formatNamed(format, mapping string) (interchange.Format, error) {
	switch format {
	case "htcds":
		return interchange.HTCDS(time.Now())
	case "ctdc":
		return interchange.CTDC(), nil
	case "csv":
		if mapping == "" {
			return nil, fmt.Errorf("%w: a CSV file needs --map MAP.yaml", errUsage)
		}
		text, err := os.ReadFile(mapping)
		if err != nil {
			return nil, err
		}
		m, err := interchange.ReadMapping(text)
		if err != nil {
			return nil, err
		}
		return m.Format(time.Now())
	}
	return nil, fmt.Errorf("%w: --format is htcds, ctdc or csv", errUsage)
}

func printImport(out io.Writer, read interchange.Read, report interchange.Report, asJSON, dry bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(report)
	}
	for _, r := range report.Refused {
		fmt.Fprintf(out, "row %d, %s: %s\n", r.Row, r.Column, r.Reason)
	}
	fmt.Fprintf(out, "%s: %d rows read, %d refusals, %d cases stored\n", read.Encoding, report.Read, len(report.Refused), report.Stored)
	if left := len(read.Good) - report.Stored; !dry && left > 0 && report.Stored+len(report.Refused) < len(read.Good) {
		fmt.Fprintf(out, "%d rows came before and were left out\n", left)
	}
	return nil
}

// memberDoor is the door of a member, for whoever has the node's keys in hand.
// They do what the member may, and the journal names the member.
func memberDoor(ctx context.Context, n *node.Node, login string) (*record.Door, error) {
	if login == "" {
		return nil, fmt.Errorf("%w: say in whose name, with --as and a user name", errUsage)
	}
	viewer, err := n.Directory.WorkAs(ctx, login)
	if err != nil {
		return nil, err
	}
	return n.Record.For(viewer), n.Directory.Learn(ctx)
}
