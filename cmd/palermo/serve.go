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
	handler, err := n.Handler(logger())
	if err != nil {
		return errors.Join(err, n.Close())
	}
	listener, err := net.Listen("tcp", n.Config.Address)
	if err != nil {
		return errors.Join(err, n.Close())
	}
	fmt.Fprintf(out, "%s is served at %s\n", n.Config.Name, listener.Addr())
	return errors.Join(serve(ctx, n, listener, handler), n.Close())
}

// serve answers until ctx ends, then lets what has begun finish.
func serve(ctx context.Context, n *node.Node, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10}
	sequencer := make(chan error, 1)
	inner, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		sequencer <- n.Sequence(inner)
		stop() // without a journal nothing is served
	}()
	spoken := make(chan error, 1)
	go func() {
		spoken <- speak(inner, n)
		stop()
	}()
	go func() {
		<-inner.Done()
		end, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(end); err != nil {
			slog.Error("some requests were cut off", "cause", err)
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

// speak answers other nodes until ctx ends, where the node has a line and a trust list.
func speak(ctx context.Context, n *node.Node) error {
	if n.Config.Line == "" || n.Abroad == nil {
		<-ctx.Done()
		return nil
	}
	listener, err := net.Listen("tcp", n.Config.Line)
	if err != nil {
		return err
	}
	return n.Speak(ctx, listener, logger())
}

// logger writes lines of JSON without personal data.
func logger() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }
