package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"palermo/review/country"
)

// reviewDraw draws who reviews whom (resolution 9/1): whoever has the list and the seed can make it again.
func reviewDraw(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("review draw", flag.ContinueOnError)
	list := f.String("states", "", "the States: a CSV file with state, region, and the instruments that each is a party to")
	seed := f.Uint64("seed", 0, "the seed, made public before the draw")
	asJSON := f.Bool("json", false, "print the draw as JSON")
	if done, err := parse(f, args, out, "palermo review draw --states states.csv --seed 20181018"); done {
		return err
	}
	if *list == "" {
		return fmt.Errorf("%w: give --states FILE.csv", errUsage)
	}
	file, err := os.Open(*list)
	if err != nil {
		return err
	}
	states, err := country.ReadStates(file)
	_ = file.Close() // only read
	if err != nil {
		return fmt.Errorf("%s: %w", *list, err)
	}
	draw, err := country.Make(states, *seed)
	if err != nil {
		return err
	}
	if *asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(draw)
	}
	return printDraw(out, draw)
}

func printDraw(out io.Writer, d *country.Draw) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Seed %d, list of States %s\n", d.Seed, d.List)
	for _, r := range d.Reviews {
		var by []string
		for _, v := range r.Reviewers {
			by = append(by, fmt.Sprintf("%s (%s: %s)", v.State, strings.ReplaceAll(string(v.Place), "_", " "), strings.Join(v.Instruments, ", ")))
		}
		fmt.Fprintf(&b, "%s: %s\n", r.State, strings.Join(by, "; "))
	}
	for _, o := range d.Open {
		fmt.Fprintf(&b, "open: %s, %s, %s: %s\n", o.State, strings.ReplaceAll(string(o.Place), "_", " "), strings.Join(o.Instruments, ", "), o.Why)
	}
	_, err := b.WriteTo(out)
	return err
}
