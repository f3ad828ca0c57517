package vaulttest

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"

	"palermo/vault"
)

// TestKeystore holds a keystore to the rules of vault.Keystore. open returns
// an empty one each time.
func TestKeystore(t *testing.T, open func() vault.Keystore) {
	rules := []struct {
		name string
		test func(*testing.T, vault.Keystore)
	}{
		{"HolderKeysAreKeptAsGiven", holderKeysAreKept},
		{"AHolderKeyIsNeverOverwritten", holderKeyNotOverwritten},
		{"WrapsAreKeptAsGiven", wrapsAreKept},
		{"AWrapIsNeverOverwritten", wrapNotOverwritten},
		{"PutWrapsIsAllOrNone", putIsAllOrNone},
		{"DropWrapsTakesOneHolderOnly", dropTakesOne},
		{"AShreddedSubjectHasNoWraps", shreddedHasNone},
		{"AShreddedSubjectTakesNoWraps", shreddedTakesNone},
		{"ShreddingTwiceListsOnce", shredTwice},
		{"TheErasureListIsInOrder", erasureOrder},
		{"ReplaceWrapsPutsNewForOld", replacePutsNew},
		{"ReplaceWrapsCannotUndoAGrantOrRevocation", replaceIsStale},
		{"SubjectsComeInByteOrderAndBatches", subjectsInOrder},
		{"SubjectZeroIsKeptAndNotListed", subjectZero},
		{"OnlyOneOfManyHolderKeysWins", oneHolderKeyWins},
		{"ACancelledCallChangesNothing", cancelled},
		{"AVaultLivesOnIt", vaultLives},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) { r.test(t, open()) })
	}
}

func holderKeysAreKept(t *testing.T, ks vault.Keystore) {
	got, err := ks.HolderKeys(t.Context())
	must(t, err)
	if len(got) != 0 {
		t.Fatalf("an empty keystore has %d holder keys", len(got))
	}
	want := []vault.HolderKey{
		{Holder: "ngo", Epoch: 1, Sealed: []byte{0, 1, 2, 255}},
		{Holder: "ngo", Epoch: 2, Sealed: []byte{3}},
		{Holder: "الوزارة", Epoch: 1, Sealed: bytes.Repeat([]byte{7}, 300)},
	}
	for _, k := range want {
		must(t, ks.PutHolderKey(t.Context(), k))
	}
	got, err = ks.HolderKeys(t.Context())
	must(t, err)
	if len(got) != len(want) {
		t.Fatalf("stored %d holder keys, read %d", len(want), len(got))
	}
	for _, w := range want {
		if !slices.ContainsFunc(got, func(g vault.HolderKey) bool {
			return g.Holder == w.Holder && g.Epoch == w.Epoch && bytes.Equal(g.Sealed, w.Sealed)
		}) {
			t.Errorf("holder %q epoch %d was not read as stored", w.Holder, w.Epoch)
		}
	}
}

func holderKeyNotOverwritten(t *testing.T, ks vault.Keystore) {
	must(t, ks.PutHolderKey(t.Context(), vault.HolderKey{Holder: "ngo", Epoch: 1, Sealed: []byte{1}}))
	is(t, ks.PutHolderKey(t.Context(), vault.HolderKey{Holder: "ngo", Epoch: 1, Sealed: []byte{2}}), vault.ErrExists)
	got, err := ks.HolderKeys(t.Context())
	must(t, err)
	if len(got) != 1 || !bytes.Equal(got[0].Sealed, []byte{1}) {
		t.Fatalf("the first key was lost")
	}
}

func wrapsAreKept(t *testing.T, ks vault.Keystore) {
	a, b := subject(1), subject(2)
	expect(t, ks, a)
	must(t, ks.PutWraps(t.Context(), nil))
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "police", 3), wrap(b, "ngo", 1)}))
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "recovery", 2)}))
	expect(t, ks, a, wrap(a, "ngo", 1), wrap(a, "police", 3), wrap(a, "recovery", 2))
	expect(t, ks, b, wrap(b, "ngo", 1))
}

func wrapNotOverwritten(t *testing.T, ks vault.Keystore) {
	a := subject(1)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1)}))
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1)}), vault.ErrExists)
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 2)}), vault.ErrExists)
	expect(t, ks, a, wrap(a, "ngo", 1))
}

func putIsAllOrNone(t *testing.T, ks vault.Keystore) {
	a, b := subject(1), subject(2)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(b, "ngo", 1)}))
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(b, "ngo", 1)}), vault.ErrExists)
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "ngo", 2)}), vault.ErrExists)
	expect(t, ks, a)
}

func dropTakesOne(t *testing.T, ks vault.Keystore) {
	a, b := subject(1), subject(2)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "police", 1), wrap(b, "ngo", 1)}))
	must(t, ks.DropWraps(t.Context(), a, "ngo"))
	must(t, ks.DropWraps(t.Context(), a, "nobody"))
	expect(t, ks, a, wrap(a, "police", 1))
	expect(t, ks, b, wrap(b, "ngo", 1))
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 2)}))
	expect(t, ks, a, wrap(a, "ngo", 2), wrap(a, "police", 1))
}

func shreddedHasNone(t *testing.T, ks vault.Keystore) {
	a, b := subject(1), subject(2)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "police", 1), wrap(b, "ngo", 1)}))
	must(t, ks.Shred(t.Context(), a, when(0)))
	expect(t, ks, a)
	expect(t, ks, b, wrap(b, "ngo", 1))
	listed(t, ks, a)
}

func shreddedTakesNone(t *testing.T, ks vault.Keystore) {
	a, b := subject(1), subject(2)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1)}))
	must(t, ks.Shred(t.Context(), a, when(0)))
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1)}), vault.ErrShredded)
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(b, "ngo", 1), wrap(a, "police", 1)}), vault.ErrShredded)
	is(t, ks.ReplaceWraps(t.Context(), a, []vault.Wrap{wrap(a, "ngo", 2)}), vault.ErrShredded)
	is(t, ks.ReplaceWraps(t.Context(), a, nil), vault.ErrShredded)
	must(t, ks.DropWraps(t.Context(), a, "ngo"))
	expect(t, ks, a)
	expect(t, ks, b)
}

func shredTwice(t *testing.T, ks vault.Keystore) {
	a := subject(1) // never had wraps: an erasure list is replayed on any keystore
	must(t, ks.Shred(t.Context(), a, when(0)))
	must(t, ks.Shred(t.Context(), a, when(1)))
	listed(t, ks, a)
}

func erasureOrder(t *testing.T, ks vault.Keystore) {
	listed(t, ks)
	for i, s := range []byte{5, 1, 9} {
		must(t, ks.Shred(t.Context(), subject(s), when(i)))
	}
	listed(t, ks, subject(5), subject(1), subject(9))
}

func replacePutsNew(t *testing.T, ks vault.Keystore) {
	a, b := subject(1), subject(2)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "police", 1), wrap(b, "ngo", 1)}))
	must(t, ks.ReplaceWraps(t.Context(), a, []vault.Wrap{wrap(a, "police", 1), wrap(a, "ngo", 2)}))
	expect(t, ks, a, wrap(a, "ngo", 2), wrap(a, "police", 1))
	expect(t, ks, b, wrap(b, "ngo", 1))
}

func replaceIsStale(t *testing.T, ks vault.Keystore) {
	a := subject(1)
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "police", 1)}))
	for _, wraps := range [][]vault.Wrap{
		nil,
		{wrap(a, "ngo", 2)},
		{wrap(a, "ngo", 2), wrap(a, "court", 1)},
		{wrap(a, "ngo", 2), wrap(a, "police", 1), wrap(a, "court", 1)},
	} {
		is(t, ks.ReplaceWraps(t.Context(), a, wraps), vault.ErrStale)
	}
	expect(t, ks, a, wrap(a, "ngo", 1), wrap(a, "police", 1))
	is(t, ks.ReplaceWraps(t.Context(), subject(2), []vault.Wrap{wrap(subject(2), "ngo", 1)}), vault.ErrStale)
}

func subjectsInOrder(t *testing.T, ks vault.Keystore) {
	want := [][16]byte{subject(1), subject(2), subject(127), subject(128), subject(200), subject(255)}
	for _, i := range []int{3, 0, 5, 1, 4, 2} {
		must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(want[i], "ngo", 1), wrap(want[i], "police", 1)}))
	}
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(subject(50), "ngo", 1), wrap(subject(60), "ngo", 1)}))
	must(t, ks.Shred(t.Context(), subject(50), when(0)))
	must(t, ks.DropWraps(t.Context(), subject(60), "ngo"))
	var got [][16]byte
	var after [16]byte
	for {
		batch, err := ks.Subjects(t.Context(), after, 4)
		must(t, err)
		if len(batch) > 4 {
			t.Fatalf("asked for 4, got %d", len(batch))
		}
		if len(batch) == 0 {
			break
		}
		got = append(got, batch...)
		after = batch[len(batch)-1]
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %x\nwant %x", got, want)
	}
}

func subjectZero(t *testing.T, ks vault.Keystore) {
	var zero [16]byte
	must(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(zero, "root", 1), wrap(subject(1), "ngo", 1)}))
	is(t, ks.PutWraps(t.Context(), []vault.Wrap{wrap(zero, "root", 1)}), vault.ErrExists)
	must(t, ks.ReplaceWraps(t.Context(), zero, []vault.Wrap{wrap(zero, "root", 2)}))
	expect(t, ks, zero, wrap(zero, "root", 2))
	got, err := ks.Subjects(t.Context(), zero, 10)
	must(t, err)
	if !slices.Equal(got, [][16]byte{subject(1)}) {
		t.Fatalf("got %x", got)
	}
}

func oneHolderKeyWins(t *testing.T, ks vault.Keystore) {
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			errs[i] = ks.PutHolderKey(t.Context(), vault.HolderKey{Holder: "ngo", Epoch: 1, Sealed: []byte{byte(i)}})
		})
	}
	wg.Wait()
	winner := -1
	for i, err := range errs {
		if err == nil && winner >= 0 {
			t.Fatalf("%d and %d both won", winner, i)
		}
		if err == nil {
			winner = i
			continue
		}
		is(t, err, vault.ErrExists)
	}
	got, err := ks.HolderKeys(t.Context())
	must(t, err)
	if winner < 0 || len(got) != 1 || !bytes.Equal(got[0].Sealed, []byte{byte(winner)}) {
		t.Fatalf("winner %d is not what is stored", winner)
	}
}

// cancelled accepts a keystore that does the work nonetheless, but not one
// that fails and has done half of it.
func cancelled(t *testing.T, ks vault.Keystore) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := subject(1)
	err := ks.PutWraps(ctx, []vault.Wrap{wrap(a, "ngo", 1), wrap(a, "police", 1)})
	if err != nil {
		expect(t, ks, a)
		return
	}
	expect(t, ks, a, wrap(a, "ngo", 1), wrap(a, "police", 1))
}

func vaultLives(t *testing.T, ks vault.Keystore) {
	root, other := Root(t), Root(t)
	v, err := vault.Open(t.Context(), root, ks, Rand(1))
	must(t, err)
	a, b := subject(1), subject(2)
	ka, err := v.Create(t.Context(), a, []vault.Holder{"ngo"})
	must(t, err)
	_, err = v.Create(t.Context(), b, []vault.Holder{"ngo"})
	must(t, err)
	_, err = v.Create(t.Context(), a, nil)
	is(t, err, vault.ErrExists)
	must(t, v.Grant(t.Context(), a, "police"))
	must(t, v.Shred(t.Context(), b))
	must(t, v.RotateHolder(t.Context(), "ngo", nil))
	must(t, v.RotateRoot(t.Context(), other))

	_, err = vault.Open(t.Context(), root, ks, Rand(2))
	is(t, err, vault.ErrRoot)
	v, err = vault.Open(t.Context(), other, ks, Rand(3))
	must(t, err)
	for _, h := range []vault.Holder{"ngo", "police", vault.Recovery} {
		k, err := v.Key(t.Context(), a, h)
		must(t, err)
		if !k.Equal(ka) {
			t.Errorf("%s opens another key", h)
		}
	}
	_, err = v.Key(t.Context(), b, "ngo")
	is(t, err, vault.ErrShredded)
}
