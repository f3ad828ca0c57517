package vault_test

import (
	"errors"
	"testing"

	"palermo/vault"
	"palermo/vault/vaulttest"
)

func TestTheMemoryKeystoreKeepsItsRules(t *testing.T) {
	vaulttest.TestKeystore(t, func() vault.Keystore { return vaulttest.NewMemory() })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}
