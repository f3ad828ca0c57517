package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"palermo/node"
)

func serveCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	if done, err := parse(f, args, out, "palermo serve --config /etc/palermo/palermo.toml"); done {
		return err
	}
	n, err := openNode(ctx, *config)
	if err != nil {
		return err
	}
	release, err := n.Config.Lock()
	if err != nil {
		return errors.Join(err, n.Close())
	}
	defer func() { _ = release() }() // it goes with the process
	unindexed, err := n.Store.Unindexed(ctx)
	if err == nil && unindexed {
		err = fmt.Errorf("this version keeps its lists in another way: run palermo reindex --config %s first", *config)
	}
	if err != nil {
		return errors.Join(err, n.Close())
	}
	if err := n.Directory.Learn(ctx); err != nil { // before anybody is let near a case
		return errors.Join(err, n.Close())
	}
	log := logger(slog.LevelInfo)
	handler, err := n.Handler(log)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	listener, err := net.Listen("tcp", n.Config.Address)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	others, err := lineOf(n)
	if err != nil {
		return errors.Join(err, listener.Close(), n.Close())
	}
	unwatch, err := watch(n)
	if err != nil {
		return errors.Join(err, closed(others), listener.Close(), n.Close())
	}
	fmt.Fprintf(out, "%s is served at %s\n", n.Config.Name, listener.Addr())
	return errors.Join(serve(ctx, n, listener, others, handler, log), unwatch(), n.Close())
}

// lineOf listens for other nodes; nil where the node has no line or no trust list.
func lineOf(n *node.Node) (net.Listener, error) {
	if n.Config.Line == "" || n.Abroad == nil {
		return nil, nil
	}
	return net.Listen("tcp", n.Config.Line)
}

func closed(l net.Listener) error {
	if l == nil {
		return nil
	}
	return l.Close()
}

// serve answers people at one listener and other nodes at the other, which may
// be nil, until ctx ends; then it lets what has begun finish.
func serve(ctx context.Context, n *node.Node, listener, others net.Listener, handler http.Handler, log *slog.Logger) error {
	if os.Getenv("GOGC") == "" { // what a node holds is small beside what it reads: half the collections for some megabytes
		debug.SetGCPercent(200)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10}
	server.RegisterOnShutdown(n.Readings.Leave) // screens that follow a reading would wait on
	sequencer := make(chan error, 1)
	inner, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		sequencer <- n.Sequence(inner)
	}()
	spoken := make(chan error, 1)
	go func() {
		if others != nil {
			spoken <- n.Speak(inner, others, log)
			stop()
		}
		close(spoken)
	}()
	go func() {
		<-inner.Done()
		end, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(end); err != nil {
			log.Error("some requests were cut off", "cause", err)
		}
	}()
	var err error
	if n.Config.TLSCert != "" {
		err = server.ServeTLS(listener, n.Config.TLSCert, n.Config.TLSKey)
	} else {
		err = server.Serve(listener)
	}
	stop()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, <-sequencer, <-spoken)
}

// logger writes lines of JSON without personal data, from a level on.
func logger(from slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: from}))
}
