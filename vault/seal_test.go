package vault_test

import (
	"bytes"
	"encoding/hex"
	"testing"

	"palermo/vault"
	"palermo/vault/vaulttest"

	"pgregory.net/rapid"
)

func someKey(seed byte) vault.Key {
	k, err := vault.NewKey(vaulttest.Rand(seed))
	if err != nil {
		panic(err)
	}
	return k
}

func caseAD() vault.AD {
	return vault.AD{Kind: "case", ID: [16]byte{1, 2, 3}, Version: 7, Schema: 2}
}

func sealed(t testing.TB, k vault.Key, ad vault.AD, plain string) []byte {
	t.Helper()
	out, err := vault.Seal(vaulttest.Rand(9), k, ad, []byte(plain))
	must(t, err)
	return out
}

func refuses(t *testing.T, k vault.Key, ad vault.AD, b []byte) {
	t.Helper()
	plain, err := vault.Unseal(k, ad, b)
	is(t, err, vault.ErrTampered)
	if plain != nil {
		t.Fatalf("refused, yet gave %d bytes", len(plain))
	}
}

func TestADocumentMovedToAnotherRecordIsRefused(t *testing.T) {
	k, ad := someKey(1), caseAD()
	b := sealed(t, k, ad, "a document")
	ad.ID[15]++
	refuses(t, k, ad, b)
}

func TestARolledBackVersionIsRefused(t *testing.T) {
	k, ad := someKey(1), caseAD()
	b := sealed(t, k, ad, "an older document")
	ad.Version++
	refuses(t, k, ad, b)
}

func TestADocumentOfAnotherKindOrSchemaIsRefused(t *testing.T) {
	k, ad := someKey(1), caseAD()
	b := sealed(t, k, ad, "a document")
	kind, schema := ad, ad
	kind.Kind = "procedure"
	schema.Schema++
	refuses(t, k, kind, b)
	refuses(t, k, schema, b)
}

func TestAnotherKeyIsRefused(t *testing.T) {
	refuses(t, someKey(2), caseAD(), sealed(t, someKey(1), caseAD(), "a document"))
}

func TestEveryChangedBitIsRefused(t *testing.T) {
	k, ad := someKey(1), caseAD()
	b := sealed(t, k, ad, "a document")
	for i := range len(b) * 8 {
		changed := bytes.Clone(b)
		changed[i/8] ^= 1 << (i % 8)
		refuses(t, k, ad, changed)
	}
	for n := range len(b) {
		refuses(t, k, ad, b[:n])
	}
	refuses(t, k, ad, append(bytes.Clone(b), 0))
}

func TestAKeyCannotPassAsADocumentNorADocumentAsAKey(t *testing.T) {
	k, ad := someKey(1), caseAD()
	wrapped, err := vault.WrapKey(vaulttest.Rand(3), k, ad, someKey(2))
	must(t, err)
	refuses(t, k, ad, wrapped)
	wrapped[0] = 1
	refuses(t, k, ad, wrapped)
	document := sealed(t, k, ad, string(bytes.Repeat([]byte{1}, 32)))
	document[0] = 2
	_, err = vault.UnwrapKey(k, ad, document)
	is(t, err, vault.ErrTampered)
}

func TestAnAttachmentsKeyOpensOnlyUnderItsCase(t *testing.T) {
	outer, inner, ad := someKey(1), someKey(2), caseAD()
	wrapped, err := vault.WrapKey(vaulttest.Rand(3), outer, ad, inner)
	must(t, err)
	got, err := vault.UnwrapKey(outer, ad, wrapped)
	must(t, err)
	if !got.Equal(inner) {
		t.Fatal("another key came out")
	}
	_, err = vault.UnwrapKey(someKey(4), ad, wrapped)
	is(t, err, vault.ErrTampered)
	ad.Kind = "another attachment"
	_, err = vault.UnwrapKey(outer, ad, wrapped)
	is(t, err, vault.ErrTampered)
}

// What was sealed by an earlier program must open for as long as the node lives.
func TestWhatWasSealedBeforeStillOpens(t *testing.T) {
	k := vault.Key(bytes.Repeat([]byte{1}, 32))
	b, err := hex.DecodeString(oldSealed)
	must(t, err)
	plain, err := vault.Unseal(k, caseAD(), b)
	must(t, err)
	if string(plain) != "kept for years" {
		t.Fatalf("got %q", plain)
	}
}

func drawAD(t *rapid.T, label string) vault.AD {
	return vault.AD{
		Kind:    rapid.String().Draw(t, label+" kind"),
		ID:      [16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, label+" id")),
		Version: rapid.Int64().Draw(t, label+" version"),
		Schema:  rapid.Int().Draw(t, label+" schema"),
	}
}

func TestWhatIsSealedOpensAndOnlyThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ad, other := drawAD(t, "its"), drawAD(t, "other")
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		k := someKey(rapid.Byte().Draw(t, "key"))
		b, err := vault.Seal(vaulttest.Rand(rapid.Byte().Draw(t, "rand")), k, ad, plain)
		if err != nil || len(b) != len(plain)+vault.Overhead {
			t.Fatalf("%d bytes of %d: %v", len(b), len(plain), err)
		}
		got, err := vault.Unseal(k, ad, b)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("got %x: %v", got, err)
		}
		_, err = vault.Unseal(k, other, b)
		if (err == nil) != (ad == other) {
			t.Fatalf("sealed for %v, for %v: %v", ad, other, err)
		}
	})
}

func FuzzUnseal(f *testing.F) {
	k, ad := someKey(1), caseAD()
	good := sealed(f, k, ad, "a document")
	f.Add(good)
	f.Add(good[:20])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		plain, err := vault.Unseal(k, ad, b)
		if bytes.Equal(b, good) {
			must(t, err)
			return
		}
		is(t, err, vault.ErrTampered)
		if plain != nil {
			t.Fatal("refused, yet gave bytes")
		}
	})
}
