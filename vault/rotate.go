package vault

import (
	"context"
	"errors"
	"fmt"

	"palermo/fault"
)

// rotateBatch is how many subjects are asked for at a time.
const rotateBatch = 256

// RotateRoot puts the node under a new root, in one write: when it returns,
// the old root opens nothing of this keystore, and holder keys made from now
// on are sealed under a master key that the old root never covered. If it
// fails, the node is under one root or the other; Open tells which.
//
// Write the new root's file first, and keep the old one until RotateRoot has
// returned. Other processes on the same keystore must be restarted.
//
// If the old root may be in strange hands together with the keystore, call
// RotateHolder for each holder afterwards; the data keys of that day remain
// known. ErrRoot when another process has changed the root meanwhile.
func (v *Vault) RotateRoot(ctx context.Context, newRoot Root) error {
	v.makeKEK.Lock() // no holder key is being sealed under the old ring meanwhile
	defer v.makeKEK.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.root.key.Equal(newRoot.key) {
		return fault.Invalid("root", "This is the root key that the node has. Make a new one first.")
	}
	ring, err := readRing(ctx, v.ks, v.root)
	if err != nil {
		return err
	}
	master, err := v.draw()
	if err != nil {
		return err
	}
	ring = append(ring, master)
	wrap, err := v.sealRing(newRoot, ring)
	if err != nil {
		return err
	}
	err = v.ks.ReplaceWraps(ctx, [16]byte{}, []Wrap{wrap})
	if err != nil {
		return fmt.Errorf("vault: store the ring: %w", err)
	}
	v.root, v.ring = newRoot, ring
	return nil
}

// RotateHolder gives a holder a new key and wraps all its subjects under it.
// progress, if not nil, hears after each batch how many subjects were looked
// at. If it stops half way, by an error or with ctx, everything still opens,
// and Rewrap finishes what is left.
func (v *Vault) RotateHolder(ctx context.Context, holder Holder, progress func(done int)) error {
	err := checkHolder(holder)
	if err != nil {
		return err
	}
	err = v.nextEpoch(ctx, holder)
	if err != nil {
		return err
	}
	return v.Rewrap(ctx, holder, progress)
}

// nextEpoch stores a new key for the holder and uses it from now on.
func (v *Vault) nextEpoch(ctx context.Context, holder Holder) error {
	v.makeKEK.Lock()
	defer v.makeKEK.Unlock()
	err := v.load(ctx)
	if err != nil {
		return err
	}
	epoch, _, _ := v.newestKey(holder)
	err = v.addHolderKey(ctx, holder, epoch+1)
	if err != nil {
		return err
	}
	return v.load(ctx)
}

// Rewrap wraps under the holder's newest key those of its subjects that are
// still wrapped under an older one. It may be called at any time and again.
func (v *Vault) Rewrap(ctx context.Context, holder Holder, progress func(done int)) error {
	err := checkHolder(holder)
	if err != nil {
		return err
	}
	defer v.cache.forget(func(id cacheID) bool { return id.holder == holder })
	var after [16]byte
	done := 0
	for {
		subjects, err := v.ks.Subjects(ctx, after, rotateBatch)
		if err != nil {
			return fmt.Errorf("vault: list subjects: %w", err)
		}
		if len(subjects) == 0 {
			return nil
		}
		for _, s := range subjects {
			err = v.rewrapSubject(ctx, s, holder)
			if err != nil {
				return err
			}
		}
		done += len(subjects)
		after = subjects[len(subjects)-1]
		if progress != nil {
			progress(done)
		}
	}
}

// rewrapSubject tries again when another process changed the wraps meanwhile.
func (v *Vault) rewrapSubject(ctx context.Context, subject [16]byte, holder Holder) error {
	mu := v.lock(subject)
	mu.Lock()
	defer mu.Unlock()
	for try := 0; ; try++ {
		err := ctx.Err()
		if err != nil {
			return err
		}
		err = v.rewrapOnce(ctx, subject, holder)
		if errors.Is(err, ErrShredded) {
			return nil // erased since it was listed
		}
		if try == 3 || !errors.Is(err, ErrStale) {
			return err
		}
	}
}

func (v *Vault) rewrapOnce(ctx context.Context, subject [16]byte, holder Holder) error {
	wraps, err := v.ks.Wraps(ctx, subject)
	if err != nil {
		return fmt.Errorf("vault: read wraps: %w", err)
	}
	epoch, _, err := v.holderKey(ctx, holder)
	if err != nil {
		return err
	}
	changed := false
	for i, w := range wraps {
		if w.Holder != holder || w.Epoch >= epoch {
			continue
		}
		k, err := v.unwrap(ctx, w)
		if err != nil {
			return err
		}
		wraps[i], err = v.wrap(ctx, subject, holder, k)
		if err != nil {
			return err
		}
		changed = true
	}
	if !changed {
		return nil
	}
	err = v.ks.ReplaceWraps(ctx, subject, wraps)
	if err != nil {
		return fmt.Errorf("vault: replace wraps: %w", err)
	}
	return nil
}
