package node

import (
	"context"
	"crypto/tls"
	"net/http"
	"runtime/debug"
	"time"

	"palermo/cooperation"
	"palermo/health"
	"palermo/web"
)

// Watched gives the addresses of the machine's own watchers.
func (n *Node) Watched() http.Handler {
	s := &health.Server{Look: n.Health, Requests: &n.requests, Started: n.Record.Now(), Now: n.Record.Now}
	return s.Handler()
}

// Health looks at the node. Why something does not answer is in the log.
func (n *Node) Health(ctx context.Context) health.Report {
	r := health.Report{At: n.Record.Now(), Commits: n.Store.Commits()}
	lacks := func(t health.Trouble, err error) bool {
		if err == nil {
			return false
		}
		if n.Record.Log != nil {
			n.Record.Log.ErrorContext(ctx, "the node cannot work", "lacks", string(t), "cause", err)
		}
		r.Troubles = append(r.Troubles, t)
		return true
	}
	_, err := n.Keys.Wraps(ctx, [16]byte{})
	lacks(health.Keys, err)
	if !lacks(health.Database, n.Store.Writable(ctx)) {
		lacks(health.Database, n.count(ctx, &r))
	}
	if last := n.published.Load(); last != nil {
		r.Behind = time.Since(*last)
	}
	if _, held := n.Unpublished(); held {
		r.Troubles = append(r.Troubles, health.Journal)
	}
	if n.Exchange != nil && n.Exchange.Trust() != nil {
		r.Trust = n.Exchange.Trust().List().Expires.Time()
	}
	r.TLS = n.certificateEnd(ctx)
	return r
}

func (n *Node) count(ctx context.Context, r *health.Report) (err error) {
	if r.Entries, err = n.Store.Size(ctx); err != nil {
		return err
	}
	g, err := n.Store.Signs(ctx, "message", cooperation.Settled, r.At)
	r.Waiting, r.Oldest, r.Overdue, r.Bytes, r.Schema = g.Waiting, g.Oldest, g.Overdue, g.Bytes, g.Schema
	return err
}

// certificateEnd is zero where another program keeps the certificate, or it cannot be read.
func (n *Node) certificateEnd(ctx context.Context) time.Time {
	if n.Config.TLSCert == "" {
		return time.Time{}
	}
	pair, err := tls.LoadX509KeyPair(n.Config.TLSCert, n.Config.TLSKey)
	if err != nil || pair.Leaf == nil {
		if n.Record.Log != nil {
			n.Record.Log.WarnContext(ctx, "the certificate cannot be read", "cause", err)
		}
		return time.Time{}
	}
	return pair.Leaf.NotAfter
}

// Operation is what administrators see of it in the pages.
func (n *Node) Operation(ctx context.Context) (web.Operation, error) {
	b, err := n.Config.Backups()
	return web.Operation{Report: n.Health(ctx), Made: b.Made, Tried: b.Tried, Good: b.Good, Program: program()}, err
}

// program is the version that the binary was built from.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(len(s.Value), 12)]
		}
	}
	return info.Main.Version
}
