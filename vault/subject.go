package vault

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"palermo/fault"
)

// Create makes the key of a new subject, wraps it for the holders and for
// Recovery, and returns it when the wraps are durable; the document follows.
// If the document's transaction then fails, the wraps stay behind and harm
// nothing; if it is tried again with the same id, use Key.
//
// ErrExists when the subject has a key, ErrShredded when it was erased.
func (v *Vault) Create(ctx context.Context, subject [16]byte, holders []Holder) (Key, error) {
	err := checkSubject(subject)
	if err != nil {
		return Key{}, err
	}
	all, err := distinct(append([]Holder{Recovery}, holders...))
	if err != nil {
		return Key{}, err
	}
	k, err := v.draw()
	if err != nil {
		return Key{}, err
	}
	gen := v.cache.generation()
	wraps := make([]Wrap, 0, len(all))
	for _, h := range all {
		w, err := v.wrap(ctx, subject, h, k)
		if err != nil {
			return Key{}, err
		}
		wraps = append(wraps, w)
	}
	err = v.ks.PutWraps(ctx, wraps)
	if err != nil {
		return Key{}, fmt.Errorf("vault: create: %w", err)
	}
	for _, h := range all {
		v.cache.put(cacheID{subject, h}, k, gen)
	}
	return k, nil
}

// Key returns the subject's key for one of its holders: ErrNoWrap when that
// holder has none, ErrShredded when the subject was erased, ErrTampered when
// the wrap does not open.
func (v *Vault) Key(ctx context.Context, subject [16]byte, holder Holder) (Key, error) {
	id := cacheID{subject, holder}
	k, ok, gen := v.cache.get(id)
	if ok {
		return k, nil
	}
	wraps, err := v.wraps(ctx, subject)
	if err != nil {
		return Key{}, err
	}
	i := slices.IndexFunc(wraps, func(w Wrap) bool { return w.Holder == holder })
	if i < 0 {
		return Key{}, ErrNoWrap
	}
	k, err = v.unwrap(ctx, wraps[i])
	if err != nil {
		return Key{}, err
	}
	v.cache.put(id, k, gen)
	return k, nil
}

// Holders returns who holds the subject's key; ErrNoWrap when there is no such
// subject, ErrShredded when it was erased.
func (v *Vault) Holders(ctx context.Context, subject [16]byte) ([]Holder, error) {
	wraps, err := v.wraps(ctx, subject)
	if err != nil {
		return nil, err
	}
	holders := make([]Holder, len(wraps))
	for i, w := range wraps {
		holders[i] = w.Holder
	}
	slices.Sort(holders)
	return holders, nil
}

// Grant wraps the subject's key for more holders; those who have it keep it as
// it is. ErrNoWrap when there is no such subject, ErrShredded when it was erased.
func (v *Vault) Grant(ctx context.Context, subject [16]byte, holders ...Holder) error {
	all, err := distinct(holders)
	if err != nil {
		return err
	}
	mu := v.lock(subject)
	mu.Lock()
	defer mu.Unlock()
	// A second try when another process granted the same meanwhile.
	for try := 0; ; try++ {
		err = v.grant(ctx, subject, all)
		if try == 3 || !errors.Is(err, ErrExists) {
			return err
		}
	}
}

func (v *Vault) grant(ctx context.Context, subject [16]byte, holders []Holder) error {
	have, err := v.wraps(ctx, subject)
	if err != nil {
		return err
	}
	var missing []Holder
	for _, h := range holders {
		if !slices.ContainsFunc(have, func(w Wrap) bool { return w.Holder == h }) {
			missing = append(missing, h)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	k, err := v.Key(ctx, subject, Recovery)
	if err != nil {
		return err
	}
	wraps := make([]Wrap, 0, len(missing))
	for _, h := range missing {
		w, err := v.wrap(ctx, subject, h, k)
		if err != nil {
			return err
		}
		wraps = append(wraps, w)
	}
	err = v.ks.PutWraps(ctx, wraps)
	if err != nil {
		return fmt.Errorf("vault: grant: %w", err)
	}
	return nil
}

// Revoke takes the subject's key from a holder; nothing happens if it has
// none. The key itself stays the same: organisations never see it, only the
// node does. Recovery cannot be revoked, since the record might be lost.
func (v *Vault) Revoke(ctx context.Context, subject [16]byte, holder Holder) error {
	err := checkSubject(subject)
	if err != nil {
		return err
	}
	err = checkHolder(holder)
	if err != nil {
		return err
	}
	if holder == Recovery {
		return fault.Invalid("holder", "The node's recovery key stays on every record. To end access for all, erase the record.")
	}
	mu := v.lock(subject)
	mu.Lock()
	defer mu.Unlock()
	// Also when the keystore reports a failure: it may have done it.
	defer v.cache.forgetOne(cacheID{subject, holder})
	err = v.ks.DropWraps(ctx, subject, holder)
	if err != nil {
		return fmt.Errorf("vault: revoke: %w", err)
	}
	return nil
}

// Shred destroys every wrap of the subject, for good, and enters it in the
// erasure list. Shredding again, or what never was, does no harm.
func (v *Vault) Shred(ctx context.Context, subject [16]byte) error {
	err := checkSubject(subject)
	if err != nil {
		return err
	}
	mu := v.lock(subject)
	mu.Lock()
	defer mu.Unlock()
	defer v.Forget(subject)
	err = v.ks.Shred(ctx, subject, v.now())
	if err != nil {
		return fmt.Errorf("vault: shred: %w", err)
	}
	return nil
}

// Shredded returns the erasure list. Keep a copy outside the keystore's
// backups, for Replay.
func (v *Vault) Shredded(ctx context.Context) ([][16]byte, error) {
	list, err := v.ks.Shredded(ctx)
	if err != nil {
		return nil, fmt.Errorf("vault: read the erasure list: %w", err)
	}
	return list, nil
}

// Replay shreds again what was erased after the backup that the keystore was
// restored from. The node must not serve anyone before it returns.
func (v *Vault) Replay(ctx context.Context, erased [][16]byte) error {
	for _, subject := range erased {
		err := v.Shred(ctx, subject)
		if err != nil {
			return err
		}
	}
	return nil
}

// Forget drops what this process remembers of a subject, after another process
// has shredded it or changed its holders.
func (v *Vault) Forget(subject [16]byte) {
	v.cache.forget(func(id cacheID) bool { return id.subject == subject })
}

// wraps returns the subject's wraps, at least one.
func (v *Vault) wraps(ctx context.Context, subject [16]byte) ([]Wrap, error) {
	err := checkSubject(subject)
	if err != nil {
		return nil, err
	}
	wraps, err := v.ks.Wraps(ctx, subject)
	if err != nil {
		return nil, fmt.Errorf("vault: read wraps: %w", err)
	}
	if len(wraps) > 0 {
		return wraps, nil
	}
	erased, err := v.Shredded(ctx)
	if err != nil {
		return nil, err
	}
	if slices.Contains(erased, subject) {
		return nil, ErrShredded
	}
	return nil, ErrNoWrap
}

// distinct checks the holders and drops repeats, keeping the order.
func distinct(holders []Holder) ([]Holder, error) {
	var out []Holder
	for _, h := range holders {
		err := checkHolder(h)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out, nil
}
