package vaulttest

import (
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"palermo/vault"
)

// Rand is a stream of bytes that is the same for the same seed. For tests
// only: anyone can compute it.
func Rand(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

// Root returns a new root, from a file in the test's folder.
func Root(t testing.TB) vault.Root {
	t.Helper()
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(rand.Uint32())
	}
	root, err := vault.NewRootFile(rand.NewChaCha8(seed), filepath.Join(t.TempDir(), "root"))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// Open returns a vault on a keystore in memory.
func Open(t testing.TB, opts ...vault.Option) (*vault.Vault, *Memory) {
	t.Helper()
	ks := NewMemory()
	v, err := vault.Open(t.Context(), Root(t), ks, Rand(1), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return v, ks
}
