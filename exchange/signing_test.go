package exchange

import (
	"crypto/ed25519"
	"testing"
)

// Signing is a signer with the key.
type Signing struct {
	Signer
	key ed25519.PrivateKey
}

func signing(name string, n byte) Signing {
	seed := secret(n)
	key := ed25519.NewKeyFromSeed(seed[:])
	return Signing{Signer{Name: name, Public: key.Public().(ed25519.PublicKey)}, key}
}

// signed is the list with the signatures of those of the world's signers.
func (w *world) signed(t testing.TB, l TrustList, by ...int) SignedList {
	t.Helper()
	s, err := l.Draft()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range by {
		s, err = s.Sign([]Signer{w.signers[i].Signer}, w.signers[i].key)
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}
