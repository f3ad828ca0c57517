package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"palermo/node"

	"palermo/vault"
)

func keysCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("keys rotate", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	to := f.String("root", "", "make a new root key in this file, and seal everything under it")
	holder := f.String("holder", "", "make a new key for this organisation's id, or \"recovery\"")
	if len(args) == 0 || args[0] != "rotate" {
		return fmt.Errorf("%w: palermo keys rotate --root FILE | --holder ID", errUsage)
	}
	if done, err := parse(f, args[1:], out, "palermo keys rotate --config palermo.toml --root /media/key/root-2027.key"); done {
		return err
	}
	if (*to == "") == (*holder == "") {
		return fmt.Errorf("%w: give --root or --holder", errUsage)
	}
	c, err := node.ReadConfig(*config)
	if err != nil {
		return err
	}
	n, err := node.Open(ctx, c)
	if err != nil {
		return err
	}
	if *holder != "" {
		err = n.Record.Vault.RotateHolder(ctx, vault.Holder(*holder), func(done int) { fmt.Fprintf(out, "\r%d records wrapped", done) })
		fmt.Fprintln(out)
		return errors.Join(err, n.Close())
	}
	root, err := vault.NewRootFile(rand.Reader, *to)
	if err == nil {
		err = n.Record.Vault.RotateRoot(ctx, root)
	}
	if err := errors.Join(err, n.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "The new root key is in %s. Set RootFile to it in %s; the old one opens nothing any more.\n", *to, *config)
	return nil
}
