package exchange

import (
	"fmt"

	"palermo/vault"
)

// VaultKeys are the keys that a node derives from its own secret: that of an
// epoch to sign, those of some epochs to seal. They need no store and no
// backup beside the vault's; who has the node's secret has them all, and then
// a new epoch does not help: the node needs a new secret, and the old key a revocation.
func VaultKeys(v *vault.Vault, name string, sign uint32, seals ...uint32) (Keys, error) {
	derive := func(purpose string, epoch uint32) Seed {
		return Seed{Epoch: epoch, Secret: v.Named(fmt.Sprintf("exchange %s %d", purpose, epoch))}
	}
	var old []Seed
	for _, epoch := range seals {
		old = append(old, derive("seal", epoch))
	}
	return NewKeys(name, derive("sign", sign), old...)
}
