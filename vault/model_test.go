package vault_test

import (
	"context"
	"errors"
	"testing"

	"palermo/vault"
	"palermo/vault/vaulttest"

	"pgregory.net/rapid"
)

// model is a plain account of what should be so.
type model struct {
	v      *vault.Vault
	ks     *vaulttest.Memory
	roots  []vault.Root
	root   int
	keys   map[[16]byte]vault.Key
	erased map[[16]byte]bool
	held   map[[16]byte]map[vault.Holder]bool
}

func TestAnyOrderOfChangesKeepsTheRules(t *testing.T) {
	roots := []vault.Root{vaulttest.Root(t), vaulttest.Root(t)}
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{
			ks: vaulttest.NewMemory(), roots: roots, keys: map[[16]byte]vault.Key{},
			erased: map[[16]byte]bool{}, held: map[[16]byte]map[vault.Holder]bool{},
		}
		m.start(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"create": m.create, "grant": m.grant, "revoke": m.revoke, "shred": m.shred,
			"rotate holder": m.rotateHolder, "rotate root": m.rotateRoot, "start again": m.start,
			"": m.check,
		})
	})
}

func modelHolders() []vault.Holder { return []vault.Holder{"ngo", "police", "court"} }

func drawSubject(rt *rapid.T) [16]byte { return number(rapid.IntRange(0, 5).Draw(rt, "subject")) }

func drawHolder(rt *rapid.T) vault.Holder {
	return rapid.SampledFrom(modelHolders()).Draw(rt, "holder")
}

func done(rt *rapid.T, err error) {
	if err != nil {
		rt.Fatal(err)
	}
}

// want is otherwise, unless the subject is erased or was never made.
func (m *model) want(rt *rapid.T, s [16]byte, err, otherwise error) {
	_, made := m.keys[s]
	switch {
	case m.erased[s]:
		otherwise = vault.ErrShredded
	case !made:
		otherwise = vault.ErrNoWrap
	}
	if !errors.Is(err, otherwise) {
		rt.Fatalf("got %v, want %v", err, otherwise)
	}
}

func (m *model) start(rt *rapid.T) {
	var err error
	seed := rapid.Byte().Draw(rt, "rand")
	m.v, err = vault.Open(context.Background(), m.roots[m.root], m.ks, vaulttest.Rand(seed), vault.WithCache(4))
	done(rt, err)
}

func (m *model) create(rt *rapid.T) {
	s, h := drawSubject(rt), drawHolder(rt)
	k, err := m.v.Create(context.Background(), s, []vault.Holder{h})
	_, made := m.keys[s]
	if made || m.erased[s] {
		if err == nil {
			rt.Fatal("made a second key")
		}
		return
	}
	done(rt, err)
	m.keys[s], m.held[s] = k, map[vault.Holder]bool{h: true, vault.Recovery: true}
}

func (m *model) grant(rt *rapid.T) {
	s, h := drawSubject(rt), drawHolder(rt)
	err := m.v.Grant(context.Background(), s, h)
	m.want(rt, s, err, nil)
	if err == nil {
		m.held[s][h] = true
	}
}

func (m *model) revoke(rt *rapid.T) {
	s, h := drawSubject(rt), drawHolder(rt)
	done(rt, m.v.Revoke(context.Background(), s, h))
	delete(m.held[s], h)
}

func (m *model) shred(rt *rapid.T) {
	s := drawSubject(rt)
	done(rt, m.v.Shred(context.Background(), s))
	m.erased[s] = true
	delete(m.held, s)
}

func (m *model) rotateHolder(rt *rapid.T) {
	done(rt, m.v.RotateHolder(context.Background(), drawHolder(rt), nil))
}

func (m *model) rotateRoot(rt *rapid.T) {
	m.root = 1 - m.root
	done(rt, m.v.RotateRoot(context.Background(), m.roots[m.root]))
}

func (m *model) check(rt *rapid.T) {
	for i := range 6 {
		s := number(i)
		for _, h := range append(modelHolders(), vault.Recovery) {
			k, err := m.v.Key(context.Background(), s, h)
			if !m.held[s][h] {
				m.want(rt, s, err, vault.ErrNoWrap)
				continue
			}
			m.want(rt, s, err, nil)
			if !k.Equal(m.keys[s]) {
				rt.Fatal("another key")
			}
		}
	}
}
