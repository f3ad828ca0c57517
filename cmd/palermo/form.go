package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"palermo/form"
)

func formCommand(_ context.Context, args []string, out io.Writer) error {
	use := fmt.Errorf("%w: palermo form check [--json] FILE.xlsx | palermo form score --answers A.json FILE.xlsx", errUsage)
	if len(args) == 0 {
		return use
	}
	switch args[0] {
	case "check":
		return formCheck(args[1:], out)
	case "score":
		return formScore(args[1:], out)
	}
	return use
}

func formCheck(args []string, out io.Writer) error {
	f := flag.NewFlagSet("form check", flag.ContinueOnError)
	asJSON := f.Bool("json", false, "print the report as JSON")
	if done, err := parse(f, args, out, "palermo form check --json intake.xlsx"); done {
		return err
	}
	definition, err := readForm(f)
	if err != nil {
		return err
	}
	report := form.Check(definition)
	if *asJSON {
		if err := json.NewEncoder(out).Encode(report); err != nil {
			return err
		}
	} else {
		for _, p := range report.Problems {
			fmt.Fprintf(out, "%s, row %d, %s: %s\n", p.Sheet, p.Row, p.Column, p.Reason)
		}
		for _, p := range report.Warnings {
			fmt.Fprintf(out, "warning: %s, row %d, %s: %s\n", p.Sheet, p.Row, p.Column, p.Reason)
		}
		fmt.Fprintf(out, "%d questions\n", report.Questions)
	}
	if !report.OK {
		return fmt.Errorf("%s: %d mistakes", f.Arg(0), len(report.Problems))
	}
	return nil
}

func formScore(args []string, out io.Writer) error {
	f := flag.NewFlagSet("form score", flag.ContinueOnError)
	answers := f.String("answers", "", "the answers, as JSON")
	language := f.String("language", "en", "language of the result")
	if done, err := parse(f, args, out, "palermo form score --answers answers.json labour-adults.xlsx"); done {
		return err
	}
	if *answers == "" {
		return fmt.Errorf("%w: give --answers FILE.json", errUsage)
	}
	definition, err := readForm(f)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(*answers)
	if err != nil {
		return err
	}
	read, err := definition.ReadAnswers(data)
	if err != nil {
		return fmt.Errorf("%s: %w", *answers, err)
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(form.Score(definition, read, form.Env{Now: time.Now(), Language: *language}))
}

// readForm reads the one workbook that a command names: an XLSX file, or a
// folder of CSV files with one sheet each.
func readForm(f *flag.FlagSet) (*form.Definition, error) {
	if f.NArg() != 1 {
		return nil, fmt.Errorf("%w: name one workbook", errUsage)
	}
	if info, err := os.Stat(f.Arg(0)); err == nil && info.IsDir() {
		return form.ReadCSV(os.DirFS(f.Arg(0)), ".")
	}
	file, err := os.Open(f.Arg(0))
	if err != nil {
		return nil, err
	}
	definition, err := form.ReadXLSX(file)
	_ = file.Close() // only read
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Arg(0), err)
	}
	return definition, nil
}
