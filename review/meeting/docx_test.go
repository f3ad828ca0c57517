package meeting_test

import (
	"bytes"
	"strings"
	"testing"

	"palermo/document/docx"
)

func TestTheReportIsADocumentThatIsReadBackAsItWasWritten(t *testing.T) {
	r := made(t)
	var b bytes.Buffer
	if err := r.WriteDOCX(&b); err != nil {
		t.Fatal(err)
	}
	d, cleaned, err := docx.Read(b.Bytes())
	if err != nil || len(cleaned) > 0 {
		t.Fatal(err, cleaned)
	}
	var read []string
	for _, block := range d.Blocks {
		p, ok := block.(*docx.Paragraph)
		if !ok {
			t.Fatalf("%T", block)
		}
		read = append(read, strings.TrimSpace(p.Number+" "+p.Text()))
	}
	all := strings.Join(read, "\n")
	for _, want := range []string{"II. Recommendations", "7. States parties should:", "(q) Take measures", "13,005", "51. On 3 July 2018", "1. Organizational matters:", "(b) Adoption of the agenda"} {
		if !strings.Contains(all, "\n"+want) && !strings.Contains(all, want) {
			t.Errorf("%q is not in the document", want)
		}
	}
}
