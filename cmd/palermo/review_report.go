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
	"os/exec"
	"path/filepath"

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

// printPDF prints a page with the Chromium of this machine, which shapes every script rightly.
func printPDF(ctx context.Context, page []byte, to string) error {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && browser == "" {
			browser = path
		}
	}
	if browser == "" {
		return errors.New("there is no Chromium on this machine to print a PDF with: write a .docx, or an .html and print that")
	}
	dir, err := os.MkdirTemp("", "palermo-print-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // it holds a public report
	html := filepath.Join(dir, "report.html")
	if err := os.WriteFile(html, page, 0o600); err != nil {
		return err
	}
	if to, err = filepath.Abs(to); err != nil {
		return err
	}
	said, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--no-pdf-header-footer", "--print-to-pdf="+to, "file://"+html).CombinedOutput()
	if err != nil {
		return fmt.Errorf("the PDF could not be printed: %w: %s", err, bytes.TrimSpace(said))
	}
	return nil
}
