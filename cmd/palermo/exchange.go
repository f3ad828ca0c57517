package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"palermo/exchange"
	"palermo/node"
)

// exchangePack writes what waits for a node as a file, to be carried by hand.
func exchangePack(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("exchange pack", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	to := f.String("to", "", "name of the receiving node in the trust list")
	if done, err := parse(f, args, out, "palermo exchange pack --to ng > for-nigeria.txt"); done {
		return err
	}
	return speaking(ctx, *config, func(n *node.Node) error {
		parcel, err := n.Abroad.Pack(ctx, *to)
		if err != nil {
			return err
		}
		if len(parcel.Sealed) == 0 {
			return fmt.Errorf("nothing waits for %s", *to)
		}
		return parcel.Write(out)
	})
}

// exchangeOpen takes what a file brings and writes the receipts that go back.
func exchangeOpen(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("exchange open", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	if done, err := parse(f, args, out, "palermo exchange open from-italy.txt > receipts.txt", "FILE"); done {
		return err
	}
	file, err := os.Open(f.Arg(0))
	if err != nil {
		return err
	}
	parcel, err := exchange.ReadParcel(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("%s: %w", f.Arg(0), err)
	}
	return speaking(ctx, *config, func(n *node.Node) error {
		back, taken := n.Abroad.Unpack(ctx, parcel)
		var refused []error
		for _, t := range taken {
			if t.Err != nil {
				refused = append(refused, fmt.Errorf("%s: %w", t.Place, t.Err))
			}
		}
		return errors.Join(append(refused, back.Write(out))...)
	})
}

// speaking opens a node that has a trust list.
func speaking(ctx context.Context, config string, fn func(*node.Node) error) error {
	n, err := openNode(ctx, config)
	if err != nil {
		return err
	}
	if n.Abroad == nil {
		return errors.Join(errors.New("this node has no trust list yet: see palermo trust --help"), n.Close())
	}
	return errors.Join(fn(n), n.Close())
}
