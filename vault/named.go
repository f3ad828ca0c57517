package vault

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
)

// Named returns the node's key for a purpose: "journal", "session",
// "database" and so on. It is the same for the life of the node, whatever
// happens to the root, and tells nothing of the key for any other purpose.
func (v *Vault) Named(purpose string) Key {
	return v.derive("palermo named key 1: " + purpose)
}

// Token returns the blind token of a text for a purpose, such as one search
// column: the same for the same text on this node, and without the node secret
// no better than chance. The caller normalises the text first. Tokens of equal
// texts are equal, so their counts show, and who holds the node secret can
// test guesses.
func (v *Vault) Token(purpose, text string) [16]byte {
	k := v.derive("palermo blind token 1: " + purpose)
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte(text))
	return [16]byte(mac.Sum(nil))
}

// derive needs no extraction step: the node secret is uniformly random.
func (v *Vault) derive(info string) Key {
	b, err := hkdf.Expand(sha256.New, v.secret[:], info, len(Key{}))
	if err != nil {
		panic("vault: HKDF refuses 32 bytes: " + err.Error()) // it does so above 8160
	}
	return Key(b)
}
