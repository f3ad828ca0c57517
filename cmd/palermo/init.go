package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"palermo/directory"
	"palermo/node"
)

func initCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("init", flag.ContinueOnError)
	path := f.String("config", "palermo.toml", "the node's settings; written if there is none")
	login := f.String("login", "admin", "user name of the first administrator")
	name := f.String("name", "Administrator", "name of the first administrator")
	root := f.String("root-file", "", "where to put the root key: another disk than the data's; empty for RootFile of the settings")
	country := f.String("country", "", "country of the node, two letters")
	if done, err := parse(f, args, out, "PALERMO_PASSWORD='four calm words here' palermo init --config palermo.toml --root-file /media/key/root.key --login amal --country IT"); done {
		return err
	}
	password := os.Getenv("PALERMO_PASSWORD")
	if password == "" {
		return fmt.Errorf("%w: set PALERMO_PASSWORD to the administrator's first password", errUsage)
	}
	c := node.Config{}.Filled()
	if _, err := os.Stat(*path); err == nil {
		if c, err = node.ReadConfig(*path); err != nil {
			return err
		}
	}
	if *root != "" {
		c.RootFile = *root
	}
	own := directory.AddOrganisation{Name: c.Name, Kind: "focal_point_office", Country: *country, FocalPoint: true}
	first := directory.AddMember{Name: *name, Login: *login, Password: password}
	if err := directory.CheckFirstAdministrator(own, first); err != nil {
		return err
	}
	if err := node.CreateKeys(c); err != nil {
		return err
	}
	n, err := node.Open(ctx, c)
	if err != nil {
		return err
	}
	focal, _, secret, err := n.Directory.FirstAdministrator(ctx, own, first)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	if err := n.Stock(ctx); err != nil {
		return errors.Join(err, n.Close())
	}
	c.FocalPoint = focal.String()
	if err := errors.Join(c.Write(*path), n.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "The node is ready: settings in %s, root key in %s.\n", *path, c.RootFile)
	fmt.Fprintln(out, "Copy the root key to a safe place apart from all backups. Without it nothing can be read again.")
	if beside(c) {
		fmt.Fprintf(out, "\nWARNING: the root key lies beside the data that it opens. Whoever copies the folder %s reads everything.\n"+
			"Before any real person is in it, move the key to another disk and set RootFile in %s. (palermo init --root-file puts it there.)\n\n", c.Data, *path)
	}
	fmt.Fprintf(out, "Put this secret of one-time codes into %s's authenticator; it is not shown again: %s\n", *login, secret)
	fmt.Fprintf(out, "Checkpoints of the journal are checked with this key: %s\n", n.Signer.VerifierKey())
	return nil
}

// beside reports whether a thief of the data folder has the root key too.
func beside(c node.Config) bool {
	inside, err := filepath.Rel(c.Data, c.RootFile)
	return err == nil && filepath.IsLocal(inside)
}
