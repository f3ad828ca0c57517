package directory

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/store"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

const goodPassword = "seven quiet olive trees"

// rig is a node on SQLite with one organisation, an administrator and a clock that the test moves.
type rig struct {
	*Book
	t      *testing.T
	ctx    context.Context
	now    time.Time
	store  *store.Store
	org    ident.ID
	admin  ident.ID
	secret map[string]string // of one-time codes, by login
}

func open(t *testing.T) *rig {
	t.Helper()
	r := &rig{t: t, ctx: context.Background(), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), secret: map[string]string{}}
	var err error
	r.store, err = store.OpenSQLite(r.ctx, filepath.Join(t.TempDir(), "node.db"), [32]byte{1})
	r.must(err)
	t.Cleanup(func() { _ = r.store.Close() })
	policy, err := access.NewPolicy()
	r.must(err)
	v, _ := vaulttest.Open(t)
	node := &record.Node{Store: r.store, Vault: v, Policy: policy, Now: func() time.Time { return r.now }, Random: rand.Reader}
	r.Book = New(node, r.store, WithCost(vault.Params{Memory: 64, Time: 1, Threads: 1}))
	var secret string
	r.org, r.admin, secret, err = r.FirstAdministrator(r.ctx, AddOrganisation{Name: "Focal Point", Kind: NGO, Country: "IT", FocalPoint: true},
		AddMember{Login: "admin", Name: "Sandro Lupo", Password: goodPassword})
	r.must(err)
	r.secret["admin"] = secret
	return r
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) refused(code fault.Code, err error) {
	r.t.Helper()
	if !fault.Is(err, code) {
		r.t.Fatalf("got %v, want %s", err, code)
	}
}

// node is a door of the node itself in a role.
func (r *rig) as(role access.Role) *record.Door { return r.node.For(access.Node(role)) }

// member adds somebody who can sign in.
func (r *rig) member(login, name string, grants ...Grant) ident.ID {
	r.t.Helper()
	id, secret, err := r.AddMember(r.ctx, r.as(access.Administrator), AddMember{Login: login, Name: name, Organisation: r.org, Grants: grants, Password: goodPassword})
	r.must(err)
	r.secret[login] = secret
	return id
}

func (r *rig) code(login string) string {
	r.t.Helper()
	code, err := totp.GenerateCode(r.secret[login], r.now)
	r.must(err)
	return code
}

// signIn signs in with what is right, a minute after whatever was before.
func (r *rig) signIn(login string) (string, error) {
	r.t.Helper()
	r.now = r.now.Add(time.Minute)
	return r.SignIn(r.ctx, login, goodPassword, r.code(login))
}

// door is somebody's, as they are at work.
func (r *rig) door(login string) *record.Door {
	r.t.Helper()
	token, err := r.signIn(login)
	r.must(err)
	s, err := r.AtWork(r.ctx, token)
	r.must(err)
	return r.node.For(s.Viewer)
}

// whole is a member's record as it is stored.
func (r *rig) whole(id ident.ID) *Member {
	r.t.Helper()
	seen, err := record.View(r.ctx, r.Book.door(), r.members, record.ID[Member](id), record.Reason{Action: ActSignIn})
	r.must(err)
	return seen.Value().whole
}

// sorted joins words in order, whatever order they came in.
func sorted(words []string) string {
	slices.Sort(words)
	return strings.Join(words, ", ")
}
