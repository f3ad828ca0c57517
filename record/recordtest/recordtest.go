// Package recordtest gives tests of a room a bare node: records, keys and
// policies, on either database, and nothing else.
package recordtest

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"palermo/access"
	"palermo/e2e/postgrestest"
	"palermo/record"
	"palermo/vault/vaulttest"
)

// Database is a store that the test opened.
type Database interface {
	record.Store
	Close() error
}

// Open opens one, in a file or at an address.
type Open[S Database] func(ctx context.Context, at string, key [32]byte) (S, error)

// Both runs a test on both databases, each time with a new node. The test gives
// it a clock, and brings the store: only a node calls that by itself.
func Both[S Database](t *testing.T, sqlite, postgres Open[S], test func(t *testing.T, s S, n *record.Node)) {
	run := func(t *testing.T, open Open[S], at string) {
		s, err := open(t.Context(), at, [32]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		policy, err := access.NewPolicy()
		if err != nil {
			t.Fatal(err)
		}
		v, _ := vaulttest.Open(t)
		test(t, s, &record.Node{Store: s, Vault: v, Policy: policy, Random: rand.Reader})
	}
	t.Run("SQLite", func(t *testing.T) { run(t, sqlite, filepath.Join(t.TempDir(), "node.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { run(t, postgres, postgrestest.DSN(t)) })
}

// Ticking is a clock that goes on a second at each look.
func Ticking(now *time.Time) func() time.Time {
	return func() time.Time {
		*now = now.Add(time.Second)
		return *now
	}
}
