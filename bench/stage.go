package main

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/exchange"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
)

// Two nodes: the one that sends is this process, the one that receives a
// process of its own, started again on another folder.

// place is a node with its organisations.
type place struct {
	*node.Node
	line net.Listener
	orgs map[string]ident.ID
}

func openPlace(ctx context.Context, name, dir, address string) (*place, error) {
	return openPlaceOn(ctx, node.Config{Node: name, Data: dir}, address)
}

// openPlaceOn opens a node on the databases of the settings.
func openPlaceOn(ctx context.Context, c node.Config, address string) (*place, error) {
	line, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	c.Jurisdiction, c.Line = "it", line.Addr().String()
	c = c.Filled()
	if _, err := os.Stat(c.RootFile); errors.Is(err, os.ErrNotExist) {
		if err := node.CreateKeys(c); err != nil {
			return nil, err
		}
	}
	n, err := node.Open(ctx, c)
	if err != nil {
		return nil, err
	}
	p := &place{Node: n, line: line, orgs: map[string]ident.ID{}}
	d := n.Record.For(access.Node(access.Administrator))
	for key, o := range map[string]directory.AddOrganisation{"focal": {Name: "Focal point", Kind: "focal_point_office", FocalPoint: true},
		"ngo": {Name: "An organisation", Kind: "ngo"}, "there": {Name: "The other", Kind: "ngo", Country: "NG", Node: "ng"}, "here": {Name: "The one", Kind: "ngo", Country: "IT", Node: "it"}} {
		if p.orgs[key], err = n.Directory.Add(ctx, d, o); err != nil {
			return nil, err
		}
	}
	n.FocalPoint(p.orgs["focal"])
	return p, nil
}

// openPlaceAgain opens a node that was closed.
func openPlaceAgain(ctx context.Context, was *place) (*place, error) {
	n, err := node.Open(ctx, was.Config)
	if err != nil {
		return nil, err
	}
	return &place{Node: n, line: was.line, orgs: was.orgs}, nil
}

// card is what the trust list says of the node.
func (p *place) card(state string) ([]byte, error) {
	return exchange.Encode(p.Exchange.Entry(exchange.Node{State: state, Kind: exchange.NGO, Title: p.Config.Node, URL: "https://" + p.line.Addr().String()}))
}

// worker begins procedures.
func (p *place) worker() *record.Door {
	return p.Record.For(access.Viewer{Member: ident.ID{1}, Organisation: p.orgs["ngo"], Roles: []access.Role{access.CaseWorker}})
}

// trusted makes a list of both.
func trusted(cards ...[]byte) ([]byte, error) {
	now := time.Now()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	list := exchange.TrustList{Version: 1, Threshold: 1, Signers: []exchange.Signer{{Name: "bench", Public: public}},
		Issued: exchange.At(now.Add(-time.Hour)), Expires: exchange.At(now.AddDate(1, 0, 0))}
	for _, card := range cards {
		var n exchange.Node
		if err := exchange.Decode(card, &n); err != nil {
			return nil, err
		}
		list = list.With(n)
	}
	draft, err := list.Draft()
	if err != nil {
		return nil, err
	}
	signed, err := draft.Sign(list.Signers, key)
	if err != nil {
		return nil, err
	}
	trust, err := exchange.Install(signed, now)
	if err != nil {
		return nil, err
	}
	return exchange.Encode(trust.Bundle())
}

// other is the receiving node's process.
type other struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	card []byte
	dir  string
	line string
}

func startOther(dir, address string) (*other, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	o := &other{cmd: exec.Command(self, "node", dir, address), dir: dir, line: address}
	o.cmd.Stderr = os.Stderr
	if o.in, err = o.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	o.out = bufio.NewReader(out)
	if err := o.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := o.out.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the other node did not start: %w", err)
	}
	return o, json.Unmarshal(line, &o.card)
}

// trusts hands the list over and returns when the node serves.
func (o *other) trusts(bundle []byte) error {
	if err := json.NewEncoder(o.in).Encode(bundle); err != nil {
		return err
	}
	_, err := o.out.ReadBytes('\n')
	return err
}

// address is where it listens; the trust list names it.
func (o *other) address() (string, error) {
	var n exchange.Node
	err := exchange.Decode(o.card, &n)
	return strings.TrimPrefix(n.URL, "https://"), err
}

func (o *other) stop() error { return errors.Join(o.in.Close(), o.cmd.Wait()) }

// playNode is the receiving process: FOLDER ADDRESS.
func playNode(args []string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	p, err := openPlace(ctx, "ng", args[0], args[1])
	if err != nil {
		return err
	}
	card, err := p.card("NG")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(card); err != nil {
		return err
	}
	in := bufio.NewReader(os.Stdin)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return err
	}
	var bundle []byte
	if err := json.Unmarshal(line, &bundle); err != nil {
		return err
	}
	if p.Exchange.Trust() == nil {
		if err := p.Install(bundle); err != nil {
			return err
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, in) // its end is all that is waited for
		stop()
	}()
	fmt.Println("serving")
	return p.serve(ctx)
}

// serve keeps the journal and answers the line until ctx ends.
func (p *place) serve(ctx context.Context) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	sequenced := make(chan error, 1)
	go func() { sequenced <- p.Sequence(ctx) }()
	err := p.Speak(ctx, p.line, log)
	return errors.Join(err, <-sequenced, p.Close())
}

func scratchFolder(p *page) (string, func(), error) {
	dir, err := os.MkdirTemp(p.scratch, "palermo-bench-")
	return dir, func() { _ = os.RemoveAll(dir) }, err // scratch
}

func in(dir, name string) string { return filepath.Join(dir, name) }
