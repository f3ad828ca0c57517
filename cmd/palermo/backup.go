package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"palermo/backup"
	"palermo/node"
)

func backupCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("backup", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings; the node may be at work")
	dir := f.String("out", "", "write the backup into this folder, best on another disk")
	keep := f.Int("keep-keys", 2, "how many backups of the keys stay in the folder; older ones are removed")
	try := f.String("try", "", "restore this backup's documents into a folder that is removed again, and verify")
	keys := f.String("keys", "", "with --try: the keys, if they are not those of the same backup")
	if done, err := parse(f, args, out, "palermo backup --config palermo.toml --out /media/backup"); done {
		return err
	}
	if (*dir == "") == (*try == "") {
		return fmt.Errorf("%w: give --out DIR or --try BACKUP.documents", errUsage)
	}
	if *keep < 1 {
		return fmt.Errorf("%w: --keep-keys is at least 1: documents without keys open nothing", errUsage)
	}
	if *try != "" {
		return tryBackup(ctx, *config, node.Restore{Documents: *try, Keys: *keys}, out)
	}
	n, err := openNode(ctx, *config)
	if err != nil {
		return err
	}
	documents, keysOf, err := n.Backup(ctx, *dir, time.Now())
	dropped := 0
	if err == nil {
		dropped, err = n.DropOldKeys(*dir, *keep)
	}
	if err == nil {
		err = n.Config.NoteBackup(time.Now())
	}
	if err := errors.Join(err, n.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "Documents: %s\nKeys: %s\n", documents, keysOf)
	if dropped > 0 {
		fmt.Fprintf(out, "Older backups of the keys that were removed: %d\n", dropped)
	}
	fmt.Fprintln(out, "The root key is not in it. Keep backups of the keys for days: what is erased from now on can be opened with them.")
	return nil
}

func tryBackup(ctx context.Context, config string, r node.Restore, out io.Writer) error {
	c, err := node.ReadConfig(config)
	if err != nil {
		return err
	}
	r.Keys = keysBeside(r)
	done, err := r.Try(ctx, c)
	if err == nil && len(done.Problems) > 0 {
		for _, p := range done.Problems {
			fmt.Fprintln(out, p)
		}
		err = fmt.Errorf("the history in the backup is not whole: %d findings", len(done.Problems))
	}
	if e := c.NoteTrial(time.Now(), filepath.Base(r.Documents), err == nil); e != nil || err != nil {
		return errors.Join(err, e)
	}
	fmt.Fprintf(out, "The backup of %s can be restored: %d signed entries, and every record as its last entry says.\n", done.Of.Format(time.DateTime), done.Entries)
	return nil
}

// keysBeside is the part with the keys that belongs to the documents, if no other was named.
func keysBeside(r node.Restore) string {
	if r.Keys != "" {
		return r.Keys
	}
	return strings.TrimSuffix(strings.TrimSuffix(r.Documents, "/"), "."+backup.Documents) + "." + backup.Keys
}

func restoreCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("restore", flag.ContinueOnError)
	var r node.Restore
	f.StringVar(&r.Documents, "from", "", "the documents of a backup")
	f.StringVar(&r.Keys, "keys", "", "the keys, if they are not those of the same backup")
	config := f.String("config", "palermo.toml", "settings of the node to make; taken from the backup if there are none")
	root := f.String("root-file", "", "where the root key is, if the settings do not say so")
	f.StringVar(&r.Witness, "witness", "", "folder with the checkpoints and the list of erasures that were copied away")
	f.BoolVar(&r.Unwitnessed, "no-witness", false, "there is none: what was erased since comes back")
	f.BoolVar(&r.LoseNewer, "lose-newer", false, "what was done after the backup is lost")
	if done, err := parse(f, args, out, "palermo restore --from /media/backup/it-focal-20270301T020000Z.documents --witness /media/witness --config palermo.toml"); done {
		return err
	}
	if r.Documents == "" || (r.Witness != "" && r.Unwitnessed) {
		return fmt.Errorf("%w: give --from, and either --witness or --no-witness", errUsage)
	}
	r.Keys = keysBeside(r)
	c, fresh, err := r.Settings(*config, *root)
	if err != nil {
		return err
	}
	done, err := r.Restore(ctx, c)
	if err != nil {
		return err
	}
	if fresh {
		if err := c.Write(*config); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "The node is as it was on %s, with %d signed entries. Erasures in the list that were done again: %d.\n", done.Of.Format(time.DateTime), done.Entries, done.Replayed)
	if done.Newest > done.Entries {
		fmt.Fprintf(out, "Lost: entries %d to %d. The checkpoints that count them stay in %s.\n", done.Entries, done.Newest-1, c.Data)
	}
	for _, p := range done.Problems {
		fmt.Fprintln(out, p)
	}
	if len(done.Problems) > 0 {
		return fmt.Errorf("the history is not whole: %d findings", len(done.Problems))
	}
	return nil
}
