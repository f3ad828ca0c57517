package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// run gives a command's exit status and what it printed.
func run(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	var b bytes.Buffer
	status = Main(args, &b, &b)
	return status, b.String()
}

func TestExitStatusTellsRefusalFromWrongUse(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "xx.yaml")
	if err := os.WriteFile(broken, []byte("code: xx\nkindd: state\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want int
		says string
	}{
		{nil, 2, "palermo demo"},
		{[]string{"help"}, 0, "palermo verify"},
		{[]string{"nothing"}, 2, "palermo demo"},
		{[]string{"verify"}, 2, "--config FILE or --data DIR"},
		{[]string{"verify", "--help"}, 0, "Example"},
		{[]string{"serve", "--help"}, 0, "Example"},
		{[]string{"demo", "--nothing"}, 2, "nothing"},
		{[]string{"form"}, 2, "palermo form check"},
		{[]string{"form", "check", "no-such-file.xlsx"}, 1, "no-such-file"},
		{[]string{"jurisdiction", "check"}, 2, "FILE.yaml"},
		{[]string{"jurisdiction", "check", broken}, 1, "kindd"},
		{[]string{"keys", "rotate"}, 2, "--root or --holder"},
		{[]string{"user", "remove"}, 2, "palermo user add"},
	} {
		if status, out := run(t, c.args...); status != c.want || !strings.Contains(out, c.says) {
			t.Errorf("palermo %s: status %d, want %d; it said:\n%s", strings.Join(c.args, " "), status, c.want, out)
		}
	}
}

func TestAFormsReportHasTheKeysThatOthersRelyOn(t *testing.T) {
	status, out := run(t, "form", "check", "--json", filepath.Join("..", "..", "form", "sets", "htcds.xlsx"))
	var report struct {
		OK        *bool
		Questions *int
		Problems  *[]struct {
			Sheet, Column, Reason string
			Row                   int
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || status != 0 {
		t.Fatalf("status %d, %v: %s", status, err, out)
	}
	if report.OK == nil || !*report.OK || report.Questions == nil || *report.Questions == 0 || report.Problems == nil {
		t.Errorf("%s", out)
	}
}

// A node from nothing: keys, first administrator, an account, a new root key, and a history that stands.
func TestANodeIsMadeVerifiedAndItsRootKeyChanged(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if status, out := run(t, "init", "--config", "palermo.toml"); status != 2 || !strings.Contains(out, "PALERMO_PASSWORD") {
		t.Fatalf("without a password: %d %s", status, out)
	}
	t.Setenv("PALERMO_PASSWORD", "nine calm lamps by the sea")
	if status, out := run(t, "init", "--config", "palermo.toml", "--country", "IT"); status != 0 {
		t.Fatalf("init: %s", out)
	}
	if status, _ := run(t, "init", "--config", "palermo.toml"); status != 1 {
		t.Error("a node was made over another")
	}
	for _, name := range []string{"palermo.toml", "palermo-data/root.key", "palermo-data/node.db", "palermo-data/keys.db"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, err, info.Mode())
		}
	}
	config, err := os.ReadFile("palermo.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(config), "FocalPoint = \"")
	organisation, _, _ := strings.Cut(after, "\"")
	if status, out := run(t, "user", "add", "--config", "palermo.toml", "--login", "efosa", "--name", "E. Osagie",
		"--organisation", organisation, "--roles", "case_worker"); status != 0 {
		t.Fatalf("user add: %s", out)
	}
	if status, out := run(t, "verify", "--config", "palermo.toml"); status != 0 {
		t.Fatalf("verify: %s", out)
	}
	if status, out := run(t, "reindex", "--config", "palermo.toml"); status != 0 || !strings.Contains(out, "members: 3") {
		t.Fatalf("reindex: %s", out)
	}
	if status, out := run(t, "verify", "--config", "palermo.toml"); status != 0 {
		t.Fatalf("verify after reindex: %s", out)
	}
	if status, out := run(t, "keys", "rotate", "--config", "palermo.toml", "--root", "new.key"); status != 0 {
		t.Fatalf("rotate: %s", out)
	}
	if status, _ := run(t, "verify", "--config", "palermo.toml"); status != 1 {
		t.Error("the old root key still opens the node")
	}
	renewed := strings.Replace(string(config), "palermo-data/root.key", "new.key", 1)
	if err := os.WriteFile("palermo.toml", []byte(renewed), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out := run(t, "verify", "--config", "palermo.toml"); status != 0 {
		t.Fatalf("verify with the new key: %s", out)
	}
}
