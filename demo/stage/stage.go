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
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"palermo/demo"
	"palermo/demo/walk"
	"palermo/exchange"
)

// stage is the demonstration's nodes, each a process of this program.
type stage struct{ nodes []*played }

type played struct {
	cast demo.Cast
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	said introduced
}

// startStage starts every node, has them introduced to each other by a trust
// list that two of three signers have signed, and returns when they serve.
func startStage(ctx context.Context, addr, dir string) (_ *stage, err error) {
	s := &stage{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.end())
		}
	}()
	for i, cast := range demo.Casts() {
		n, err := startNode(ctx, cast, nextPort(addr, i), filepath.Join(dir, cast.Node))
		if err != nil {
			return s, err
		}
		s.nodes = append(s.nodes, n)
	}
	for _, n := range s.nodes {
		line, err := n.out.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &n.said)
		}
		if err != nil {
			return s, fmt.Errorf("%s did not start: %w", n.cast.Title, err)
		}
	}
	bundle, err := s.trust(time.Now())
	if err != nil {
		return s, err
	}
	for _, n := range s.nodes {
		if err := json.NewEncoder(n.in).Encode(bundle); err != nil {
			return s, err
		}
	}
	for _, n := range s.nodes {
		if _, err := n.out.ReadBytes('\n'); err != nil {
			return s, fmt.Errorf("%s does not serve: %w", n.cast.Title, err)
		}
	}
	return s, nil
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

func startNode(ctx context.Context, cast demo.Cast, addr, dir string) (*played, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	n := &played{cast: cast, cmd: exec.CommandContext(ctx, self, "demo", "node", "--node", cast.Node, "--addr", addr, "--data", dir)}
	n.cmd.Stderr = os.Stderr
	n.cmd.Cancel = func() error { return n.cmd.Process.Signal(os.Interrupt) }
	n.cmd.WaitDelay = 15 * time.Second
	if n.in, err = n.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	n.out = bufio.NewReader(out)
	return n, n.cmd.Start()
}

// trust is a list of the nodes, signed by two of three signers, as the States would.
func (s *stage) trust(now time.Time) ([]byte, error) {
	list := exchange.TrustList{Version: 1, Threshold: 2, Issued: exchange.At(now), Expires: exchange.At(now.AddDate(1, 0, 0))}
	var keys []ed25519.PrivateKey
	for _, n := range s.nodes {
		public, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
		list.Signers = append(list.Signers, exchange.Signer{Name: n.cast.Node, Public: public})
		var entry exchange.Node
		if err := exchange.Decode(n.said.Entry, &entry); err != nil {
			return nil, err
		}
		list = list.With(entry)
	}
	signed, err := list.Draft()
	for _, key := range keys[:2] {
		if err == nil {
			signed, err = signed.Sign(list.Signers, key)
		}
	}
	if err != nil {
		return nil, err
	}
	trust, err := exchange.Install(signed, now)
	if err != nil {
		return nil, err
	}
	return exchange.Encode(trust.Bundle())
}

// places are the nodes as a walk visits them.
func (s *stage) places() []walk.Place {
	var places []walk.Place
	for _, n := range s.nodes {
		places = append(places, walk.Place{Title: n.cast.Title, Node: n.cast.Node, Address: n.said.Address, Accounts: n.said.Accounts})
	}
	return places
}

// wait returns when ctx ends and every node has ended, or when one ended by itself.
func (s *stage) wait(ctx context.Context) error {
	ended := make(chan error, len(s.nodes))
	for _, n := range s.nodes {
		go func() { ended <- n.cmd.Wait() }()
	}
	var errs []error
	for range s.nodes {
		if err := <-ended; err != nil && ctx.Err() == nil {
			errs = append(errs, err)
		}
		for _, n := range s.nodes {
			_ = n.in.Close() // one is gone, or all are to go
		}
	}
	return errors.Join(errs...)
}

// end has every node end.
func (s *stage) end() error {
	var errs []error
	for _, n := range s.nodes {
		_ = n.in.Close() // it may have ended already
		errs = append(errs, n.cmd.Wait())
	}
	return errors.Join(errs...)
}
