// Package abroad drives two States' nodes, each a process of the program, as
// their people do: in two browsers, with a line between the nodes that is listened to.
package abroad

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/demo"
	"palermo/demo/stage"
	"palermo/e2e/browser"
	"palermo/e2e/postgrestest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Stop()
	postgrestest.Stop()
	_ = os.RemoveAll(program.folder) // left behind in the temporary files it does no harm
	os.Exit(code)
}

// program is the program as an operator has it, built once.
var program struct {
	once         sync.Once
	folder, file string
	err          error
}

func built(t *testing.T) string {
	t.Helper()
	program.once.Do(func() {
		if program.folder, program.err = os.MkdirTemp("", "palermo-abroad-"); program.err != nil {
			return
		}
		program.file = filepath.Join(program.folder, "palermo")
		if out, err := exec.Command("go", "build", "-o", program.file, "palermo/cmd/palermo").CombinedOutput(); err != nil {
			program.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	if program.err != nil {
		t.Fatal(program.err)
	}
	return program.file
}

// States are the nodes of the demonstration, each a process, with a relay before each.
type states struct {
	*stage.Stage
	t      *testing.T
	relays []*relay
	used   map[string]string // one-time codes
}

// start starts them; Nigeria keeps its records on PostgreSQL where onPostgres says so.
func start(t *testing.T, onPostgres bool) *states {
	t.Helper()
	s := &states{t: t, used: map[string]string{}}
	o := stage.Options{Program: built(t), Address: "localhost:0", Folder: t.TempDir(), Databases: map[string][2]string{},
		Line: func(node, address string) (string, error) {
			r, err := listen(node, address)
			if err != nil {
				return "", err
			}
			s.relays = append(s.relays, r)
			return r.url(), nil
		}}
	if onPostgres {
		o.Databases["ng"] = [2]string{postgrestest.DSN(t), postgrestest.DSN(t)}
	}
	t.Cleanup(func() {
		for _, r := range s.relays {
			r.close()
		}
	})
	var err error
	if s.Stage, err = stage.Start(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.End(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// node gives a node by its name.
func (s *states) node(name string) *stage.Played {
	s.t.Helper()
	i := slices.IndexFunc(s.Nodes, func(n *stage.Played) bool { return n.Cast.Node == name })
	if i < 0 {
		s.t.Fatalf("there is no node %s", name)
	}
	return s.Nodes[i]
}

// account gives somebody's account, and where they work.
func (s *states) account(login string) (*stage.Played, *demo.Account) {
	s.t.Helper()
	for _, n := range s.Nodes {
		for _, a := range n.Said.Accounts {
			if a.Login == login {
				return n, a
			}
		}
	}
	s.t.Fatalf("there is nobody called %s", login)
	return nil, nil
}

// person is somebody at a browser of their own.
type person struct {
	*browser.Page
	base string
}

// signIn opens a browser for somebody and signs in.
func (s *states) signIn(b *browser.Browser, login string) *person {
	s.t.Helper()
	n, a := s.account(login)
	p := &person{Page: b.NewPage(), base: "http://" + n.Said.Address}
	p.Go(p.base + "/sign-in")
	p.Fill("User name", login)
	p.Fill("Password", demo.Password)
	p.Fill("One-time code", s.code(a))
	p.Click("Sign in")
	p.See("My day")
	return p
}

// code is a fresh one-time code: each works once.
func (s *states) code(a *demo.Account) string {
	s.t.Helper()
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(time.Second) {
		code, err := totp.GenerateCode(a.Secret, time.Now())
		if err != nil {
			s.t.Fatal(err)
		}
		if s.used[a.Login] != code {
			s.used[a.Login] = code
			return code
		}
	}
	s.t.Fatal("no new code in 40 seconds")
	return ""
}
