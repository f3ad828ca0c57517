package pdf

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"palermo/document/docx"
	"palermo/fault"
)

const hostile = `</p><script>document.title="run"</script><img src="http://127.0.0.1:1/x">`

func document() *docx.Document {
	return &docx.Document{Title: hostile, Language: `"><b>`, Header: `a"}</style><script>`, RightToLeft: true, Blocks: []docx.Block{docx.P(hostile), docx.H(1, hostile),
		&docx.Table{Rows: []docx.Row{{Header: true, Cells: []docx.Cell{{Paragraphs: []*docx.Paragraph{docx.P(hostile)}}}}}},
		&docx.Paragraph{List: docx.Bullets, Runs: []docx.Run{{Text: hostile, Bold: true}}}, &docx.Paragraph{List: docx.Bullets, Runs: []docx.Run{{Footnote: []docx.Run{{Text: hostile}}}}},
		&docx.Paragraph{Number: hostile}}}
}

func TestWordsOfTheDocumentAreNeverMarkup(t *testing.T) {
	p := page(document(), "")
	for _, bad := range []string{"<script", "<img", `"><b>`, "</style><script"} {
		if strings.Contains(p, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if !strings.Contains(p, `dir="rtl"`) || strings.Count(p, "<li>") != 2 || !strings.Contains(p, "default-src 'none'") {
		t.Error(p)
	}
}

func TestADocumentIsPrintedAndLeavesNothingOnTheDisk(t *testing.T) {
	dir, err := os.MkdirTemp("", "p") // short: Chromium makes a socket in it
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	t.Setenv("TMPDIR", dir)
	printer := NewPrinter("")
	if printer.path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("Chromium is not installed: apt-get install chromium")
		}
		t.Skip("Chromium is not installed: apt-get install chromium")
	}
	for range 2 { // the first has given the turn back
		file, err := printer.Print(t.Context(), document())
		if err != nil || !bytes.HasPrefix(file, []byte("%PDF-")) || !bytes.Contains(file, []byte("/StructTreeRoot")) {
			t.Fatalf("%d bytes, %v", len(file), err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left on the disk: %v, %v", left, err)
	}
}

func TestWithoutABrowserThePrinterSaysSo(t *testing.T) {
	t.Setenv("PATH", "")
	if _, err := NewPrinter("").Print(t.Context(), document()); !fault.Is(err, fault.CodeConflict) {
		t.Error(err)
	}
}
