package vaulttest

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"palermo/vault"
)

func subject(last byte) [16]byte {
	s := [16]byte{15: last}
	s[0] = last // so that order does not hang on the last byte alone
	return s
}

func wrap(s [16]byte, h vault.Holder, epoch int) vault.Wrap {
	return vault.Wrap{Subject: s, Holder: h, Epoch: epoch, Sealed: append([]byte(h), 0, byte(epoch), s[0])}
}

func when(minute int) time.Time { return time.Date(2026, 1, 2, 3, minute, 0, 0, time.UTC) }

func expect(t *testing.T, ks vault.Keystore, s [16]byte, want ...vault.Wrap) {
	t.Helper()
	got, err := ks.Wraps(t.Context(), s)
	must(t, err)
	slices.SortFunc(got, func(a, b vault.Wrap) int { return bytes.Compare([]byte(a.Holder), []byte(b.Holder)) })
	if !slices.EqualFunc(got, want, func(a, b vault.Wrap) bool {
		return a.Subject == b.Subject && a.Holder == b.Holder && a.Epoch == b.Epoch && bytes.Equal(a.Sealed, b.Sealed)
	}) {
		t.Fatalf("wraps of %x:\n got %v\nwant %v", s, got, want)
	}
}

func listed(t *testing.T, ks vault.Keystore, want ...[16]byte) {
	t.Helper()
	got, err := ks.Shredded(t.Context())
	must(t, err)
	if !slices.Equal(got, want) {
		t.Fatalf("erasure list:\n got %x\nwant %x", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}
