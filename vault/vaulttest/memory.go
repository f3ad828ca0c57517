// Package vaulttest has a keystore in memory, for tests, and the suite that
// every keystore must pass.
package vaulttest

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"palermo/vault"
)

// Memory is a vault.Keystore that lasts as long as the process.
type Memory struct {
	mu     sync.Mutex
	keys   []vault.HolderKey
	wraps  map[[16]byte][]vault.Wrap
	erased [][16]byte
	dates  map[[16]byte]time.Time
}

var _ vault.Keystore = (*Memory)(nil)

// NewMemory returns an empty keystore.
func NewMemory() *Memory {
	return &Memory{wraps: make(map[[16]byte][]vault.Wrap), dates: make(map[[16]byte]time.Time)}
}

// Copy is a backup: it shares nothing with m.
func (m *Memory) Copy() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := NewMemory()
	for _, k := range m.keys {
		k.Sealed = bytes.Clone(k.Sealed)
		c.keys = append(c.keys, k)
	}
	for s, ws := range m.wraps {
		c.wraps[s] = cloneWraps(ws)
	}
	c.erased = slices.Clone(m.erased)
	for s, at := range m.dates {
		c.dates[s] = at
	}
	return c
}

// Tamper gives change what is stored of a subject, and stores what it returns,
// without any rule: the thief's hand, for tests.
func (m *Memory) Tamper(subject [16]byte, change func([]vault.Wrap) []vault.Wrap) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wraps[subject] = change(cloneWraps(m.wraps[subject]))
}

// TamperHolderKeys is Tamper for the holder keys.
func (m *Memory) TamperHolderKeys(change func([]vault.HolderKey) []vault.HolderKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys = change(m.keys)
}

// HolderKeys implements vault.Keystore.
func (m *Memory) HolderKeys(context.Context) ([]vault.HolderKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.keys)
	for i := range out {
		out[i].Sealed = bytes.Clone(out[i].Sealed)
	}
	return out, nil
}

// PutHolderKey implements vault.Keystore.
func (m *Memory) PutHolderKey(_ context.Context, key vault.HolderKey) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range m.keys {
		if k.Holder == key.Holder && k.Epoch == key.Epoch {
			return vault.ErrExists
		}
	}
	key.Sealed = bytes.Clone(key.Sealed)
	m.keys = append(m.keys, key)
	return nil
}

// Wraps implements vault.Keystore.
func (m *Memory) Wraps(_ context.Context, subject [16]byte) ([]vault.Wrap, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return cloneWraps(m.wraps[subject]), nil
}

// PutWraps implements vault.Keystore.
func (m *Memory) PutWraps(_ context.Context, wraps []vault.Wrap) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, w := range wraps {
		if _, gone := m.dates[w.Subject]; gone {
			return vault.ErrShredded
		}
		same := func(o vault.Wrap) bool { return o.Subject == w.Subject && o.Holder == w.Holder }
		if slices.ContainsFunc(m.wraps[w.Subject], same) || slices.ContainsFunc(wraps[:i], same) {
			return vault.ErrExists
		}
	}
	for _, w := range cloneWraps(wraps) {
		m.wraps[w.Subject] = append(m.wraps[w.Subject], w)
	}
	return nil
}

// DropWraps implements vault.Keystore.
func (m *Memory) DropWraps(_ context.Context, subject [16]byte, holder vault.Holder) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	left := slices.DeleteFunc(m.wraps[subject], func(w vault.Wrap) bool { return w.Holder == holder })
	m.wraps[subject] = left
	if len(left) == 0 {
		delete(m.wraps, subject)
	}
	return nil
}

// Shred implements vault.Keystore.
func (m *Memory) Shred(_ context.Context, subject [16]byte, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.wraps, subject)
	if _, gone := m.dates[subject]; !gone {
		m.dates[subject] = at
		m.erased = append(m.erased, subject)
	}
	return nil
}

// Shredded implements vault.Keystore.
func (m *Memory) Shredded(context.Context) ([][16]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.erased), nil
}

// ShreddedAt returns when a subject was erased first.
func (m *Memory) ShreddedAt(subject [16]byte) (time.Time, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.dates[subject]
	return at, ok
}

// ReplaceWraps implements vault.Keystore.
func (m *Memory) ReplaceWraps(_ context.Context, subject [16]byte, wraps []vault.Wrap) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, gone := m.dates[subject]; gone {
		return vault.ErrShredded
	}
	if !slices.Equal(holders(m.wraps[subject]), holders(wraps)) {
		return vault.ErrStale
	}
	m.wraps[subject] = cloneWraps(wraps)
	return nil
}

// Subjects implements vault.Keystore.
func (m *Memory) Subjects(_ context.Context, after [16]byte, limit int) ([][16]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out [][16]byte
	for s := range m.wraps {
		if bytes.Compare(s[:], after[:]) > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b [16]byte) int { return bytes.Compare(a[:], b[:]) })
	return out[:min(limit, len(out))], nil
}

func holders(wraps []vault.Wrap) []vault.Holder {
	out := make([]vault.Holder, len(wraps))
	for i, w := range wraps {
		out[i] = w.Holder
	}
	slices.Sort(out)
	return out
}

func cloneWraps(wraps []vault.Wrap) []vault.Wrap {
	out := slices.Clone(wraps)
	for i := range out {
		out[i].Sealed = bytes.Clone(out[i].Sealed)
	}
	return out
}
