package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"palermo/backup"
	"palermo/vault"
)

// The files of a backup.
const (
	nodeFile, nodeRows = "node.db", "node.rows"
	keysFile, keysRows = "keys.db", "keys.rows"
	settingsFile       = "settings.toml"
)

var carried = []string{"checkpoints", erasuresFile, "trust"} // from the data folder as they are

// rowsAD binds the sealed rows of PostgreSQL, which encrypts nothing itself.
var rowsAD = vault.AD{Kind: "backup/" + nodeRows, Version: 1}

// Backup writes both parts of a backup into a folder while the node is at
// work, and gives their names. Documents first: keys that are younger open
// them all. A part that is not whole keeps the ending ".part".
func (n *Node) Backup(ctx context.Context, dir string, now time.Time) (documents, keys string, err error) {
	root, err := vault.ReadRootFile(n.Config.RootFile)
	if err != nil {
		return "", "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", err
	}
	name := filepath.Join(dir, n.Config.Node+"-"+now.UTC().Format("20060102T150405Z"))
	m := backup.Manifest{Node: n.Config.Node, At: now.UTC().Truncate(time.Second)}
	if m.Entries, err = n.Store.Size(ctx); err != nil {
		return "", "", err
	}
	documents, keys = name+"."+backup.Documents, name+"."+backup.Keys
	m.Part = backup.Documents
	if err := n.part(documents, m, root, func(dir string) (string, error) { return n.copyDocuments(ctx, dir) }); err != nil {
		return "", "", err
	}
	m.Part = backup.Keys
	if err := n.part(keys, m, root, func(dir string) (string, error) { return n.copyKeys(ctx, dir) }); err != nil {
		return "", "", err
	}
	return documents, keys, nil
}

// part fills a folder, seals it, and gives it its name when it is whole.
func (n *Node) part(path string, m backup.Manifest, root vault.Root, fill func(dir string) (database string, err error)) error {
	signer, _, err := backupSigner(n.Config.Node, n.Record.Vault)
	if err != nil {
		return err
	}
	half := path + ".part"
	if err := os.Mkdir(half, 0o700); err != nil {
		return err
	}
	m.Database, err = fill(half)
	if err == nil {
		_, err = backup.Seal(half, m, root, signer)
	}
	if err == nil {
		err = os.Rename(half, path)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(half))
	}
	return backup.Sync(filepath.Dir(path))
}

func (n *Node) copyDocuments(ctx context.Context, dir string) (string, error) {
	for _, name := range carried { // before the database: each checkpoint in the copy is in the database too
		if err := backup.Copy(filepath.Join(n.Config.Data, name), filepath.Join(dir, name)); err != nil {
			return "", err
		}
	}
	settings := n.Config
	settings.Database, settings.Keys = "", "" // they may hold a password
	if err := settings.Write(filepath.Join(dir, settingsFile)); err != nil {
		return "", err
	}
	if n.Config.Database == "" {
		return "sqlite", n.Store.Backup(ctx, filepath.Join(dir, nodeFile))
	}
	return "rows", written(filepath.Join(dir, nodeRows), func(f *os.File) error {
		w := vault.NewSealWriter(f, n.Record.Vault.Named("backup rows"), rowsAD)
		_, err := n.Store.Dump(ctx, w)
		return errors.Join(err, w.Close())
	})
}

func (n *Node) copyKeys(ctx context.Context, dir string) (string, error) {
	if n.Config.Keys == "" {
		return "sqlite", n.Keys.Backup(ctx, filepath.Join(dir, keysFile))
	}
	return "rows", written(filepath.Join(dir, keysRows), func(f *os.File) error {
		_, err := n.Keys.Dump(ctx, f)
		return err
	})
}

func written(path string, fill func(*os.File) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(fill(f), f.Close())
}

// DropOldKeys keeps the newest backups of this node's keys in a folder, and
// removes the others: what was erased must not live on in them.
func (n *Node) DropOldKeys(dir string, keep int) (dropped int, err error) {
	found, err := filepath.Glob(filepath.Join(dir, "*."+backup.Keys))
	if err != nil {
		return 0, err
	}
	found = slices.DeleteFunc(found, func(path string) bool {
		return !strings.HasPrefix(filepath.Base(path), n.Config.Node+"-20")
	})
	slices.Sort(found) // by their time
	for _, path := range found[:max(len(found)-keep, 0)] {
		if err := os.RemoveAll(path); err != nil {
			return dropped, fmt.Errorf("an old backup of the keys stays: %w", err)
		}
		dropped++
	}
	return dropped, nil
}
