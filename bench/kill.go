package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"time"

	"palermo/casework"
	"palermo/ident"
	"palermo/journal"
)

const kills = 200

// killed kills a node at random moments under load. What it acknowledged is kept
// here, outside, and compared.
func killed(ctx context.Context, p *page) error {
	dir, clean, err := scratchFolder(p)
	if err != nil {
		return err
	}
	defer clean()
	acknowledged := map[ident.ID]int64{} // the version of each case
	changes := 0
	for range kills {
		n, err := workAndKill(in(dir, "it"), acknowledged)
		if err != nil {
			return err
		}
		changes += n
	}
	n, err := openPlace(ctx, "it", in(dir, "it"), "127.0.0.1:0")
	if err != nil {
		return err
	}
	lost := 0
	for id, version := range acknowledged {
		row, err := n.Store.Load(ctx, "case", id)
		if err != nil || row.Version < version {
			lost++
		}
	}
	for more := true; more && err == nil; { // what the last one left without a number
		var checkpoint []byte
		checkpoint, err = journal.Sequence(ctx, n.Store, n.Signer, 1000, time.Now())
		more = checkpoint != nil
	}
	var problems []journal.Problem
	if err == nil {
		problems, err = journal.Verify(ctx, n.Store.Evidence(n.Keys), n.Signer, n.Record.JournalKey, nil, nil)
	}
	if err = errors.Join(err, n.Close()); err != nil {
		return err
	}
	p.say("\n## Killed %d times under load, on SQLite\n\nWith `kill -9`. On PostgreSQL it is not measured here yet. A kill does not test what the disk\nkeeps: `store/power_test.go` does, with a disk that forgets what was not synced.", kills)
	p.table("what", "figure", "wanted")
	p.row("acknowledged changes", fmt.Sprint(changes), "")
	p.row("lost", fmt.Sprint(lost), "0: "+met(lost == 0))
	p.row("findings of the verification", fmt.Sprint(len(problems)), "0: "+met(len(problems) == 0))
	return nil
}

// workAndKill runs a node until it is killed and adds what it acknowledged.
func workAndKill(dir string, acknowledged map[ident.ID]int64) (int, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(self, "worked", dir)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	lines, changes := bufio.NewReader(out), 0
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			if !errors.Is(err, io.EOF) {
				complaints.WriteString(err.Error())
			}
			break // a line cut in half was not said
		}
		if changes == 0 { // it works; from now its days are counted
			time.AfterFunc(time.Duration(rand.IntN(150))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
		var text string
		var version int64
		if _, err := fmt.Sscan(line, &text, &version); err != nil {
			return changes, err
		}
		id, err := ident.Parse(text)
		if err != nil {
			return changes, err
		}
		acknowledged[id] = max(acknowledged[id], version)
		changes++
	}
	_ = cmd.Wait() // killed
	if complaints.Len() > 0 {
		return changes, errors.New(complaints.String())
	}
	return changes, nil
}

// playWorked is the process that is killed: FOLDER. It says each change once it is acknowledged.
func playWorked(args []string) error {
	ctx := context.Background()
	p, err := openPlace(ctx, "it", args[0], "127.0.0.1:0")
	if err != nil {
		return err
	}
	failed, said := make(chan error), make(chan string)
	go func() { failed <- p.Sequence(ctx) }()
	door := p.worker()
	for hand := range 8 {
		go func() {
			for i := hand; ; i += 8 {
				id, err := p.Desk.OpenCase(ctx, door, person(i))
				if err == nil {
					said <- fmt.Sprint(id, 1)
					err = p.Desk.Take(ctx, door, id, "write-note", &casework.WriteNote{Text: "Accompanied to the clinic.", Readers: "team"}, 0)
				}
				if err != nil {
					failed <- err
					return
				}
				said <- fmt.Sprint(id, 2)
			}
		}()
	}
	for {
		select {
		case line := <-said:
			if _, err := fmt.Println(line); err != nil {
				return err
			}
		case err := <-failed:
			return err
		}
	}
}
