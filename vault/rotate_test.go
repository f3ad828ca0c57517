package vault_test

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	"palermo/fault"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

func number(n int) [16]byte {
	var s [16]byte
	binary.BigEndian.PutUint32(s[12:], uint32(n+1))
	return s
}

func epochs(t *testing.T, ks vault.Keystore, s [16]byte) map[vault.Holder]int {
	t.Helper()
	wraps, err := ks.Wraps(t.Context(), s)
	must(t, err)
	out := make(map[vault.Holder]int)
	for _, w := range wraps {
		out[w.Holder] = w.Epoch
	}
	return out
}

func TestAWrongRootIsRefused(t *testing.T) {
	ks := vaulttest.NewMemory()
	_, err := vault.Open(t.Context(), vaulttest.Root(t), ks, vaulttest.Rand(1))
	must(t, err)
	_, err = vault.Open(t.Context(), vaulttest.Root(t), ks, vaulttest.Rand(2))
	is(t, err, vault.ErrRoot)
}

func TestAKeystoreWithoutItsRingIsNotStartedAnew(t *testing.T) {
	root, ks := vaulttest.Root(t), vaulttest.NewMemory()
	_, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(1))
	must(t, err)
	ks.Tamper([16]byte{}, func([]vault.Wrap) []vault.Wrap { return nil })
	_, err = vault.Open(t.Context(), root, ks, vaulttest.Rand(1))
	is(t, err, vault.ErrTampered)
}

func TestAChangedHolderKeyStopsTheNode(t *testing.T) {
	root, ks := vaulttest.Root(t), vaulttest.NewMemory()
	_, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(1))
	must(t, err)
	ks.TamperHolderKeys(func(keys []vault.HolderKey) []vault.HolderKey {
		keys[0].Sealed, keys[1].Sealed = keys[1].Sealed, keys[0].Sealed
		return keys
	})
	_, err = vault.Open(t.Context(), root, ks, vaulttest.Rand(2))
	is(t, err, vault.ErrTampered)
}

func TestANewRootOpensAllAndTheOldNothing(t *testing.T) {
	old, next := vaulttest.Root(t), vaulttest.Root(t)
	ks := vaulttest.NewMemory()
	v, err := vault.Open(t.Context(), old, ks, vaulttest.Rand(1))
	must(t, err)
	k, err := v.Create(t.Context(), number(0), []vault.Holder{"ngo"})
	must(t, err)
	named, token := v.Named("journal"), v.Token("name", "amina")
	must(t, v.RotateRoot(t.Context(), next))
	if err := v.RotateRoot(t.Context(), next); !fault.Is(err, fault.CodeInvalid) {
		t.Fatalf("the same root again: %v", err)
	}
	_, err = v.Create(t.Context(), number(1), []vault.Holder{"police"}) // a key under the new master key
	must(t, err)

	_, err = vault.Open(t.Context(), old, ks, vaulttest.Rand(2))
	is(t, err, vault.ErrRoot)
	v, err = vault.Open(t.Context(), next, ks, vaulttest.Rand(3))
	must(t, err)
	got, err := v.Key(t.Context(), number(0), "ngo")
	must(t, err)
	_, err = v.Key(t.Context(), number(1), "police")
	must(t, err)
	if !got.Equal(k) || !v.Named("journal").Equal(named) || v.Token("name", "amina") != token {
		t.Fatal("a new root changed what it must not")
	}
}

func TestAnInterruptedRootRotationLeavesOneRootThatFits(t *testing.T) {
	old, next := vaulttest.Root(t), vaulttest.Root(t)
	mem := vaulttest.NewMemory()
	v, err := vault.Open(t.Context(), old, &stopping{Keystore: mem}, vaulttest.Rand(1))
	must(t, err)
	_, err = v.Create(t.Context(), number(0), []vault.Holder{"ngo"})
	must(t, err)
	is(t, v.RotateRoot(t.Context(), next), errStopped)
	_, err = v.Create(t.Context(), number(1), []vault.Holder{"police"}) // still works, under the old
	must(t, err)
	_, err = vault.Open(t.Context(), old, mem, vaulttest.Rand(2))
	must(t, err)
}

var errStopped = errors.New("stopped")

// stopping is a keystore whose ReplaceWraps stops after some calls.
type stopping struct {
	vault.Keystore
	left int
}

func (s *stopping) ReplaceWraps(ctx context.Context, subject [16]byte, wraps []vault.Wrap) error {
	if s.left == 0 {
		return errStopped
	}
	s.left--
	return s.Keystore.ReplaceWraps(ctx, subject, wraps)
}

func TestARotatedHolderOpensAllUnderTheNewKey(t *testing.T) {
	v, ks := vaulttest.Open(t)
	const n = 600 // more than two batches
	keys := make([]vault.Key, n)
	for i := range keys {
		var err error
		keys[i], err = v.Create(t.Context(), number(i), []vault.Holder{"ngo", "police"})
		must(t, err)
	}
	before := ks.Copy()
	var heard []int
	must(t, v.RotateHolder(t.Context(), "ngo", func(done int) { heard = append(heard, done) }))
	if !slices.Equal(heard, []int{256, 512, 600}) {
		t.Errorf("progress %v", heard)
	}
	for i := range keys {
		if got := epochs(t, ks, number(i)); got["ngo"] != 2 || got["police"] != 1 || got[vault.Recovery] != 1 {
			t.Fatalf("subject %d at epochs %v", i, got)
		}
		k, err := v.Key(t.Context(), number(i), "ngo")
		must(t, err)
		if !k.Equal(keys[i]) {
			t.Fatal("a key was changed")
		}
	}
	// The old wraps no longer stand, and the new ones are not under the old key.
	old, err := before.Wraps(t.Context(), number(0))
	must(t, err)
	now, err := ks.Wraps(t.Context(), number(0))
	must(t, err)
	for i := range old {
		same := string(old[i].Sealed) == string(now[i].Sealed)
		if same != (old[i].Holder != "ngo") {
			t.Errorf("wrap of %s", old[i].Holder)
		}
	}
}

func TestAnInterruptedRotationOpensAndFinishes(t *testing.T) {
	root, mem := vaulttest.Root(t), vaulttest.NewMemory()
	v, err := vault.Open(t.Context(), root, &stopping{Keystore: mem, left: 4}, vaulttest.Rand(1))
	must(t, err)
	for i := range 10 {
		_, err = v.Create(t.Context(), number(i), []vault.Holder{"ngo"})
		must(t, err)
	}
	is(t, v.RotateHolder(t.Context(), "ngo", nil), errStopped)
	v, err = vault.Open(t.Context(), root, mem, vaulttest.Rand(2)) // the machine starts again
	must(t, err)
	for i := range 10 {
		_, err = v.Key(t.Context(), number(i), "ngo")
		must(t, err)
	}
	must(t, v.Rewrap(t.Context(), "ngo", nil))
	for i := range 10 {
		if got := epochs(t, mem, number(i))["ngo"]; got != 2 {
			t.Fatalf("subject %d at epoch %d", i, got)
		}
	}
}

func TestARotationUndoesNoErasureAndNoRevocation(t *testing.T) {
	root, mem := vaulttest.Root(t), vaulttest.NewMemory()
	other, err := vault.Open(t.Context(), root, mem, vaulttest.Rand(1))
	must(t, err)
	for i := range 2 {
		_, err = other.Create(t.Context(), number(i), []vault.Holder{"ngo", "police"})
		must(t, err)
	}
	// Another process erases and revokes just before the wraps are replaced.
	ks := &meddling{Keystore: mem, before: func() {
		must(t, other.Shred(t.Context(), number(0)))
		must(t, other.Revoke(t.Context(), number(1), "police"))
	}}
	v, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(2))
	must(t, err)
	must(t, v.RotateHolder(t.Context(), "ngo", nil))
	_, err = v.Key(t.Context(), number(0), "ngo")
	is(t, err, vault.ErrShredded)
	_, err = v.Key(t.Context(), number(1), "police")
	is(t, err, vault.ErrNoWrap)
	if got := epochs(t, mem, number(1))["ngo"]; got != 2 {
		t.Fatalf("at epoch %d", got)
	}
}

type meddling struct {
	vault.Keystore
	before func()
}

func (m *meddling) ReplaceWraps(ctx context.Context, subject [16]byte, wraps []vault.Wrap) error {
	if m.before != nil {
		m.before()
		m.before = nil
	}
	return m.Keystore.ReplaceWraps(ctx, subject, wraps)
}

func TestNamedKeysAndTokensAreApart(t *testing.T) {
	v, _ := vaulttest.Open(t)
	if v.Named("a").Equal(v.Named("b")) || v.Token("a", "x") == v.Token("b", "x") || v.Token("a", "x") == v.Token("a", "y") {
		t.Fatal("two purposes share a key")
	}
	first, again := v.Token("a", "x"), v.Token("a", "x")
	if first != again || !v.Named("a").Equal(v.Named("a")) {
		t.Fatal("not the same twice")
	}
}
