package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"

	"palermo/ident"
	"palermo/node"
	"palermo/vault"
)

func keysRotate(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("keys rotate", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	to := f.String("root", "", "make a new root key in this file, and seal everything under it")
	holder := f.String("holder", "", "make a new key for this organisation's id, or \"recovery\"")
	if done, err := parse(f, args, out, "palermo keys rotate --config palermo.toml --root /media/key/root-2027.key"); done {
		return err
	}
	if (*to == "") == (*holder == "") {
		return fmt.Errorf("%w: give --root or --holder", errUsage)
	}
	if _, err := ident.Parse(*holder); *holder != "" && *holder != string(vault.Recovery) && err != nil {
		return fmt.Errorf("%w: --holder: %w", errUsage, err)
	}
	n, err := openNode(ctx, *config)
	if err != nil {
		return err
	}
	if *holder != "" {
		return errors.Join(rotateHolder(ctx, n, vault.Holder(*holder), out), n.Close())
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

func rotateHolder(ctx context.Context, n *node.Node, holder vault.Holder, out io.Writer) error {
	progress, records := watched(out), 0
	err := n.Record.Vault.RotateHolder(ctx, holder, func(done int) {
		records = done
		progress.say("%d records wrapped", done)
	})
	progress.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s has a new key; %d records are wrapped under it.\n", holder, records)
	return nil
}
