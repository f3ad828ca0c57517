package vault

import (
	"context"
	"errors"
	"fmt"
)

func holderAD(h Holder, epoch int) AD {
	return AD{Kind: "vault/holder/" + string(h), Version: int64(epoch)}
}

func wrapAD(subject [16]byte, h Holder, epoch int) AD {
	return AD{Kind: "vault/wrap/" + string(h), ID: subject, Version: int64(epoch)}
}

// load opens the holder keys that are not open yet.
func (v *Vault) load(ctx context.Context) error {
	stored, err := v.ks.HolderKeys(ctx)
	if err != nil {
		return fmt.Errorf("vault: read holder keys: %w", err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, hk := range stored {
		id := kekID{hk.Holder, hk.Epoch}
		if _, open := v.keks[id]; open {
			continue
		}
		k, err := openHolderKey(v.ring, hk)
		if err != nil {
			return err
		}
		v.keks[id] = k
		v.newest[hk.Holder] = max(v.newest[hk.Holder], hk.Epoch)
	}
	return nil
}

// openHolderKey tries the master keys from the newest; there are as many as
// there were roots.
func openHolderKey(ring []Key, hk HolderKey) (Key, error) {
	for i := len(ring) - 1; i >= 0; i-- {
		k, err := UnwrapKey(ring[i], holderAD(hk.Holder, hk.Epoch), hk.Sealed)
		if err == nil {
			return k, nil
		}
	}
	return Key{}, tampered("the key of holder %q, epoch %d, does not open", hk.Holder, hk.Epoch)
}

// holderKey returns the holder's newest key, made now if it has none.
func (v *Vault) holderKey(ctx context.Context, h Holder) (int, Key, error) {
	if epoch, k, ok := v.newestKey(h); ok {
		return epoch, k, nil
	}
	v.makeKEK.Lock()
	defer v.makeKEK.Unlock()
	if epoch, k, ok := v.newestKey(h); ok {
		return epoch, k, nil
	}
	// Another process may have made one since we looked.
	err := v.load(ctx)
	if err != nil {
		return 0, Key{}, err
	}
	if epoch, k, ok := v.newestKey(h); ok {
		return epoch, k, nil
	}
	err = v.addHolderKey(ctx, h, 1)
	if err != nil && !errors.Is(err, ErrExists) {
		return 0, Key{}, err
	}
	err = v.load(ctx)
	if err != nil {
		return 0, Key{}, err
	}
	epoch, k, ok := v.newestKey(h)
	if !ok {
		return 0, Key{}, tampered("the key of holder %q was stored and is not there", h)
	}
	return epoch, k, nil
}

func (v *Vault) newestKey(h Holder) (int, Key, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	epoch, ok := v.newest[h]
	return epoch, v.keks[kekID{h, epoch}], ok
}

// addHolderKey draws and stores a key; load then opens it from the store, so
// that what is used is what is kept.
func (v *Vault) addHolderKey(ctx context.Context, h Holder, epoch int) error {
	k, err := v.draw()
	if err != nil {
		return err
	}
	v.mu.RLock()
	master := v.ring[len(v.ring)-1]
	v.mu.RUnlock()
	sealed, err := v.seal(master, holderAD(h, epoch), k[:])
	if err != nil {
		return err
	}
	err = v.ks.PutHolderKey(ctx, HolderKey{Holder: h, Epoch: epoch, Sealed: sealed})
	if err != nil {
		return fmt.Errorf("vault: store the key of holder %q: %w", h, err)
	}
	return nil
}

// holderKeyAt returns the holder's key of an epoch, looking again in the
// keystore when another process may have made it.
func (v *Vault) holderKeyAt(ctx context.Context, h Holder, epoch int) (Key, error) {
	for range 2 {
		v.mu.RLock()
		k, ok := v.keks[kekID{h, epoch}]
		v.mu.RUnlock()
		if ok {
			return k, nil
		}
		err := v.load(ctx)
		if err != nil {
			return Key{}, err
		}
	}
	return Key{}, tampered("holder %q has no key of epoch %d", h, epoch)
}

// wrap seals a data key for a holder.
func (v *Vault) wrap(ctx context.Context, subject [16]byte, h Holder, k Key) (Wrap, error) {
	epoch, kek, err := v.holderKey(ctx, h)
	if err != nil {
		return Wrap{}, err
	}
	sealed, err := v.seal(kek, wrapAD(subject, h, epoch), k[:])
	if err != nil {
		return Wrap{}, err
	}
	return Wrap{Subject: subject, Holder: h, Epoch: epoch, Sealed: sealed}, nil
}

// unwrap opens a wrap.
func (v *Vault) unwrap(ctx context.Context, w Wrap) (Key, error) {
	kek, err := v.holderKeyAt(ctx, w.Holder, w.Epoch)
	if err != nil {
		return Key{}, err
	}
	return UnwrapKey(kek, wrapAD(w.Subject, w.Holder, w.Epoch), w.Sealed)
}
