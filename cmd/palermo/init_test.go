package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"palermo/access"
	"palermo/e2e/postgrestest"
	"palermo/node"
)

func TestARefusedInitLeavesNothingBehind(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { refusedThenDone(t, node.Config{}) })
	t.Run("PostgreSQL", func(t *testing.T) {
		refusedThenDone(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)})
	})
}

func refusedThenDone(t *testing.T, c node.Config) {
	dir := t.TempDir()
	settings := filepath.Join(dir, "palermo.toml")
	c.Data, c.RootFile = filepath.Join(dir, "data"), filepath.Join(dir, "root.key")
	must(t, c.Filled().Write(settings))
	try := func(password string, more ...string) error {
		t.Setenv("PALERMO_PASSWORD", password)
		return initCommand(t.Context(), append([]string{"--config", settings}, more...), io.Discard)
	}
	for what, err := range map[string]error{
		"a short password":      try("short"),
		"no user name":          try("nine calm lamps by the sea", "--login", "X"),
		"a country that is not": try("nine calm lamps by the sea", "--country", "Italy"),
	} {
		if err == nil {
			t.Errorf("%s was accepted", what)
		}
	}
	for _, path := range []string{c.Data, c.RootFile} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a refusal left %s behind (%v)", filepath.Base(path), err)
		}
	}
	must(t, try("nine calm lamps by the sea"))
	n, err := openNode(t.Context(), settings)
	must(t, err)
	defer func() { must(t, n.Close()) }()
	there, err := n.Directory.OrganisationNames(t.Context(), n.Record.For(access.Node(access.Member)))
	must(t, err)
	if len(there) != 1 {
		t.Errorf("%d organisations stand after one init", len(there))
	}
}

func TestARootKeyApartFromTheDataBringsNoWarning(t *testing.T) {
	t.Setenv("PALERMO_PASSWORD", "nine calm lamps by the sea")
	dir := t.TempDir()
	settings, root := filepath.Join(dir, "palermo.toml"), filepath.Join(dir, "key", "root.key")
	must(t, node.Config{Data: filepath.Join(dir, "data")}.Filled().Write(settings))
	must(t, os.Mkdir(filepath.Dir(root), 0o700))
	var said strings.Builder
	must(t, initCommand(t.Context(), []string{"--config", settings, "--root-file", root}, &said))
	if strings.Contains(said.String(), "WARNING") {
		t.Error(said.String())
	}
	c, err := node.ReadConfig(settings)
	must(t, err)
	if c.RootFile != root {
		t.Errorf("the settings name %s", c.RootFile)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
