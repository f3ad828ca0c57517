package store_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/store"
)

const crashDir = "PALERMO_STORE_CRASH" // the folder of the process that is to be killed

// commitUntilKilled writes batches from several hands and says each id once it is acknowledged.
func commitUntilKilled(dir string, out *bufio.Writer) error {
	ctx := context.Background()
	db, err := store.OpenSQLite(ctx, filepath.Join(dir, "node.db"), fileKey)
	if err != nil {
		return err
	}
	done := make(chan ident.ID)
	failed := make(chan error)
	for range 8 {
		go func() {
			for {
				id, err := ident.New(time.Now(), rand.Reader)
				if err == nil {
					err = db.Commit(ctx, pair(id))
				}
				if err != nil {
					failed <- err
					return
				}
				done <- id
			}
		}()
	}
	for {
		select {
		case id := <-done:
			if _, err := fmt.Fprintln(out, id); err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return err
			}
		case err := <-failed:
			return err
		}
	}
}

// pair is a record and its entry, with the same id.
func pair(id ident.ID) record.Batch {
	return record.Batch{
		Puts:    []record.Put{{Row: record.Row{Kind: "k", ID: id, Version: 1, Sort: begun, Sealed: id[:]}, Tokens: []record.Token{record.Token(id)}}},
		Entries: []journal.Entry{{ID: id, Seq: -1, At: begun, Kind: "k", Subjects: []ident.ID{id}, Header: id[:]}},
	}
}

func TestAKilledProcessLosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	var acknowledged []ident.ID
	for range 20 {
		acknowledged = append(acknowledged, runAndKill(t, dir)...)
	}
	db, err := store.OpenSQLite(t.Context(), filepath.Join(dir, "node.db"), fileKey)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	if len(acknowledged) < 200 {
		t.Errorf("only %d batches were acknowledged: this test proves little", len(acknowledged))
	}
	for _, id := range acknowledged {
		if _, err := db.Load(t.Context(), "k", id); err != nil {
			t.Fatalf("acknowledged %s is lost: %v", id, err)
		}
	}
	var records, entries, tokens, both int
	must(t, db.Query(t.Context(), []any{&records, &entries, &tokens, &both}, `SELECT (SELECT count(*) FROM record),
		(SELECT count(*) FROM entry), (SELECT count(*) FROM token), (SELECT count(*) FROM record r JOIN entry e ON e.id = r.id)`))
	if records != entries || records != both || records != tokens {
		t.Errorf("half batches: %d records, %d entries, %d tokens, %d in common", records, entries, tokens, both)
	}
	var health string
	must(t, db.Query(t.Context(), []any{&health}, "PRAGMA integrity_check"))
	if health != "ok" {
		t.Error(health)
	}
	t.Logf("%d acknowledged, %d stand", len(acknowledged), records)
}

func runAndKill(t *testing.T, dir string) []ident.ID {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewReader(out)
	var ids []ident.ID
	var kill *time.Timer
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF || err != nil {
			break // a line cut in half was not said
		}
		if kill == nil { // it works; from now its days are counted
			kill = time.AfterFunc(time.Duration(mathrand.IntN(100))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
		id, err := ident.Parse(strings.TrimSpace(line))
		must(t, err)
		ids = append(ids, id)
	}
	_ = cmd.Wait() // killed
	if complaints.Len() > 0 {
		t.Fatal(complaints.String())
	}
	return ids
}
