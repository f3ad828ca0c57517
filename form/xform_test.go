package form

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
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
		{"type", "name", "label"}, {"text", "a", "A"}, {"audit", "b", "B"},
	}}}}
	var got bytes.Buffer
	if err := New(book).WriteXForm(&got, "x"); err == nil || got.Len() > 0 {
		t.Errorf("got %v and %d bytes, want a refusal and nothing written", err, got.Len())
	}
}

// Every questionnaire of this program is one.
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
			if err := d.WriteXForm(&got, e.Name()); err != nil {
				if dir == "sets" {
					t.Errorf("%s: %v", e.Name(), err)
				}
				continue
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
	if written < 15 {
		t.Errorf("%d written, want at least 15", written)
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

// sheets is a questionnaire of a survey sheet and, where there are any, of choices and settings.
func sheets(survey, choices, settings [][]string) *Definition {
	book := &Workbook{Sheets: []Sheet{{Name: "survey", Rows: survey}}}
	if choices != nil {
		book.Sheets = append(book.Sheets, Sheet{Name: "choices", Rows: choices})
	}
	if settings != nil {
		book.Sheets = append(book.Sheets, Sheet{Name: "settings", Rows: settings})
	}
	return New(book)
}

// What an author can say is in the XForm, in the shape that pyxform gives it.
func TestXFormSaysWhatTheWorkbookSays(t *testing.T) {
	yes := [][]string{{"list_name", "name", "label", "region"}, {"yn", "y", "Yes", "n"}, {"yn", "n", "No", "s"}}
	for _, c := range []struct {
		name              string
		survey            [][]string
		choices, settings [][]string
		want              []string
	}{
		{"media", [][]string{{"type", "name", "label", "media::image", "audio"}, {"text", "a", "A", "a.png", "a.mp3"}}, nil, nil,
			[]string{`<value form="audio">jr://audio/a.mp3</value>`, `<text id="/data/a:label"><value>A</value>`, `<value form="image">jr://images/a.png</value></text>`, `<input ref="/data/a"><label ref="jr:itext('/data/a:label')"></label>`}},
		{"guidance", [][]string{{"type", "name", "label", "guidance_hint"}, {"text", "a", "A", "Slowly"}}, nil, nil,
			[]string{`<text id="/data/a:hint"><value form="guidance">Slowly</value></text>`, `<hint ref="jr:itext('/data/a:hint')"></hint>`}},
		{"pictures of choices", [][]string{{"type", "name", "label"}, {"select_one yn", "a", "A"}}, [][]string{{"list_name", "name", "label", "image"}, {"yn", "y", "Yes", "y.png"}}, nil,
			[]string{`<text id="yn-0"><value>Yes</value><value form="image">jr://images/y.png</value></text>`}},
		{"a choice that speaks of an answer", [][]string{{"type", "name", "label"}, {"text", "who", "Who?"}, {"select_one yn", "a", "A"}}, [][]string{{"list_name", "name", "label"}, {"yn", "y", "${who}"}}, nil,
			[]string{`<text id="yn-0"><value><output value=" /data/who "></output></value></text>`}},
		{"instance_name", [][]string{{"type", "name", "label"}, {"text", "a", "A"}}, nil, [][]string{{"instance_name"}, {"concat('x', ${a})"}},
			[]string{`<bind nodeset="/data/meta/instanceName" type="string" calculate="concat('x',  /data/a )">`}},
		{"what was saved last", [][]string{{"type", "name", "label", "default"}, {"text", "a", "A", "${last-saved#a}"}}, nil, nil,
			[]string{`<instance id="__last-saved" src="jr://instance/last-saved">`, `<setvalue event="odk-instance-first-load" ref="/data/a" value=" instance('__last-saved')/data/a ">`}},
		{"a list that an expression looks into", [][]string{{"type", "name", "label", "calculation"}, {"select_one yn", "a", "A", ""}, {"calculate", "b", "", "instance('yn')/root/item[name = ${a}]/region"}}, yes, nil,
			[]string{`<instance id="yn"><root><item><region>n</region><name>y</name><label>Yes</label></item>`}},
		{"a default in a repeat", [][]string{{"type", "name", "label", "default"}, {"begin repeat", "r", "R", ""}, {"date", "d", "D", "today()"}, {"end repeat", "", "", ""}}, nil, nil,
			[]string{`<repeat nodeset="/data/r"><setvalue event="odk-instance-first-load odk-new-repeat" ref="/data/r/d" value="today()">`}},
		{"how often", [][]string{{"type", "name", "label", "repeat_count"}, {"begin repeat", "r", "R", "2 + 1"}, {"date", "d", "D", ""}, {"end repeat", "", "", ""}}, nil, nil,
			[]string{`<bind nodeset="/data/r_count" type="string" readonly="true()" calculate="2 + 1">`, `<repeat nodeset="/data/r" jr:count="/data/r_count" jr:noAddRemove="true()">`}},
		{"a trigger", [][]string{{"type", "name", "label", "trigger", "calculation"}, {"text", "a", "A", "", ""}, {"calculate", "b", "", "${a}", "now()"}}, nil, nil,
			[]string{`<input ref="/data/a"><label>A</label><setvalue event="xforms-value-changed" ref="/data/b" value="now()">`, `<bind nodeset="/data/b" type="string"></bind>`}},
		{"in any order", [][]string{{"type", "name", "label", "parameters"}, {"select_one yn", "a", "A", "randomize=true seed=7"}}, yes, nil,
			[]string{`<itemset nodeset="randomize(instance('yn')/root/item,7)">`}},
		{"a file of choices", [][]string{{"type", "name", "label", "choice_filter"}, {"select_one_from_file towns.csv", "a", "A", "region='n'"}}, nil, nil,
			[]string{`<instance id="towns" src="jr://file-csv/towns.csv">`, `<itemset nodeset="instance('towns')/root/item[region='n']">`}},
		{"choices that were given before", [][]string{{"type", "name", "label"}, {"begin repeat", "r", "R"}, {"text", "n", "N"}, {"end repeat", "", ""}, {"select_one ${n}", "a", "A"}}, nil, nil,
			[]string{`<itemset nodeset="/data/r[./n != '']"><value ref="n">`}},
		{"pages", [][]string{{"type", "name", "label"}, {"text", "a", "A"}}, nil, [][]string{{"style"}, {"pages"}}, []string{`<h:body class="pages">`}},
		{"a picture", [][]string{{"type", "name", "label", "parameters"}, {"image", "a", "A", "max-pixels=640"}}, nil, nil,
			[]string{`<bind nodeset="/data/a" type="binary" orx:max-pixels="640">`, `<upload ref="/data/a" mediatype="image/*">`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got bytes.Buffer
			d := sheets(c.survey, c.choices, c.settings)
			if err := d.WriteXForm(&got, "x"); err != nil {
				t.Fatal(err)
			}
			_ = elements(t, got.Bytes()) // it is XML
			all := strings.ReplaceAll(got.String(), "&#39;", "'")
			for _, want := range c.want {
				if !strings.Contains(all, want) {
					t.Errorf("want %s in\n%s", want, all)
				}
			}
		})
	}
}

// What has no place in the XForm yet is refused at its place, and not left out.
func TestXFormRefusesWhatItCannotSay(t *testing.T) {
	for _, c := range []struct {
		name              string
		survey            [][]string
		choices, settings [][]string
		want              string
	}{
		{"a column that is no element", [][]string{{"type", "name", "label", "choice_filter"}, {"select_one yn", "a", "A", "name != ''"}}, [][]string{{"list_name", "name", "label", "of the north"}, {"yn", "y", "Yes", "1"}}, nil, "choices 2 of the north"},
		{"a bind of one's own", [][]string{{"type", "name", "label", "bind::foo"}, {"text", "a", "A", "1"}}, nil, nil, "survey 2 bind::foo"},
		{"a parameter", [][]string{{"type", "name", "label", "parameters"}, {"text", "a", "A", "frob=1"}}, nil, nil, "survey 2 parameters"},
		{"a table of selects", [][]string{{"type", "name", "label", "appearance"}, {"begin group", "g", "G", "table-list"}, {"text", "a", "A", ""}, {"end group", "", "", ""}}, nil, nil, "survey 2 appearance"},
		{"another root", [][]string{{"type", "name", "label"}, {"text", "a", "A"}}, nil, [][]string{{"name"}, {"survey"}}, "settings 2 name"},
		{"the label of a choice in several languages", [][]string{{"type", "name", "label::fr", "calculation"}, {"select_one yn", "a", "A", ""}, {"calculate", "b", "", "instance('yn')/root/item[name = ${a}]/label"}}, [][]string{{"list_name", "name", "label::fr"}, {"yn", "y", "Oui"}}, nil, "survey 3 calculation"},
		{"a mistake", [][]string{{"type", "name", "label"}, {"txet", "a", "A"}}, nil, nil, "survey 2 type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got bytes.Buffer
			d := sheets(c.survey, c.choices, c.settings)
			if err := d.WriteXForm(&got, "x"); err == nil || got.Len() > 0 {
				t.Fatalf("got %v and %d bytes, want a refusal and nothing written", err, got.Len())
			}
			p := d.XFormProblems()[0]
			if at := fmt.Sprint(p.Sheet, " ", p.Row, " ", p.Column); at != c.want {
				t.Errorf("got %s (%s), want %s", at, p.Reason, c.want)
			}
		})
	}
}
