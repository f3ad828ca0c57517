package exchange

import (
	"crypto/ed25519"
	"crypto/hpke"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
)

// What each signature is for stands before what is signed, so that none can be
// shown as another.
const (
	contextObject     = "palermo exchange 1 object\x00"
	contextReceipt    = "palermo exchange 1 receipt\x00"
	contextList       = "palermo exchange 1 trust list\x00"
	contextRevocation = "palermo exchange 1 revocation\x00"
	contextCard       = "palermo exchange 1 node card\x00"
	contextDigest     = "palermo exchange 1 digest\x00"
	contextSeal       = "palermo exchange 1 seal\x00"
)

// Keys are a node's own secrets for the exchange. However they are printed,
// logged or marshalled, they do not show.
type Keys struct {
	name      string
	sign      ed25519.PrivateKey
	signEpoch uint32
	seal      map[uint32]hpke.PrivateKey
	sealEpoch uint32
}

// NewKeys makes the keys of a node from secrets of 32 uniform bytes, which the
// vault derives. Old seals are kept until everything that was sealed to them
// has come or has passed its deadline; the highest epoch is the one in use.
func NewKeys(name string, sign Seed, seals ...Seed) (Keys, error) {
	k := Keys{name: name, signEpoch: sign.Epoch, sign: ed25519.NewKeyFromSeed(sign.Secret[:]), seal: map[uint32]hpke.PrivateKey{}}
	if !nodeName.MatchString(name) || sign.Epoch == 0 || len(seals) == 0 {
		return Keys{}, malformed("keys", fmt.Errorf("name %.70q needs a key to sign and one to seal, with epochs from 1", name))
	}
	for _, s := range seals {
		private, err := sealKEM().NewPrivateKey(s.Secret[:])
		if err != nil {
			return Keys{}, fmt.Errorf("seal key of epoch %d: %w", s.Epoch, err)
		}
		k.seal[s.Epoch] = private
	}
	k.sealEpoch = slices.Max(slices.Collect(maps.Keys(k.seal)))
	return k, nil
}

// Seed is the secret that a key of an epoch is made from.
type Seed struct {
	Epoch  uint32
	Secret [32]byte
}

// Name is the node's name in the trust list.
func (k Keys) Name() string { return k.name }

// Public fills the entry of the trust list with the name and the public keys.
func (k Keys) Public(n Node) Node {
	n.Name = k.name
	n.Sign = SignKey{Epoch: k.signEpoch, Public: k.sign.Public().(ed25519.PublicKey)}
	n.Seal = SealKey{Epoch: k.sealEpoch, Public: k.seal[k.sealEpoch].PublicKey().Bytes()}
	return n
}

// Signer is the node's key for the signatures of the line (RFC 9421).
func (k Keys) Signer() ed25519.PrivateKey { return k.sign }

func (k Keys) signs(context string, payload []byte) []byte {
	return ed25519.Sign(k.sign, append([]byte(context), payload...))
}

func verify(public ed25519.PublicKey, context string, payload, signature []byte) bool {
	return len(public) == ed25519.PublicKeySize && ed25519.Verify(public, append([]byte(context), payload...), signature)
}

// sealKEM is X25519 with ML-KEM-768, "X-Wing": who breaks one of the two alone opens nothing.
func sealKEM() hpke.KEM { return hpke.MLKEM768X25519() }

const hiddenKeys = "exchange.Keys(…)"

// String hides the keys.
func (Keys) String() string { return hiddenKeys }

// GoString hides the keys.
func (Keys) GoString() string { return hiddenKeys }

// Format hides the keys from every verb.
func (Keys) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hiddenKeys) }

// LogValue hides the keys.
func (Keys) LogValue() slog.Value { return slog.StringValue(hiddenKeys) }

const hiddenSeed = "exchange.Seed(…)"

// Format hides the secret from every verb.
func (Seed) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hiddenSeed) }

// LogValue hides the secret.
func (Seed) LogValue() slog.Value { return slog.StringValue(hiddenSeed) }

// MarshalJSON hides the secret.
func (Seed) MarshalJSON() ([]byte, error) { return []byte(`"` + hiddenSeed + `"`), nil }
