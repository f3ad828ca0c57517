package questionnaire

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"palermo/document/docx"
	"palermo/fault"
	"palermo/form"
	"palermo/review/instrument"
)

// drawWhole is any version that a form of other fields can hold: its words are not only spaces.
func drawWhole(t *rapid.T) *Version {
	words := phrase.Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
	maybe := rapid.OneOf(rapid.Just(""), words)
	v := &Version{Questionnaire: Questionnaire{Title: words.Draw(t, "title"), Instrument: "TIP", OwnDraft: rapid.Bool().Draw(t, "own")},
		Symbol: rapid.SampledFrom([]string{"", "CTOC/COP/WG.4/2018/CRP.1"}).Draw(t, "symbol"), Status: at, Session: "eighth"}
	n, annex := rapid.IntRange(1, 12).Draw(t, "questions"), false
	for i := range n {
		annex = annex || rapid.IntRange(0, 9).Draw(t, "annex") == 9
		x := Question{Key: "TIP-" + string(rune('a'+i)), Annex: annex, Text: words.Draw(t, "text"), Article: maybe.Draw(t, "article"),
			Group: rapid.SampledFrom([]string{"", "Protection", "Prévention", "حماية"}).Draw(t, "group"), IfNo: maybe.Draw(t, "no"), IfYes: maybe.Draw(t, "yes"),
			Obligation: rapid.SampledFrom([]Obligation{"", Mandatory, Optional, Other}).Draw(t, "obligation"),
			Status:     rapid.SampledFrom([]Status{Open, Agreed, AdReferendum, NoConsensus}).Draw(t, "status")}
		if rapid.Bool().Draw(t, "moved") {
			x.Origin = &Origin{Instrument: "SOM", Number: "45", At: at}
		}
		v.Questions = append(v.Questions, x)
	}
	return v
}

// throughXLSX is the version as it comes back from a spreadsheet.
func throughXLSX(t interface{ Fatal(...any) }, v *Version, change ...func(*form.Definition)) *Version {
	d, err := v.XLSForm()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	back, err := form.ReadXLSX(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(back)
	}
	out, err := FromXLSForm(back)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAQuestionnaireComesBackWholeFromEveryFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawWhole(t)
		sheet := throughXLSX(t, v)
		var b bytes.Buffer
		if err := sheet.WriteFHIR(&b); err != nil {
			t.Fatal(err)
		}
		fhir, err := ReadFHIR(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v, fhir, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		file, err := docx.Bytes(fhir.Document())
		if err != nil {
			t.Fatal(err)
		}
		d, _, err := docx.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v.Document(), d, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWordsThatWereChangedInAFormComeBackChanged(t *testing.T) {
	v := &Version{Questionnaire: Questionnaire{Title: "Draft", Questions: []Question{{Key: "a", Text: "Has your State laws?", IfNo: "Why?", Status: Agreed}}}, Status: at}
	back := throughXLSX(t, v, func(d *form.Definition) { d.Book.Sheet("survey").Rows[1][2] = "Does your State have laws?" })
	if x := back.Questions[0]; x.Text != "Does your State have laws?" || x.Status != Agreed || x.IfNo != "Why?" {
		t.Errorf("%+v", x)
	}
	var b bytes.Buffer
	if err := v.WriteFHIR(&b); err != nil {
		t.Fatal(err)
	}
	fhir, err := ReadFHIR(bytes.Replace(b.Bytes(), []byte(`"text": "Why?"`), []byte(`"text": "Why not?"`), 1))
	if err != nil || fhir.Questions[0].IfNo != "Why not?" {
		t.Errorf("%+v %v", fhir, err)
	}
}

func TestAFormThatWasNotMadeFromAQuestionnaireIsRefused(t *testing.T) {
	for _, file := range []string{"", "{}", `{"resourceType":"Patient"}`, `{"extension":[{"url":"urn:palermo:questionnaire","valueString":"{\"invented\":1}"}]}`} {
		if _, err := ReadFHIR([]byte(file)); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s: %v", file, err)
		}
	}
	d := form.New(&form.Workbook{Sheets: []form.Sheet{{Name: "survey", Rows: [][]string{{"type", "name", "label"}, {"text", "a", "A"}}}}})
	if _, err := FromXLSForm(d); !fault.Is(err, fault.CodeInvalid) {
		t.Error(err)
	}
	v := &Version{Questionnaire: Questionnaire{Title: "Draft", Questions: []Question{{Key: "a", Text: "Who is ${nobody}?", Status: Open}}}}
	if _, err := v.XLSForm(); !fault.Is(err, fault.CodeInvalid) {
		t.Error(err)
	}
}

// TestTheFHIRQuestionnaireIsAsStructuredDataCaptureAsks holds the rules of the resource that its own invariants name.
func TestTheFHIRQuestionnaireIsAsStructuredDataCaptureAsks(t *testing.T) {
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	q := Draft(l)
	v := q.Freeze("PALERMO/TIP/1", "", at)
	var b bytes.Buffer
	if err := v.WriteFHIR(&b); err != nil {
		t.Fatal(err)
	}
	var f fhir
	if err := json.Unmarshal(b.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	seen, questions := map[string]bool{}, 0
	var walk func([]fhirItem)
	walk = func(items []fhirItem) {
		for _, i := range items {
			if i.LinkID == "" || seen[i.LinkID] || len(i.LinkID) > 255 || strings.TrimSpace(i.Text) == "" {
				t.Errorf("que-2: the link %q", i.LinkID)
			}
			seen[i.LinkID] = true
			if i.Type == "group" && len(i.Item) == 0 || i.Type == "group" && i.Required {
				t.Errorf("que-1: the group %q", i.LinkID)
			}
			for _, w := range i.EnableWhen {
				if !seen[w.Question] || w.Operator != "=" {
					t.Errorf("enableWhen of %q names %q", i.LinkID, w.Question)
				}
			}
			if i.Type == "boolean" {
				questions++
			}
			walk(i.Item)
		}
	}
	walk(f.Item)
	if f.ResourceType != "Questionnaire" || f.Status != "draft" || f.Date == "" || questions != len(v.Questions) {
		t.Errorf("%s, %s, %d questions", f.ResourceType, f.Status, questions)
	}
}

func TestTheAkomaNtosoIsValid(t *testing.T) {
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	q := Draft(l)
	q.Questions[3].Group = "" // one that stands in no group, between two
	q.Questions[len(q.Questions)-1].Annex = true
	v := q.Freeze("", "", at)
	var b bytes.Buffer
	if err := v.WriteAKN(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "It is not a text of the Working Group.") {
		t.Error("the document does not say whose draft it is")
	}
	schema := filepath.Join("..", "..", "..", "shared", "data", "akn", "akomantoso30.xsd")
	if _, err := os.Stat(schema); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("the schema is not here: put it at ../shared/data/akn")
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("install xmllint (Debian: libxml2-utils)")
		}
		t.Skip("without xmllint (Debian: libxml2-utils) the document is only known to be well formed")
	}
	file := filepath.Join(t.TempDir(), "questionnaire.xml")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(lint, "--nonet", "--noout", "--schema", schema, file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
