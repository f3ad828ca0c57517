// Package oidctest runs a real OpenID Connect provider on loopback: the
// certified oidc-provider of npm, in a process of its own that ends with the test.
package oidctest

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// What the provider's one client is known by.
const (
	ClientID     = "palermo"
	ClientSecret = "only the node and the provider know it"
)

// Answer is what the provider says next.
type Answer struct {
	Account string         `json:"account"`          // who is signed in there
	AMR     []string       `json:"amr,omitempty"`    // how (RFC 8176)
	ACR     string         `json:"acr,omitempty"`    // how well
	Claims  map[string]any `json:"claims,omitempty"` // what its tokens say instead of the truth
	Key     string         `json:"key,omitempty"`    // "other": they are signed with a key that is not the provider's; "none": not at all
}

// Provider is a running provider.
type Provider struct {
	Issuer string

	t   testing.TB
	in  io.Writer
	out *bufio.Reader
}

// Start starts a provider. Where Node or the package is not installed, a test fails in CI and is skipped elsewhere.
func Start(t testing.TB) *Provider {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	script := filepath.Join(filepath.Dir(file), "provider.mjs")
	if _, err := os.Stat(filepath.Join(filepath.Dir(file), "../../node_modules/oidc-provider")); err != nil {
		missing(t, "oidc-provider is not installed: npm ci --ignore-scripts")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "Node is not installed: apt-get install nodejs")
	}
	cmd := exec.Command(node, script)
	cmd.Env = append(os.Environ(), "CLIENT_SECRET="+ClientSecret)
	var said strings.Builder // its warnings, shown when the test fails
	cmd.Stderr = &said
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = in.Close() // it ends with its input
		if err := cmd.Wait(); err != nil || t.Failed() {
			t.Logf("the provider ended with %v and said:\n%s", err, said.String())
		}
	})
	p := &Provider{t: t, in: in, out: bufio.NewReader(out)}
	p.Issuer = p.line()
	return p
}

// Client tells the provider where its client is.
func (p *Provider) Client(redirect string) {
	p.t.Helper()
	p.wish(map[string]string{"redirect": redirect})
}

// Says sets what the provider says from now on.
func (p *Provider) Says(a Answer) {
	p.t.Helper()
	p.wish(a)
}

func (p *Provider) wish(v any) {
	p.t.Helper()
	line, err := json.Marshal(v)
	must(p.t, err)
	_, err = p.in.Write(append(line, '\n'))
	must(p.t, err)
	if got := p.line(); got != "done" {
		p.t.Fatalf("the provider said %q", got)
	}
}

func (p *Provider) line() string {
	p.t.Helper()
	line, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatalf("the provider does not answer: %v", err)
	}
	return strings.TrimSpace(line)
}

func missing(t testing.TB, advice string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(advice)
	}
	t.Skip(advice)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
