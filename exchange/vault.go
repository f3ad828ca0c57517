package exchange

import (
	"fmt"

	"palermo/vault"
)

// VaultKeys are the keys of an epoch that a node derives from its own secret,
// with the seal keys of the epochs before, so that what was sealed to them still
// opens. They need no store and no backup beside the vault's. Who has the node's
// secret has those of all epochs: then the node needs another secret, and its
// key a revocation.
func VaultKeys(v *vault.Vault, name string, epoch uint32) (Keys, error) {
	derive := func(purpose string, epoch uint32) Seed {
		return Seed{Epoch: epoch, Secret: v.Named(fmt.Sprintf("exchange-%s-%d", purpose, epoch))}
	}
	var seals []Seed
	for e := epoch; e > 0 && epoch-e < maxEarlier; e-- {
		seals = append(seals, derive("seal", e))
	}
	return NewKeys(name, derive("sign", epoch), seals...)
}
