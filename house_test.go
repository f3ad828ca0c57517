// Package palermo holds what is true of the whole house.
package palermo

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// imports gives, per folder, what its files that are not tests import.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			found[filepath.ToSlash(filepath.Dir(path))] = append(found[filepath.ToSlash(filepath.Dir(path))], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestArrowsRunOneWay(t *testing.T) {
	outer := []string{"net/http", "database/sql", "palermo/web", "palermo/web/ui", "palermo/store", "palermo/node", "palermo/demo", "palermo/api"}
	never := map[string][]string{
		"access": {"palermo/record", "palermo/casework", "palermo/consent"}, "consent": {"palermo/record", "palermo/casework"},
		"duty": {"palermo/record", "palermo/casework"}, "vault": {"palermo/record", "palermo/journal", "palermo/store"},
		"journal": {"palermo/record", "palermo/casework"}, "record": {"palermo/casework", "palermo/directory", "palermo/consent"},
		"jurisdiction": {"palermo/record", "palermo/casework"}, "form": {"palermo/record", "palermo/casework"},
		"names": {"palermo/record"}, "input": {"palermo/record"}, "casework": {"palermo/directory"}, "directory": {"palermo/casework", "palermo/training"},
		"training": {"palermo/casework"}, "library": {"palermo/casework", "palermo/directory"},
		"cooperation": {"palermo/directory", "palermo/register"}, "register": {"palermo/casework"},
		"exchange":              {"palermo/record", "palermo/casework", "palermo/directory", "palermo/exchange/line"},
		"review/country":        {"palermo/casework", "palermo/cooperation"},
		"review/instrument":     {"palermo/casework", "palermo/cooperation", "palermo/record"},
		"review/recommendation": {"palermo/casework", "palermo/cooperation"},
		"review/meeting":        {"palermo/casework", "palermo/cooperation"},
		"review/dialogue":       {"palermo/casework", "palermo/cooperation"},
		"review/answer":         {"palermo/casework", "palermo/cooperation"},
		"statistics":            {"palermo/cooperation", "palermo/directory"},
		"review/questionnaire":  {"palermo/casework", "palermo/cooperation"},
		"review/floor":          {"palermo/casework", "palermo/cooperation", "palermo/directory"},
		"review/reading":        {"palermo/casework", "palermo/cooperation", "palermo/directory"},
		"interchange":           {"palermo/cooperation", "palermo/directory"},
		"document/docx":         {"palermo/record", "palermo/casework", "palermo/access"},
		"document/pdf":          {"palermo/record", "palermo/casework", "palermo/access"},
		"document/akn":          {"palermo/record", "palermo/casework", "palermo/access"},
		"document/table":        {"palermo/record", "palermo/casework", "palermo/access"},
		"backup":                {"palermo/record", "palermo/casework"},
		"matching":              {"palermo/directory", "palermo/exchange/line"},
		"linkage":               {"palermo/record", "palermo/casework", "palermo/directory", "palermo/exchange/line"},
	}
	found := imports(t)
	for room, more := range never {
		if len(found[room]) == 0 {
			t.Errorf("the room %s is empty: mend this test", room)
		}
		for _, forbidden := range append(slices.Clone(outer), more...) {
			if slices.Contains(found[room], forbidden) {
				t.Errorf("%s imports %s", room, forbidden)
			}
		}
	}
}

func TestTheAPIKnowsNoPages(t *testing.T) {
	found := imports(t)
	for _, forbidden := range []string{"palermo/web", "palermo/web/ui", "palermo/store", "palermo/node"} {
		if slices.Contains(found["api"], forbidden) || len(found["api"]) == 0 {
			t.Errorf("api imports %s, or is empty", forbidden)
		}
	}
}

func TestOnlyTheStoreSpeaksSQL(t *testing.T) {
	for room, list := range imports(t) {
		if slices.Contains(list, "database/sql") && room != "store" && !strings.HasPrefix(room, "e2e/postgrestest") {
			t.Errorf("%s imports database/sql", room)
		}
	}
}

func TestOnlyRecordCallsTheStore(t *testing.T) {
	for room, list := range imports(t) {
		if slices.Contains(list, "palermo/store") && room != "node" {
			t.Errorf("%s imports the store: everything goes through the door", room)
		}
	}
}
