package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"palermo/form"
)

func formCheck(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("form check", flag.ContinueOnError)
	asJSON := f.Bool("json", false, "print the report as JSON")
	if done, err := parse(f, args, out, "palermo form check --json intake.xlsx", "FILE.xlsx"); done {
		return err
	}
	var report form.Report
	definition, err := readForm(f.Arg(0))
	switch {
	case err == nil:
		report = form.Check(definition)
	case errors.Is(err, fs.ErrNotExist):
		return err
	default: // no workbook at all: that too is a report
		report = form.Refused(err)
	}
	if *asJSON {
		report.Warnings = nil // others rely on these three keys
		err = json.NewEncoder(out).Encode(report)
	} else {
		err = printReport(out, report)
	}
	if err != nil {
		return err
	}
	if !report.OK {
		return fmt.Errorf("%s: %d mistakes", f.Arg(0), len(report.Problems))
	}
	return nil
}

func printReport(out io.Writer, report form.Report) error {
	var b bytes.Buffer
	for _, p := range report.Problems {
		fmt.Fprintln(&b, place(p))
	}
	for _, p := range report.Warnings {
		fmt.Fprintln(&b, "warning:", place(p))
	}
	fmt.Fprintf(&b, "%d questions\n", report.Questions)
	_, err := b.WriteTo(out)
	return err
}

// place is a problem with as much of its place as is known.
func place(p form.Problem) string {
	var at []string
	if p.Sheet != "" {
		at = append(at, p.Sheet)
	}
	if p.Row > 0 {
		at = append(at, fmt.Sprintf("row %d", p.Row))
	}
	if p.Column != "" {
		at = append(at, p.Column)
	}
	if len(at) == 0 {
		return p.Reason
	}
	return strings.Join(at, ", ") + ": " + p.Reason
}

func formScore(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("form score", flag.ContinueOnError)
	answers := f.String("answers", "", "the answers, as JSON")
	language := f.String("language", "en", "language of the result")
	if done, err := parse(f, args, out, "palermo form score --answers answers.json labour-adults.xlsx", "FILE.xlsx"); done {
		return err
	}
	if *answers == "" {
		return fmt.Errorf("%w: give --answers FILE.json", errUsage)
	}
	definition, err := readForm(f.Arg(0))
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

func formXForm(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("form xform", flag.ContinueOnError)
	if done, err := parse(f, args, out, "palermo form xform intake.xlsx > intake.xml", "FILE.xlsx"); done {
		return err
	}
	definition, err := readForm(f.Arg(0))
	if err != nil {
		return err
	}
	if problems := definition.XFormProblems(); len(problems) > 0 {
		for _, p := range problems {
			fmt.Fprintln(os.Stderr, place(p))
		}
		return fmt.Errorf("%s: %d reasons why it cannot be an XForm", f.Arg(0), len(problems))
	}
	base := filepath.Base(f.Arg(0))
	return definition.WriteXForm(out, strings.TrimSuffix(base, filepath.Ext(base)))
}

// readForm reads a workbook: an XLSX file, or a folder of CSV files with one sheet each.
func readForm(path string) (*form.Definition, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return form.ReadCSV(os.DirFS(path), ".")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	definition, err := form.ReadXLSX(file)
	_ = file.Close() // only read
	return definition, err
}
