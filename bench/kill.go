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
	"palermo/node"
)

// killed kills a node at random moments under load, on both databases. What it
// acknowledged is kept here, outside, and compared.
func killed(ctx context.Context, p *page) error {
	p.say("\n## Killed %d times under load\n\nWith `kill -9`. A kill does not test what the disk keeps: `store/power_test.go` does, with a disk that\nforgets what was not synced.", p.kills)
	p.table("what", "figure", "wanted")
	if err := p.killedOn(ctx, "SQLite", "", ""); err != nil {
		return err
	}
	if p.postgres == "" || p.postgresKeys == "" {
		p.row("on PostgreSQL", "not measured: -postgres and -postgres-keys were not given", "")
		return nil
	}
	return p.killedOn(ctx, "PostgreSQL", p.postgres, p.postgresKeys)
}

func (p *page) killedOn(ctx context.Context, name, database, keys string) error {
	dir, clean, err := scratchFolder(p)
	if err != nil {
		return err
	}
	defer clean()
	acknowledged := map[ident.ID]int64{} // the version of each case
	changes, begun := 0, time.Now()
	for range p.kills {
		n, err := workAndKill(acknowledged, in(dir, "it"), database, keys)
		if err != nil {
			return err
		}
		changes += n
	}
	took := time.Since(begun)
	n, err := openPlaceOn(ctx, node.Config{Node: "it", Data: in(dir, "it"), Database: database, Keys: keys}, "127.0.0.1:0")
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
	p.row("acknowledged changes, on "+name, fmt.Sprintf("%d, within %s", changes, took.Round(time.Second)), "")
	p.row("lost", fmt.Sprint(lost), "0: "+met(lost == 0))
	p.row("findings of the verification", fmt.Sprint(len(problems)), "0: "+met(len(problems) == 0))
	return nil
}

// workAndKill runs a node until it is killed and adds what it acknowledged.
func workAndKill(acknowledged map[ident.ID]int64, dir, database, keys string) (int, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(self, "worked", dir, database, keys)
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

// playWorked is the process that is killed: FOLDER DATABASE KEYS. It says each change once it is acknowledged.
func playWorked(args []string) error {
	ctx := context.Background()
	p, err := openPlaceOn(ctx, node.Config{Node: "it", Data: args[0], Database: args[1], Keys: args[2]}, "127.0.0.1:0")
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
