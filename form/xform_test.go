package form

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// elements flattens an XForm: each element with its path, attributes and text.
func elements(t *testing.T, data []byte) []string {
	t.Helper()
	var all, at []string
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			at = append(at, token.Name.Local)
			line := strings.Join(at, "/")
			attributes := map[string]string{}
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					attributes[a.Name.Local] = a.Value
				}
			}
			for _, name := range []string{"id", "version", "nodeset", "ref", "type", "relevant", "constraint", "required",
				"readonly", "calculate", "preload", "preloadParams"} {
				if v := attributes[name]; v != "" {
					line += " " + name + "=" + v
				}
			}
			all = append(all, line)
		case xml.CharData:
			if s := strings.TrimSpace(string(token)); s != "" {
				all = append(all, "text "+s)
			}
		case xml.EndElement:
			at = at[:len(at)-1]
		}
	}
}

func TestXFormIsTheReferenceConverters(t *testing.T) {
	want, err := os.ReadFile(shared(t, "htcds/htcds_xlsform.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := readFile(t, shared(t, "htcds/htcds_xlsform.xlsx")).WriteXForm(&got, "htcds_xlsform"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(elements(t, want), elements(t, got.Bytes())); diff != "" {
		t.Error(diff)
	}
}

func TestReferencesInARepeatStayInTheInstance(t *testing.T) {
	book := &Workbook{Sheets: []Sheet{{Name: "survey", Rows: [][]string{
		{"type", "name", "label", "relevant"},
		{"text", "town", "Town", ""},
		{"begin repeat", "child", "Child", ""},
		{"integer", "age", "Age", ""},
		{"text", "school", "School", "${age} > 5 and ${town} != ''"},
		{"end repeat", "", "", ""},
	}}}}
	var got bytes.Buffer
	if err := New(book).WriteXForm(&got, "x"); err != nil {
		t.Fatal(err)
	}
	want := `html/head/model/bind nodeset=/data/child/school type=string relevant= ../age  > 5 and  /data/town  != ''`
	if all := elements(t, got.Bytes()); !strings.Contains(strings.Join(all, "\n"), want) {
		t.Errorf("want %s in\n%s", want, strings.Join(all, "\n"))
	}
}

func TestNoXFormLosesAQuestion(t *testing.T) {
	book := &Workbook{Sheets: []Sheet{{Name: "survey", Rows: [][]string{
		{"type", "name", "label"}, {"text", "a", "A"}, {"image", "b", "B"},
	}}}}
	var got bytes.Buffer
	if err := New(book).WriteXForm(&got, "x"); err == nil || got.Len() > 0 {
		t.Errorf("got %v and %d bytes, want a refusal and nothing written", err, got.Len())
	}
}

func TestXFormOfEverySetIsXMLAndEveryTextIsThere(t *testing.T) {
	written := 0
	for _, dir := range []string{"testdata", "sets"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			d, err := ReadCSV(os.DirFS(dir), e.Name())
			if err != nil {
				continue // no folder of CSV files
			}
			var got bytes.Buffer
			if d.WriteXForm(&got, e.Name()) != nil {
				continue // refused, with nothing written
			}
			written++
			_ = elements(t, got.Bytes())
			for _, part := range strings.Split(got.String(), "ref=\"jr:itext(&#39;")[1:] {
				id, _, _ := strings.Cut(part, "&#39;")
				if !strings.Contains(got.String(), `<text id="`+id+`">`) {
					t.Errorf("%s: no text %s", e.Name(), id)
				}
			}
		}
	}
	if written < 3 {
		t.Errorf("%d written, want at least 3", written)
	}
}

func TestANoteIsReadOnlyAndNeverRequired(t *testing.T) {
	book := &Workbook{Sheets: []Sheet{{Name: "survey", Rows: [][]string{{"type", "name", "label"}, {"note", "a", "A"}}}}}
	var got bytes.Buffer
	if err := New(book).WriteXForm(&got, "x"); err != nil {
		t.Fatal(err)
	}
	want := "html/head/model/bind nodeset=/data/a type=string readonly=true()\n"
	if all := strings.Join(elements(t, got.Bytes()), "\n"); !strings.Contains(all, want) {
		t.Errorf("want %s in\n%s", want, all)
	}
}
