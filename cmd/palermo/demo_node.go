package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"palermo/demo"
	"palermo/demo/stage"
	"palermo/exchange"
	"palermo/node"
)

// demoNode is one node of the demonstration, as package stage starts it.
func demoNode(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("demo node", flag.ContinueOnError)
	name := f.String("node", "it", "which of the demonstration's nodes")
	addr := f.String("addr", "localhost:0", "host:port to serve at")
	data := f.String("data", "", "its folder")
	database := f.String("database", "", "a postgres:// address; empty for SQLite")
	keys := f.String("keys", "", "a postgres:// address of another database; empty for SQLite")
	if done, err := parse(f, args, out, "palermo demo (it starts its nodes itself)"); done {
		return err
	}
	casts := demo.Casts()
	i := slices.IndexFunc(casts, func(c demo.Cast) bool { return c.Node == *name })
	if i < 0 || *data == "" {
		return fmt.Errorf("%w: palermo demo starts its nodes itself", errUsage)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := playNode(ctx, stop, casts[i], *addr, node.Config{Data: *data, Database: *database, Keys: *keys}, out); ctx.Err() == nil {
		return err
	}
	return nil // who started it has gone, or was interrupted
}

func playNode(ctx context.Context, stop func(), cast demo.Cast, addr string, c node.Config, out io.Writer) error {
	pages, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	others, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(err, pages.Close())
	}
	address := served(addr, pages)
	c.Name, c.Node, c.Jurisdiction = "Palermo, demonstration: "+cast.Title, cast.Node, cast.Jurisdiction
	c.Address, c.Line = address, others.Addr().String()
	n, accounts, err := demo.New(ctx, c.Filled(), cast)
	if err != nil {
		return errors.Join(err, pages.Close(), others.Close())
	}
	entry := cast.Entry
	entry.Title, entry.URL = cast.Title, "https://"+others.Addr().String()
	encoded, err := exchange.Encode(n.Exchange.Entry(entry))
	if err == nil {
		err = json.NewEncoder(out).Encode(stage.Introduced{Node: cast.Node, Address: address, Entry: encoded, Accounts: accounts})
	}
	if err == nil {
		err = trusting(ctx, n, out, stop)
	}
	if err == nil {
		err = demo.Publish(ctx, n, cast)
	}
	if err != nil {
		return errors.Join(err, n.Close(), pages.Close(), others.Close())
	}
	log := logger(slog.LevelWarn)
	handler, err := n.Handler(log)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	mux.Handle("GET /demo", demoAccounts(accounts))
	fmt.Fprintln(out, "serving")
	return errors.Join(serve(ctx, n, pages, others, mux, log), n.Close())
}

// trusting takes the trust from standard input, makes the key of matching with
// the other two nodes, and stops when standard input ends.
func trusting(ctx context.Context, n *node.Node, out io.Writer, stop func()) error {
	in := bufio.NewReader(os.Stdin)
	hear := func(into any) error {
		line, err := in.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, into)
		}
		if err != nil {
			return fmt.Errorf("nothing was heard of the other nodes: %w", err)
		}
		return nil
	}
	var bundle []byte
	if err := hear(&bundle); err != nil {
		return err
	}
	if err := n.Install(bundle); err != nil {
		return err
	}
	if err := makeKey(ctx, n, json.NewEncoder(out), hear); err != nil {
		return err
	}
	if err := hear(&bundle); err != nil {
		return err
	}
	if err := n.Install(bundle); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, in) // its end is all that is waited for
		stop()
	}()
	return n.Config.Write(filepath.Join(n.Config.Data, "palermo.toml"))
}

// makeKey is this node's part in making the key of matching: what it deals is
// sealed to the two others, and whoever carries it learns nothing.
func makeKey(ctx context.Context, n *node.Node, say *json.Encoder, hear func(any) error) error {
	var operators []string
	for _, c := range demo.Casts() {
		operators = append(operators, c.Node)
	}
	dealt, err := n.Matching.Deal(ctx, 1, operators)
	if err != nil {
		return err
	}
	if err := say.Encode(dealt); err != nil {
		return err
	}
	var others []exchange.Sealed
	if err := hear(&others); err != nil {
		return err
	}
	made, err := n.Matching.Assemble(ctx, 1, others)
	if err != nil {
		return err
	}
	encoded, err := exchange.Encode(made)
	if err != nil {
		return err
	}
	return say.Encode(encoded)
}
