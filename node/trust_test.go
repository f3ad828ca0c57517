package node

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"palermo/exchange"
	"palermo/exchange/exchangetest"
	"palermo/exchange/line"
	"palermo/record"
)

// A key that was revoked at one node is closed at the next that asks it.
func TestARevocationIsLearntFromAnotherNode(t *testing.T) {
	quietly := slog.New(slog.NewTextHandler(io.Discard, nil))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var pinned []exchangetest.Pinned
	var nodes []*Node
	for i, name := range []string{"it-focal", "ng-focal"} {
		cert, err := line.Certificate(name, exchangetest.Secret(byte(50+i)))
		if err != nil {
			t.Fatal(err)
		}
		nodes = append(nodes, &Node{Record: &record.Node{Now: exchangetest.Clock},
			Exchange: &Exchange{certificate: cert, file: filepath.Join(t.TempDir(), "trust")}})
		pinned = append(pinned, exchangetest.Pinned{Name: name, State: "IT", URL: "https://" + listener.Addr().String(), Pin: line.Pin(cert.Leaf)})
	}
	pinned = append(pinned, exchangetest.Pinned{Name: "stolen"})
	world := exchangetest.NewWorld(t, pinned...)
	for i, n := range nodes {
		n.Exchange.Keys = world.Nodes[i]
		if err := n.Exchange.Install(world.Sign(t, world.List), exchangetest.Noon); err != nil {
			t.Fatal(err)
		}
	}
	italy, nigeria := nodes[0], nodes[1]
	server := &line.Server{Log: quietly, Desk: &exchange.Desk{Keys: italy.Exchange.Keys, Trust: italy.Exchange.Trust, Now: exchangetest.Clock}}
	h := server.HTTP(line.ServerTLS(italy.Exchange.certificate, italy.Exchange.Trust, exchangetest.Clock))
	served := make(chan error, 1)
	go func() { served <- h.ServeTLS(listener, "", "") }()
	revocation, err := exchange.NewRevocation(exchange.Revocation{Node: "stolen", Key: world.Nodes[2].Public(exchange.Node{}).Sign.Public,
		At: exchange.At(exchangetest.Noon), By: "unodc"}, world.Signers[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := italy.revoke(t.Context(), revocation); err != nil {
		t.Fatal(err)
	}
	client := nigeria.Client()
	nigeria.learn(t.Context(), client, quietly)
	client.Close()
	for name, n := range map[string]*Node{"where it was revoked": italy, "where it was learnt": nigeria} {
		_, err := n.Exchange.Trust().Node("stolen", exchangetest.Noon)
		kept, failed := n.Exchange.kept()
		if !errors.Is(err, exchange.ErrRevokedNode) || failed != nil || len(kept.Revocations) != 1 {
			t.Errorf("%s: %v, kept %d (%v)", name, err, len(kept.Revocations), failed)
		}
	}
	if err := errors.Join(h.Close(), <-served); !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}

// What a command put into the node's folder is taken without a new start, unless it may not follow.
func TestAListThatWasInstalledBesideIsTaken(t *testing.T) {
	world := exchangetest.NewWorld(t, exchangetest.Pinned{Name: "it-focal", State: "IT"})
	folder := filepath.Join(t.TempDir(), "trust")
	serving := &Node{Record: &record.Node{Now: exchangetest.Clock}, Exchange: &Exchange{Keys: world.Nodes[0], file: folder}}
	beside := &Exchange{Keys: world.Nodes[0], file: folder}
	list := world.List
	for version := range uint64(2) {
		list.Version = version + 1
		for _, x := range []*Exchange{beside, serving.Exchange}[:2-version] {
			if err := x.Install(world.Sign(t, list), exchangetest.Noon); err != nil {
				t.Fatal(err)
			}
		}
	}
	serving.learn(t.Context(), serving.Client(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if v := serving.Exchange.Trust().List().Version; v != 2 {
		t.Errorf("version %d is in force", v)
	}
}
