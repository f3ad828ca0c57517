package node

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/BurntSushi/toml"

	"palermo/vault"
)

// Config is palermo.toml. What is empty has the value that suits one machine.
type Config struct {
	Name         string // of the organisation that runs the node, shown on every page
	Node         string // the node's name in its journal's checkpoints: lower case, no spaces
	Address      string // host:port
	Origin       string // https://… as people type it
	Jurisdiction string // code of the profile, or a YAML file
	Data         string // the folder for keys, database and checkpoints
	Database     string // a postgres:// address; empty for SQLite in Data
	Keys         string // a postgres:// address of another database; empty for SQLite in Data
	RootFile     string // the root key; not in Data's backups. Empty: Data/root.key
	FocalPoint   string // id of the focal point's organisation, written by init
	TLSCert      string
	TLSKey       string
	SignOn       OpenIDConnect // single sign-on; empty for none
	LineKeys     uint32        // number of the keys by which other nodes know this one, as in the trust list; from 1
	Line         string        // host:port at which other nodes reach this one, over TLS of its own; empty for none
	Health       string        // host:port of the loopback interface for the machine's own watchers; empty for none
	// PasswordCost is the price of a guess; the zero value is that of real accounts. Only a demonstration is cheaper.
	PasswordCost vault.Params `toml:"-"`
}

// ReadConfig reads palermo.toml and refuses what is no setting.
func ReadConfig(path string) (Config, error) {
	var c Config
	meta, err := toml.DecodeFile(path, &c)
	if err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return c, fmt.Errorf("%s: %q is not a setting", path, unknown[0].String())
	}
	return c.Filled(), nil
}

// Filled gives what is empty its usual value.
func (c Config) Filled() Config {
	fill := func(s *string, value string) {
		if *s == "" {
			*s = value
		}
	}
	fill(&c.Name, "Palermo")
	fill(&c.Node, "palermo")
	fill(&c.Address, "localhost:8080")
	fill(&c.Jurisdiction, "coe")
	fill(&c.Data, "palermo-data")
	fill(&c.RootFile, filepath.Join(c.Data, "root.key"))
	c.LineKeys = max(c.LineKeys, 1)
	return c
}

// origin is the node's address as people type it. A node without the setting is tried on one machine.
func (c Config) origin() string {
	switch {
	case c.Origin != "":
		return c.Origin
	case c.TLSCert != "":
		return "https://" + c.Address
	}
	return "http://" + c.Address
}

// Write writes the settings, readable by their owner alone.
func (c Config) Write(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := toml.NewEncoder(f).Encode(c); err != nil {
		_ = f.Close() // the first error says more
		return err
	}
	return f.Close()
}
