package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"palermo/document/docx"
)

func TestTwoVersionsAreComparedAsTrackedChanges(t *testing.T) {
	at := func(name string) string { return filepath.Join(t.TempDir(), name) }
	older, newer, changes := at("v1.json"), at("v2.json"), at("changes.docx")
	if err := reviewExport(t.Context(), []string{"--questionnaire", "draft", "--format", "json", "--out", older}, io.Discard); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(older)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(newer, bytes.Replace(text, []byte("Does your country"), []byte("Does your State"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := reviewCompare(t.Context(), []string{"--from", older, "--to", newer, "--out", changes}, io.Discard); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(changes)
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := docx.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	var tracked []string
	for _, b := range d.Blocks {
		for _, r := range b.(*docx.Paragraph).Runs {
			if r.Change != nil {
				tracked = append(tracked, r.Text)
			}
		}
	}
	if len(tracked) != 2 || tracked[0] != "country" || tracked[1] != "State" {
		t.Errorf("%q", tracked)
	}
}

func TestAFrozenDraftIsWrittenInEveryFormat(t *testing.T) {
	begins := map[string]string{"docx": "PK", "xlsform": "PK", "json": "{", "fhir": "{", "akn": "<akomaNtoso", "html": "<!doctype html>"}
	for format, first := range begins {
		to := filepath.Join(t.TempDir(), "questionnaire."+format)
		if err := reviewExport(t.Context(), []string{"--questionnaire", "PALERMO/TIP/1", "--format", format, "--out", to}, io.Discard); err != nil {
			t.Fatal(format, err)
		}
		file, err := os.ReadFile(to)
		if err != nil || !bytes.HasPrefix(file, []byte(first)) {
			t.Errorf("%s begins with %.20q: %v", format, file, err)
		}
	}
	if err := reviewExport(t.Context(), []string{"--questionnaire", "PALERMO/TIP/1", "--format", "odt", "--out", "x"}, io.Discard); err == nil {
		t.Error("an unknown format is written")
	}
}
