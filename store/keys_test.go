package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"palermo/e2e/postgrestest"
	"palermo/store"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

func TestKeysOnSQLiteAreAKeystore(t *testing.T) {
	vaulttest.TestKeystore(t, func() vault.Keystore {
		k, err := store.OpenSQLiteKeys(context.Background(), filepath.Join(t.TempDir(), "keys.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = k.Close() })
		return k
	})
}

func TestKeysOnPostgresAreAKeystore(t *testing.T) {
	vaulttest.TestKeystore(t, func() vault.Keystore {
		k, err := store.OpenPostgresKeys(context.Background(), postgrestest.DSN(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = k.Close() })
		return k
	})
}
