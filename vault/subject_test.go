package vault_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"palermo/fault"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

func TestEachRecordHasItsOwnKey(t *testing.T) {
	v, _ := vaulttest.Open(t)
	a, err := v.Create(t.Context(), [16]byte{1}, []vault.Holder{"ngo"})
	must(t, err)
	b, err := v.Create(t.Context(), [16]byte{2}, []vault.Holder{"ngo"})
	must(t, err)
	if a.Equal(b) || a.Equal(vault.Key{}) {
		t.Fatal("two records share a key")
	}
}

func TestOnlyAHolderOpens(t *testing.T) {
	v, _ := vaulttest.Open(t)
	s := [16]byte{1}
	k, err := v.Create(t.Context(), s, []vault.Holder{"ngo", "ngo", vault.Recovery})
	must(t, err)
	for _, h := range []vault.Holder{"ngo", vault.Recovery} {
		got, err := v.Key(t.Context(), s, h)
		must(t, err)
		if !got.Equal(k) {
			t.Errorf("%s opens another key", h)
		}
	}
	_, err = v.Key(t.Context(), s, "police")
	is(t, err, vault.ErrNoWrap)
	_, err = v.Key(t.Context(), [16]byte{9}, "ngo")
	is(t, err, vault.ErrNoWrap)
	must(t, v.Grant(t.Context(), s, "police", "ngo"))
	must(t, v.Grant(t.Context(), s, "police"))
	_, err = v.Key(t.Context(), s, "police")
	must(t, err)
	holders, err := v.Holders(t.Context(), s)
	must(t, err)
	if !slices.Equal(holders, []vault.Holder{"ngo", "police", vault.Recovery}) {
		t.Fatalf("got %v", holders)
	}
}

func TestARevokedHolderOpensNoMore(t *testing.T) {
	v, _ := vaulttest.Open(t)
	s := [16]byte{1}
	_, err := v.Create(t.Context(), s, []vault.Holder{"ngo", "police"})
	must(t, err)
	_, err = v.Key(t.Context(), s, "police") // now in the cache
	must(t, err)
	must(t, v.Revoke(t.Context(), s, "police"))
	_, err = v.Key(t.Context(), s, "police")
	is(t, err, vault.ErrNoWrap)
	_, err = v.Key(t.Context(), s, "ngo")
	must(t, err)
	must(t, v.Revoke(t.Context(), s, "police"))
}

func TestTheNodesRecoveryKeyCannotBeTakenFromARecord(t *testing.T) {
	v, _ := vaulttest.Open(t)
	_, err := v.Create(t.Context(), [16]byte{1}, nil)
	must(t, err)
	if err := v.Revoke(t.Context(), [16]byte{1}, vault.Recovery); !fault.Is(err, fault.CodeInvalid) {
		t.Fatalf("got %v", err)
	}
}

func TestAnErasedRecordCannotBeOpened(t *testing.T) {
	at := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	v, ks := vaulttest.Open(t, vault.WithClock(func() time.Time { return at }))
	s := [16]byte{1}
	_, err := v.Create(t.Context(), s, []vault.Holder{"ngo"})
	must(t, err)
	must(t, v.Shred(t.Context(), s))
	for _, h := range []vault.Holder{"ngo", vault.Recovery, "police"} {
		_, err = v.Key(t.Context(), s, h)
		is(t, err, vault.ErrShredded)
	}
	is(t, v.Grant(t.Context(), s, "police"), vault.ErrShredded)
	_, err = v.Holders(t.Context(), s)
	is(t, err, vault.ErrShredded)
	_, err = v.Create(t.Context(), s, []vault.Holder{"ngo"})
	is(t, err, vault.ErrShredded)
	if got, _ := ks.ShreddedAt(s); !got.Equal(at) {
		t.Fatalf("erased at %v", got)
	}
	must(t, v.Shred(t.Context(), s))
	must(t, v.Rewrap(t.Context(), "ngo", nil))
	_, err = v.Key(t.Context(), s, "ngo")
	is(t, err, vault.ErrShredded)
}

func TestARestoredBackupErasesAgain(t *testing.T) {
	root, ks := vaulttest.Root(t), vaulttest.NewMemory()
	v, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(1))
	must(t, err)
	_, err = v.Create(t.Context(), [16]byte{1}, []vault.Holder{"ngo"})
	must(t, err)
	backup := ks.Copy()
	must(t, v.Shred(t.Context(), [16]byte{1}))
	erased, err := v.Shredded(t.Context())
	must(t, err)

	restored, err := vault.Open(t.Context(), root, backup, vaulttest.Rand(2))
	must(t, err)
	must(t, restored.Replay(t.Context(), erased))
	_, err = restored.Key(t.Context(), [16]byte{1}, "ngo")
	is(t, err, vault.ErrShredded)
}

func TestAKeyIsNotOverwritten(t *testing.T) {
	v, _ := vaulttest.Open(t)
	k, err := v.Create(t.Context(), [16]byte{1}, []vault.Holder{"ngo"})
	must(t, err)
	_, err = v.Create(t.Context(), [16]byte{1}, []vault.Holder{"police"})
	is(t, err, vault.ErrExists)
	got, err := v.Key(t.Context(), [16]byte{1}, "ngo")
	must(t, err)
	if !got.Equal(k) {
		t.Fatal("the record's key was lost")
	}
	_, err = v.Key(t.Context(), [16]byte{1}, "police")
	is(t, err, vault.ErrNoWrap)
}

func TestAWrapMovedToAnotherHolderOrRecordIsRefused(t *testing.T) {
	v, ks := vaulttest.Open(t, vault.WithCache(0))
	for i := range byte(2) {
		_, err := v.Create(t.Context(), [16]byte{i + 1}, []vault.Holder{"ngo"})
		must(t, err)
	}
	_, err := v.Create(t.Context(), [16]byte{3}, []vault.Holder{"police"})
	must(t, err)
	stolen, err := ks.Wraps(t.Context(), [16]byte{2})
	must(t, err)
	ks.Tamper([16]byte{1}, func([]vault.Wrap) []vault.Wrap {
		for i := range stolen {
			stolen[i].Subject = [16]byte{1}
		}
		return stolen
	})
	_, err = v.Key(t.Context(), [16]byte{1}, "ngo")
	is(t, err, vault.ErrTampered)
	ks.Tamper([16]byte{2}, func(ws []vault.Wrap) []vault.Wrap {
		for i := range ws {
			ws[i].Holder = "police"
		}
		return ws
	})
	_, err = v.Key(t.Context(), [16]byte{2}, "police")
	is(t, err, vault.ErrTampered)
}

func TestTheVaultsOwnSubjectAndHoldersAreNotForOthers(t *testing.T) {
	v, _ := vaulttest.Open(t)
	_, err := v.Create(t.Context(), [16]byte{}, nil)
	errs := []error{err, v.Shred(t.Context(), [16]byte{}), v.Grant(t.Context(), [16]byte{}, "ngo"), v.Revoke(t.Context(), [16]byte{}, "root")}
	_, err = v.Key(t.Context(), [16]byte{}, "root")
	errs = append(errs, err)
	for _, h := range []vault.Holder{"", "root", "node", vault.Holder(make([]byte, 201))} {
		_, err = v.Create(t.Context(), [16]byte{1}, []vault.Holder{h})
		errs = append(errs, err, v.RotateHolder(t.Context(), h, nil))
	}
	for i, err := range errs {
		if !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%d: got %v", i, err)
		}
	}
}

// slowWraps lets a test stop a reader between the keystore and the cache.
type slowWraps struct {
	vault.Keystore
	read, release chan struct{}
	once          sync.Once
}

func (s *slowWraps) Wraps(ctx context.Context, subject [16]byte) ([]vault.Wrap, error) {
	ws, err := s.Keystore.Wraps(ctx, subject)
	if subject == [16]byte{1} {
		s.once.Do(func() { close(s.read); <-s.release })
	}
	return ws, err
}

func TestAKeyReadDuringRevocationIsNotRememberedAfterIt(t *testing.T) {
	root, mem := vaulttest.Root(t), vaulttest.NewMemory()
	first, err := vault.Open(t.Context(), root, mem, vaulttest.Rand(1))
	must(t, err)
	s := [16]byte{1}
	_, err = first.Create(t.Context(), s, []vault.Holder{"ngo"})
	must(t, err)
	ks := &slowWraps{Keystore: mem, read: make(chan struct{}), release: make(chan struct{})}
	v, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(2))
	must(t, err)
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = v.Key(t.Context(), s, "ngo") }) // began before: either answer is right
	<-ks.read
	must(t, v.Revoke(t.Context(), s, "ngo"))
	close(ks.release)
	wg.Wait()
	_, err = v.Key(t.Context(), s, "ngo")
	is(t, err, vault.ErrNoWrap)
}

func TestAnotherProcessSeesNewHoldersAndForgetsWhenTold(t *testing.T) {
	root, ks := vaulttest.Root(t), vaulttest.NewMemory()
	one, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(1))
	must(t, err)
	two, err := vault.Open(t.Context(), root, ks, vaulttest.Rand(2))
	must(t, err)
	s := [16]byte{1}
	k, err := one.Create(t.Context(), s, []vault.Holder{"ngo"})
	must(t, err)
	must(t, two.Grant(t.Context(), s, "police"))
	must(t, one.RotateHolder(t.Context(), "ngo", nil))
	for _, h := range []vault.Holder{"ngo", "police"} {
		for _, v := range []*vault.Vault{one, two} {
			got, err := v.Key(t.Context(), s, h)
			must(t, err)
			if !got.Equal(k) {
				t.Fatal("two processes disagree")
			}
		}
	}
	must(t, one.Shred(t.Context(), s))
	two.Forget(s)
	_, err = two.Key(t.Context(), s, "ngo")
	is(t, err, vault.ErrShredded)
}

func TestManyAtOnce(t *testing.T) {
	v, _ := vaulttest.Open(t, vault.WithCache(5))
	var wg sync.WaitGroup
	for i := range byte(16) {
		wg.Go(func() {
			s := [16]byte{0: 1, 15: i % 4} // four subjects, so that they meet
			_, err := v.Create(t.Context(), s, []vault.Holder{"ngo"})
			for range 20 {
				err = errors.Join(v.Grant(t.Context(), s, "police", "court"), v.Revoke(t.Context(), s, "police"))
				_, _ = v.Key(t.Context(), s, "court")
			}
			if i == 0 {
				err = errors.Join(err, v.RotateHolder(t.Context(), "ngo", nil))
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestFailingRandomnessMakesNoKey(t *testing.T) {
	_, err := vault.Open(t.Context(), vaulttest.Root(t), vaulttest.NewMemory(), io.LimitReader(vaulttest.Rand(1), 40))
	if err == nil {
		t.Fatal("opened without randomness")
	}
	_, err = vault.Seal(io.LimitReader(vaulttest.Rand(1), 5), someKey(1), caseAD(), nil)
	is(t, err, io.ErrUnexpectedEOF)
}
