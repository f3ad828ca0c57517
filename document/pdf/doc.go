// Package pdf prints documents with a Chromium of this machine, which shapes
// every script rightly. It knows nothing of what they say.
//
// What may never happen here: a document on the disk; a page that fetches
// anything, or runs a script; words of the document taken for its markup.
package pdf

import (
	"context"
	"errors"
	"os/exec"

	"palermo/document/docx"
	"palermo/fault"
)

// Printer prints one document after the other: each takes the memory of a browser.
type Printer struct {
	path  string // of the browser
	fonts string // style rules with the fonts in them
	turn  chan struct{}
}

// NewPrinter looks for a browser. fonts are style rules that define the family "Noto Sans P"; they fetch nothing.
func NewPrinter(fonts string) *Printer {
	p := &Printer{fonts: fonts, turn: make(chan struct{}, 1)}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			p.path = path
			break
		}
	}
	return p
}

// Print gives the document as PDF. Faults: conflict where the machine has no browser, unavailable.
func (p *Printer) Print(ctx context.Context, d *docx.Document) ([]byte, error) {
	return p.PrintPage(ctx, page(d, p.fonts))
}

// PrintPage gives a page of HTML, which brings its own style, as PDF. Faults as of Print.
func (p *Printer) PrintPage(ctx context.Context, html string) ([]byte, error) {
	if p.path == "" {
		return nil, fault.Conflict("There is no Chromium on the node's machine to print a PDF with. Take the document for a word processor instead.")
	}
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.Unavailable(ctx.Err(), "Others are printing. Try again.")
	}
	defer func() { <-p.turn }()
	b, err := start(ctx, p.path)
	if err != nil {
		return nil, fault.Unavailable(err, "The document could not be printed. Try again.")
	}
	file, err := b.print(html)
	if err := errors.Join(err, b.close()); err != nil {
		return nil, fault.Unavailable(err, "The document could not be printed. Try again.")
	}
	return file, nil
}
