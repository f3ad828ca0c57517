// Package exchangetest makes made-up nodes that trust each other, keeps their
// boxes in memory, and holds any other Outbox and Inbox to the same contract.
package exchangetest

import (
	"crypto/ed25519"
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"palermo/exchange"
	"palermo/ident"
)

// Noon is when the made-up world begins.
var Noon = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// Secret is 32 bytes that anybody can compute: for tests only.
func Secret(n byte) (s [32]byte) {
	for i := range s {
		s[i] = n
	}
	return s
}

// World is some nodes, and a list of them that its two signers accepted.
type World struct {
	Nodes   []exchange.Keys
	Signers []ed25519.PrivateKey
	List    exchange.TrustList
	Trust   *exchange.Trust
	Kind    string // of its messages, and their body: an inbox that acts on them may need others
	Body    []byte
}

// Pinned is a node with the pin of its TLS key and its address, where it has one.
type Pinned struct {
	Name, State, URL string
	Kind             exchange.Kind
	Pin              []byte
}

// NewWorld makes the world; the nth node has keys from the secret n+1.
func NewWorld(t testing.TB, nodes ...Pinned) *World {
	t.Helper()
	w := &World{Kind: "return.asked", Body: []byte{0xa0}, List: exchange.TrustList{Version: 1, Threshold: 2,
		Issued: exchange.At(Noon.Add(-time.Hour)), Expires: exchange.At(Noon.AddDate(1, 0, 0))}}
	for i, name := range []string{"ghana", "unodc"} {
		seed := Secret(byte(200 + i))
		key := ed25519.NewKeyFromSeed(seed[:])
		w.Signers = append(w.Signers, key)
		w.List.Signers = append(w.List.Signers, exchange.Signer{Name: name, Public: key.Public().(ed25519.PublicKey)})
	}
	for i, n := range nodes {
		k, err := exchange.NewKeys(n.Name, exchange.Seed{Epoch: 1, Secret: Secret(byte(i + 1))},
			exchange.Seed{Epoch: 1, Secret: Secret(byte(i + 101))})
		if err != nil {
			t.Fatal(err)
		}
		w.Nodes = append(w.Nodes, k)
		entry := exchange.Node{State: n.State, Kind: n.Kind, Title: n.Name, URL: n.URL}
		if n.Kind == "" {
			entry.Kind = exchange.NGO
		}
		if n.Pin != nil {
			entry.Pins = [][]byte{n.Pin}
		}
		w.List = w.List.With(k.Public(entry))
	}
	trust, err := exchange.Install(w.Sign(t, w.List), Noon)
	if err != nil {
		t.Fatal(err)
	}
	w.Trust = trust
	return w
}

// Sign is the list as all of the world's signers accept it.
func (w *World) Sign(t testing.TB, l exchange.TrustList) exchange.SignedList {
	t.Helper()
	s, err := l.Draft()
	for _, key := range w.Signers {
		if err == nil {
			s, err = s.Sign(w.List.Signers, key)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Message is a message from one node of the world to another, the nth of its
// sender, sent at an instant and due a while later.
func (w *World) Message(t testing.TB, from, to, n int, sent time.Time, due time.Duration) exchange.Signed {
	t.Helper()
	m, err := exchange.Sign(w.Object(from, to, n, sent, due), w.Nodes[from])
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Object is what Message signs.
func (w *World) Object(from, to, n int, sent time.Time, due time.Duration) exchange.Object {
	id := ID(from, n)
	return exchange.Object{ID: id, From: w.Nodes[from].Name(), To: w.Nodes[to].Name(), Procedure: id, Kind: w.Kind,
		Purpose: "safe return", Sent: exchange.At(sent), Deadline: exchange.At(sent.Add(due)), List: 1, Body: w.Body}
}

// ID is the id of the nth message of a node.
func ID(from, n int) ident.ID {
	var id ident.ID
	id[0] = byte(from + 1)
	binary.BigEndian.PutUint64(id[8:], uint64(n)+1)
	return id
}

// Random is a stream of numbers that is the same for the same seed.
func Random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// Clock stands still at Noon.
func Clock() time.Time { return Noon }
