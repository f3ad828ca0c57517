// Package stage starts the demonstration's nodes, each a process of the
// program, and has them introduced to each other by a trust list.
//
// Each node tells the one that started it who it is, in a line of JSON, hears
// whom to trust, makes the key of matching with the other two, hears the list
// with that key, and serves until its standard input ends: none is left behind.
package stage

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"palermo/demo"
	"palermo/demo/walk"
)

// Options say how the nodes are started.
type Options struct {
	Program string // the program's file
	Address string // host:port of the first node; the others have the ports after it
	Folder  string // each node has one of its own in it

	// Databases are PostgreSQL's, by node: that of the records and that of the keys. A node without has SQLite.
	Databases map[string][2]string
	// Line gives the address at which others reach a node, where it is not the node's own: there may be something between.
	Line func(node, address string) (string, error)
}

// Introduced is a node's first line.
type Introduced struct {
	Node     string
	Address  string
	Entry    []byte // of the trust list, encoded
	Accounts []*demo.Account
}

// Stage is the demonstration's nodes.
type Stage struct{ Nodes []*Played }

// Start starts every node, has them introduced to each other, and returns when they serve.
func Start(ctx context.Context, o Options) (_ *Stage, err error) {
	s := &Stage{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.End())
		}
	}()
	for i, cast := range demo.Casts() {
		n := &Played{Cast: cast, program: o.Program, folder: filepath.Join(o.Folder, cast.Node)}
		args := []string{"demo", "node", "--node", cast.Node, "--addr", nextPort(o.Address, i), "--data", n.folder}
		if d, ok := o.Databases[cast.Node]; ok {
			args = append(args, "--database", d[0], "--keys", d[1])
		}
		if err := n.start(ctx, args); err != nil {
			return s, err
		}
		s.Nodes = append(s.Nodes, n)
	}
	for _, n := range s.Nodes {
		if err := n.hear(&n.Said); err != nil {
			return s, err
		}
	}
	return s, s.introduce(o.Line, time.Now())
}

// nextPort is the address i ports on; port 0 stays, for the system to choose.
func nextPort(addr string, i int) string {
	host, port, err := net.SplitHostPort(addr)
	number, numberErr := strconv.Atoi(port)
	if err != nil || numberErr != nil || number == 0 {
		return addr
	}
	return net.JoinHostPort(host, strconv.Itoa(number+i))
}

// Places are the nodes as a walk visits them.
func (s *Stage) Places() []walk.Place {
	var places []walk.Place
	for _, n := range s.Nodes {
		places = append(places, walk.Place{Title: n.Cast.Title, Node: n.Cast.Node, Address: n.Said.Address, Accounts: n.Said.Accounts})
	}
	return places
}

// Wait returns when ctx ends and every node has ended, or when one ended by itself.
func (s *Stage) Wait(ctx context.Context) error {
	ended := make(chan error, len(s.Nodes))
	for _, n := range s.Nodes {
		go func() { ended <- n.cmd.Wait() }()
	}
	var errs []error
	for range s.Nodes {
		if err := <-ended; err != nil && ctx.Err() == nil {
			errs = append(errs, err)
		}
		for _, n := range s.Nodes {
			_ = n.in.Close() // one is gone, or all are to go
		}
	}
	return errors.Join(errs...)
}

// End has every node end.
func (s *Stage) End() error {
	var errs []error
	for _, n := range s.Nodes {
		errs = append(errs, n.Stop())
	}
	return errors.Join(errs...)
}

// Played is a node of the demonstration.
type Played struct {
	Cast demo.Cast
	Said Introduced

	program, folder string
	cmd             *exec.Cmd
	in              io.WriteCloser
	out             *bufio.Reader
	serves          bool // as palermo serve: its standard input says nothing to it
}

func (n *Played) start(ctx context.Context, args []string) error {
	n.cmd = exec.CommandContext(ctx, n.program, args...)
	n.cmd.Stderr = os.Stderr
	n.cmd.Cancel = func() error { return n.cmd.Process.Signal(os.Interrupt) }
	n.cmd.WaitDelay = 15 * time.Second
	in, err := n.cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	n.in, n.out = in, bufio.NewReader(out)
	return n.cmd.Start()
}

// Stop ends the node, and waits until it has. One that is stopped stays so.
func (n *Played) Stop() error {
	if n.cmd == nil {
		return nil
	}
	cmd := n.cmd
	n.cmd = nil
	_ = n.in.Close() // it may have ended already
	if n.serves {
		_ = cmd.Process.Signal(os.Interrupt) // likewise
	}
	return cmd.Wait()
}

// Again serves a node that was stopped, with what it kept, as palermo serve does.
func (n *Played) Again(ctx context.Context) error {
	n.serves = true
	if err := n.start(ctx, []string{"serve", "--config", filepath.Join(n.folder, "palermo.toml")}); err != nil {
		return err
	}
	if _, err := n.out.ReadBytes('\n'); err != nil {
		return fmt.Errorf("%s does not serve: %w", n.Cast.Title, err)
	}
	return nil
}
