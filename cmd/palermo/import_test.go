package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/e2e/postgrestest"
	"palermo/interchange"
	"palermo/node"
)

// bothDatabases runs a test on a new node of each.
func bothDatabases(t *testing.T, test func(t *testing.T, settings string)) {
	run := func(t *testing.T, c node.Config) {
		dir := t.TempDir()
		settings := filepath.Join(dir, "palermo.toml")
		c.Data, c.RootFile = filepath.Join(dir, "data"), filepath.Join(dir, "root.key")
		must(t, c.Filled().Write(settings))
		t.Setenv("PALERMO_PASSWORD", "nine calm lamps by the sea")
		must(t, initCommand(t.Context(), []string{"--config", settings}, io.Discard))
		addWorker(t, settings)
		test(t, settings)
	}
	t.Run("SQLite", func(t *testing.T) { run(t, node.Config{}) })
	t.Run("PostgreSQL", func(t *testing.T) { run(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}) })
}

// addWorker adds rosa, who leads cases for an organisation of her own.
func addWorker(t *testing.T, settings string) {
	t.Helper()
	n, err := openNode(t.Context(), settings)
	must(t, err)
	defer func() { must(t, n.Close()) }()
	door := n.Record.For(access.Node(access.Administrator))
	house, err := n.Directory.Add(t.Context(), door, directory.AddOrganisation{Name: "Porto Aperto", Kind: "ngo", Country: "IT"})
	must(t, err)
	_, _, err = n.Directory.AddMember(t.Context(), door, directory.AddMember{Login: "rosa", Name: "Rosa Ferlito", Organisation: house,
		Roles: []access.Role{access.CaseWorker}, Password: "nine calm lamps by the sea"})
	must(t, err)
}

func importing(t *testing.T, settings, format, path string, more ...string) (interchange.Report, error) {
	t.Helper()
	var out bytes.Buffer
	err := importCommand(t.Context(), append(append([]string{"--config", settings, "--as", "rosa", "--format", format, "--json"}, more...), path), &out)
	var r interchange.Report
	must(t, json.Unmarshal(out.Bytes(), &r))
	return r, err
}

func exported(t *testing.T, settings, format string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out")
	must(t, exportCommand(t.Context(), []string{"--config", settings, "--as", "rosa", "--format", format, path}, io.Discard))
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

func written(t *testing.T, rows [][]string) string {
	t.Helper()
	var b bytes.Buffer
	must(t, csv.NewWriter(&b).WriteAll(rows))
	path := filepath.Join(t.TempDir(), "in.csv")
	must(t, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

// everyField is a table with every field of the standard, every value of its
// lists, several values in a cell, and a column that nobody knows.
func everyField(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile("../../interchange/htcds-2.0.json")
	must(t, err)
	var standard struct {
		Entities map[string][]struct {
			Name, Type string
			Values     []string
		}
	}
	must(t, json.Unmarshal(text, &standard))
	rows := make([][]string, 25)
	column := func(name string, cell func(i int) string) {
		rows[0] = append(rows[0], name)
		for i := range rows[1:] {
			rows[i+1] = append(rows[i+1], cell(i))
		}
	}
	for _, entity := range []string{"Organization", "Person", "Person - Victim Context", "Person - Perpetrator Context", "Case",
		"Referral Details", "Case Comment", "Historic Trafficking Events", "Support Plan", "Consent"} {
		for _, f := range standard.Entities[entity] {
			if f.Name == "" {
				continue
			}
			column(f.Name, func(i int) string {
				switch {
				case f.Name == "prs_Citizenship":
					return []string{"NA", "00", "NG;GH"}[i%3]
				case len(f.Values) > 1 && strings.HasPrefix(f.Type, "Multi"):
					return f.Values[i%len(f.Values)] + ";" + f.Values[(i+1)%len(f.Values)]
				case len(f.Values) > 1:
					return f.Values[i%len(f.Values)]
				case f.Type == "Date":
					return fmt.Sprintf("1999-04-%02d", i+1)
				case f.Type == "Number":
					return fmt.Sprint(i)
				case f.Type == "Checkbox":
					return []string{"true", "false"}[i%2]
				}
				return fmt.Sprintf(" %s, \"%d\"\nأمل", f.Name, i)
			})
		}
	}
	if len(rows[0]) != 83 { // the list of the standard names 83 and leaves one nameless
		t.Fatalf("the standard names %d fields", len(rows[0]))
	}
	column("our own column", func(i int) string { return []string{"+39 06 1234", "", "Ω"}[i%3] })
	return rows
}

func TestHTCDSComesBackCellForCellAndTwiceIsOnce(t *testing.T) {
	bothDatabases(t, func(t *testing.T, settings string) {
		rows := everyField(t)
		path := written(t, rows)
		if r, err := importing(t, settings, "htcds", path); err != nil || r.Read != 24 || r.Stored != 24 || len(r.Refused) > 0 {
			t.Fatalf("%+v %v", r, err)
		}
		back, err := csv.NewReader(bytes.NewReader(exported(t, settings, "htcds"))).ReadAll()
		must(t, err)
		if !reflect.DeepEqual(back, rows) {
			t.Errorf("it came back otherwise: %q", back)
		}
		if r, err := importing(t, settings, "htcds", path); err != nil || r.Read != 24 || r.Stored != 0 {
			t.Errorf("the second time: %+v %v", r, err)
		}
		var said strings.Builder
		must(t, importCommand(t.Context(), []string{"--config", settings, "--as", "rosa", "--format", "htcds", path}, &said))
		if !strings.Contains(said.String(), "24 rows came before and were left out") {
			t.Error(said.String())
		}
		if !bytes.Contains(exported(t, settings, "json"), []byte(`"nationality": "NA"`)) {
			t.Error("Namibia is lost")
		}
	})
}

func TestACommandDoesWhatItsMemberMay(t *testing.T) {
	bothDatabases(t, func(t *testing.T, settings string) {
		path := written(t, [][]string{{"prs_FirstName"}, {"Amal"}})
		for _, as := range []string{"", "nobody", "admin"} { // an administrator sees no case
			args := []string{"--config", settings, "--as", as, "--format", "htcds"}
			if err := importCommand(t.Context(), append(args, path), io.Discard); err == nil {
				t.Errorf("%q imports", as)
			}
		}
		if r, err := importing(t, settings, "htcds", path); err != nil || r.Stored != 1 {
			t.Errorf("%+v %v", r, err)
		}
		out := filepath.Join(t.TempDir(), "out")
		if err := exportCommand(t.Context(), []string{"--config", settings, "--as", "admin", "--format", "csv", out}, io.Discard); err != nil {
			t.Error(err)
		}
		if data, err := os.ReadFile(out); err != nil || len(data) > 0 {
			t.Errorf("an administrator takes cases out: %s %v", data, err)
		}
	})
}

func TestWhatIsRefusedIsNamedAndNothingIsStored(t *testing.T) {
	bothDatabases(t, func(t *testing.T, settings string) {
		path := written(t, [][]string{{"prs_FirstName", "prs_Birthdate", "prs_Gender", "prs_Citizenship"},
			{"Amal", "1900-01-01", "Feminine", "NA"}, {"Efosa", "1999-04-23", "none", "Nigeria"}, {"Ana", "1999", "Feminine", "00"},
			{"=1+1", "23.04.1999", "", ""}, {"a", "", "", "", "ragged"}})
		r, err := importing(t, settings, "htcds", path)
		var places []string
		for _, x := range r.Refused {
			places = append(places, fmt.Sprint(x.Row, " ", x.Column))
			if x.Reason == "" {
				t.Errorf("no reason at %v", x)
			}
		}
		want := []string{"2 prs_Birthdate", "3 prs_Gender", "3 prs_Citizenship", "5 prs_FirstName", "5 prs_Birthdate", "6 "}
		if err == nil || r.Read != 5 || r.Stored != 0 || !reflect.DeepEqual(places, want) {
			t.Errorf("%+v %v", r, err)
		}
		if r, err := importing(t, settings, "htcds", path, "--good-rows", "--dry-run"); err == nil || r.Stored != 0 {
			t.Errorf("dry: %+v %v", r, err)
		}
		if out := exported(t, settings, "htcds"); len(out) > 0 {
			t.Errorf("half of it is there: %s", out)
		}
		if r, err := importing(t, settings, "htcds", path, "--good-rows"); err == nil || r.Stored != 1 {
			t.Errorf("the good rows: %+v %v", r, err)
		}
	})
}

func TestATableComesInByAMapping(t *testing.T) {
	bothDatabases(t, func(t *testing.T, settings string) {
		path := filepath.Join(t.TempDir(), "old.csv")
		must(t, os.WriteFile(path, []byte("Nom;Sexe;N\xe9\nZo\xe9;F;1999-04-23\nLuc;X;1998\n"), 0o600)) // Windows-1252
		mapping := filepath.Join(t.TempDir(), "map.yaml")
		must(t, os.WriteFile(mapping, []byte("columns:\n  Nom: {field: name}\n  Sexe: {field: gender, values: {F: woman, M: man}}\n  Né: {field: birth_date}\n"), 0o600))
		r, err := importing(t, settings, "csv", path, "--map", mapping)
		if err == nil || r.Stored != 0 || len(r.Refused) != 1 || r.Refused[0].Row != 3 || r.Refused[0].Column != "Sexe" {
			t.Errorf("%+v %v", r, err)
		}
		if r, err := importing(t, settings, "csv", path, "--map", mapping, "--good-rows"); err == nil || r.Stored != 1 {
			t.Errorf("%+v %v", r, err)
		}
		if out := exported(t, settings, "csv"); !bytes.Contains(out, []byte("Zoé,,1999-04-23,adult,woman")) {
			t.Errorf("%s", out)
		}
		must(t, os.WriteFile(mapping, []byte("columns:\n  Nom: {field: surname}\n"), 0o600))
		if err := importCommand(t.Context(), []string{"--config", settings, "--as", "rosa", "--format", "csv", "--map", mapping, path}, io.Discard); err == nil {
			t.Error("a field that there is not was taken")
		}
	})
}

func TestCTDCRowsAreHistoricalCases(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/ctdc/CTDC_VPsynthetic_condensed.csv")
	if err != nil {
		if os.Getenv("CI") == "true" || !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		t.Skip("the set is not here: put it at ../shared/data/ctdc")
	}
	read, err := interchange.ReadFile(data, interchange.CTDC(), time.Now())
	must(t, err)
	if read.Rows != 21195 || len(read.Good) != 21195 {
		t.Fatalf("%d rows, %d good, refused: %v", read.Rows, len(read.Good), read.Refused[:min(3, len(read.Refused))])
	}
	bothDatabases(t, func(t *testing.T, settings string) {
		lines := bytes.SplitAfterN(data, []byte("\n"), 302)
		path := filepath.Join(t.TempDir(), "ctdc.csv")
		must(t, os.WriteFile(path, bytes.Join(lines[:301], nil), 0o600))
		if r, err := importing(t, settings, "ctdc", path); err != nil || r.Read != 300 || r.Stored != 300 { // many of them are alike
			t.Fatalf("%+v %v", r, err)
		}
		if n := bytes.Count(exported(t, settings, "csv"), []byte(",historical,")); n != 300 {
			t.Errorf("%d cases are marked historical", n)
		}
	})
}
