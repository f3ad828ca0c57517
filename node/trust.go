package node

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"time"

	"palermo/exchange"
	"palermo/exchange/line"
)

// Change puts another trust in force and keeps it. What of the change held is
// kept also when some of it was refused; the refusal is given.
func (x *Exchange) Change(fn func(*exchange.Trust) (*exchange.Trust, error)) error {
	x.changing.Lock()
	defer x.changing.Unlock()
	before := x.Trust()
	t, err := fn(before)
	if t == nil || t == before {
		return err
	}
	return errors.Join(err, x.Keep(t))
}

// Install takes a trust list that was brought by hand: the first, or one that
// may follow the one in force.
func (x *Exchange) Install(list exchange.SignedList, now time.Time) error {
	return x.Change(func(t *exchange.Trust) (*exchange.Trust, error) {
		if t == nil {
			return exchange.Install(list, now)
		}
		return t.Accept(list, now)
	})
}

// learnEvery and learnFrom carry a revocation to some hundred nodes within minutes.
const (
	learnEvery = time.Minute
	learnFrom  = 3
)

// keepLearning asks a few other nodes, ever again, for the trust that they have
// in force, and looks whether somebody installed another here. So a new list, or
// a key that was revoked, comes to every node without a centre that could be cut off.
func (n *Node) keepLearning(ctx context.Context, client *line.Client, log *slog.Logger) {
	known := n.introduced(ctx, 0, log)
	tick := time.NewTicker(learnEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			n.learn(ctx, client, log)
			known = n.introduced(ctx, known, log)
		}
	}
}

func (n *Node) learn(ctx context.Context, client *line.Client, log *slog.Logger) {
	kept, err := n.Exchange.kept()
	if err == nil {
		err = n.learnt(kept)
	}
	if err != nil {
		log.WarnContext(ctx, "the installed trust list was not taken", "reason", exchange.Reason(err))
	}
	nodes := n.Exchange.Trust().List().Nodes
	for _, i := range rand.Perm(len(nodes))[:min(len(nodes), learnFrom+1)] { // one of them may be ourselves
		from := nodes[i]
		if from.Name == n.Exchange.Keys.Name() || from.URL == "" {
			continue
		}
		theirs, err := client.Learn(ctx, from.Name)
		switch {
		case errors.Is(err, exchange.ErrNoAnswer) || ctx.Err() != nil:
			continue // down, or cut off: another will know
		case err == nil:
			err = n.learnt(theirs)
		}
		if err == nil {
			continue
		}
		log.WarnContext(ctx, "a trust list was not taken", "from", from.Name, "reason", exchange.Reason(err))
		if errors.Is(err, exchange.ErrForkedTrustList) { // somebody signs two stories: people must know
			_ = n.Abroad.Receiver().Refuse(ctx, from.Name, err) // it gives the refusal back, which is logged
		}
	}
}

func (n *Node) learnt(theirs exchange.Bundle) error {
	return n.Exchange.Change(func(t *exchange.Trust) (*exchange.Trust, error) { return t.Learn(theirs, n.Record.Now()) })
}

// kept is the trust in this node's folder, where a command may have put another.
func (x *Exchange) kept() (exchange.Bundle, error) {
	b, err := os.ReadFile(x.file)
	if errors.Is(err, fs.ErrNotExist) {
		return x.Trust().Bundle(), nil
	}
	if err != nil {
		return exchange.Bundle{}, err
	}
	return exchange.ParseBundle(b)
}
