package node_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/directory"
	"palermo/node"
)

const password = "nine calm lamps by the sea"

// at serves a new node, in clear as behind a proxy, and gives the secret of its administrator's codes.
func at(t *testing.T, origin string) (http.Handler, string) {
	t.Helper()
	dir := t.TempDir()
	c := node.Config{Data: dir, RootFile: filepath.Join(dir, "root.key"), Origin: origin}.Filled()
	must(t, node.CreateKeys(c))
	n, err := node.Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, n.Close()) })
	_, _, secret, err := n.Directory.FirstAdministrator(t.Context(),
		directory.AddOrganisation{Name: "Focal Point", Kind: directory.FocalPointOffice},
		directory.AddMember{Login: "amal", Name: "A. Haddad", Password: password})
	must(t, err)
	handler, err := n.Handler(slog.New(slog.NewTextHandler(io.Discard, nil)))
	must(t, err)
	return handler, secret
}

func post(h http.Handler, path string, form url.Values, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestCookiesAreSecureWherePeopleTypeHTTPS(t *testing.T) {
	for origin, secure := range map[string]bool{"https://palermo.example": true, "HTTPS://palermo.example": true,
		"http://localhost:8080": false, "": false} {
		h, secret := at(t, origin)
		code, err := totp.GenerateCode(secret, time.Now())
		must(t, err)
		in := post(h, "/sign-in", url.Values{"login": {"amal"}, "password": {password}, "code": {code}})
		if in.StatusCode != http.StatusSeeOther || len(in.Cookies()) != 1 {
			t.Fatalf("%q: not signed in: %d", origin, in.StatusCode)
		}
		out := post(h, "/sign-out", nil, in.Cookies()...)
		language := post(h, "/language", url.Values{"lang": {"fr"}})
		for what, r := range map[string]*http.Response{"sign-in": in, "sign-out": out, "language": language} {
			if len(r.Cookies()) == 0 {
				t.Errorf("%q: %s sets no cookie", origin, what)
			}
			for _, c := range r.Cookies() {
				if c.Secure != secure || !c.HttpOnly || c.Path != "/" {
					t.Errorf("%q: %s: %v", origin, what, c)
				}
			}
			if (r.Header.Get("Strict-Transport-Security") != "") != secure {
				t.Errorf("%q: %s: Strict-Transport-Security is %q", origin, what, r.Header.Get("Strict-Transport-Security"))
			}
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
