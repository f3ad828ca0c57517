package node

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"palermo/backup"
	"palermo/fault"
	"palermo/journal"
	"palermo/store"
	"palermo/vault"
)

// Restore says from what a node is made again.
type Restore struct {
	Documents, Keys string // the folders of the two parts
	// Witness is a folder with the newest checkpoints and list of erasures that were
	// copied away. Unwitnessed is said instead where there is none.
	Witness     string
	Unwitnessed bool
	LoseNewer   bool // what was signed after the backup is known to be lost
}

// Restored says what came of it.
type Restored struct {
	Of       time.Time // the backup
	Entries  int64     // signed, that it brought
	Newest   int64     // that the witness has seen; more than Entries when something is lost
	Replayed int       // erasures in the witness's list
	Problems []journal.Problem
}

// Restore makes the node of these settings out of a backup: it looks at marks,
// digests and signatures, erases again what was erased since, and verifies. It
// refuses a place that holds a node, and to go back in silence.
func (r Restore) Restore(ctx context.Context, c Config) (done Restored, err error) {
	root, err := vault.ReadRootFile(c.RootFile)
	if err != nil {
		return done, err
	}
	documents, keys, err := r.manifests(root, c)
	if err != nil {
		return done, err
	}
	done.Of = documents.At
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return done, err
	}
	release, err := c.Lock()
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, release()) }()
	// Nor what a node leaves beside its database: a newer list of erasures there is
	// what keeps erased people erased, and belongs into the witness's folder.
	for _, name := range append([]string{nodeFile, keysFile}, carried...) {
		if _, err := os.Lstat(filepath.Join(c.Data, name)); err == nil {
			return done, fault.Conflict("%s holds a node already. Restore into an empty folder.", c.Data)
		}
	}
	if err := r.fill(ctx, c, root, documents, keys, &done); err != nil {
		return done, errors.Join(err, c.removeHalf()) // so that it can be begun again
	}
	return done, r.wake(ctx, c, &done)
}

// removeHalf takes away the files that a refused restore put there; none of them was there before.
func (c Config) removeHalf() error {
	var errs []error
	for _, name := range append([]string{nodeFile, keysFile}, carried...) {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(filepath.Join(c.Data, name+suffix)); !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

func (r Restore) manifests(root vault.Root, c Config) (documents, keys backup.Manifest, err error) {
	if documents, err = backup.Read(r.Documents, root); err != nil {
		return documents, keys, err
	}
	if keys, err = backup.Read(r.Keys, root); err != nil {
		return documents, keys, err
	}
	switch {
	case documents.Part != backup.Documents || keys.Part != backup.Keys:
		err = fault.Invalid("", "Name the documents and the keys of a backup.")
	case documents.Node != c.Node || keys.Node != c.Node:
		err = fault.Conflict("The backup is of the node %q, the settings are of %q.", documents.Node, c.Node)
	case keys.At.Before(documents.At):
		err = fault.Conflict("The keys are older than the documents, and would not open all of them. Use keys of the same backup or a later one.")
	case c.Database != "" && documents.Database != "rows" || c.Keys != "" && keys.Database != "rows":
		err = fault.Conflict("A backup of SQLite is restored to SQLite: leave Database and Keys empty, and then use palermo move.")
	}
	if err == nil {
		err = errors.Join(backup.Check(r.Documents, documents), backup.Check(r.Keys, keys))
	}
	return documents, keys, err
}

// fill brings keys, documents and what lies beside them into place.
func (r Restore) fill(ctx context.Context, c Config, root vault.Root, documents, keys backup.Manifest, done *Restored) (err error) {
	if err := r.loadKeys(ctx, c, keys); err != nil {
		return err
	}
	ks, err := openKeys(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ks.Close()) }()
	v, err := vault.Open(ctx, root, ks, rand.Reader)
	if err != nil {
		return err
	}
	_, verifier, err := backupSigner(c.Node, v)
	if err != nil {
		return err
	}
	if err := errors.Join(backup.Signed(r.Documents, verifier), backup.Signed(r.Keys, verifier)); err != nil {
		return err
	}
	signer, err := journal.NewSigner(c.Node, v.Named("checkpoint"))
	if err != nil {
		return err
	}
	if done.Newest, err = r.newest(signer, documents); err != nil {
		return err
	}
	if err := r.loadDocuments(ctx, c, v, documents); err != nil {
		return err
	}
	for _, name := range carried {
		if err := backup.Copy(filepath.Join(r.Documents, name), filepath.Join(c.Data, name)); err != nil {
			return err
		}
	}
	if r.Witness == "" {
		return nil
	}
	list := filepath.Join(r.Witness, erasuresFile)
	erased, err := backup.Erasures(list, verifier)
	if err != nil {
		return err
	}
	for _, id := range erased {
		if err := v.Shred(ctx, id); err != nil {
			return err
		}
	}
	done.Replayed = len(erased)
	return backup.Copy(list, filepath.Join(c.Data, erasuresFile))
}

// newest is how far the history is known to have gone, and refuses to go back in silence.
func (r Restore) newest(signer *journal.Signer, documents backup.Manifest) (int64, error) {
	when := documents.At.Format("2 January 2006 15:04 MST")
	if r.Witness == "" {
		if r.Unwitnessed {
			return documents.Entries, nil
		}
		return 0, fault.Invalid("witness", "Name the folder with the checkpoints and the list of erasures that were copied away. Without it, what was erased after %s comes back, and nobody knows what is lost: say so, if there is none.", when)
	}
	newest := documents.Entries
	notes, err := CheckpointsIn(filepath.Join(r.Witness, "checkpoints"))
	if err != nil {
		return 0, err
	}
	for _, note := range notes {
		tree, err := signer.Tree(note)
		if err != nil {
			return 0, fmt.Errorf("the witness: %w", err)
		}
		newest = max(newest, tree.N)
	}
	if newest > documents.Entries && !r.LoseNewer {
		return 0, fault.Conflict("The history was signed up to entry %d; this backup of %s has %d of them for certain. What was done after it is lost: restore a newer one, or say that it is to be lost.", newest, when, documents.Entries)
	}
	return newest, nil
}

func (r Restore) loadKeys(ctx context.Context, c Config, m backup.Manifest) error {
	to := filepath.Join(c.Data, keysFile)
	if m.Database == "sqlite" {
		return backup.Copy(filepath.Join(r.Keys, keysFile), to)
	}
	f, err := os.Open(filepath.Join(r.Keys, keysRows))
	if err != nil {
		return err
	}
	if c.Keys != "" {
		_, err = store.LoadPostgresKeys(ctx, c.Keys, f)
	} else {
		_, err = store.LoadSQLiteKeys(ctx, to, f)
	}
	return errors.Join(err, f.Close())
}

func (r Restore) loadDocuments(ctx context.Context, c Config, v *vault.Vault, m backup.Manifest) error {
	to := filepath.Join(c.Data, nodeFile)
	if m.Database == "sqlite" {
		return backup.Copy(filepath.Join(r.Documents, nodeFile), to)
	}
	f, err := os.Open(filepath.Join(r.Documents, nodeRows))
	if err != nil {
		return err
	}
	rows := vault.NewUnsealReader(f, v.Named("backup rows"), rowsAD)
	if c.Database != "" {
		_, err = store.LoadPostgres(ctx, c.Database, rows)
	} else {
		_, err = store.LoadSQLite(ctx, to, v.Named("database"), rows)
	}
	return errors.Join(err, f.Close())
}

// wake opens the node, which erases again what the list says, writes into the
// journal that it was restored, ends the sessions of that day, and verifies.
func (r Restore) wake(ctx context.Context, c Config, done *Restored) (err error) {
	n, err := Open(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	if done.Entries, err = n.Store.Size(ctx); err != nil {
		return err
	}
	if err := errors.Join(n.Store.DropAllSessions(ctx), n.Record.Restored(ctx), n.Store.Forget(ctx)); err != nil {
		return err
	}
	if err := n.SequenceAll(ctx); err != nil {
		return err
	}
	if r.Witness != "" && done.Newest > done.Entries { // kept for whoever asks what was lost
		kept := filepath.Join(c.Data, "checkpoints-before-restore-"+time.Now().UTC().Format("20060102T150405Z"))
		if err := backup.Copy(filepath.Join(r.Witness, "checkpoints"), kept); err != nil {
			return err
		}
	}
	done.Problems, err = n.Verify(ctx, nil)
	return err
}

// Try restores a backup into a folder that is removed again, as SQLite, and
// gives what is wrong with it. The node may be at work.
func (r Restore) Try(ctx context.Context, c Config) (done Restored, err error) {
	dir, err := os.MkdirTemp(c.Data, "trial-")
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r.Witness, r.LoseNewer = c.Data, true
	c.Data, c.Database, c.Keys = dir, "", ""
	if _, err := os.Stat(c.RootFile); errors.Is(err, fs.ErrNotExist) {
		return done, fault.Invalid("", "The root key is not at %s.", c.RootFile)
	}
	return r.Restore(ctx, c)
}
