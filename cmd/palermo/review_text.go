package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"palermo/document/docx"
	"palermo/review/instrument"
	"palermo/review/questionnaire"
	"palermo/review/questionnaire/drafts"
)

// reviewExport writes a version of a questionnaire, or the project's own draft, as a file.
func reviewExport(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("review export", flag.ContinueOnError)
	from := f.String("questionnaire", "", `the version: a JSON file, the symbol of a frozen draft, or "draft" for the project's own as it stands`)
	format := f.String("format", "docx", "docx, xlsform, fhir, akn, pdf, html or json")
	to := f.String("out", "", "the file to write")
	if done, err := parse(f, args, out, "palermo review export --questionnaire draft --format docx --out draft.docx"); done {
		return err
	}
	if *from == "" || *to == "" {
		return fmt.Errorf("%w: give --questionnaire and --out", errUsage)
	}
	v, err := questionnaireAt(*from)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if *format == "pdf" {
		if err := v.WriteHTML(&b); err != nil {
			return err
		}
		return printPDF(ctx, b.Bytes(), *to)
	}
	if err := exportAs(&b, *format, v); err != nil {
		return err
	}
	return os.WriteFile(*to, b.Bytes(), 0o644)
}

func exportAs(w io.Writer, format string, v *questionnaire.Version) error {
	switch format {
	case "docx":
		return docx.Write(w, v.Document())
	case "json":
		return v.WriteJSON(w)
	case "fhir":
		return v.WriteFHIR(w)
	case "akn":
		return v.WriteAKN(w)
	case "html":
		return v.WriteHTML(w)
	case "xlsform":
		form, err := v.XLSForm()
		if err != nil {
			return err
		}
		return form.WriteXLSX(w)
	}
	return fmt.Errorf("%w: a questionnaire is written as docx, xlsform, fhir, akn, pdf, html or json", errUsage)
}

// reviewCompare writes the newer of two versions with tracked changes since the older.
func reviewCompare(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("review compare", flag.ContinueOnError)
	from := f.String("from", "", "the older version: a JSON file")
	to := f.String("to", "", "the newer version: a JSON file")
	into := f.String("out", "", "the document to write: FILE.docx")
	if done, err := parse(f, args, out, "palermo review compare --from v1.json --to v2.json --out changes.docx"); done {
		return err
	}
	if *from == "" || *to == "" || *into == "" {
		return fmt.Errorf("%w: give --from, --to and --out", errUsage)
	}
	older, err := questionnaireAt(*from)
	if err != nil {
		return err
	}
	newer, err := questionnaireAt(*to)
	if err != nil {
		return err
	}
	b, err := docx.Bytes(questionnaire.Tracked(older, newer, "Secretariat", newer.Status))
	if err != nil {
		return err
	}
	return os.WriteFile(*into, b, 0o644)
}

func questionnaireAt(name string) (*questionnaire.Version, error) {
	if name == "draft" {
		l, err := instrument.Open()
		if err != nil {
			return nil, err
		}
		q := questionnaire.Draft(l)
		v := q.Freeze("", "", time.Time{})
		return &v, nil
	}
	if v, err := drafts.Find(name); err == nil {
		return v, nil
	}
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	v, err := questionnaire.ReadVersion(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}
