package questionnaire

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"palermo/document/docx"
	"palermo/review/instrument"
)

func TestTheDraftSaysThatItsWordsAreTheProjects(t *testing.T) {
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	q := Draft(l)
	if err := q.Check(); err != nil || len(q.Questions) < 30 || !q.OwnDraft {
		t.Fatal(len(q.Questions), q.OwnDraft, err)
	}
	v := q.Freeze("", "", at)
	var text strings.Builder
	for _, b := range v.Document().Blocks {
		text.WriteString(b.(*docx.Paragraph).Text() + "\n")
	}
	if !strings.Contains(text.String(), "It is not a text of the Working Group.") {
		t.Error("the document does not say whose draft it is")
	}
	var b bytes.Buffer
	if err := v.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	back, err := ReadVersion(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&v, back); diff != "" {
		t.Error(diff)
	}
	if _, err := ReadVersion([]byte(`{"invented": 1}`)); err == nil {
		t.Error("an unknown field was taken")
	}
}
