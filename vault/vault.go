package vault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"palermo/fault"
)

// Vault makes, wraps, opens, changes and destroys the keys of one node. It is
// safe for use by several goroutines.
//
// Several processes may share a Keystore. Each keeps unwrapped keys of its own
// for half a minute at most, then looks whether the wrap still stands: so long
// a revocation or erasure in one takes to reach another.
type Vault struct {
	ks    Keystore
	now   func() time.Time
	limit int // of the cache
	cache *cache
	locks [64]sync.Mutex // by subject, for changes to its wraps

	randMu sync.Mutex // rand need not be safe for several goroutines
	rand   io.Reader

	mu      sync.RWMutex
	root    Root
	ring    []Key // master keys, newest last
	keks    map[kekID]Key
	newest  map[Holder]int // the epoch that new wraps are sealed under
	secret  Key            // the node secret
	makeKEK sync.Mutex     // one holder key is made at a time
}

type kekID struct {
	holder Holder
	epoch  int
}

// Option changes how Open sets up a Vault.
type Option func(*Vault)

// WithClock gives the time of erasures; without it, time.Now.
func WithClock(now func() time.Time) Option { return func(v *Vault) { v.now = now } }

// WithCache bounds how many unwrapped keys are kept; 0 keeps none. Without it, DefaultCache.
func WithCache(keys int) Option { return func(v *Vault) { v.limit = keys } }

// Open opens the keys in ks with the root, and makes the recovery key and the
// node secret at first use. rand must be cryptographically secure.
//
// It fails with ErrRoot when the root does not fit, and with ErrTampered when
// a holder key was changed or the ring is missing from a keystore in use.
func Open(ctx context.Context, root Root, ks Keystore, rand io.Reader, opts ...Option) (*Vault, error) {
	v := &Vault{
		ks: ks, now: time.Now, limit: DefaultCache, rand: rand, root: root,
		keks: make(map[kekID]Key), newest: make(map[Holder]int),
	}
	for _, opt := range opts {
		opt(v)
	}
	v.cache = newCache(v.limit, v.now)
	err := v.openRing(ctx)
	if err != nil {
		return nil, err
	}
	err = v.load(ctx)
	if err != nil {
		return nil, err
	}
	_, _, err = v.holderKey(ctx, Recovery)
	if err != nil {
		return nil, err
	}
	_, secret, err := v.holderKey(ctx, holderNode)
	if err != nil {
		return nil, err
	}
	v.secret = secret
	return v, nil
}

// openRing opens the master keys, or makes the first one in an empty keystore.
func (v *Vault) openRing(ctx context.Context) error {
	ring, err := readRing(ctx, v.ks, v.root)
	if !errors.Is(err, ErrNoWrap) {
		v.ring = ring
		return err
	}
	held, err := v.ks.HolderKeys(ctx)
	if err != nil {
		return fmt.Errorf("vault: read holder keys: %w", err)
	}
	if len(held) > 0 {
		return tampered("the keystore has holder keys but no ring")
	}
	master, err := v.draw()
	if err != nil {
		return err
	}
	wrap, err := v.sealRing(v.root, []Key{master})
	if err != nil {
		return err
	}
	err = v.ks.PutWraps(ctx, []Wrap{wrap})
	if err != nil && !errors.Is(err, ErrExists) {
		return fmt.Errorf("vault: store the ring: %w", err)
	}
	// Read back what is there: another process may have been first.
	v.ring, err = readRing(ctx, v.ks, v.root)
	return err
}

func ringAD(masters int) AD { return AD{Kind: "vault/ring", Version: int64(masters)} }

// readRing returns the master keys; ErrNoWrap when there are none yet.
func readRing(ctx context.Context, ks Keystore, root Root) ([]Key, error) {
	wraps, err := ks.Wraps(ctx, [16]byte{})
	if err != nil {
		return nil, fmt.Errorf("vault: read the ring: %w", err)
	}
	for _, w := range wraps {
		if w.Holder != holderRoot {
			continue
		}
		plain, err := unseal(formatKey, root.key, ringAD(w.Epoch), w.Sealed)
		if err != nil {
			return nil, ErrRoot
		}
		if len(plain) == 0 || len(plain) != w.Epoch*len(Key{}) {
			return nil, tampered("a ring of %d bytes", len(plain))
		}
		ring := make([]Key, w.Epoch)
		for i := range ring {
			copy(ring[i][:], plain[i*len(Key{}):])
		}
		return ring, nil
	}
	return nil, ErrNoWrap
}

func (v *Vault) sealRing(root Root, ring []Key) (Wrap, error) {
	var plain []byte
	for _, k := range ring {
		plain = append(plain, k[:]...)
	}
	sealed, err := v.seal(root.key, ringAD(len(ring)), plain)
	if err != nil {
		return Wrap{}, err
	}
	return Wrap{Holder: holderRoot, Epoch: len(ring), Sealed: sealed}, nil
}

// seal is WrapKey's sealing with the vault's own randomness.
func (v *Vault) seal(k Key, ad AD, plain []byte) ([]byte, error) {
	v.randMu.Lock()
	defer v.randMu.Unlock()
	return seal(v.rand, formatKey, k, ad, plain)
}

func (v *Vault) draw() (Key, error) {
	v.randMu.Lock()
	defer v.randMu.Unlock()
	return NewKey(v.rand)
}

// checkHolder refuses names that are not an organisation or Recovery.
func checkHolder(h Holder) error {
	if h == "" || len(h) > maxHolder || h == holderNode || h == holderRoot {
		return fault.Invalid("holder", "Name an organisation to hold this key.")
	}
	return nil
}

// checkSubject refuses zero, which is the vault's own.
func checkSubject(subject [16]byte) error {
	if subject == [16]byte{} {
		return fault.Invalid("subject", "A record without an id has no key.")
	}
	return nil
}

func (v *Vault) lock(subject [16]byte) *sync.Mutex {
	return &v.locks[subject[15]%byte(len(v.locks))]
}
