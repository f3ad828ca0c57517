package node

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/backup"
	"palermo/ident"
	"palermo/journal"
	"palermo/vault"
)

const erasuresFile = "erasures" // in the data folder; copy it away as often as the checkpoints

// backupSigner signs backups and the list of erasures, under a key of their own.
func backupSigner(name string, v *vault.Vault) (*journal.Signer, note.Verifier, error) {
	signer, err := journal.NewSigner(name, v.Named("backup"))
	if err != nil {
		return nil, nil, err
	}
	verifier, err := note.NewVerifier(signer.VerifierKey())
	return signer, verifier, err
}

// keepErasures sets up the list of what was erased, and adds what a node that went down did not come to write.
func (n *Node) keepErasures(ctx context.Context) error {
	signer, verifier, err := backupSigner(n.Config.Node, n.Record.Vault)
	if err != nil {
		return err
	}
	path := filepath.Join(n.Config.Data, erasuresFile)
	n.Record.KeepErasures = func(erased []ident.ID, at time.Time) error {
		return backup.AppendErasures(path, erased, at, signer)
	}
	listed, err := backup.Erasures(path, verifier)
	if err != nil {
		return err
	}
	erased, err := n.Store.Erased(ctx)
	if err != nil {
		return err
	}
	known := make(map[ident.ID]bool, len(listed))
	for _, id := range listed {
		known[id] = true
	}
	missing := slices.DeleteFunc(erased, func(id ident.ID) bool { return known[id] })
	if len(missing) == 0 {
		return nil
	}
	return n.Record.KeepErasures(missing, n.Record.Now())
}
