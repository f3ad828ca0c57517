package vault_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"palermo/fault"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

func isCode(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want code %s", err, code)
	}
}

// opens checks that a root is the one that ks was made with.
func opens(t *testing.T, root vault.Root, ks vault.Keystore) {
	t.Helper()
	_, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(7))
	must(t, err)
}

func cheap() vault.Params { return vault.Params{Memory: 19 << 10, Time: 2, Threads: 1} }

func TestARootFileOpensWhatItMade(t *testing.T) {
	path, ks := filepath.Join(t.TempDir(), "root"), vaulttest.NewMemory()
	root, err := vault.NewRootFile(vaulttest.Rand(1), path)
	must(t, err)
	opens(t, root, ks)
	again, err := vault.ReadRootFile(path)
	must(t, err)
	opens(t, again, ks)
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v", info.Mode())
	}
}

func TestARootFileIsNeverOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root")
	must(t, os.WriteFile(path, []byte("something dear"), 0o600))
	_, err := vault.NewRootFile(vaulttest.Rand(1), path)
	isCode(t, err, fault.CodeConflict)
	_, err = vault.NewPassphraseFile(vaulttest.Rand(1), path, "six words drawn by dice", cheap())
	isCode(t, err, fault.CodeConflict)
	b, err := os.ReadFile(path)
	must(t, err)
	if string(b) != "something dear" {
		t.Fatal("overwritten")
	}
}

func TestARootFileThatOthersMayReadIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root")
	_, err := vault.NewRootFile(vaulttest.Rand(1), path)
	must(t, err)
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660, 0o601} {
		must(t, os.Chmod(path, mode))
		_, err = vault.ReadRootFile(path)
		isCode(t, err, fault.CodeDenied)
	}
	must(t, os.Chmod(path, 0o400))
	_, err = vault.ReadRootFile(path)
	must(t, err)
}

func TestADamagedRootFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "root")
	_, err := vault.NewRootFile(vaulttest.Rand(1), path)
	must(t, err)
	b, err := os.ReadFile(path)
	must(t, err)
	text := string(b)
	other := "A"
	if text[20:21] == other {
		other = "B"
	}
	for i, damaged := range []string{"", "palermo-root-1 ", text[:len(text)-3], text[:20] + other + text[21:], "x" + text, strings.Repeat(text, 100)} {
		must(t, os.WriteFile(path, []byte(damaged), 0o600))
		_, err = vault.ReadRootFile(path)
		if !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%d: got %v", i, err)
		}
	}
	_, err = vault.ReadRootFile(dir)
	if err == nil {
		t.Error("read a folder")
	}
	_, err = vault.ReadRootFile(filepath.Join(dir, "none"))
	is(t, err, os.ErrNotExist)
}

func TestAPassphraseOpensWhatItMade(t *testing.T) {
	path, ks := filepath.Join(t.TempDir(), "root"), vaulttest.NewMemory()
	const phrase = "caf\u00e9 lantern orbit salt"
	root, err := vault.NewPassphraseFile(vaulttest.Rand(1), path, phrase, cheap())
	must(t, err)
	opens(t, root, ks)
	// Another keyboard composes é from two signs.
	again, err := vault.ReadPassphraseFile(path, "cafe\u0301 lantern orbit salt")
	must(t, err)
	opens(t, again, ks)
	wrong, err := vault.ReadPassphraseFile(path, phrase+"!")
	must(t, err)
	_, err = vault.Open(t.Context(), wrong, ks, vaulttest.Rand(7))
	is(t, err, vault.ErrRoot)
}

func TestAPassphraseFileIsCheckedAndNotSecret(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root")
	_, err := vault.NewPassphraseFile(vaulttest.Rand(1), path, "too short", cheap())
	isCode(t, err, fault.CodeInvalid)
	_, err = vault.NewPassphraseFile(vaulttest.Rand(1), path, "six words drawn by dice", vault.Params{Memory: 8, Time: 1, Threads: 1})
	isCode(t, err, fault.CodeInvalid)
	_, err = vault.NewPassphraseFile(vaulttest.Rand(1), path, "six words drawn by dice", cheap())
	must(t, err)
	b, err := os.ReadFile(path)
	must(t, err)
	if strings.Contains(string(b), "words") || !strings.HasPrefix(string(b), "palermo-passphrase-1 argon2id m=19456 t=2 p=1 salt=") {
		t.Fatalf("wrote %s", b)
	}
	for _, damaged := range []string{"", strings.Replace(string(b), "t=2", "t=3", 1), string(b[:40]), strings.Replace(string(b), "salt=", "salt=A", 1)} {
		must(t, os.WriteFile(path, []byte(damaged), 0o600))
		_, err = vault.ReadPassphraseFile(path, "six words drawn by dice")
		isCode(t, err, fault.CodeInvalid)
	}
}
