package vault_test

import (
	"bytes"
	"io"
	"testing"

	"palermo/vault"
	"palermo/vault/vaulttest"
)

func BenchmarkKeyCached(b *testing.B)   { benchmarkKey(b, vault.DefaultCache) }
func BenchmarkKeyUncached(b *testing.B) { benchmarkKey(b, 0) } // without the keystore's own time

func benchmarkKey(b *testing.B, cache int) {
	v, _ := vaulttest.Open(b, vault.WithCache(cache))
	for i := range 1000 {
		_, err := v.Create(b.Context(), number(i), []vault.Holder{"ngo", "police"})
		must(b, err)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_, err := v.Key(b.Context(), number(i%1000), "ngo")
		must(b, err)
		i++
	}
}

func BenchmarkCreate(b *testing.B) {
	v, _ := vaulttest.Open(b)
	i := 0
	for b.Loop() {
		_, err := v.Create(b.Context(), number(i), []vault.Holder{"ngo", "police"})
		must(b, err)
		i++
	}
}

func BenchmarkSeal4K(b *testing.B) {
	k, rand, plain := someKey(1), vaulttest.Rand(1), make([]byte, 4096)
	b.SetBytes(4096)
	for b.Loop() {
		_, err := vault.Seal(rand, k, caseAD(), plain)
		must(b, err)
	}
}

func BenchmarkUnseal4K(b *testing.B) {
	k := someKey(1)
	s := sealed(b, k, caseAD(), string(make([]byte, 4096)))
	b.SetBytes(4096)
	b.ReportAllocs()
	for b.Loop() {
		_, err := vault.Unseal(k, caseAD(), s)
		must(b, err)
	}
}

func BenchmarkStream16M(b *testing.B) {
	plain := pattern(16 << 20)
	b.SetBytes(int64(len(plain)))
	b.ReportAllocs()
	for b.Loop() {
		w := vault.NewSealWriter(io.Discard, someKey(1), attachmentAD())
		_, err := w.Write(plain)
		must(b, err)
		must(b, w.Close())
	}
}

func BenchmarkUnstream16M(b *testing.B) {
	s := stream(b, someKey(1), attachmentAD(), pattern(16<<20))
	b.SetBytes(16 << 20)
	for b.Loop() {
		_, err := io.Copy(io.Discard, vault.NewUnsealReader(bytes.NewReader(s), someKey(1), attachmentAD()))
		must(b, err)
	}
}

func BenchmarkToken(b *testing.B) {
	v, _ := vaulttest.Open(b)
	for b.Loop() {
		v.Token("name", "amina haddad")
	}
}

func BenchmarkRotateHolder1000(b *testing.B) {
	v, _ := vaulttest.Open(b)
	for i := range 1000 {
		_, err := v.Create(b.Context(), number(i), []vault.Holder{"ngo", "police"})
		must(b, err)
	}
	for b.Loop() {
		must(b, v.RotateHolder(b.Context(), "ngo", nil))
	}
}

func BenchmarkMemberPassword(b *testing.B) {
	c, err := vault.Password("a long password")
	must(b, err)
	m, err := vault.NewMember(vaulttest.Rand(1), [16]byte{1}, c)
	must(b, err)
	for b.Loop() {
		_, err := m.Unlock(c)
		must(b, err)
	}
}

func BenchmarkConfidentialOpen(b *testing.B) {
	m, key := member(b, 1)
	c, _, err := vault.NewConfidential(vaulttest.Rand(1), [16]byte{1}, m)
	must(b, err)
	for b.Loop() {
		_, err := c.Open(key)
		must(b, err)
	}
}
