package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"palermo/demo"
	"palermo/exchange"
	"palermo/node"
)

// place is one node: its folder on a disk of its own, its process, its people.
type place struct {
	t        *testing.T
	name     string
	folder   string
	small    bool // its disk can be filled
	accounts []*demo.Account
	config   node.Config
	entry    exchange.Node
	relay    *relay // by which the other node reaches it

	mu      sync.Mutex
	process *process
}

// process is one life of the program.
type process struct {
	cmd    *exec.Cmd
	errors bytes.Buffer
	ended  chan struct{}
	err    error
}

const diskSize = 96 << 20

// settle makes the node in an empty folder; what it says of itself goes into the trust list.
func settle(t *testing.T, cast demo.Cast, number int) *place {
	t.Helper()
	p := &place{t: t, name: cast.Node, folder: filepath.Join(t.TempDir(), cast.Node)}
	must(t, os.Mkdir(p.folder, 0o700))
	pages, line := freePort(t), freePort(t)
	relayAt := "127.0.0.1:0"
	if os.Getenv(inside) != "" {
		if err := syscall.Mount("tmpfs", p.folder, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0700", diskSize)); err == nil {
			p.small = true
			t.Cleanup(func() { must(t, syscall.Unmount(p.folder, syscall.MNT_DETACH)) })
		} else {
			say("faults: no disk of the test's own: " + err.Error())
		}
		pages, line = fmt.Sprintf("10.77.%d.2:8080", 2*number), fmt.Sprintf("10.77.%d.2:8443", 2*number+1)
		relayAt = fmt.Sprintf("10.77.%d.1:0", 2*(1-number)+1) // on the other node's line
	}
	p.relay = startRelay(t, relayAt, line)
	c := node.Config{Name: cast.Title, Node: cast.Node, Jurisdiction: cast.Jurisdiction, Data: p.folder, Address: pages, Line: line,
		Origin: "http://localhost:8080"}.Filled() // passkeys want a name
	n, accounts, err := demo.New(t.Context(), c, cast)
	must(t, err)
	p.accounts, p.config = accounts, n.Config
	entry := cast.Entry
	entry.Title, entry.URL = cast.Title, "https://"+p.relay.address()
	p.entry = n.Exchange.Entry(entry)
	must(t, n.Close())
	t.Cleanup(p.stop)
	return p
}

// open opens the node as a library, beside its process or after it.
func (p *place) open() *node.Node {
	p.t.Helper()
	c, err := node.ReadConfig(filepath.Join(p.folder, "palermo.toml"))
	must(p.t, err)
	n, err := node.Open(context.Background(), c)
	must(p.t, err)
	must(p.t, n.Directory.Learn(context.Background()))
	return n
}

// command is the program in the node's network.
func (p *place) command(args ...string) *exec.Cmd {
	args = append(args, "--config", filepath.Join(p.folder, "palermo.toml"))
	if os.Getenv(inside) == "" {
		return exec.Command(os.Getenv(program), args...)
	}
	return exec.Command("ip", append([]string{"netns", "exec", p.name, os.Getenv(program)}, args...)...)
}

// start begins the program, and returns when it serves; false when it ended before, as on a full disk.
func (p *place) start() bool {
	life := &process{cmd: p.command("serve"), ended: make(chan struct{})}
	life.cmd.Stderr = &life.errors
	must(p.t, life.cmd.Start())
	go func() {
		life.err = life.cmd.Wait()
		close(life.ended)
	}()
	p.mu.Lock()
	p.process = life
	p.mu.Unlock()
	client := &http.Client{Timeout: time.Second}
	for {
		answer, err := client.Get("http://" + p.config.Address + "/sign-in")
		if err == nil {
			_ = answer.Body.Close() // only that it answers
			return true
		}
		select {
		case <-life.ended:
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// kill ends the program as kill -9 does. It fails when the program had ended by itself.
func (p *place) kill() error {
	p.mu.Lock()
	life := p.process
	p.mu.Unlock()
	select {
	case <-life.ended:
		return fmt.Errorf("%s ended by itself: %w\n%s", p.name, life.err, life.errors.String())
	default:
	}
	err := life.cmd.Process.Kill()
	<-life.ended
	return err
}

// stop ends the program as an operator does.
func (p *place) stop() {
	p.mu.Lock()
	life := p.process
	p.mu.Unlock()
	if life == nil {
		return
	}
	_ = life.cmd.Process.Signal(os.Interrupt) // it may have ended
	<-life.ended
}

// fill leaves no room on the node's disk.
func (p *place) fill() {
	f, err := os.OpenFile(p.filler(), os.O_CREATE|os.O_WRONLY, 0o600)
	must(p.t, err)
	for piece := bytes.Repeat([]byte{1}, 1<<20); len(piece) > 0; {
		if _, err := f.Write(piece); err != nil {
			piece = piece[:len(piece)/2]
		}
	}
	_ = f.Close() // the disk is full, as was asked for
}

// free makes room again.
func (p *place) free() {
	if err := os.Remove(p.filler()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.t.Error(err)
	}
}

func (p *place) filler() string { return filepath.Join(p.folder, "filler") }

// verify has the program prove the node's history.
func (p *place) verify() error {
	out, err := p.command("verify").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", p.name, err, out)
	}
	return nil
}
