// Package walk drives a whole node as its people do: in a browser, on SQLite
// and on PostgreSQL.
package walk

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/demo"
	"palermo/e2e/browser"
	"palermo/e2e/logged"
	"palermo/e2e/postgrestest"
	"palermo/node"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Stop()
	postgrestest.Stop()
	os.Exit(code)
}

// served is a node with the demonstration's people, at an address.
type served struct {
	*node.Node
	t        *testing.T
	url      string
	accounts map[string]*demo.Account
	log      *logged.Buffer
	used     map[string]string
}

// both runs a test on a node of each database.
func both(t *testing.T, test func(*testing.T, *served)) {
	t.Run("SQLite", func(t *testing.T) { test(t, serve(t, node.Config{})) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, serve(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}))
	})
}

func serve(t *testing.T, c node.Config) *served {
	t.Helper()
	return serveCast(t, c, demo.Italy())
}

// serveCast serves a node of the demonstration.
func serveCast(t *testing.T, c node.Config, cast demo.Cast) *served {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	address := strings.Replace(server.Listener.Addr().String(), "127.0.0.1", "localhost", 1)
	c.Name, c.Node, c.Jurisdiction, c.Data, c.Address = "Palermo, test", "test", cast.Jurisdiction, t.TempDir(), address
	if c.SignOn.Issuer != "" {
		c.Origin = "http://" + address
	}
	n, accounts, err := demo.New(context.Background(), c.Filled(), cast)
	if err != nil {
		t.Fatal(err)
	}
	s := &served{Node: n, t: t, accounts: map[string]*demo.Account{}, log: &logged.Buffer{}, used: map[string]string{}}
	for _, a := range accounts {
		s.accounts[a.Login] = a
	}
	handler, err := n.Handler(slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = handler
	server.Start()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.Sequence(ctx) }()
	t.Cleanup(func() {
		server.Close()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	s.url = "http://" + address
	return s
}

// code is a fresh one-time code: each works once.
func (s *served) code(login string) string {
	s.t.Helper()
	for range 40 {
		code, err := totp.GenerateCode(s.accounts[login].Secret, time.Now())
		if err != nil {
			s.t.Fatal(err)
		}
		if s.used[login] != code {
			s.used[login] = code
			return code
		}
		time.Sleep(time.Second)
	}
	s.t.Fatal("no new code in 40 seconds")
	return ""
}

// signIn signs in somebody in a browser of their own.
func (s *served) signIn(t *testing.T, b *browser.Browser, login string) *browser.Page {
	t.Helper()
	p := b.NewPage()
	p.Go(s.url + "/sign-in")
	p.Fill("User name", login)
	p.Fill("Password", demo.Password)
	p.Fill("One-time code", s.code(login))
	p.Click("Sign in")
	p.See("My day")
	return p
}
