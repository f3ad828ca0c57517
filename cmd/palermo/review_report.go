package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"palermo/document/pdf"
	"palermo/fault"
	"palermo/review/instrument"
	"palermo/review/meeting"
)

// reviewReport makes the report of a session from its facts (para. 51).
func reviewReport(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("review report", flag.ContinueOnError)
	from := f.String("session", "", "the session: a YAML file")
	to := f.String("out", "", "the report: FILE.docx, FILE.pdf, FILE.xml (Akoma Ntoso) or FILE.html")
	if done, err := parse(f, args, out, "palermo review report --session session.yaml --out report.docx"); done {
		return err
	}
	if *from == "" || *to == "" {
		return fmt.Errorf("%w: give --session FILE.yaml and --out FILE", errUsage)
	}
	file, err := os.ReadFile(*from)
	if err != nil {
		return err
	}
	session, err := meeting.Read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", *from, err)
	}
	library, err := instrument.Open()
	if err != nil {
		return err
	}
	report := meeting.Write(session, library)
	var b bytes.Buffer
	switch filepath.Ext(*to) {
	case ".docx":
		err = report.WriteDOCX(&b)
	case ".xml":
		err = report.WriteAKN(&b, session.Symbol(), cmp.Or(session.Issued, session.To))
	case ".html":
		err = report.WriteHTML(&b)
	case ".pdf":
		if err := report.WriteHTML(&b); err != nil {
			return err
		}
		return printPDF(ctx, b.Bytes(), *to)
	default:
		return fmt.Errorf("%w: the report is written as .docx, .pdf, .xml or .html", errUsage)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(*to, b.Bytes(), 0o644)
}

// printPDF prints a page with the Chromium of this machine.
func printPDF(ctx context.Context, page []byte, to string) error {
	file, err := pdf.NewPrinter("").PrintPage(ctx, string(page))
	if fault.Is(err, fault.CodeConflict) {
		return errors.New("there is no Chromium on this machine to print a PDF with: write a .docx, or an .html and print that")
	}
	if err != nil {
		return fmt.Errorf("the PDF could not be printed: %w", err)
	}
	return os.WriteFile(to, file, 0o644)
}
