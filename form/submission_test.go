package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"palermo/fault"
)

func homes() *Definition {
	return sheets([][]string{
		{"type", "name", "label", "repeat_count", "constraint"},
		{"text", "town", "Town", "", ""},
		{"begin repeat", "child", "Child", "1 + 1", ""},
		{"integer", "age", "Age", "", ". < 18"},
		{"end repeat", "", "", "", ""},
		{"begin group", "home", "Home", "", ""},
		{"text", "street", "Street", "", ""},
		{"end group", "", "", "", ""},
	}, nil, nil)
}

func TestASubmissionIsTheAnswersOfThePage(t *testing.T) {
	s, err := ReadSubmission(strings.NewReader(`<?xml version='1.0' ?><data id="homes" version="2" xmlns:jr="http://openrosa.org/javarosa">
		<town> Catania </town><child_count>2</child_count><child jr:template=""><age/></child><child><age>4</age></child><child><age/></child>
		<home><street>A &amp; B</street></home><meta><instanceID>uuid:1</instanceID></meta></data>`))
	if err != nil {
		t.Fatal(err)
	}
	if s.Form != "homes" || s.Version != "2" || s.Instance != "uuid:1" {
		t.Errorf("got %+v", s)
	}
	got, err := homes().FromSubmission(s)
	want := Answers{"town": "Catania", "child": []Answers{{"age": "4"}, {"age": ""}}, "home": Answers{"street": "A & B"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestASubmissionIsRefusedAtItsPlace(t *testing.T) {
	meta := `<meta><instanceID>uuid:1</instanceID></meta>`
	for body, want := range map[string]string{
		``:                            "it ends too early",
		`<data id="h">` + meta:        "line 1",
		`<data id="h">` + meta + `<>`: "line 1",
		`<data>` + meta + `</data>`:   "which form",
		`<data id="h"></data>`:        "instanceID",
		`<data id="h"/>` + `<data/>`:  "second root",
		`<!DOCTYPE a [<!ENTITY x "y">]><data id="h">&x;` + meta + `</data>`:                                "document type",
		`<data id="h">` + meta + strings.Repeat("<a>", 100):                                                "too many",
		`<data id="h">` + meta + `<town>` + strings.Repeat("x", maxSubmission) + `</town></data>`:          "line",
		`<data id="h">` + meta + `<village>x</village></data>`:                                             "village",
		`<data id="h">` + meta + `<town>x</town><town>y</town></data>`:                                     "town",
		`<data id="h">` + meta + `<home><street><b>x</b></street></home></data>`:                           "home/street",
		`<data id="h">` + meta + `<child><age>1</age></child><child><name>x</name></child></data>`:         "child[2]/name",
		`<data id="h">` + meta + strings.Repeat(`<child><age>1</age></child>`, maxInstances+1) + `</data>`: "child",
	} {
		s, err := ReadSubmission(strings.NewReader(body))
		if err == nil {
			_, err = homes().FromSubmission(s)
		}
		if !fault.Is(err, fault.CodeInvalid) || !strings.Contains(said(err), want) {
			t.Errorf("%.80s: got %v, want a refusal that says %s", body, said(err), want)
		}
	}
}

// said is all that a refusal says, with its places.
func said(err error) string {
	if err == nil {
		return ""
	}
	all := err.Error()
	for _, f := range fault.Each(err) {
		all += " " + f.Field + " " + f.Error()
	}
	return all
}

func FuzzSubmission(f *testing.F) {
	f.Add(`<data id="homes" version="2"><town>Catania</town><child><age>4</age></child><meta><instanceID>uuid:1</instanceID></meta></data>`)
	f.Add(`<data id="h"><child><child><child/></child></child><meta/></data>`)
	f.Add(`<!DOCTYPE a><data id="h"/>`)
	d := homes()
	f.Fuzz(func(t *testing.T, body string) {
		s, err := ReadSubmission(strings.NewReader(body))
		if err != nil {
			if !fault.Is(err, fault.CodeInvalid) {
				t.Fatal(err)
			}
			return
		}
		answers, err := d.FromSubmission(s)
		if err == nil {
			Run(d, answers, Env{})
		}
	})
}
