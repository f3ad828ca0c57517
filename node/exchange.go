package node

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"palermo/cooperation"
	"palermo/exchange"
	"palermo/exchange/line"
	"palermo/register"
)

// Exchange is this node among others: its keys, whom it trusts, its line.
type Exchange struct {
	Keys exchange.Keys

	certificate tls.Certificate
	file        string // of the trust that this node keeps
	trust       atomic.Pointer[exchange.Trust]
	changing    sync.Mutex
	client      *line.Client // that asks operators; nil until there is a trust list
}

// openExchange makes the node's keys and reads the trust that it kept. Without
// a trust list the node speaks to no other.
func (n *Node) openExchange() error {
	v := n.Record.Vault
	keys, err := exchange.VaultKeys(v, n.Config.Node, n.Config.LineKeys)
	if err != nil {
		return fmt.Errorf("keys of the exchange: %w", err)
	}
	x := &Exchange{Keys: keys, file: filepath.Join(n.Config.Data, "trust")}
	if x.certificate, err = line.VaultCertificate(v, n.Config.Node, n.Config.LineKeys); err != nil {
		return err
	}
	kept, err := os.ReadFile(x.file)
	if errors.Is(err, fs.ErrNotExist) {
		n.Exchange = x
		return nil
	}
	if err != nil {
		return fmt.Errorf("trust list: %w", err)
	}
	bundle, err := exchange.ParseBundle(kept)
	if err != nil {
		return fmt.Errorf("trust list in %s: %w", x.file, err)
	}
	trust, err := exchange.Restore(bundle)
	if err != nil {
		return fmt.Errorf("trust list in %s: %w", x.file, err)
	}
	x.trust.Store(trust)
	n.Exchange = x
	return nil
}

// Trust is the trust in force; nil while none is installed.
func (x *Exchange) Trust() *exchange.Trust { return x.trust.Load() }

// Keep puts a trust in force and keeps it.
func (x *Exchange) Keep(t *exchange.Trust) error {
	b, err := exchange.Encode(t.Bundle())
	if err != nil {
		return err
	}
	fresh := x.file + ".new"
	if err := os.WriteFile(fresh, b, 0o600); err != nil {
		return err
	}
	if err := os.Rename(fresh, x.file); err != nil {
		return err
	}
	x.trust.Store(t)
	return nil
}

// Install puts a first trust in force that was brought by hand, and sets up
// what the node does with others.
func (n *Node) Install(bundle []byte) error {
	b, err := exchange.ParseBundle(bundle)
	if err != nil {
		return err
	}
	t, err := exchange.Install(b.List, n.Record.Now())
	if err != nil {
		return err
	}
	if err := n.Exchange.Keep(t); err != nil {
		return err
	}
	n.cooperate()
	return nil
}

// Entry is what a trust list says of this node.
func (x *Exchange) Entry(e exchange.Node) exchange.Node {
	e = x.Keys.Public(e)
	e.Pins = [][]byte{line.Pin(x.certificate.Leaf)}
	return e
}

// Client speaks to other nodes; whoever has it closes it.
func (n *Node) Client() *line.Client {
	return &line.Client{Keys: n.Exchange.Keys, Certificate: n.Exchange.certificate, Trust: n.Exchange.Trust, Now: n.Record.Now}
}

// cooperate sets up what the node does with others, once it has a trust list.
func (n *Node) cooperate() {
	n.Abroad, n.Register = nil, nil
	if n.Exchange != nil && n.Exchange.Trust() != nil {
		n.Abroad = cooperation.NewDesk(n.Record, n.Desk, n.Directory, n.Exchange.Keys, n.Exchange.Trust, n.Desk.Focal())
		n.Register = register.New(n.Record, n.Abroad)
		if n.Exchange.client == nil {
			n.Exchange.client = n.Client()
		}
		n.Matching.Join(n.Abroad, n.Exchange.client)
	}
}

// Speak answers other nodes at the listener and carries what waits for them,
// until ctx ends.
func (n *Node) Speak(ctx context.Context, listener net.Listener, log *slog.Logger) error {
	server := &line.Server{Desk: n.Abroad.Receiver(), Revoke: n.revoke, Evaluate: n.Matching.Evaluate, Log: log}
	https := server.HTTP(line.ServerTLS(n.Exchange.certificate, n.Exchange.Trust, n.Record.Now))
	client := n.Client()
	defer client.Close()
	inner, stop := context.WithCancel(ctx)
	defer stop()
	carried := make(chan struct{})
	go func() {
		defer close(carried)
		courier := n.Abroad.NewCourier(client, rand.Float64)
		courier.Held = func() bool { _, held := n.Unpublished(); return held }
		courier.Run(inner, n.Abroad.Wake(), courierEvery, func(err error) { log.Error("the outbox failed", "cause", err) })
	}()
	matching := make(chan struct{})
	go func() {
		defer close(matching)
		n.Matching.Run(inner, courierEvery, func(err error) { log.Error("matching cannot go on", "cause", err) })
	}()
	learning := make(chan struct{})
	go func() {
		defer close(learning)
		n.keepLearning(inner, client, log)
	}()
	go func() {
		<-inner.Done()
		end, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := https.Shutdown(end); err != nil {
			log.Error("some messages were cut off: they are sent again", "cause", err)
		}
	}()
	err := https.ServeTLS(listener, "", "")
	stop()
	<-carried
	<-matching
	<-learning
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// courierEvery is how often the outbox is looked at besides when something is put into it.
const courierEvery = 2 * time.Second

// revoke takes a revocation that another node hands on.
func (n *Node) revoke(_ context.Context, r exchange.SignedRevocation) error {
	return n.Exchange.Change(func(t *exchange.Trust) (*exchange.Trust, error) { return t.Revoke(r, n.Record.Now()) })
}
