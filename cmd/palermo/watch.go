package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"palermo/node"
)

// watch answers the machine's own watchers at the address of the settings,
// until stop is called; at none where the settings name none.
func watch(n *node.Node) (stop func() error, err error) {
	if n.Config.Health == "" {
		return func() error { return nil }, nil
	}
	listener, err := net.Listen("tcp", n.Config.Health)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: n.Watched(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, MaxHeaderBytes: 8 << 10}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return func() error {
		end, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		err := server.Shutdown(end)
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}
